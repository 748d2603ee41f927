import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/log.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { createClientRepository } from '../support/client-repository.js';
import type { ClientRepository } from '../support/client-repository.js';
import { startGitHub } from '../support/github.js';
import type { GitHubStandIn } from '../support/github.js';

const REF = 'refs/sekoia-detections/default/main';
const TOKEN = 'a-token';
let server: { readonly client: ClientRepository; readonly github: GitHubStandIn } | null = null;

afterEach(async () => {
  await server?.github.stop();
  await server?.client.cleanUp();
  server = null;
});

async function start(contents: 'read' | 'write' = 'write'): Promise<ClientRepository> {
  const client = await createClientRepository({ 'd/first': '1' });
  const github = await startGitHub({
    bareRepository: client.bare,
    repository: 'acme/rules',
    token: TOKEN,
    permissions: { contents },
  });
  server = { client, github };
  return client;
}

/** A checkout one commit deep, opened. */
async function open(commit: string, depth = 1): Promise<Repository> {
  const { client, github } = server!;
  const originUrl = `${github.serverUrl}/acme/rules`;
  return openRepository({
    workspace: await client.checkout(commit, { originUrl, token: TOKEN, depth }),
    serverUrl: github.serverUrl,
    repository: 'acme/rules',
    token: TOKEN,
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', HOME: client.bare },
    log: silentLog,
  });
}

async function tipOf(client: ClientRepository): Promise<CommitSha> {
  return asCommitSha(await client.tip('main'))!;
}

async function push(client: ClientRepository, changes: Parameters<ClientRepository['commit']>[0]): Promise<CommitSha> {
  await client.commit(changes);
  return asCommitSha((await client.push()).after)!;
}

describe('a ref outside branches and tags', () => {
  it('is made, read, moved forward and sideways, each by compare-and-swap', async () => {
    const client = await start();
    const first = await tipOf(client);
    const second = await push(client, { 'd/second': '2' });
    const repository = await open(second);
    const refs = (): Promise<ReadonlyMap<string, string>> =>
      repository.readRefs([REF, 'refs/heads/main', 'refs/heads/no']);
    expect([...(await refs())]).toEqual([['refs/heads/main', second]]);

    // Not in the clone yet: it is one commit deep.
    expect(await repository.moveRef({ ref: REF, from: null, to: first })).toBe('moved');
    expect(await repository.moveRef({ ref: REF, from: null, to: second })).toBe('changed');
    expect((await refs()).get(REF)).toBe(first);
    expect(await repository.moveRef({ ref: REF, from: first, to: second })).toBe('moved');
    expect(await repository.moveRef({ ref: REF, from: first, to: first })).toBe('changed');
    expect(await repository.moveRef({ ref: REF, from: second, to: first })).toBe('moved');
    expect((await refs()).get(REF)).toBe(first);
  });

  it('may start at a commit without files that is the same everywhere', async () => {
    const client = await start();
    const head = await tipOf(client);
    const [one, other] = [await open(head), await open(head)];
    const base = await one.emptyBase(head);
    expect(await other.emptyBase(head)).toBe(base);
    expect(await one.moveRef({ ref: REF, from: null, to: base })).toBe('moved');
    expect(await one.changedFiles(base, head)).toEqual([{ status: 'added', path: 'd/first' }]);
  });

  it('has a history after the commit without files that begins behind the head', async () => {
    const client = await start();
    const first = await tipOf(client);
    await push(client, { 'd/first': null });
    const old = await tipOf(client);
    const one = await open(old);
    const base = await one.emptyBase(old);
    expect(await one.moveRef({ ref: REF, from: null, to: base })).toBe('moved');
    const head = await push(client, { 'd/second': '2' });
    const other = await open(head);
    expect(await other.fetchCommit(base)).toBe(true);
    expect(await other.fetchSince(REF, head)).toBe(true);
    expect((await other.pathVersions(base, head, ['d'])).map(({ path }) => path)).toEqual(['d/second']);
    expect(first).not.toBe(old);
  });

  it('can be given another value that has the same files', async () => {
    const client = await start();
    const head = await tipOf(client);
    const one = await open(head);
    await one.moveRef({ ref: REF, from: null, to: head });
    const same = await one.sameFiles(head);
    expect(same).not.toBe(head);
    expect(await one.moveRef({ ref: REF, from: head, to: same })).toBe('moved');
    expect(await one.changedFiles(same, head)).toEqual([]);
    expect(await one.moveRef({ ref: REF, from: head, to: head })).toBe('changed');
  });

  it('is refused with the permission to add when the token may only read', async () => {
    const client = await start('read');
    const head = await tipOf(client);
    const repository = await open(head);
    await expect(repository.moveRef({ ref: REF, from: null, to: head })).rejects.toMatchObject({
      help: expect.stringContaining('contents: write'),
    });
  });
});

describe('the commits since a ref', () => {
  it('tell every version of a path, also of one that came and went', async () => {
    const client = await start();
    const base = await tipOf(client);
    await push(client, { 'd/passing': 'one', 'other/x': 'x' });
    await push(client, { 'd/passing': 'two' });
    const head = await push(client, { 'd/passing': null, 'd/a "b"\n:c': 'odd' });
    const repository = await open(head);
    await repository.fetchCommit(base);
    await repository.moveRef({ ref: REF, from: null, to: base });

    expect(await repository.changedFiles(base, head)).not.toContainEqual(
      expect.objectContaining({ path: 'd/passing' }),
    );
    expect(await repository.fetchSince(REF, head)).toBe(true);
    const versions = await repository.pathVersions(base, head, ['d']);
    const passing = versions.filter(({ path }) => path === 'd/passing');
    expect(passing.map(({ before, after }) => [before === null, after === null])).toEqual([
      [false, true],
      [false, false],
      [true, false],
    ]);
    const contents = await repository.readBlobs(passing.flatMap(({ after }) => after ?? []));
    expect([...contents.values()].map(String)).toEqual(['two', 'one']);
    expect(versions.map(({ path }) => path)).toContain('d/a "b"\n:c');
    expect(versions.some(({ path }) => path.startsWith('other/'))).toBe(false);
  });

  it('are not to be had when the ref is not there', async () => {
    const client = await start();
    const repository = await open(await tipOf(client));
    expect(await repository.fetchSince('refs/sekoia-detections/no', await tipOf(client))).toBe(false);
  });
});
