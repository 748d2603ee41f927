import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EventError } from '../../src/event.js';
import { readEvent, readPayload } from '../../src/hosts/github-event.js';
import type { RunEvent } from '../../src/event.js';
import type { Settings } from '../../src/inputs.js';

const [BEFORE, AFTER, SHA, ZERO] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40), '0'.repeat(40)];
const REPOSITORY = { default_branch: 'main' };
const PUSH = { ref: 'refs/heads/main', before: BEFORE, after: AFTER, repository: REPOSITORY };

interface Given {
  readonly name?: string;
  readonly ref?: string;
  readonly payload?: unknown;
  readonly mode?: Settings['mode'];
  readonly scope?: Settings['scope'];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

function read(given: Given): RunEvent {
  const { name = 'push', ref = 'refs/heads/main', payload = PUSH, mode = 'auto', scope = 'changed', env } = given;
  return readEvent({
    env: { GITHUB_EVENT_NAME: name, GITHUB_REPOSITORY: 'acme/rules', GITHUB_REF: ref, GITHUB_SHA: SHA, ...env },
    payload,
    settings: { mode, scope },
  });
}

function errorOf(given: Given): EventError {
  try {
    read(given);
  } catch (error) {
    if (error instanceof EventError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the mode', () => {
  it.each<[string, Given, RunEvent['mode'], string]>([
    ['a push to the default branch', {}, 'deploy', 'push on the default branch main'],
    [
      'a push to another branch',
      { ref: 'refs/heads/feature/x' },
      'plan',
      'push on branch feature/x, and only main deploys',
    ],
    ['a push of a tag', { ref: 'refs/tags/main' }, 'plan', 'push on tag main, which is no branch'],
    [
      'a push whose payload names no default branch',
      { payload: { ...PUSH, repository: {} } },
      'plan',
      'the event does not tell which branch is the default, so main may not be',
    ],
    [
      'a dispatch by hand on the default branch',
      { name: 'workflow_dispatch', payload: { repository: REPOSITORY } },
      'deploy',
      'workflow_dispatch on the default branch main',
    ],
    [
      'a dispatch by hand on another branch',
      { name: 'workflow_dispatch', ref: 'refs/heads/dev', payload: { repository: REPOSITORY } },
      'plan',
      'workflow_dispatch on branch dev, and only main deploys',
    ],
    [
      'a dispatch by hand without a repository in the payload',
      { name: 'workflow_dispatch', payload: {} },
      'plan',
      'the event does not tell which branch is the default, so main may not be',
    ],
    [
      'a schedule, whose payload may lack the repository',
      { name: 'schedule', ref: 'refs/heads/trunk', payload: { schedule: '0 5 * * *' } },
      'deploy',
      'schedule on the default branch trunk',
    ],
    [
      'a repository dispatch',
      { name: 'repository_dispatch' },
      'deploy',
      'repository_dispatch on the default branch main',
    ],
    ['a pull request', { name: 'pull_request', ref: 'refs/pull/7/merge' }, 'plan', 'pull_request events do not deploy'],
    [
      'a pull request with the base branch as ref',
      { name: 'pull_request_target' },
      'validate',
      'pull_request_target runs on the base branch',
    ],
    [
      'a merge group',
      { name: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-7' },
      'plan',
      'merge_group events do not deploy',
    ],
    ['another workflow that ended', { name: 'workflow_run' }, 'plan', 'workflow_run events do not deploy'],
    ['mode: validate', { mode: 'validate' }, 'validate', 'the input mode says so'],
    ['mode: plan', { mode: 'plan' }, 'plan', 'the input mode says so'],
    [
      'mode: deploy on another branch',
      { mode: 'deploy', ref: 'refs/heads/staging' },
      'deploy',
      'the input mode says so',
    ],
    [
      'mode: alert-types',
      { mode: 'alert-types', name: 'pull_request', ref: 'refs/pull/1/merge', payload: {} },
      'alert-types',
      'the input mode says so',
    ],
    ['mode: drift', { mode: 'drift', name: 'schedule', payload: {} }, 'drift', 'the input mode says so'],
    ['mode: import', { mode: 'import', name: 'workflow_dispatch' }, 'import', 'the input mode says so'],
    ['a schedule without a mode', { name: 'schedule', payload: {} }, 'deploy', 'schedule on the default branch main'],
    [
      'mode: deploy without a known default branch',
      { mode: 'deploy', payload: { ...PUSH, repository: null } },
      'deploy',
      'the input mode says so',
    ],
  ])('of %s', (_, given, mode, modeReason) => {
    expect(read(given)).toMatchObject({ mode, modeReason });
  });

  it.each<[string, Given]>([
    ['a pull request', { name: 'pull_request', ref: 'refs/pull/7/merge' }],
    ['a pull request', { name: 'pull_request_target', ref: 'refs/heads/main' }],
    ['a pull request', { name: 'pull_request_review', ref: 'refs/pull/7/merge' }],
    ['a merge group', { name: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-7' }],
    ['the tag v1', { name: 'push', ref: 'refs/tags/v1' }],
    ['the tag v1', { name: 'release', ref: 'refs/tags/v1' }],
  ])('deploy, drift and import are refused on %s', (where, given) => {
    for (const mode of ['deploy', 'drift', 'import'] as const) {
      const error = errorOf({ ...given, mode });
      expect(error.code).toBe(`${mode}-not-allowed`);
      expect(error.message).toContain(`mode: ${mode} does not go with ${where}`);
    }
  });
});

describe('the start of the comparison', () => {
  const all = (reason: string): unknown => ({ kind: 'all', reason });
  const fallback = (reason: string): unknown => ({ kind: 'all', reason, fallback: true });
  const from = (reason: string, forced = false): unknown => ({ kind: 'commit', commit: BEFORE, forced, reason });

  it.each<[string, Given, unknown]>([
    ['a push', {}, from('it was the tip before this push')],
    [
      'a force push',
      { payload: { ...PUSH, forced: true } },
      from('it was the tip that this force push replaced', true),
    ],
    ['a first push', { payload: { ...PUSH, before: ZERO } }, fallback('this is the first push of branch main')],
    [
      'a first push in a SHA-256 repository',
      { payload: { ...PUSH, before: '0'.repeat(64) } },
      fallback('this is the first push of branch main'),
    ],
    ['a push without before', { payload: {} }, fallback('the event names no commit to compare with')],
    [
      'a push with a hostile before',
      { payload: { ...PUSH, before: '--all' } },
      fallback('the event names no commit to compare with'),
    ],
    ['scope: all', { scope: 'all' }, all('scope is all')],
    [
      'a pull request',
      { name: 'pull_request', ref: 'refs/pull/7/merge', payload: { pull_request: { base: { sha: BEFORE } } } },
      from("it is the pull request's base"),
    ],
    [
      'a merge group',
      { name: 'merge_group', payload: { merge_group: { base_sha: BEFORE } } },
      from("it is the merge group's base"),
    ],
    [
      'pull_request_target',
      { name: 'pull_request_target', payload: { pull_request: { base: { sha: BEFORE } } } },
      all('pull_request_target runs on the base branch, not on what the pull request changes'),
    ],
    [
      'a dispatch',
      { name: 'workflow_dispatch', payload: {} },
      all('workflow_dispatch names no commit to compare with'),
    ],
    ['a payload that is no object', { payload: 'x' }, fallback('the event names no commit to compare with')],
  ])('for %s', (_, given, start) => {
    expect(read(given).start).toEqual(start);
  });
});

describe('what a run is planned for', () => {
  it.each<[string, Given, string | null, number | null]>([
    ['a push to the default branch', {}, 'main', null],
    ['a push to another branch', { ref: 'refs/heads/dev' }, 'main', null],
    ['a push whose default branch is not known', { payload: {} }, 'main', null],
    [
      'a pull request',
      {
        name: 'pull_request',
        ref: 'refs/pull/7/merge',
        payload: { pull_request: { number: 7, base: { ref: 'release/1', sha: BEFORE } }, repository: REPOSITORY },
      },
      'release/1',
      7,
    ],
    [
      'a pull request whose number is none',
      { name: 'pull_request', ref: 'refs/pull/7/merge', payload: { pull_request: { number: '7; x' } } },
      null,
      null,
    ],
    [
      'a merge group',
      { name: 'merge_group', ref: 'refs/heads/gh-queue', payload: { merge_group: { base_ref: 'refs/heads/main' } } },
      'main',
      null,
    ],
  ])('of %s', (_, given, into, pullRequest) => {
    expect(read(given)).toMatchObject({ into, pullRequest });
  });
});

describe('readEvent', () => {
  it.each([
    ['refs/heads/main', 'main'],
    ['refs/heads/feature/rules.v2/é🦊', 'feature/rules.v2/é🦊'],
    ['refs/heads/refs/heads/x', 'refs/heads/x'],
    ['refs/tags/v1', null],
    ['refs/pull/7/merge', null],
  ])('takes %s for the branch %s', (ref, branch) => {
    expect(read({ ref }).branch).toBe(branch);
  });

  it('has the pushed commit as head, and GITHUB_SHA for other events', () => {
    expect(read({}).head).toBe(AFTER);
    expect(read({ name: 'workflow_dispatch' }).head).toBe(SHA);
    expect(read({ payload: { ...PUSH, after: undefined } }).head).toBe(SHA);
  });

  it('has nothing to do when the push deleted a branch, whatever the mode', () => {
    const payload = { ...PUSH, ref: 'refs/heads/old', after: ZERO, deleted: true };
    expect(read({ payload, mode: 'deploy', ref: 'refs/tags/x' })).toMatchObject({
      nothingToDo: 'the push deleted branch old',
      mode: 'validate',
      head: SHA,
    });
    expect(read({}).nothingToDo).toBeNull();
  });

  it.each(['GITHUB_EVENT_NAME', 'GITHUB_REPOSITORY', 'GITHUB_REF'])('misses %s', (name) => {
    for (const value of [undefined, '']) {
      const error = errorOf({ env: { [name]: value } });
      expect(error.code).toBe('not-in-github-actions');
      expect(error.message).toContain(name);
    }
  });

  it.each([
    ['GITHUB_REPOSITORY', 'rules'],
    ['GITHUB_REPOSITORY', 'acme/rules/x'],
    ['GITHUB_REPOSITORY', 'acme/ru les'],
    ['GITHUB_REF', 'main'],
    ['GITHUB_EVENT_NAME', 'push\n'],
  ])('refuses %s=%s', (name, value) => {
    expect(errorOf({ env: { [name]: value } }).code).toBe('bad-environment');
  });

  it.each(['HEAD', ZERO])('refuses GITHUB_SHA=%s', (value) => {
    expect(errorOf({ name: 'schedule', env: { GITHUB_SHA: value } }).code).toBe('bad-environment');
  });
});

describe('readPayload', () => {
  it('reads the JSON that GITHUB_EVENT_PATH names', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'event-test-'));
    try {
      const file = path.join(folder, 'event.json');
      await writeFile(file, '{"before":"é"}');
      await expect(readPayload({ GITHUB_EVENT_PATH: file })).resolves.toEqual({ before: 'é' });
      await writeFile(file, '{"before":');
      await expect(readPayload({ GITHUB_EVENT_PATH: file })).rejects.toMatchObject({ code: 'payload-unreadable' });
      const missing = path.join(folder, 'missing.json');
      await expect(readPayload({ GITHUB_EVENT_PATH: missing })).rejects.toMatchObject({ code: 'payload-unreadable' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says so outside GitHub Actions', async () => {
    await expect(readPayload({})).rejects.toMatchObject({ code: 'not-in-github-actions' });
  });
});
