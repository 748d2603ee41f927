import type { Buffer } from 'node:buffer';
import type { FileSource, SourceFile } from './types.js';

/**
 * A source that does not change, such as a commit, asked once for what many targets want of it. What it handed out is kept
 * as long as the source is.
 */
export function rememberSource(source: FileSource): FileSource {
  const lists = new Map<string, Promise<readonly SourceFile[]>>();
  const contents = new Map<string, Buffer | undefined>();
  return {
    list: (folders) => {
      const key = JSON.stringify(folders);
      const known = lists.get(key) ?? source.list(folders);
      lists.set(key, known);
      return known;
    },
    find: (paths) => source.find(paths),
    read: async (files) => {
      const missing = files.filter(({ path }) => !contents.has(path));
      const read = missing.length === 0 ? new Map<string, Buffer>() : await source.read(missing);
      for (const { path } of missing) contents.set(path, read.get(path));
      return new Map(
        files.flatMap(({ path }) => {
          const content = contents.get(path);
          return content === undefined ? [] : [[path, content] as const];
        }),
      );
    },
  };
}
