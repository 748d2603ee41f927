import { afterEach, describe, expect, it } from '@jest/globals';
import { advance, holdBase } from '../../src/changes/advance.js';
import type { Ending } from '../../src/changes/advance.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { connectGitHub } from '../../src/github/connect.js';
import type { GitHub } from '../../src/github/types.js';
import { silentLog } from '../../src/log.js';
import { createClientRepository } from '../support/client-repository.js';
import type { ClientRepository } from '../support/client-repository.js';
import { startGitHub } from '../support/github.js';
import type { GitHubStandIn } from '../support/github.js';
import { CLEAN_ENV } from '../support/temp-repository.js';

const REF = 'refs/sekoia-detections/default/main';
const TOKEN = 'a-token';
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Scene {
  readonly client: ClientRepository;
  readonly server: GitHubStandIn;
  readonly repository: Repository;
  readonly github: GitHub;
  /** Three commits of the branch, oldest first; the checkout stands on the second, one commit deep. */
  readonly commits: readonly [CommitSha, CommitSha, CommitSha];
}

async function scene(): Promise<Scene> {
  const client = await createClientRepository({ 'd/a': '1' });
  ends.push(() => client.cleanUp());
  const commits = [asCommitSha(await client.tip('main'))!];
  for (const text of ['2', '3']) {
    await client.commit({ 'd/a': text });
    commits.push(asCommitSha((await client.push()).after)!);
  }
  const server = await startGitHub({ bareRepository: client.bare, repository: 'acme/rules', token: TOKEN });
  ends.push(() => server.stop());
  const originUrl = `${server.serverUrl}/acme/rules`;
  const repository = await openRepository({
    workspace: await client.checkout(commits[1]!, { originUrl, token: TOKEN, depth: 1 }),
    serverUrl: server.serverUrl,
    repository: 'acme/rules',
    token: TOKEN,
    env: CLEAN_ENV,
    log: silentLog,
  });
  const github = connectGitHub({
    apiUrl: server.apiUrl,
    token: TOKEN,
    repository: 'acme/rules',
    env: {},
    log: silentLog,
  });
  ends.push(() => github.close());
  return { client, server, repository, github, commits: commits as unknown as Scene['commits'] };
}

/** The ending of a run for the second commit that found the ref at the first. */
function ending({ commits: [first, second] }: Scene, given: Partial<Ending> = {}): Ending {
  return {
    ref: REF,
    from: { at: first, writable: true },
    to: second,
    isComplete: true,
    hasWritten: true,
    isInPlace: () => Promise.reject(new Error('nobody was to ask')),
    ...given,
  };
}

function end({ repository, github }: Scene, given: Ending): ReturnType<typeof advance> {
  return advance(given, { repository, compare: (base, head) => github.compare(base, head), log: silentLog });
}

async function put({ repository }: Scene, to: CommitSha, from: CommitSha | null = null): Promise<void> {
  expect(await repository.moveRef({ ref: REF, from, to })).toBe('moved');
}

describe('a run without failures', () => {
  it('moves the ref to its commit', async () => {
    const at = await scene();
    await put(at, at.commits[0]);
    expect(await end(at, ending(at))).toBe(null);
    expect(await at.client.tip(REF)).toBe(at.commits[1]);
  });

  it('leaves a newer commit alone when it wrote nothing itself', async () => {
    const at = await scene();
    await put(at, at.commits[2]);
    expect(await end(at, ending(at, { hasWritten: false }))).toBe(null);
    expect(await at.client.tip(REF)).toBe(at.commits[2]);
  });

  it('is to be made up for when a newer run finished while it wrote: the ref goes back to its own commit', async () => {
    const at = await scene();
    await put(at, at.commits[2]);
    expect(await end(at, ending(at))).toEqual({ kind: 'newer', commit: at.commits[2] });
    expect(await at.client.tip(REF)).toBe(at.commits[1]);
  });

  it('looks at the platform again when another run moved the ref meanwhile, and goes on when all is in place', async () => {
    const at = await scene();
    const [first] = at.commits;
    await put(at, first);
    await put(at, await at.repository.sameFiles(first), first);
    expect(await end(at, ending(at, { isInPlace: () => Promise.resolve(true) }))).toBe(null);
    expect(await at.client.tip(REF)).toBe(at.commits[1]);
  });

  it('is to be made up for when that run wrote over it, and leaves the ref where it is', async () => {
    const at = await scene();
    const [first] = at.commits;
    await put(at, first);
    const same = await at.repository.sameFiles(first);
    await put(at, same, first);
    const asked = ending(at, { isInPlace: () => Promise.resolve(false) });
    expect(await end(at, asked)).toEqual({ kind: 'other' });
    expect(await at.client.tip(REF)).toBe(same);
  });

  it('does not end well when the ref moved and the server cannot be asked any more', async () => {
    const at = await scene();
    await put(at, at.commits[2]);
    let asked = 0;
    at.server.faults.push({
      // The first is the move that finds the ref elsewhere.
      when: ({ method, path }) => method === 'GET' && path.endsWith('/info/refs') && ++asked > 1,
      times: 100,
      do: { kind: 'reset' },
    });
    expect(await end(at, ending(at))).toEqual({ kind: 'other' });
  });

  it('has nothing to say when another run of the same commit was faster', async () => {
    const at = await scene();
    await put(at, at.commits[1]);
    expect(await end(at, ending(at))).toBe(null);
  });
});

describe('a run that failed after a write', () => {
  it('gives the ref another value, with the same files and the base behind it', async () => {
    const at = await scene();
    const [first] = at.commits;
    await put(at, first);
    expect(await end(at, ending(at, { isComplete: false }))).toBe(null);
    const tip = asCommitSha(await at.client.tip(REF))!;
    expect(tip).not.toBe(first);
    expect(await at.repository.changedFiles(first, tip)).toEqual([]);
    expect(await at.github.compare(first, tip)).toBe('ahead');
  });

  it('takes the ref back to its base when a newer run finished meanwhile', async () => {
    const at = await scene();
    await put(at, at.commits[2]);
    expect(await end(at, ending(at, { isComplete: false }))).toEqual({ kind: 'newer', commit: at.commits[2] });
    expect(await at.client.tip(REF)).toBe(at.commits[0]);
  });

  it('leaves the ref alone when it wrote nothing', async () => {
    const at = await scene();
    await put(at, at.commits[0]);
    await end(at, ending(at, { isComplete: false, hasWritten: false }));
    expect(await at.client.tip(REF)).toBe(at.commits[0]);
  });
});

it('starts at a commit without files where there is no base', async () => {
  const at = await scene();
  const { repository, github, commits } = at;
  const standing = { ref: REF, deployed: null, tip: commits[2], isReadable: true, overtaken: null };
  const compare: GitHub['compare'] = (base, head) => github.compare(base, head);
  const held = await holdBase(standing, null, commits[1], { repository, compare, log: silentLog });
  expect(held).toEqual({ at: await at.client.tip(REF), writable: true });
  expect(await repository.changedFiles(held.at!, commits[1])).toEqual([{ status: 'added', path: 'd/a' }]);
});
