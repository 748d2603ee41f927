/** A full commit id in lower-case hex (40 digits, 64 in SHA-256 repositories). */
export type CommitSha = string & { readonly brand: 'CommitSha' };

/** A file of a commit's tree. */
export interface TreeFile {
  /** Repository-relative, forward slashes, as git stores it. */
  readonly path: string;
  readonly mode: '100644' | '100755' | '120000' | '160000';
  /** Object id of its content. */
  readonly object: string;
  /** Bytes; 0 for a submodule. */
  readonly size: number;
}

/** One path that differs between two commits. */
export interface FileChange {
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type-changed';
  readonly path: string;
  /** Where a renamed or copied file came from. */
  readonly from?: string;
}

/** A version that a commit gave a path, by object ids; null where there was, or is, no file. */
export interface PathVersion {
  readonly path: string;
  readonly commit: CommitSha;
  readonly before: string | null;
  readonly after: string | null;
}

/** The commit that brought a file to its content, and who wrote it. The mail address is left out on purpose. */
export interface Authorship {
  readonly commit: CommitSha;
  /** The author's name as the commit has it; foreign text. */
  readonly author: string;
  /** When it was written, as ISO 8601 with the author's offset. */
  readonly date: string;
}

/** A commit that one branch has and another lacks. */
export interface AheadCommit {
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly authoredAt: number;
  readonly committedAt: number;
}

/** The id when the text is one (git prints them in lower case), else undefined. The all-zero id means "no commit". */
export function asCommitSha(text: string | undefined | null): CommitSha | undefined {
  if (typeof text !== 'string') return undefined;
  const id = text.trim().toLowerCase();
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id) || /^0+$/.test(id)) return undefined;
  return id as CommitSha;
}
