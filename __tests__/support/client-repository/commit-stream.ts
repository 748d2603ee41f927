/** What a commit changes: bytes or text by path, null for a file that goes. */
export type FileChanges = Readonly<Record<string, string | Buffer | null>>;

export interface CommitDetails {
  readonly message?: string;
  /** `Name <mail>`. */
  readonly author?: string;
  /** Those of the changed paths that are executable. */
  readonly executable?: readonly string[];
  /** Symbolic links by path, with their targets. */
  readonly links?: Readonly<Record<string, string>>;
  /** Where files move to, by where they were; before the changes. */
  readonly renames?: Readonly<Record<string, string>>;
}

/**
 * A commit as input of `git fast-import`: one process for any number of files, and paths that no file system here needs
 * to know. `parent` null starts a history.
 */
export function commitStream(
  branch: string,
  parent: string | null,
  changes: FileChanges,
  details: CommitDetails,
  time: number,
): Buffer {
  const author = details.author ?? 'Ada Analyst <ada@example.org>';
  const executable = new Set(details.executable);
  const parts: (string | Buffer)[] = [
    `commit refs/heads/${branch}\nauthor ${author} ${time} +0000\ncommitter ${author} ${time} +0000\n`,
    ...data(details.message ?? 'Change detections'),
    parent === null ? '' : `from ${parent}\n`,
  ];
  for (const [from, to] of Object.entries(details.renames ?? {})) parts.push(`R ${quoted(from)} ${quoted(to)}\n`);
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) parts.push(`D ${quoted(path)}\n`);
    else parts.push(`M ${executable.has(path) ? '100755' : '100644'} inline ${quoted(path)}\n`, ...data(content));
  }
  for (const [path, target] of Object.entries(details.links ?? {})) {
    parts.push(`M 120000 inline ${quoted(path)}\n`, ...data(target));
  }
  parts.push('done\n');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function data(content: string | Buffer): readonly (string | Buffer)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content, '\n'];
}

/** C-style quotes: always right, needed for quotes, line ends and blanks. */
function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
