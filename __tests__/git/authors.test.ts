import { afterEach, describe, expect, it } from '@jest/globals';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { createClientRepository } from '../support/client-repository.js';
import type { ClientRepository } from '../support/client-repository.js';
import { startGitHub } from '../support/github.js';
import type { GitHubStandIn } from '../support/github.js';

let server: { readonly client: ClientRepository; readonly github: GitHubStandIn } | null = null;

afterEach(async () => {
  await server?.github.stop();
  await server?.client.cleanUp();
  server = null;
});

async function start(): Promise<ClientRepository> {
  const client = await createClientRepository({ 'd/a': '0', 'd/b': '0', 'd/z': '0', 'd/gone': '0' });
  const github = await startGitHub({ bareRepository: client.bare, repository: 'acme/rules', token: 't' });
  server = { client, github };
  return client;
}

async function open(commit: string, depth = 1): Promise<Repository> {
  const { client, github } = server!;
  const originUrl = `${github.serverUrl}/acme/rules`;
  return openRepository({
    workspace: await client.checkout(commit, { originUrl, token: 't', depth }),
    serverUrl: github.serverUrl,
    repository: 'acme/rules',
    token: 't',
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', HOME: client.bare },
    log: silentLog,
  });
}

function by(name: string, branch = 'main'): { readonly author: string; readonly branch: string } {
  return { author: `${name} <${name.toLowerCase()}@example.org>`, branch };
}

const sha = (text: string): CommitSha => asCommitSha(text)!;

/** Who is told for each path, by a clone of that depth that has the base as well. */
async function told(base: string, head: string, paths: readonly string[], depth = 1): Promise<Record<string, string>> {
  const repository = await open(head, depth);
  await repository.fetchCommit(sha(base));
  const authors = await repository.authorsOf({ base: sha(base), head: sha(head), paths });
  return Object.fromEntries([...authors].sort().map(([path, { author }]) => [path, author]));
}

describe.each([
  ['one commit deep', 1],
  ['with all history', 0],
])('in a clone %s', (_, depth) => {
  it('the last author of each file that changed is told, with commit and date and without mail', async () => {
    const client = await start();
    const { after: base } = await client.push({ branch: 'main' });
    await client.reset(base, 'deployed');
    await client.push({ branch: 'deployed' });
    await client.commit({ 'd/a': '1' }, by('Ada'));
    const wanted = await client.commit({ 'd/a': '2', 'd/ü "n"': '1' }, by('Grâce'));
    await client.commit({ 'd/b': '1' }, by('Bob'));
    await client.commit({ 'd/gone': null }, by('Gus'));
    const { after: head } = await client.push();
    const paths = ['d/a', 'd/b', 'd/gone', 'd/ü "n"'];
    expect(await told(base, head, paths, depth)).toEqual({
      'd/a': 'Grâce',
      'd/b': 'Bob',
      'd/gone': 'Gus',
      'd/ü "n"': 'Grâce',
    });
    const repository = await open(head, 0);
    const all = await repository.authorsOf({ base: sha(base), head: sha(head), paths });
    expect([...all.keys()][0]).toBe('d/gone');
    expect(all.get('d/a')).toEqual({
      commit: wanted,
      author: 'Grâce',
      date: expect.stringMatching(/^20\d\d-.*(?:Z|[+-]\d\d:\d\d)$/),
    });
  });

  it('those who wrote on merged branches are told, not those who merged', async () => {
    const client = await start();
    const first = await client.pull();
    await client.reset(first, 'topic');
    await client.commit({ 'd/a': '1' }, by('Tina', 'topic'));
    await client.commit({ 'd/a': '2' }, by('Tom', 'topic'));
    const { after: topic } = await client.push({ branch: 'topic' });
    await client.reset(first, 'late');
    await client.commit({ 'd/b': '1' }, by('Bob', 'late'));
    const { after: lateOld } = await client.push({ branch: 'late' });
    await client.commit({ 'd/z': '1' }, by('Zoe'));
    const { after: base } = await client.push();
    await client.reset(base, 'deployed');
    await client.push({ branch: 'deployed' });
    await client.merge(lateOld, base, 'refs/heads/late');
    await client.pull('late');
    await client.commit({ 'd/c': '1' }, by('Cleo', 'late'));
    const { after: late } = await client.push({ branch: 'late' });
    const merged = await client.merge(base, topic, 'refs/heads/main');
    const head = await client.merge(merged, late, 'refs/heads/main');
    expect(await told(base, head, ['d/a', 'd/b', 'd/c'], depth)).toEqual({ 'd/a': 'Tom', 'd/b': 'Bob', 'd/c': 'Cleo' });
  });
});

it('nobody is told where nothing is known: no base in a clone one commit deep', async () => {
  const client = await start();
  const head = sha(await client.pull());
  const shallow = await open(head);
  expect(await shallow.authorsOf({ base: null, head, paths: ['d/a'] })).toEqual(new Map());
  const full = await open(head, 0);
  expect((await full.authorsOf({ base: null, head, paths: ['d/a'] })).get('d/a')?.author).toBe('Ada Analyst');
});
