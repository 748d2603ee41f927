import { cp } from 'node:fs/promises';
import path from 'node:path';
import { git, newRepository } from '../temp-repository.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What pipelines clone, with the bundle as it is built now under the tag that they name. */
export async function toolRepository(folder: string): Promise<string> {
  await newRepository(folder);
  await cp(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true });
  await git(folder, 'add', '--all', '--force');
  await git(folder, 'commit', '--quiet', '-m', 'The bundle');
  await git(folder, 'tag', 'v1');
  return folder;
}

/** Lets git clone that repository where a pipeline names the one of the project. */
export function insteadOf(folder: string): Readonly<Record<string, string>> {
  return {
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: `url.file://${folder}.insteadOf`,
    GIT_CONFIG_VALUE_0: 'https://github.com/OWNER/sekoia-detections-action.git',
    GIT_CONFIG_KEY_1: 'advice.detachedHead',
    GIT_CONFIG_VALUE_1: 'false',
  };
}
