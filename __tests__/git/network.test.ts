import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GitError } from '../../src/git/errors.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, headOf, newRepository, temporaryFolder } from '../support/temp-repository.js';
import { first, startFaultyServer } from './faulty-server.js';
import type { Fault, FaultyServer } from './faulty-server.js';

const REF = 'refs/sekoia-detections/default/main';
const UNKNOWN = asCommitSha('0123456789'.repeat(4))!;

let root: string;
let remove: () => Promise<void>;
let bare: string;
let server: FaultyServer;
let directory: string;
let base: CommitSha;
let before: CommitSha;
let head: CommitSha;

beforeEach(async () => {
  ({ path: root, remove } = await temporaryFolder());
  bare = await newRepository(path.join(root, 'server.git'), '--bare');
  const person = await newRepository(path.join(root, 'person'));
  base = await commit(person, { 'd/a': '1' });
  before = await commit(person, { 'd/a': '2' });
  head = await commit(person, { 'd/a': '3' });
  await git(person, 'push', '--quiet', bare, 'main', `${base}:${REF}`, `${head}:refs/at/head`);
  server = await startFaultyServer(bare);
  directory = path.join(root, 'checkout');
  await git(root, 'clone', '--quiet', '--depth=1', `file://${bare}`, directory);
  await git(directory, 'remote', 'set-url', 'origin', `${server.url}/acme/rules`);
});
afterEach(async () => {
  await server.close();
  await remove();
});

function open(signal?: AbortSignal): Promise<Repository> {
  const given = { workspace: directory, serverUrl: server.url, repository: 'acme/rules', token: '', env: CLEAN_ENV };
  return openRepository({ ...given, log: silentLog, ...(signal === undefined ? {} : { signal }) });
}

async function caught(doing: Promise<unknown>): Promise<GitError> {
  const result: unknown = await doing.catch((error: unknown) => error);
  if (result instanceof GitError) return result;
  throw new Error(`no GitError but ${String(result)}`);
}

const READS: readonly [string, (repository: Repository) => Promise<unknown>, () => unknown][] = [
  ['fetchCommit', (repository) => repository.fetchCommit(base), () => true],
  ['fetchTip', (repository) => repository.fetchTip('main'), () => head],
  ['readRefs', (repository) => repository.readRefs([REF]), () => new Map([[REF, base]])],
  ['fetchSince', (repository) => repository.fetchSince(REF, head), () => true],
];

describe('what only asks the server', () => {
  it.each(READS)('gets through at the third attempt: %s', async (_, read, expected) => {
    server.fault = first(2, 'GET git-upload-pack', 'reset');
    await expect(read(await open())).resolves.toEqual(expected());
  });

  it.each<[string, string, Fault]>([
    ['an answer of 503', 'GET git-upload-pack', 503],
    ['an answer of 502 to the objects asked for', 'POST git-upload-pack', 502],
    ['a connection that breaks off before the objects', 'POST git-upload-pack', 'reset'],
    ['a token that the server does not know yet', 'GET git-upload-pack', 401],
  ])('is asked again after %s', async (_, request, fault) => {
    server.fault = first(1, request, fault);
    const repository = await open();
    await expect(repository.fetchCommit(base)).resolves.toBe(true);
    await expect(repository.hasCommit(base)).resolves.toBe(true);
  });

  it.each(READS)('gives up after three, and says that it is the network: %s', async (_, read) => {
    server.fault = (request) => (request.startsWith('GET') ? 'reset' : null);
    const error = await caught(read(await open()));
    expect(error).toMatchObject({ code: 'fetch-failed', reason: 'network' });
    expect(error.message).toContain('3 attempts');
    expect(error.help).toContain('network');
  });

  it('fails where nothing listens, for commits since a ref as well', async () => {
    const repository = await open();
    await server.close();
    const error = await caught(repository.fetchSince(REF, head));
    expect(error).toMatchObject({ code: 'fetch-failed', reason: 'network' });
    server = await startFaultyServer(bare);
  });

  it.each<[number, string]>([
    [403, 'not-permitted'],
    [404, 'no-such-repository'],
  ])('is not asked again after %d', async (status, reason) => {
    server.fault = () => status;
    await expect(caught((await open()).readRefs([REF]))).resolves.toMatchObject({ code: 'fetch-failed', reason });
    expect(server.requests).toHaveLength(1);
  });

  it('is asked once for what the server does not have', async () => {
    const repository = await open();
    await expect(repository.fetchCommit(UNKNOWN)).resolves.toBe(false);
    await expect(repository.fetchSince(REF, UNKNOWN)).resolves.toBe(false);
    await expect(repository.fetchTip('no')).resolves.toBe(null);
    expect(server.requests.filter((request) => request.startsWith('POST')).length).toBeLessThanOrEqual(5);
  });

  it('says that commits since a ref are not to be had where the ref is gone or nothing lies after it', async () => {
    const repository = await open();
    await expect(repository.fetchSince('refs/sekoia-detections/no', head)).resolves.toBe(false);
    await expect(repository.fetchSince('refs/at/head', head)).resolves.toBe(false);
    await expect(repository.fetchSince(REF, head)).resolves.toBe(true);
    await expect(repository.hasCommit(before)).resolves.toBe(true);
  });

  it('leaves no FETCH_HEAD behind', async () => {
    const repository = await open();
    await repository.fetchCommit(base);
    await expect(headOf(directory, 'FETCH_HEAD')).rejects.toThrow();
  });
});

describe('readRefs', () => {
  it('asks for nothing where no ref is named', async () => {
    await expect((await open()).readRefs([])).resolves.toEqual(new Map());
    expect(server.requests).toEqual([]);
  });

  it('takes more names than one command line holds', async () => {
    const names = Array.from({ length: 3_000 }, (_, i) => `refs/heads/${'long'.repeat(8)}/${i}`);
    const refs = await (await open()).readRefs([...names, REF]);
    expect(refs).toEqual(new Map([[REF, base]]));
  });
});

describe('a cancelled run', () => {
  it('does not wait for the next attempt', async () => {
    const cancel = new AbortController();
    const repository = await open(cancel.signal);
    server.fault = () => {
      setTimeout(() => {
        cancel.abort();
      }, 150);
      return 'reset';
    };
    await expect(caught(repository.readRefs([REF]))).resolves.toMatchObject({ code: 'cancelled' });
    expect(server.requests).toHaveLength(1);
  });
});
