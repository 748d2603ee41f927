import type { RunEvent, Start } from '../event.js';
import { bringCommit } from '../git/bring-commit.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { GitHub } from '../github/types.js';

/**
 * Where the comparison starts for what is to be merged: at the commit that it goes upon, so that what the other branch
 * did meanwhile counts as nothing that was removed here. A pull request runs on GitHub's merge commit, whose first parent
 * that is (the payload's `base.sha` may be older); a branch that was pushed has its merge base, and so has a merge request
 * of a host that does not tell it. Without an answer the event's own start stands.
 *
 * @throws GitError when the head cannot be fetched.
 */
export async function startOfMerge(of: {
  readonly repository: Pick<Repository, 'hasCommit' | 'fetchCommit' | 'parentsOf'>;
  readonly mergeBase: GitHub['mergeBase'];
  readonly event: Pick<RunEvent, 'name' | 'head' | 'into' | 'branch' | 'start'>;
}): Promise<Start> {
  const { repository, event } = of;
  const { name, head, into, branch, start } = event;
  if (start.kind === 'all' && start.fallback !== true && name !== 'workflow_dispatch') return start;
  if (name === 'pull_request') {
    if (!(await bringCommit(repository, head))) return start;
    const [first, second] = await repository.parentsOf(head);
    return first === undefined || second === undefined ? start : at(first, 'the pull request is merged upon it');
  }
  const isBaseMissing = name === 'merge-request' && start.kind === 'all';
  if (into === null || branch === into || (branch === null && !isBaseMissing)) return start;
  const base = await of.mergeBase(into, head);
  return base === null ? start : at(base, `it is where this branch left ${into}`);
}

function at(commit: CommitSha, reason: string): Start {
  return { kind: 'commit', commit, forced: false, reason };
}
