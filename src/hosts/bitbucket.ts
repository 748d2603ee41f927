import { startUnknown } from './happening.js';
import type { Happening } from './happening.js';
import { numberIn, requiredCommit, requiredText, textIn } from './variables.js';
import type { Env } from './variables.js';

const SYSTEM = 'Bitbucket Pipelines';

/**
 * What started a step, by the default variables (support.atlassian.com, "Variables and secrets"): `BITBUCKET_BRANCH` is
 * the source branch in pull requests too, and missing for tags; `BITBUCKET_PR_DESTINATION_COMMIT` may be abbreviated, and
 * the commit before a push is told nowhere. So git is asked for the merge base, and the last deployed commit is the base
 * of a push. The default branch has no variable either.
 *
 * @throws EventError `not-on-host`, `bad-environment`
 */
export function happeningOnBitbucket(env: Env, defaultBranch: string | null): Happening {
  const repository = requiredText(env, 'BITBUCKET_REPO_FULL_NAME', SYSTEM);
  const isMerge = textIn(env, 'BITBUCKET_PR_ID') !== null;
  const branch = isMerge ? null : textIn(env, 'BITBUCKET_BRANCH');
  return {
    kind: isMerge ? 'merge-request' : textIn(env, 'BITBUCKET_TAG') === null ? 'push' : 'tag',
    repository,
    head: requiredCommit(env, 'BITBUCKET_COMMIT', SYSTEM),
    branch,
    defaultBranch,
    mergeRequest: isMerge
      ? { number: numberIn(env, 'BITBUCKET_PR_ID'), into: textIn(env, 'BITBUCKET_PR_DESTINATION_BRANCH') }
      : null,
    start: startUnknown('Bitbucket names no commit to compare with'),
    runUrl: pageOf(repository, numberIn(env, 'BITBUCKET_BUILD_NUMBER')),
  };
}

function pageOf(repository: string, build: number | null): string | null {
  if (build === null || !/^[\w.-]+\/[\w.-]+$/u.test(repository)) return null;
  return `https://bitbucket.org/${repository}/pipelines/results/${build}`;
}
