import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { FileSource } from '../detections/types.js';
import type { FileChange } from '../git/types.js';

/** Files and what would be another one after they are saved. */
export type Snapshot = ReadonlyMap<string, string>;

/** What lies below the folders, and the files besides. */
export async function takeSnapshot(of: {
  readonly root: string;
  readonly source: FileSource;
  readonly folders: readonly string[];
  readonly files: readonly string[];
}): Promise<Snapshot> {
  const { root, source, folders, files } = of;
  const found = [...(await source.list(folders)), ...(await source.find(files))];
  const paths = [...new Set(found.map((file) => file.path))];
  const stamps = new Map<string, string>();
  for (let start = 0; start < paths.length; start += 64) {
    await Promise.all(
      paths.slice(start, start + 64).map(async (each) => {
        const stamp = await stampOf(path.join(root, each));
        if (stamp !== null) stamps.set(each, stamp);
      }),
    );
  }
  return stamps;
}

/** Null: it is gone meanwhile. */
async function stampOf(file: string): Promise<string | null> {
  try {
    const { mtimeMs, ctimeMs, size, ino } = await lstat(file);
    return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
  } catch {
    return null;
  }
}

/** What was saved, came or went between two looks. */
export function changesBetween(before: Snapshot, now: Snapshot): readonly FileChange[] {
  const changed = [...now].flatMap(([each, stamp]): readonly FileChange[] => {
    const old = before.get(each);
    if (old === stamp) return [];
    return [{ path: each, status: old === undefined ? 'added' : 'modified' }];
  });
  const gone = [...before.keys()].filter((each) => !now.has(each));
  return [...changed, ...gone.map((each): FileChange => ({ path: each, status: 'deleted' }))];
}
