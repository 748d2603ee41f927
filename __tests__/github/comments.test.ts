import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectGitHub } from '../../src/github/connect.js';
import type { GitHub, KeptComment } from '../../src/github/types.js';
import { silentLog } from '../../src/log.js';
import { createClientRepository } from '../support/client-repository.js';
import type { ClientRepository } from '../support/client-repository.js';
import { startGitHub } from '../support/github.js';
import type { GitHubOptions, GitHubStandIn } from '../support/github.js';

const MARKER = '<!-- the plan -->';
const BOT = { login: 'github-actions[bot]', type: 'Bot' } as const;

let client: ClientRepository;
let server: GitHubStandIn;
let github: GitHub;

beforeEach(async () => {
  client = await createClientRepository({ 'a.json': '{}\n' });
  await start({});
});

afterEach(async () => {
  await stop();
  await client.cleanUp();
});

async function start(permissions: NonNullable<GitHubOptions['permissions']>): Promise<void> {
  server = await startGitHub({ bareRepository: client.bare, repository: 'acme/rules', token: 't', permissions });
  github = connectGitHub({
    apiUrl: server.apiUrl,
    token: 't',
    repository: 'acme/rules',
    env: {},
    log: silentLog,
    sleep: () => Promise.resolve(),
  });
}

async function stop(): Promise<void> {
  await github.close();
  await server.stop();
}

async function restart(permissions: NonNullable<GitHubOptions['permissions']>): Promise<void> {
  await stop();
  await start(permissions);
}

function keep(text: string, more: Partial<KeptComment> = {}): ReturnType<GitHub['keepComment']> {
  return github.keepComment({ pullRequest: 7, marker: MARKER, body: `${MARKER}\n${text}`, create: true, ...more });
}

function bodies(number = 7): readonly string[] {
  return server.comments.of(number).map(({ body }) => body);
}

describe('the one comment', () => {
  it('is written once, updated in place, and left when it says the same', async () => {
    expect(await keep('one')).toBe('created');
    expect(await keep('two')).toBe('updated');
    expect(await keep('two')).toBe('same');
    expect(bodies()).toEqual([`${MARKER}\ntwo`]);
    expect(server.requests.filter(({ method, path }) => method !== 'GET' && path.startsWith('/repos'))).toHaveLength(2);
  });

  it('is found behind many others', async () => {
    for (let n = 0; n < 250; n++) server.comments.add(7, { ...BOT, body: `comment ${n}` });
    await keep('one');
    expect(await keep('two')).toBe('updated');
    expect(bodies()).toHaveLength(251);
    expect(server.requests.at(0)?.query).toContain('per_page=100');
  });

  it.each([
    ['a person copied the marker', { login: 'octocat', type: 'User' }],
    ['a person is called as the App is', { login: 'github-actions', type: 'User' }],
    ['another App began so', { login: 'other[bot]', type: 'Bot' }],
  ] as const)('is not somebody else’s: %s', async (_, author) => {
    server.comments.add(7, { ...author, body: `${MARKER}\ntheirs` });
    expect(await keep('ours')).toBe('created');
    expect(bodies()).toEqual([`${MARKER}\ntheirs`, `${MARKER}\nours`]);
  });

  it('is not one that quotes the marker further down', async () => {
    server.comments.add(7, { ...BOT, body: `> ${MARKER}\n> one` });
    expect(await keep('ours')).toBe('created');
  });

  it('is written anew when it was deleted, even while it is updated', async () => {
    await keep('one');
    const [first] = server.comments.of(7);
    server.faults.push({
      when: ({ method }) => method === 'PATCH',
      times: 1,
      do: { kind: 'answer', status: 404, body: { message: 'Not Found' } },
    });
    server.comments.remove(first!.id + 1);
    expect(await keep('two')).toBe('created');
  });

  it('belongs to its pull request, and to a person where the token is a person’s', async () => {
    await keep('one', { pullRequest: 8 });
    expect(bodies(7)).toEqual([]);
    server.comments.add(7, { login: 'Octocat', type: 'User', body: `${MARKER}\nmine` });
    const viewer = { data: { viewer: { login: 'octocat' } } };
    server.faults.push({
      when: ({ graphql }) => graphql === 'viewer',
      times: 1,
      do: { kind: 'answer', status: 200, body: viewer },
    });
    expect(await keep('two')).toBe('updated');
  });

  it('is taken for ours when any App wrote it, where GitHub does not tell who we are', async () => {
    await keep('one');
    const body = { errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] };
    server.faults.push({
      when: ({ graphql }) => graphql === 'viewer',
      times: 1,
      do: { kind: 'answer', status: 200, body },
    });
    expect(await keep('two')).toBe('updated');
  });

  it('is not begun where there is nothing to tell, but an old one is updated', async () => {
    expect(await keep('nothing', { create: false })).toBe('none');
    await keep('one');
    expect(await keep('nothing', { create: false })).toBe('updated');
  });
});

describe('a token that may not comment', () => {
  it.each(['none', 'read'] as const)('with pull-requests: %s is told so', async (pullRequests) => {
    await restart({ pullRequests });
    await expect(keep('one')).rejects.toMatchObject({ code: 'not-permitted' });
    expect(bodies()).toEqual([]);
  });

  it('needs no right to write contents', async () => {
    await restart({ contents: 'read', pullRequests: 'write' });
    expect(await keep('one')).toBe('created');
  });

  it('nor may one in a locked conversation', async () => {
    server.comments.lock(7);
    await expect(keep('one')).rejects.toMatchObject({ message: expect.stringContaining('issue is locked') });
  });
});

describe('trouble on the way', () => {
  it('never writes twice: a lost answer is not asked for again', async () => {
    server.faults.push({ when: ({ method }) => method === 'POST', times: 1, do: { kind: 'drop' } });
    await expect(keep('one')).rejects.toMatchObject({ code: 'answer-lost' });
    expect(bodies()).toHaveLength(1);
  });

  it('updates again after a lost answer, which does no harm', async () => {
    await keep('one');
    server.faults.push({ when: ({ method }) => method === 'PATCH', times: 1, do: { kind: 'drop' } });
    expect(await keep('two')).toBe('updated');
    expect(bodies()).toEqual([`${MARKER}\ntwo`]);
  });

  it('is refused what is too long, as GitHub does', async () => {
    await expect(keep('x'.repeat(65_536))).rejects.toMatchObject({ message: expect.stringContaining('too long') });
  });
});
