import type { Start } from '../event.js';
import { startAt, startUnknown } from './happening.js';
import type { Happening } from './happening.js';
import { commitIn, numberIn, pageIn, requiredCommit, requiredText, textIn } from './variables.js';
import type { Env } from './variables.js';

const SYSTEM = 'GitLab CI';

/**
 * What started a GitLab job, by the predefined variables (docs.gitlab.com, "Predefined CI/CD variables reference"):
 *
 * - `CI_COMMIT_BRANCH` is there in branch pipelines only, `CI_COMMIT_TAG` in tag pipelines only.
 * - `CI_COMMIT_BEFORE_SHA` is the branch's tip before the push; all zeros in merge request pipelines, scheduled ones,
 *   those started by hand, and the first of a branch.
 * - `CI_MERGE_REQUEST_DIFF_BASE_SHA` is the merge base of a merge request; `CI_MERGE_REQUEST_TARGET_BRANCH_SHA` is there
 *   in merged results pipelines only, whose `CI_COMMIT_SHA` is the result of the merge upon it.
 * - With a repository of another host, `CI_EXTERNAL_PULL_REQUEST_*` stand for a pull request there.
 *
 * @throws EventError `not-on-host`, `bad-environment`
 */
export function happeningOnGitLab(env: Env): Happening {
  const source = textIn(env, 'CI_PIPELINE_SOURCE') ?? '';
  const mergeRequest = mergeRequestIn(env);
  const isMerge = mergeRequest !== null;
  return {
    kind: isMerge ? 'merge-request' : textIn(env, 'CI_COMMIT_TAG') === null ? kindOf(source) : 'tag',
    repository: requiredText(env, 'CI_PROJECT_PATH', SYSTEM),
    head: requiredCommit(env, 'CI_COMMIT_SHA', SYSTEM),
    branch: isMerge ? null : textIn(env, 'CI_COMMIT_BRANCH'),
    defaultBranch: textIn(env, 'CI_DEFAULT_BRANCH'),
    mergeRequest,
    start: isMerge ? startOfMerge(env) : startOf(env, source),
    runUrl: pageIn(env, 'CI_JOB_URL') ?? pageIn(env, 'CI_PIPELINE_URL'),
  };
}

function mergeRequestIn(env: Env): Happening['mergeRequest'] {
  if (textIn(env, 'CI_MERGE_REQUEST_IID') !== null) {
    return {
      number: numberIn(env, 'CI_MERGE_REQUEST_IID'),
      into: textIn(env, 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME'),
    };
  }
  if (textIn(env, 'CI_EXTERNAL_PULL_REQUEST_IID') === null) return null;
  return {
    number: numberIn(env, 'CI_EXTERNAL_PULL_REQUEST_IID'),
    into: textIn(env, 'CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME'),
  };
}

function kindOf(source: string): Happening['kind'] {
  switch (source) {
    case 'push':
    case 'schedule':
      return source;
    case 'web':
    case 'api':
    case 'trigger':
    case 'chat':
      return 'by-hand';
    default:
      return 'unknown';
  }
}

function startOfMerge(env: Env): Start {
  const upon = commitIn(env, 'CI_MERGE_REQUEST_TARGET_BRANCH_SHA');
  if (upon !== null) return startAt(upon, 'the merge request is merged upon it');
  const base = commitIn(env, 'CI_MERGE_REQUEST_DIFF_BASE_SHA');
  if (base !== null) return startAt(base, 'it is where the merge request left its target');
  return startUnknown('the pipeline names no base of the merge request');
}

function startOf(env: Env, source: string): Start {
  const before = commitIn(env, 'CI_COMMIT_BEFORE_SHA');
  if (before !== null) return startAt(before, 'it was the tip before this push');
  if (source === 'push') return { kind: 'all', reason: 'this is the first push of the branch' };
  return { kind: 'all', reason: `pipelines of the source ${source || 'unknown'} name no commit to compare with` };
}
