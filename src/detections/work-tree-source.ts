import { Buffer } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { lstat, readFile, readdir, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { FileSource, SourceFile } from './types.js';

/**
 * The files as they lie in the work tree. Links are handed out as links and never gone through, neither to list nor to
 * read, so nothing outside the root is reached (races with another process aside).
 *
 * @param root absolute path of the repository's root.
 */
export function workTreeSource(root: string): FileSource {
  const tree: Tree = { root, isOwnFolder: ownFolders(root) };
  return {
    list: (folders) => inBatches(folders, (folder) => listBelow(tree, folder)),
    find: (paths) => inBatches(paths, (each) => fileAt(tree, each)),
    read: async (files) => new Map(await inBatches(files, (file) => contentOf(tree, file))),
  };
}

interface Tree {
  readonly root: string;
  /** Whether a folder is one of the root's own, reached through no link. */
  isOwnFolder(folder: string): Promise<boolean>;
}

function ownFolders(root: string): Tree['isOwnFolder'] {
  const known = new Map<string, Promise<boolean>>();
  const check = async (folder: string): Promise<boolean> => {
    if (path.isAbsolute(folder) || folder.split('/').includes('..') || isGitFolder(folder)) return false;
    try {
      return (await realpath(path.join(root, folder))) === path.join(await realpath(root), folder);
    } catch (error) {
      if (isAbsent(error)) return false;
      throw error;
    }
  };
  return (folder) => {
    const answer = known.get(folder) ?? check(folder);
    known.set(folder, answer);
    return answer;
  };
}

async function listBelow(tree: Tree, folder: string): Promise<readonly SourceFile[]> {
  // A root that names a file, a link, or nothing.
  if (!(await tree.isOwnFolder(folder))) return fileAt(tree, folder);
  let entries: Dirent[];
  try {
    entries = await readdir(path.join(tree.root, folder), { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return fileAt(tree, folder);
    throw error;
  }
  return inBatches(entries, (entry) => {
    const each = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? listBelow(tree, each) : fileAt(tree, each);
  });
}

async function fileAt(tree: Tree, each: string): Promise<readonly SourceFile[]> {
  if (each === '' || isGitFolder(each) || !(await tree.isOwnFolder(folderOf(each)))) return [];
  try {
    const stat = await lstat(path.join(tree.root, each));
    if (stat.isSymbolicLink()) return [{ path: each, kind: 'link', size: stat.size }];
    return stat.isFile() ? [{ path: each, kind: 'file', size: stat.size }] : [];
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

async function contentOf(tree: Tree, file: SourceFile): Promise<readonly (readonly [string, Buffer])[]> {
  const [now] = await fileAt(tree, file.path);
  if (now?.kind !== file.kind) return [];
  const place = path.join(tree.root, file.path);
  if (file.kind === 'file') return [[file.path, await readFile(place)]];
  // Windows hands targets out with backslashes; git stores slashes.
  const target = await readlink(place);
  return [[file.path, Buffer.from(path.sep === '\\' ? target.replaceAll('\\', '/') : target)]];
}

/** A few at a time: each open file takes a descriptor, and a process has some hundred. */
async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += 64) {
    results.push(...(await Promise.all(items.slice(start, start + 64).map(work))).flat());
  }
  return results;
}

function folderOf(each: string): string {
  return each.slice(0, Math.max(0, each.lastIndexOf('/')));
}

function isGitFolder(each: string): boolean {
  return /^\.git(?:\/|$)/i.test(each);
}

function isAbsent(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EINVAL';
}
