import { describe, expect, it } from '@jest/globals';
import { EventError } from '../../src/event.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { happeningOnAzure } from '../../src/hosts/azure.js';
import { happeningOnBitbucket } from '../../src/hosts/bitbucket.js';
import { happeningByGit } from '../../src/hosts/git.js';
import { happeningOnGitLab } from '../../src/hosts/gitlab.js';
import { eventOf } from '../../src/hosts/happening.js';
import type { Happening } from '../../src/hosts/happening.js';
import { happeningOnJenkins } from '../../src/hosts/jenkins.js';

const HEAD = sha('a');
const BEFORE = sha('b');
const BASE = sha('c');
const NONE = '0'.repeat(40);
const AUTO = { mode: 'auto', scope: 'changed' } as const;

function sha(digit: string): CommitSha {
  return asCommitSha(digit.repeat(40))!;
}

/** What matters of a run: mode, branch, what it goes into, and where the comparison starts. */
function told(happening: Happening): readonly unknown[] {
  const { mode, branch, into, pullRequest, start } = eventOf(happening, AUTO);
  const from = start.kind === 'commit' ? start.commit : start.fallback === true ? 'deployed' : 'all';
  return [mode, branch, into, pullRequest, from];
}

describe('GitLab', () => {
  const env = { CI_PROJECT_PATH: 'acme/soc/rules', CI_COMMIT_SHA: HEAD, CI_DEFAULT_BRANCH: 'main' };
  const merge = {
    ...env,
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_COMMIT_BEFORE_SHA: NONE,
    CI_MERGE_REQUEST_IID: '12',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: BASE,
  };
  const push = { ...env, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: BEFORE };

  it.each<[string, object, readonly unknown[]]>([
    ['a push to the default branch', push, ['deploy', 'main', 'main', null, BEFORE]],
    ['the first push of it', { ...push, CI_COMMIT_BEFORE_SHA: NONE }, ['deploy', 'main', 'main', null, 'all']],
    ['a push to another branch', { ...push, CI_COMMIT_BRANCH: 'x' }, ['plan', 'x', 'main', null, BEFORE]],
    [
      'a schedule',
      { ...push, CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BEFORE_SHA: NONE },
      ['deploy', 'main', 'main', null, 'all'],
    ],
    [
      'a run by hand',
      { ...push, CI_PIPELINE_SOURCE: 'web', CI_COMMIT_BEFORE_SHA: NONE },
      ['deploy', 'main', 'main', null, 'all'],
    ],
    [
      'a tag',
      { ...env, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1', CI_COMMIT_BEFORE_SHA: NONE },
      ['plan', null, 'main', null, 'all'],
    ],
    ['a merge request', merge, ['plan', null, 'main', 12, BASE]],
    ['a merged result', { ...merge, CI_MERGE_REQUEST_TARGET_BRANCH_SHA: BEFORE }, ['plan', null, 'main', 12, BEFORE]],
    [
      'a merge request without a base',
      { ...merge, CI_MERGE_REQUEST_DIFF_BASE_SHA: '' },
      ['plan', null, 'main', 12, 'deployed'],
    ],
    [
      'a pull request of another host',
      {
        ...push,
        CI_PIPELINE_SOURCE: 'external_pull_request_event',
        CI_COMMIT_BRANCH: 'x',
        CI_EXTERNAL_PULL_REQUEST_IID: '4',
        CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME: 'main',
      },
      ['plan', null, 'main', 4, 'deployed'],
    ],
  ])('tells of %s', (_name, variables, expected) => {
    expect(told(happeningOnGitLab(variables as Record<string, string>))).toEqual(expected);
  });

  it('names project and job, and no page that is none', () => {
    const page = 'https://gitlab.example.org/acme/soc/rules/-/jobs/1';
    expect(happeningOnGitLab({ ...push, CI_JOB_URL: page })).toMatchObject({
      repository: 'acme/soc/rules',
      runUrl: page,
    });
    for (const hostile of ['javascript:alert(1)', 'https://x.example/)[y](z', 'https://me:secret@x.example/', 'x y']) {
      expect(happeningOnGitLab({ ...push, CI_JOB_URL: hostile }).runUrl).toBeNull();
    }
  });

  it.each([
    [{ ...push, CI_COMMIT_SHA: undefined }, 'not-on-host'],
    [{ ...push, CI_PROJECT_PATH: '' }, 'not-on-host'],
    [{ ...push, CI_COMMIT_SHA: 'abc123' }, 'bad-environment'],
  ])('refuses what no job has: %#', (variables, code) => {
    expect(() => happeningOnGitLab(variables)).toThrow(expect.objectContaining({ code }));
  });
});

describe('Bitbucket', () => {
  const env = { BITBUCKET_REPO_FULL_NAME: 'acme/rules', BITBUCKET_COMMIT: HEAD, BITBUCKET_BUILD_NUMBER: '9' };
  it.each<[string, object, readonly unknown[]]>([
    ['a push', { ...env, BITBUCKET_BRANCH: 'main' }, ['deploy', 'main', 'main', null, 'deployed']],
    ['another branch', { ...env, BITBUCKET_BRANCH: 'x' }, ['plan', 'x', 'main', null, 'deployed']],
    ['a tag', { ...env, BITBUCKET_TAG: 'v1' }, ['plan', null, 'main', null, 'deployed']],
    [
      'a pull request',
      { ...env, BITBUCKET_BRANCH: 'main', BITBUCKET_PR_ID: '3', BITBUCKET_PR_DESTINATION_BRANCH: 'next' },
      ['plan', null, 'next', 3, 'deployed'],
    ],
  ])('tells of %s', (_name, variables, expected) => {
    expect(told(happeningOnBitbucket(variables as Record<string, string>, 'main'))).toEqual(expected);
  });

  it('deploys nothing while the default branch is not known', () => {
    const happening = happeningOnBitbucket({ ...env, BITBUCKET_BRANCH: 'main' }, null);
    expect(eventOf(happening, AUTO)).toMatchObject({ mode: 'plan', into: 'main' });
  });

  it('names the page of the build', () => {
    expect(happeningOnBitbucket(env, null).runUrl).toBe('https://bitbucket.org/acme/rules/pipelines/results/9');
    expect(happeningOnBitbucket({ ...env, BITBUCKET_REPO_FULL_NAME: 'a/b/../c' }, null).runUrl).toBeNull();
  });
});

describe('Azure', () => {
  const env = {
    BUILD_REPOSITORY_NAME: 'rules',
    BUILD_SOURCEVERSION: HEAD,
    BUILD_REASON: 'IndividualCI',
    BUILD_SOURCEBRANCH: 'refs/heads/main',
  };
  const pull = {
    ...env,
    BUILD_REASON: 'PullRequest',
    BUILD_SOURCEBRANCH: 'refs/pull/5/merge',
    SYSTEM_PULLREQUEST_PULLREQUESTID: '900',
    SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
  };
  it.each<[string, object, readonly unknown[]]>([
    ['a push', env, ['deploy', 'main', 'main', null, 'deployed']],
    ['a schedule', { ...env, BUILD_REASON: 'Schedule' }, ['deploy', 'main', 'main', null, 'deployed']],
    [
      'a branch with a slash',
      { ...env, BUILD_SOURCEBRANCH: 'refs/heads/feature/main' },
      ['plan', 'feature/main', 'main', null, 'deployed'],
    ],
    ['a tag', { ...env, BUILD_SOURCEBRANCH: 'refs/tags/v1' }, ['plan', null, 'main', null, 'deployed']],
    ['a pull request', pull, ['plan', null, 'main', 900, 'deployed']],
    [
      'a pull request of GitHub',
      { ...pull, SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: '5', SYSTEM_PULLREQUEST_TARGETBRANCH: 'main' },
      ['plan', null, 'main', 5, 'deployed'],
    ],
    [
      'a push whose variables of pull requests are left as macros',
      { ...env, SYSTEM_PULLREQUEST_PULLREQUESTID: '$(System.PullRequest.PullRequestId)' },
      ['deploy', 'main', 'main', null, 'deployed'],
    ],
  ])('tells of %s', (_name, variables, expected) => {
    expect(told(happeningOnAzure(variables as Record<string, string>, 'main'))).toEqual(expected);
  });

  it('names the page of the run', () => {
    const more = {
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
      SYSTEM_TEAMPROJECT: 'Blue team',
      BUILD_BUILDID: '4',
    };
    const page = 'https://dev.azure.com/acme/Blue%20team/_build/results?buildId=4';
    expect(happeningOnAzure({ ...env, ...more }, null).runUrl).toBe(page);
  });
});

describe('Jenkins', () => {
  const checkout = { head: HEAD, repository: 'acme/rules', branch: null, tipOf: [], defaultBranch: 'main' };
  it.each<[string, Record<string, string>, readonly unknown[]]>([
    ['a branch', { BRANCH_NAME: 'main' }, ['deploy', 'main', 'main', null, 'deployed']],
    [
      'a branch that was built before',
      { BRANCH_NAME: 'main', GIT_PREVIOUS_SUCCESSFUL_COMMIT: BEFORE },
      ['deploy', 'main', 'main', null, BEFORE],
    ],
    [
      'a primary branch that the server does not call its default',
      { BRANCH_NAME: 'prod', BRANCH_IS_PRIMARY: 'true' },
      ['deploy', 'prod', 'prod', null, 'deployed'],
    ],
    ['a plain job', { GIT_BRANCH: 'origin/main' }, ['deploy', 'main', 'main', null, 'deployed']],
    ['a plain job by full name', { GIT_BRANCH: 'refs/remotes/origin/x/y' }, ['plan', 'x/y', 'main', null, 'deployed']],
    ['a detached one', { GIT_BRANCH: 'detached' }, ['plan', null, 'main', null, 'deployed']],
    ['a tag', { BRANCH_NAME: 'v1', TAG_NAME: 'v1' }, ['plan', null, 'main', null, 'deployed']],
    [
      'a change request',
      { BRANCH_NAME: 'PR-3', CHANGE_ID: '3', CHANGE_TARGET: 'main', GIT_PREVIOUS_SUCCESSFUL_COMMIT: BEFORE },
      ['plan', null, 'main', 3, 'deployed'],
    ],
    [
      'a change that has no number',
      { CHANGE_ID: 'I8f3', CHANGE_TARGET: 'main' },
      ['plan', null, 'main', null, 'deployed'],
    ],
  ])('tells of %s', (_name, variables, expected) => {
    expect(told(happeningOnJenkins(variables, checkout))).toEqual(expected);
  });
});

describe('git alone', () => {
  const checkout = { head: HEAD, repository: 'rules', branch: null, tipOf: [], defaultBranch: 'main' };
  it.each<[string, object, readonly unknown[]]>([
    ['the branch that is checked out', { branch: 'main' }, ['deploy', 'main', 'main', null, 'deployed']],
    ['another branch', { branch: 'x' }, ['plan', 'x', 'main', null, 'deployed']],
    ['the tip of the default branch', { tipOf: ['x', 'main'] }, ['deploy', 'main', 'main', null, 'deployed']],
    ['the tip of one branch', { tipOf: ['x'] }, ['plan', 'x', 'main', null, 'deployed']],
    ['the tip of several', { tipOf: ['x', 'y'] }, ['plan', null, 'main', null, 'deployed']],
    ['a commit of no tip', {}, ['plan', null, 'main', null, 'deployed']],
    ['a clone without a server', { branch: 'main', defaultBranch: null }, ['plan', 'main', 'main', null, 'deployed']],
  ])('tells of %s', (_name, more, expected) => {
    expect(told(happeningByGit({ ...checkout, ...more }))).toEqual(expected);
  });
});

describe('what was asked for', () => {
  const merge = happeningOnGitLab({
    CI_PROJECT_PATH: 'acme/rules',
    CI_COMMIT_SHA: HEAD,
    CI_MERGE_REQUEST_IID: '1',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  });
  const branch: Happening = { ...merge, kind: 'push', branch: 'x', defaultBranch: 'main', mergeRequest: null };

  it.each(['deploy', 'drift'] as const)('is refused off a branch: %s', (mode) => {
    const ask = (): unknown => eventOf(merge, { mode, scope: 'changed' });
    expect(ask).toThrow(EventError);
    expect(ask).toThrow(/does not go with a merge request/u);
    expect(eventOf(branch, { mode, scope: 'changed' })).toMatchObject({ mode, branch: 'x' });
  });

  it('looks at everything with scope: all', () => {
    expect(eventOf(merge, { mode: 'plan', scope: 'all' }).start).toEqual({ kind: 'all', reason: 'scope is all' });
  });
});
