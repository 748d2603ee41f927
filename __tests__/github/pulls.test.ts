import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectGitHub, type GitHubOptions } from '../../src/github/connect.js';
import type { GitHub } from '../../src/github/types.js';
import { asCommitSha, type CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { type ClientRepository, createClientRepository } from '../support/client-repository.js';
import { type GitHubOptions as ServerOptions, type GitHubStandIn, startGitHub } from '../support/github.js';

const NAME = 'acme/detections';
const TOKEN = 'ghs_pulls';
const BRANCHES = { branch: 'topic', base: 'main' };

let client: ClientRepository;
let server: GitHubStandIn;
let github: GitHub;

async function start(
  options: Pick<ServerOptions, 'permissions' | 'pullRequestsAllowed'> = {},
  connection: Partial<GitHubOptions> = {},
): Promise<void> {
  const permissions = { contents: 'write', pullRequests: 'write' } as const;
  server = await startGitHub({ bareRepository: client.bare, repository: NAME, token: TOKEN, permissions, ...options });
  github = connectGitHub({
    apiUrl: server.apiUrl,
    token: TOKEN,
    repository: NAME,
    env: {},
    log: silentLog,
    sleep: () => Promise.resolve(),
    ...connection,
  });
}

beforeEach(async () => {
  client = await createClientRepository({ 'a.txt': 'one\n' });
});

afterEach(async () => {
  await github.close();
  await server.stop();
  await client.cleanUp();
});

/** A commit on a branch, on top of the default branch as it is. */
async function commitOn(branch: string, changes: Readonly<Record<string, string>>): Promise<CommitSha> {
  const commit = await client.commit(changes, { branch });
  await client.push({ branch });
  return asCommitSha(commit)!;
}

describe('the proof that the token can make pull requests', () => {
  it('succeeds, and makes none', async () => {
    await start();
    await expect(github.provePullRequests('main')).resolves.toBeUndefined();
    expect(server.pulls).toEqual([]);
  });

  it.each([
    ['without the permission', { permissions: { contents: 'write' } }, 'not-permitted'],
    ['with the permission to read', { permissions: { pullRequests: 'read' } }, 'not-permitted'],
    ['where the settings let no workflow make one', { pullRequestsAllowed: false }, 'pull-requests-off'],
  ] as const)('fails %s', async (_, options, code) => {
    await start(options);
    await expect(github.provePullRequests('main')).rejects.toMatchObject({ code, status: 403 });
  });
});

describe('pull requests', () => {
  it('are opened once for two branches, and found by them alone', async () => {
    await start();
    await commitOn('topic', { 'b.txt': 'b' });
    await commitOn('other', { 'c.txt': 'c' });
    await github.createPullRequest({ branch: 'other', base: 'main', title: 'Other', body: '' });
    expect(await github.openPullRequest(BRANCHES)).toBeNull();
    const made = await github.createPullRequest({ ...BRANCHES, title: 'Topic', body: 'text' });
    expect(made).toEqual({ number: 2, url: `${server.serverUrl}/${NAME}/pull/2` });
    expect(await github.createPullRequest({ ...BRANCHES, title: 'Again', body: '' })).toEqual(made);
    expect(await github.openPullRequest(BRANCHES)).toEqual(made);
    server.closePull(2);
    expect(await github.openPullRequest(BRANCHES)).toBeNull();
  });

  it('keep GitHub’s words when they are refused', async () => {
    await start();
    await expect(
      github.createPullRequest({ branch: 'none', base: 'main', title: 'x', body: '' }),
    ).rejects.toMatchObject({ status: 422, message: expect.stringContaining('Validation Failed') });
  });
});

describe('merging into a branch', () => {
  it('gives the merge commit, null when there is nothing to merge, and tells of a conflict', async () => {
    await start();
    await commitOn('topic', { 'b.txt': 'b' });
    const newer = await commitOn('main', { 'c.txt': 'c' });
    const merged = await github.mergeInto('topic', newer, 'Bring up to date');
    expect(merged).toBe(await client.tip('topic'));
    expect((await client.log('topic'))[0]).toMatchObject({ message: 'Bring up to date' });
    expect(await github.mergeInto('topic', newer, 'Again')).toBeNull();
    await client.pull('topic');
    await commitOn('topic', { 'a.txt': 'theirs\n' });
    const other = await commitOn('main', { 'a.txt': 'ours\n' });
    await expect(github.mergeInto('topic', other, 'No')).rejects.toMatchObject({ code: 'conflict' });
  });
});

it('makes a branch once', async () => {
  await start();
  const at = asCommitSha(await client.tip('main'))!;
  await github.createBranch('sekoia-detections/uuids', at);
  expect(await client.tip('sekoia-detections/uuids')).toBe(at);
  await expect(github.createBranch('sekoia-detections/uuids', at)).rejects.toMatchObject({ code: 'head-moved' });
});

it('tells what a head has that its base lacks, oldest first, and nothing of what it does not know', async () => {
  await start();
  const base = asCommitSha(await client.tip('main'))!;
  await client.commit({ 'b.txt': 'b' }, { branch: 'topic', message: 'First' });
  const head = await commitOn('topic', { 'c.txt': 'c' });
  const ahead = await github.commitsAhead(base, head);
  expect(ahead).toMatchObject({ relation: 'ahead', mergeBase: base, isWhole: true });
  expect(ahead?.commits.map(({ message }) => message.trim())[0]).toBe('First');
  expect(ahead?.commits.every(({ authoredAt, committedAt }) => authoredAt === committedAt)).toBe(true);
  expect(await github.commitsAhead(base, 'f'.repeat(40) as CommitSha)).toBeNull();
});

it('cuts a request at the deadline of the run, and tries nothing again', async () => {
  const deadline = new AbortController();
  await start({}, { deadline: deadline.signal });
  server.faults.push({ when: () => true, times: Infinity, do: { kind: 'hang' } });
  setTimeout(() => {
    deadline.abort(new Error('the run was cancelled'));
  }, 200);
  await expect(github.branchHead('main')).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('the run was cancelled'),
  });
  expect(server.requests).toHaveLength(1);
});
