import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, newRepository, temporaryFolder } from '../support/temp-repository.js';
import { first, startFaultyServer } from './faulty-server.js';
import type { FaultyServer } from './faulty-server.js';

const NUMBER = 40;

let root: string;
let remove: () => Promise<void>;
let bare: string;
let server: FaultyServer;
let base: CommitSha;
let head: CommitSha;
let objects: string[];
let clones = 0;

beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
  bare = await newRepository(path.join(root, 'server.git'), '--bare');
  await git(bare, 'config', 'uploadpack.allowFilter', 'true');
  const person = await newRepository(path.join(root, 'person'));
  base = await commit(person, { 'other/a': '1' });
  head = await commit(person, Object.fromEntries(Array.from({ length: NUMBER }, (_, i) => [`d/${i}`, `content ${i}`])));
  objects = (await git(person, 'ls-tree', '-r', '--format=%(objectname)', 'HEAD', 'd/')).split('\n');
  await git(person, 'push', '--quiet', bare, 'main');
});
afterAll(() => remove());
beforeEach(async () => {
  server = await startFaultyServer(bare);
});
afterEach(() => server.close());

/** A clone without the contents of files. */
async function checkOut(...options: readonly string[]): Promise<Repository> {
  const workspace = path.join(root, `clone-${(clones += 1)}`);
  await git(root, 'clone', '--quiet', '--no-checkout', '--filter=blob:none', ...options, `file://${bare}`, workspace);
  await git(workspace, 'remote', 'set-url', 'origin', `${server.url}/acme/rules`);
  const given = { workspace, serverUrl: server.url, repository: 'acme/rules', token: '', env: CLEAN_ENV };
  return openRepository({ ...given, log: silentLog });
}

const fetches = (): number => server.requests.filter((request) => request === 'POST git-upload-pack').length;

describe('a partial clone', () => {
  it('gets all the contents that it lacks in one request', async () => {
    const repository = await checkOut();
    const contents = await repository.readBlobs(objects);
    expect(contents.size).toBe(NUMBER);
    expect([...contents.values()].map(String)).toContain('content 7');
    expect(fetches()).toBe(1);
    await repository.readBlobs(objects);
    expect(fetches()).toBe(1);
  });

  it('lists files with their sizes in one request, after which their contents are here', async () => {
    const repository = await checkOut();
    const files = await repository.listFiles(head, ['d']);
    expect(files).toHaveLength(NUMBER);
    expect(files.find((file) => file.path === 'd/7')?.size).toBe(9);
    expect(fetches()).toBe(1);
    await repository.findFiles(head, ['d/1', 'd/2']);
    await repository.readBlobs(files.map((file) => file.object));
    expect(fetches()).toBe(1);
  });

  it('asks again when the connection breaks off', async () => {
    const repository = await checkOut();
    server.fault = first(1, 'POST git-upload-pack', 'reset');
    expect((await repository.readBlobs(objects)).size).toBe(NUMBER);
  });

  it('says that the server cannot be reached, and of an object that it does not have that it is missing', async () => {
    const repository = await checkOut();
    await expect(repository.readBlobs(['f'.repeat(40)])).rejects.toMatchObject({ code: 'object-missing' });
    server.fault = () => 'reset';
    await expect(repository.readBlobs(objects)).rejects.toMatchObject({ code: 'fetch-failed', reason: 'network' });
  });

  it('does not fetch a commit to say that it is not here', async () => {
    const repository = await checkOut('--depth=1');
    await expect(repository.hasCommit(base)).resolves.toBe(false);
    await expect(repository.isAncestor(base, head)).resolves.toBe(true);
    expect(server.requests).toEqual([]);
    await expect(repository.fetchCommit(base)).resolves.toBe(true);
  });

  it('names the object that neither it nor the server holds any more', async () => {
    const repository = await checkOut();
    const lost = path.join(root, 'lost.git');
    await newRepository(lost, '--bare');
    await git(repository.root, 'remote', 'set-url', 'origin', lost);
    await expect(repository.readBlobs(objects)).rejects.toMatchObject({ code: 'object-missing' });
    await rm(lost, { recursive: true });
  });
});
