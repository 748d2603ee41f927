import type { Buffer } from 'node:buffer';
import type { CommitSha, TreeFile } from '../git/types.js';
import type { FileSource, SourceFile } from './types.js';

/** What is asked of a repository (git/repository.ts has it). */
export interface CommitFiles {
  listFiles(commit: CommitSha, folders: readonly string[]): Promise<readonly TreeFile[]>;
  findFiles(commit: CommitSha, paths: readonly string[]): Promise<readonly TreeFile[]>;
  readBlobs(objects: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
}

/** The files of one commit, so that what is deployed is what was pushed, whatever earlier steps did to the work tree. */
export function commitSource(repository: CommitFiles, commit: CommitSha): FileSource {
  const objects = new Map<string, string>();
  const remember = (files: readonly TreeFile[]): readonly SourceFile[] =>
    files.map(({ path, mode, object, size }) => {
      objects.set(path, object);
      return { path, kind: mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file', size };
    });
  return {
    list: async (folders) => remember(await repository.listFiles(commit, folders)),
    find: async (paths) => (paths.length === 0 ? [] : remember(await repository.findFiles(commit, paths))),
    read: async (files) => {
      const wanted = files.flatMap(({ path }) => {
        const object = objects.get(path);
        return object === undefined ? [] : [{ path, object }];
      });
      if (wanted.length === 0) return new Map();
      const blobs = await repository.readBlobs([...new Set(wanted.map(({ object }) => object))]);
      return new Map(
        wanted.flatMap(({ path, object }) => {
          const blob = blobs.get(object);
          return blob === undefined ? [] : [[path, blob] as const];
        }),
      );
    },
  };
}
