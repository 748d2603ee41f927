import type { PullRequest } from '../github/types.js';
import { proposeFiles } from './files-pull-request.js';
import type { FilesPullRequest } from './files-pull-request.js';

export interface DriftPullRequest extends Omit<FilesPullRequest, 'name' | 'said'> {
  readonly defaultBranch: string | null;
}

/** The branch of the pull request: one name for the default branch, else one of its own. */
export function driftBranchName(base: string, defaultBranch: string | null): string {
  return base === defaultBranch ? 'sekoia-detections/drift' : `sekoia-detections/drift-${base}`;
}

/** The one pull request that brings the platform's values into the files. @throws ActionError when GitHub or git refuse. */
export function proposeDrift(request: DriftPullRequest): Promise<PullRequest | null> {
  return proposeFiles({ ...request, name: driftBranchName(request.base, request.defaultBranch), said: SAID });
}

const SAID = {
  open: "The platform's values are in the pull request",
  closed: 'Nothing differs any more that could be brought in',
};
