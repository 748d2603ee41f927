import type { Checkout } from './checkout.js';
import { startUnknown } from './happening.js';
import type { Happening } from './happening.js';

/**
 * What can be told from git alone: the commit that is checked out, and its branch. Systems that check out a commit and no
 * branch stand on the branch of the server that has this commit as its tip, on the default branch where that is one of
 * them.
 */
export function happeningByGit({ head, repository, branch, tipOf, defaultBranch }: Checkout): Happening {
  const standsOn = branch ?? branchWithTip(tipOf, defaultBranch);
  return {
    kind: 'unknown',
    repository,
    head,
    branch: standsOn,
    defaultBranch,
    mergeRequest: null,
    start: startUnknown('git names no commit to compare with'),
    runUrl: null,
  };
}

function branchWithTip(branches: readonly string[], defaultBranch: string | null): string | null {
  if (defaultBranch !== null && branches.includes(defaultBranch)) return defaultBranch;
  return branches.length === 1 ? (branches[0] ?? null) : null;
}
