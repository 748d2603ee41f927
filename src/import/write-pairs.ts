import { lstat, mkdir, realpath, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../errors.js';
import { notImported } from './choose-rules.js';
import { ImportError, inTheWay } from './place-files.js';
import type { NotImported, Pair } from './types.js';

export interface Written {
  readonly pairs: readonly Pair[];
  /** Those whose place was taken meanwhile. */
  readonly others: readonly NotImported[];
}

/**
 * Writes the files into the work tree. Nothing that is there is written over, and no link is gone through: folders are
 * real ones below the root, and files are new ones (races with another process aside). A pair comes whole or not at all.
 *
 * @param root absolute path of the repository's root.
 * @throws ImportError when a folder or a file cannot be made; what was written before stays.
 */
export async function writePairs(root: string, pairs: readonly Pair[]): Promise<Written> {
  const written: Pair[] = [];
  const others: NotImported[] = [];
  const folders = new Set(pairs.map((pair) => path.posix.dirname(pair.path)));
  for (const folder of folders) await makeFolder(root, folder === '.' ? '' : folder);
  for (const pair of pairs) {
    const taken = await writePair(root, pair);
    if (taken === null) written.push(pair);
    else others.push(notImported(pair.rule, `there is a file ${taken} by now`, 'Run the import again.'));
  }
  return { pairs: written, others };
}

async function makeFolder(root: string, folder: string): Promise<void> {
  const segments = folder === '' ? [] : folder.split('/');
  for (const [index] of segments.entries()) {
    const place = segments.slice(0, index + 1).join('/');
    const at = path.join(root, place);
    const stat = await lstat(at).catch(absent);
    if (stat === null) await trying(place, () => mkdir(at));
    else if (!stat.isDirectory()) throw inTheWay(place);
  }
  // Junctions of Windows may pass for folders.
  const real = await realpath(path.join(root, folder));
  if (real !== path.join(await realpath(root), folder)) throw inTheWay(folder);
}

/** The pattern first: metadata alone would be a detection without its pattern. Gives the path that is taken, or null. */
async function writePair(
  root: string,
  { path: metadataPath, metadata, patternPath, pattern }: Pair,
): Promise<string | null> {
  if (!(await isNew(root, patternPath, pattern))) return patternPath;
  if (await isNew(root, metadataPath, metadata)) return null;
  await unlink(path.join(root, patternPath));
  return metadataPath;
}

/** `wx`: a file that is there, or a link, makes it fail. */
async function isNew(root: string, place: string, content: Buffer): Promise<boolean> {
  return trying(place, async () => {
    try {
      await writeFile(path.join(root, place), content, { flag: 'wx' });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

async function trying<Result>(place: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new ImportError(
      'not-written',
      `${place} could not be written: ${messageOf(error)}`,
      'Check the rights and the room of the work tree, and run the import again: what is written is left alone.',
      { cause: error },
    );
  }
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
