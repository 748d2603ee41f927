import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './usage-error.js';

/** Where the command was called. */
export interface Place {
  /** Absolute path of the repository's root. */
  readonly root: string;
  /** The repository path of a path as it was typed. @throws UsageError `path-outside` */
  readonly repositoryPath: (typed: string) => string;
  /** A repository path as one types it here. */
  readonly show: (repositoryPath: string) => string;
}

/**
 * The repository around a folder, found without git: it is the nearest folder upwards that has a `.git`.
 *
 * @throws UsageError `no-repository`
 */
export async function findPlace(folder: string): Promise<Place> {
  const here = await realpath(folder);
  const root = await rootAbove(here);
  return {
    root,
    repositoryPath: (typed) => {
      const relative = path.relative(root, path.resolve(here, typed)).split(path.sep).join('/');
      if (relative !== '..' && !relative.startsWith('../') && !path.isAbsolute(relative)) return relative;
      const message = `\`${typed}\` lies outside of the repository ${root}.`;
      throw new UsageError('path-outside', message, 'Name files and folders of the repository that you stand in.');
    },
    show: (repositoryPath) => path.relative(here, path.join(root, repositoryPath)).split(path.sep).join('/') || '.',
  };
}

async function rootAbove(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (await exists(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) break;
  }
  throw new UsageError(
    'no-repository',
    `${folder} does not lie in a git repository.`,
    'Go to the folder that holds your detections; `git init` makes a repository of it.',
  );
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
