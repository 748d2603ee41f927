import { startAt, startUnknown } from './happening.js';
import type { Happening } from './happening.js';
import type { Checkout } from './checkout.js';
import { commitIn, numberIn, pageIn, textIn } from './variables.js';
import type { Env } from './variables.js';

/**
 * What started a build, by the variables of multibranch projects and of the git plugin (plugins.jenkins.io/git, "Environment
 * Variables"; the list that each Jenkins has at `/env-vars.html`): `CHANGE_ID` and `CHANGE_TARGET` for a change request,
 * whose `BRANCH_NAME` is made up; `TAG_NAME`; `BRANCH_IS_PRIMARY`; `GIT_BRANCH` has the remote's name before the branch's
 * outside of multibranch projects; `GIT_PREVIOUS_SUCCESSFUL_COMMIT` is that of the last build of this branch that
 * succeeded. The commit is the one that is checked out: `GIT_COMMIT` is that of whatever was checked out last, a library
 * for instance, and a change request may be merged in the workspace alone.
 */
export function happeningOnJenkins(env: Env, { head, repository, defaultBranch }: Checkout): Happening {
  const isMerge = textIn(env, 'CHANGE_ID') !== null;
  const isTag = textIn(env, 'TAG_NAME') !== null;
  const branch = isMerge || isTag ? null : branchIn(env);
  const previous = commitIn(env, 'GIT_PREVIOUS_SUCCESSFUL_COMMIT');
  return {
    kind: isMerge ? 'merge-request' : isTag ? 'tag' : 'push',
    repository,
    head,
    branch,
    defaultBranch: textIn(env, 'BRANCH_IS_PRIMARY') === 'true' ? (branch ?? defaultBranch) : defaultBranch,
    mergeRequest: isMerge ? { number: numberIn(env, 'CHANGE_ID'), into: textIn(env, 'CHANGE_TARGET') } : null,
    start:
      previous === null || isMerge
        ? startUnknown('Jenkins names no commit to compare with')
        : startAt(previous, 'it is that of the last build of this branch that succeeded'),
    runUrl: pageIn(env, 'BUILD_URL'),
  };
}

function branchIn(env: Env): string | null {
  const plain = textIn(env, 'BRANCH_NAME') ?? textIn(env, 'GIT_LOCAL_BRANCH');
  if (plain !== null) return plain;
  const remote = textIn(env, 'GIT_BRANCH');
  if (remote === null || remote === 'detached') return null;
  return remote.replace(/^(?:refs\/(?:remotes\/origin|heads)\/|origin\/)/u, '');
}
