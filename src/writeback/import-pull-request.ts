import type { PullRequest } from '../github/types.js';
import { proposeFiles } from './files-pull-request.js';
import type { FilesPullRequest } from './files-pull-request.js';

export interface ImportPullRequest extends Omit<FilesPullRequest, 'name' | 'said'> {
  readonly defaultBranch: string | null;
  /** Of several communities each has a branch of its own; null: there is one. */
  readonly target: string | null;
}

/** The branch of the pull request: `sekoia-detections/import`, then the target, then a base that is not the default. */
export function importBranchName({
  base,
  defaultBranch,
  target,
}: Pick<ImportPullRequest, 'base' | 'defaultBranch' | 'target'>): string {
  const name = target === null ? 'sekoia-detections/import' : `sekoia-detections/import.${target}`;
  return base === defaultBranch ? name : `${name}-${base}`;
}

/** The one pull request that brings rules of a community into files. @throws ActionError when GitHub or git refuse. */
export function proposeImport(request: ImportPullRequest): Promise<PullRequest | null> {
  return proposeFiles({ ...request, name: importBranchName(request), said: SAID });
}

const SAID = {
  open: 'The files are in the pull request',
  closed: 'Nothing is left to import',
};
