import { startUnknown } from './happening.js';
import type { Happening } from './happening.js';
import { branchName, numberIn, pageIn, requiredCommit, requiredText, textIn } from './variables.js';
import type { Env } from './variables.js';

const SYSTEM = 'Azure Pipelines';

/**
 * What started a job, by the predefined variables (learn.microsoft.com, "Use predefined variables"): `Build.SourceBranch`
 * is a full ref (`refs/heads/…`, `refs/tags/…`, `refs/pull/1/merge`), `Build.SourceVersion` of a pull request is the
 * commit of the merge, and `System.PullRequest.TargetBranch` is a full ref or a name, by where the repository lies. The
 * commit before a push and the default branch are told nowhere.
 *
 * @throws EventError `not-on-host`, `bad-environment`
 */
export function happeningOnAzure(env: Env, defaultBranch: string | null): Happening {
  const ref = requiredText(env, 'BUILD_SOURCEBRANCH', SYSTEM);
  const isMerge = textIn(env, 'BUILD_REASON') === 'PullRequest' || ref.startsWith('refs/pull/');
  return {
    kind: isMerge ? 'merge-request' : ref.startsWith('refs/tags/') ? 'tag' : kindOf(textIn(env, 'BUILD_REASON')),
    repository: requiredText(env, 'BUILD_REPOSITORY_NAME', SYSTEM),
    head: requiredCommit(env, 'BUILD_SOURCEVERSION', SYSTEM),
    branch: isMerge || !ref.startsWith('refs/heads/') ? null : branchName(ref),
    defaultBranch,
    mergeRequest: isMerge
      ? {
          // Where the repository lies on GitHub, the id is another number.
          number:
            numberIn(env, 'SYSTEM_PULLREQUEST_PULLREQUESTNUMBER') ?? numberIn(env, 'SYSTEM_PULLREQUEST_PULLREQUESTID'),
          into: branchName(textIn(env, 'SYSTEM_PULLREQUEST_TARGETBRANCH')),
        }
      : null,
    start: startUnknown('Azure Pipelines names no commit to compare with'),
    runUrl: pageOf(env),
  };
}

function kindOf(reason: string | null): Happening['kind'] {
  switch (reason) {
    case 'IndividualCI':
    case 'BatchedCI':
      return 'push';
    case 'Schedule':
      return 'schedule';
    case 'Manual':
      return 'by-hand';
    default:
      return 'unknown';
  }
}

function pageOf(env: Env): string | null {
  const [collection, project] = [pageIn(env, 'SYSTEM_COLLECTIONURI'), textIn(env, 'SYSTEM_TEAMPROJECT')];
  const build = numberIn(env, 'BUILD_BUILDID');
  if (collection === null || project === null || build === null) return null;
  return `${collection.replace(/\/*$/u, '/')}${encodeURIComponent(project)}/_build/results?buildId=${build}`;
}
