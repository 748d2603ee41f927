import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ClientRepository, createClientRepository } from './client-repository.js';
import { type GitHubOptions, type GitHubStandIn, startGitHub } from './github.js';

const NAME = 'acme/detections';
const run = promisify(execFile);

let client: ClientRepository;
let server: GitHubStandIn;

beforeEach(async () => {
  client = await createClientRepository({ 'a.json': '{}\n', 'run.sh': 'exit\n' }, { executable: ['run.sh'] });
  server = await started();
});

afterEach(async () => {
  await server.stop();
  await client.cleanUp();
});

function started(more: Partial<GitHubOptions> = {}): Promise<GitHubStandIn> {
  return startGitHub({ bareRepository: client.bare, repository: NAME, token: 'good', ...more });
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

async function call(method: string, url: string, body?: unknown, token: string | null = 'good'): Promise<Answered> {
  const response = await fetch(url.startsWith('http') ? url : `${server.apiUrl}/repos/${NAME}${url}`, {
    method,
    headers: token === null ? {} : { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

function createCommit(expectedHeadOid: string | null, more: Readonly<Record<string, unknown>> = {}): Promise<Answered> {
  const input = {
    branch: { repositoryNameWithOwner: NAME, branchName: 'main' },
    expectedHeadOid,
    message: { headline: 'Head', body: 'Body' },
    fileChanges: { additions: [{ path: 'run.sh', contents: Buffer.from('new\n').toString('base64') }] },
    ...more,
  };
  const query =
    'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }';
  return call('POST', server.graphqlUrl, { query, variables: { input } });
}

const tip = (): Promise<string | null> => client.tip('main');

describe('the door', () => {
  it('asks for the token and hides other repositories', async () => {
    expect(await call('GET', '', undefined, null)).toMatchObject({ status: 401 });
    expect(await call('GET', '', undefined, 'bad')).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    });
    expect(await call('GET', `${server.apiUrl}/repos/acme/other`)).toMatchObject({ status: 404 });
    expect(await call('GET', '')).toMatchObject({ status: 200, body: { full_name: NAME, default_branch: 'main' } });
  });

  it('lets a read-only token read and write nothing', async () => {
    await server.stop();
    server = await started({ permissions: { contents: 'read' } });
    const words = 'Resource not accessible by integration';
    expect(await call('GET', '/git/ref/heads/main')).toMatchObject({ status: 200 });
    expect(await call('POST', '/git/blobs', { content: 'x' })).toMatchObject({ status: 403, body: { message: words } });
    expect(await createCommit(await tip())).toMatchObject({
      body: { errors: [{ type: 'FORBIDDEN', message: words }] },
    });
  });
});

describe('createCommitOnBranch', () => {
  it('commits as GitHub, signed, and makes everything 100644', async () => {
    const before = await tip();
    await createCommit(before);
    const sha = await tip();
    expect(await call('GET', `/git/commits/${String(sha)}`)).toMatchObject({
      body: {
        message: 'Head\n\nBody',
        parents: [{ sha: before }],
        committer: { name: 'GitHub', email: 'noreply@github.com' },
        verification: { verified: true },
      },
    });
    expect(await client.modeAt('main', 'run.sh')).toBe('100644');
    expect(await client.readAt('main', 'a.json')).toEqual(Buffer.from('{}\n'));
  });

  it('refuses a stale head, found before or in the swap itself', async () => {
    const before = await tip();
    const stale = {
      type: 'STALE_DATA',
      message: `Expected branch to point to "${String(before)}" but it did not. Pull and try again.`,
    };
    server.beforeCommit = async () => {
      server.beforeCommit = null;
      await client.commit({ 'b.txt': 'b' });
      await client.push();
    };
    expect(await createCommit(before)).toMatchObject({ status: 200, body: { errors: [stale] } });
    expect(await createCommit(before)).toMatchObject({ status: 200, body: { errors: [stale] } });
    expect(await client.readAt('main', 'b.txt')).toEqual(Buffer.from('b'));
  });

  it('refuses what is not base64, and a missing head', async () => {
    const fileChanges = { additions: [{ path: 'a', contents: '{}' }] };
    const invalid = { errors: [{ message: expect.stringContaining('invalid') }] };
    expect(await createCommit(await tip(), { fileChanges })).toMatchObject({ body: invalid });
    expect(await createCommit(null, { expectedHeadOid: undefined })).toMatchObject({ body: invalid });
  });
});

describe('git data', () => {
  it('builds a commit from blob and tree, and moves refs forward only', async () => {
    const before = await tip();
    const blob = await call('POST', '/git/blobs', { content: '/w==', encoding: 'base64' });
    const { sha } = blob.body as { readonly sha: string };
    const base = await call('GET', `/git/commits/${String(before)}`);
    const { tree: baseTree } = base.body as { readonly tree: { readonly sha: string } };
    const tree = await call('POST', '/git/trees', {
      base_tree: baseTree.sha,
      tree: [
        { path: 'd/é "q".bin', mode: '100755', type: 'blob', sha },
        { path: 'a.json', mode: '100644', type: 'blob', content: '\ufeff1\r\n' },
        { path: 'run.sh', mode: '100755', type: 'blob', sha: null },
      ],
    });
    const { sha: treeSha } = tree.body as { readonly sha: string };
    const made = await call('POST', '/git/commits', { message: 'M', tree: treeSha, parents: [before] });
    const { sha: commit } = made.body as { readonly sha: string };
    expect(made).toMatchObject({ status: 201, body: { verification: { verified: true } } });
    const move = { sha: commit, force: false };
    expect(await call('PATCH', '/git/refs/heads%2Fmain', move)).toMatchObject({ status: 200 });
    const back = await call('PATCH', '/git/refs/heads/main', { sha: before, force: false });
    expect(back).toMatchObject({ status: 422, body: { message: 'Update is not a fast forward' } });
    const entries = await call('GET', `/git/trees/${treeSha}?recursive=1`);
    expect(entries.body).toMatchObject({
      tree: [{ path: 'a.json' }, { path: 'd' }, { path: 'd/é "q".bin', mode: '100755' }],
    });
    expect(await client.readAt('main', 'a.json')).toEqual(Buffer.from('\ufeff1\r\n'));
    expect(await client.readAt('main', 'd/é "q".bin')).toEqual(Buffer.from([0xff]));
  });

  it('does not sign a commit that names its author', async () => {
    const before = await tip();
    const base = await call('GET', `/git/commits/${String(before)}`);
    const { tree } = base.body as { readonly tree: { readonly sha: string } };
    const author = { name: 'A', email: 'a@example.org' };
    const made = await call('POST', '/git/commits', { message: 'M', tree: tree.sha, parents: [before], author });
    expect(made.body).toMatchObject({ author, committer: author, verification: { verified: false } });
  });

  it('creates refs outside branches once, and compares commits', async () => {
    const first = String(await tip());
    const ref = { ref: 'refs/sekoia-detections/default/main', sha: first };
    expect(await call('POST', '/git/refs', ref)).toMatchObject({ status: 201 });
    expect(await call('POST', '/git/refs', ref)).toMatchObject({ status: 422 });
    expect(await call('GET', '/git/ref/sekoia-detections/default/main')).toMatchObject({
      body: { object: { sha: first } },
    });
    const second = await client.commit({ 'b.txt': 'b' });
    await client.push();
    const compared = async (range: string): Promise<unknown> => (await call('GET', `/compare/${range}`)).body;
    expect(await compared(`${first}...${second}`)).toMatchObject({ status: 'ahead', ahead_by: 1 });
    expect(await compared(`${second}...${first}`)).toMatchObject({ status: 'behind', behind_by: 1 });
    expect(await compared(`${second}...main`)).toMatchObject({ status: 'identical' });
  });
});

describe('protection', () => {
  it('holds a ruleset against the API and tells of it', async () => {
    await server.setRules('main', [{ type: 'pull_request', rulesetId: 7, source: 'acme' }]);
    const words = expect.stringMatching(
      /Repository rule violations found\s+Changes must be made through a pull request/,
    );
    expect(await createCommit(await tip())).toMatchObject({ body: { errors: [{ message: words }] } });
    expect((await call('GET', '/rules/branches/main')).body).toMatchObject([{ type: 'pull_request', ruleset_id: 7 }]);
    expect((await call('GET', '/rulesets/7')).body).toMatchObject({ current_user_can_bypass: 'never' });
    expect((await call('GET', '/branches/main')).body).toMatchObject({ protected: true });
  });

  it('holds both kinds against pushes, in GitHub’s words', async () => {
    await client.commit({ 'b.txt': 'b' });
    await server.setRules('main', [{ type: 'required_signatures', rulesetId: 7, source: 'acme' }]);
    await expect(client.push()).rejects.toThrow(/GH013: Repository rule violations found for refs\/heads\/main/);
    await server.setRules('main', []);
    await server.setClassicProtection('main', 'Required status check "ci" is expected.');
    await expect(client.push()).rejects.toThrow(/GH006: Protected branch update failed/);
    await server.setClassicProtection('main', null);
    await expect(client.push()).resolves.toMatchObject({ ref: 'refs/heads/main' });
  });
});

describe('git over HTTP', () => {
  it('clones with the token and not without', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'clone-'));
    const env = { PATH: process.env.PATH, HOME: folder, GIT_TERMINAL_PROMPT: '0' };
    const clone = (token: string): Promise<unknown> => {
      const url = `${server.serverUrl.replace('//', `//x-access-token:${token}@`)}/${NAME}`;
      return run('git', ['clone', '--quiet', '--depth=1', url, path.join(folder, token)], { env });
    };
    await expect(clone('bad')).rejects.toThrow();
    await expect(clone('good')).resolves.toBeDefined();
    await rm(folder, { recursive: true, force: true });
  });
});

describe('faults', () => {
  const at = { when: () => true, times: 1 };

  it('answer in place of the server, once', async () => {
    server.faults.push({ ...at, do: { kind: 'answer', status: 502, body: { message: 'Bad' } } });
    expect(await createCommit(await tip())).toEqual({ status: 502, body: { message: 'Bad' } });
    expect(await createCommit(await tip())).toMatchObject({ status: 200 });
  });

  it('lose a request, or only its answer', async () => {
    const before = await tip();
    server.faults.push({ ...at, do: { kind: 'reset' } });
    await expect(createCommit(before)).rejects.toThrow();
    expect(await tip()).toBe(before);
    server.faults.push({ ...at, when: ({ graphql }) => graphql === 'createCommitOnBranch', do: { kind: 'drop' } });
    await expect(createCommit(before)).rejects.toThrow();
    expect(await tip()).not.toBe(before);
  });

  it('hang until the server stops', async () => {
    server.faults.push({ ...at, do: { kind: 'hang' } });
    const hanging = call('GET', '');
    const outcome = expect(hanging).rejects.toThrow();
    while (server.requests.length === 0) await sleep(5);
    await server.stop();
    await outcome;
    server = await started();
  });
});
