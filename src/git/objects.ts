import { succeed } from './command.js';
import type { RunGit } from './command.js';
import { GitError } from './errors.js';
import { textFields } from './history.js';
import { argumentLists } from './paths.js';
import type { CommitSha, TreeFile } from './types.js';

/** Every file of the commit at or below the folders (`''` is the root); a folder that does not exist holds none. */
export async function listFiles(
  git: RunGit,
  commit: CommitSha,
  folders: readonly string[],
): Promise<readonly TreeFile[]> {
  const wanted = folders.map((folder) => folder.replace(/\/+$/, ''));
  if (wanted.includes('') || wanted.includes('.')) return listTree(git, ['-r', commit], [[]]);
  return listTree(git, ['-r', commit], argumentLists(wanted));
}

/** The files of the commit at exactly these paths; those that do not exist, or are folders, are left out. */
export async function findFiles(
  git: RunGit,
  commit: CommitSha,
  paths: readonly string[],
): Promise<readonly TreeFile[]> {
  const wanted = new Set(paths.filter((path) => path !== ''));
  const found = await listTree(git, [commit], argumentLists([...wanted]));
  return found.filter((file) => wanted.has(file.path));
}

/**
 * The contents of objects, by id, in one command. Binary safe.
 *
 * @throws GitError `object-missing` naming the first object that the repository does not hold.
 */
export async function readBlobs(git: RunGit, objects: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  const wanted = [...new Set(objects)];
  if (wanted.length === 0) return contents;

  const output = await succeed(git, ['cat-file', '--batch', '--buffer'], {
    input: Buffer.from(`${wanted.join('\n')}\n`),
  });
  let at = 0;
  for (const object of wanted) {
    const lineEnd = output.indexOf('\n', at);
    // `<id> <type> <size>`, then that many bytes and a line end; or `<id> missing`.
    const [, type, size] = output.toString('utf8', at, lineEnd < 0 ? output.length : lineEnd).split(' ');
    if (type !== 'blob' || size === undefined) throw objectMissing(object);
    const start = lineEnd + 1;
    const end = start + Number(size);
    contents.set(object, output.subarray(start, end));
    at = end + 1;
  }
  return contents;
}

async function listTree(
  git: RunGit,
  args: readonly string[],
  pathLists: readonly (readonly string[])[],
): Promise<readonly TreeFile[]> {
  // By path: a folder in one list may lie below a folder of another.
  const files = new Map<string, TreeFile>();
  for (const paths of pathLists) {
    const output = await succeed(git, ['ls-tree', '-z', '-l', '--full-tree', ...args, '--', ...paths]);
    for (const entry of textFields(output)) {
      const file = parseEntry(entry);
      if (file !== null) files.set(file.path, file);
    }
  }
  return [...files.values()];
}

/** `<mode> <type> <id> <size, padded>\t<path>`; trees are no files. */
function parseEntry(entry: string): TreeFile | null {
  const tab = entry.indexOf('\t');
  const [mode = '', type, object = '', size = ''] = entry.slice(0, tab).split(/ +/);
  if (type === 'tree') return null;
  return { path: entry.slice(tab + 1), mode: modeOf(mode), object, size: /^\d+$/.test(size) ? Number(size) : 0 };
}

/** Old repositories hold 100664 and the like, which git reads by the owner's executable bit. */
function modeOf(text: string): TreeFile['mode'] {
  if (text === '120000' || text === '160000') return text;
  return (Number.parseInt(text, 8) & 0o100) === 0 ? '100644' : '100755';
}

function objectMissing(object: string): GitError {
  return new GitError(
    'object-missing',
    `The local repository does not hold the content of object ${object}.`,
    'Run the job again; if it stays so, take `filter` out of the checkout step, or check the cache it restores .git from.',
  );
}
