import { commandFailed, succeed } from './command.js';
import type { RunGit } from './command.js';
import { GitError } from './errors.js';
import type { Promised } from './partial.js';
import { argumentLists, byteFields, foldersOf } from './paths.js';
import type { CommitSha, TreeFile } from './types.js';

/** Every file of the commit at or below the folders (`''` is the root); a folder that does not exist holds none. */
export async function listFiles(
  git: RunGit,
  promised: Promised,
  commit: CommitSha,
  folders: readonly string[],
): Promise<readonly TreeFile[]> {
  const wanted = foldersOf(folders);
  return listTree(git, promised, ['-r', commit], wanted === null ? [[]] : argumentLists(wanted));
}

/** The files of the commit at exactly these paths; those that do not exist, or are folders, are left out. */
export async function findFiles(
  git: RunGit,
  promised: Promised,
  commit: CommitSha,
  paths: readonly string[],
): Promise<readonly TreeFile[]> {
  const wanted = new Set(paths.filter((path) => path !== ''));
  const found = await listTree(git, promised, [commit], argumentLists([...wanted]));
  return found.filter((file) => wanted.has(file.path));
}

/**
 * The contents of objects, by id, in one command. Binary safe. What a partial clone lacks is fetched in one go.
 *
 * @throws GitError `object-missing` naming the first object that the repository does not hold; `fetch-failed`.
 */
export async function readBlobs(
  git: RunGit,
  promised: Promised,
  objects: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  const wanted = [...new Set(objects)];
  if (wanted.length === 0) return contents;

  await promised.fetchMissing(wanted);
  const args = ['cat-file', '--batch', '--buffer'];
  // What is missing still, the server does not have: it is not asked again for each.
  const env = { GIT_NO_LAZY_FETCH: '1' };
  const result = await git(args, { input: Buffer.from(`${wanted.join('\n')}\n`), env });
  if (result.exitCode !== 0) {
    const lacked = /could not fetch ([0-9a-f]+) from promisor remote/.exec(result.stderr)?.[1];
    throw lacked === undefined ? commandFailed(args, result) : objectMissing(lacked);
  }
  const output = result.stdout;
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
  promised: Promised,
  args: readonly string[],
  pathLists: readonly (readonly string[])[],
): Promise<readonly TreeFile[]> {
  // By the bytes of the path: a folder in one list may lie below a folder of another, and two names that are not UTF-8
  // may look the same.
  const files = new Map<string, TreeFile>();
  for (const paths of pathLists) {
    const list = (...more: readonly string[]): Promise<Buffer> =>
      succeed(git, ['ls-tree', '-z', ...more, '--full-tree', ...args, '--', ...paths]);
    // -l needs the size of every file, for which a partial clone would fetch one after the other.
    if (await promised.isPartial()) await promised.fetchMissing(blobsOf(await list()));
    for (const entry of byteFields(await list('-l'))) {
      const file = parseEntry(entry.toString('utf8'));
      if (file !== null) files.set(entry.toString('latin1', entry.indexOf('\t')), file);
    }
  }
  return [...files.values()];
}

/** Of `<mode> <type> <id>\t<path>`. */
function blobsOf(listing: Buffer): readonly string[] {
  return byteFields(listing).flatMap((entry) => /^\d+ blob ([0-9a-f]+)\t/.exec(entry.toString('latin1'))?.[1] ?? []);
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
