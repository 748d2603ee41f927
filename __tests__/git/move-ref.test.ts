import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GitError } from '../../src/git/errors.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, headOf, newRepository, temporaryFolder } from '../support/temp-repository.js';
import { first, startFaultyServer } from './faulty-server.js';
import type { FaultyServer } from './faulty-server.js';

const REF = 'refs/sekoia-detections/default/main';
const PUSHED = 'POST git-receive-pack';

let root: string;
let remove: () => Promise<void>;
let bare: string;
let server: FaultyServer;
let repository: Repository;
let older: CommitSha;
let newer: CommitSha;

beforeEach(async () => {
  ({ path: root, remove } = await temporaryFolder());
  bare = await newRepository(path.join(root, 'server.git'), '--bare');
  const person = await newRepository(path.join(root, 'person'));
  older = await commit(person, { a: '1' });
  newer = await commit(person, { a: '2' });
  await git(person, 'push', '--quiet', bare, 'main', `${older}:${REF}`);
  server = await startFaultyServer(bare);
  await git(person, 'remote', 'add', 'origin', `${server.url}/acme/rules`);
  repository = await openRepository({
    workspace: person,
    serverUrl: server.url,
    repository: 'acme/rules',
    token: '',
    env: CLEAN_ENV,
    log: silentLog,
  });
});
afterEach(async () => {
  await server.close();
  await remove();
});

async function refusal(moving: Promise<unknown>): Promise<GitError> {
  const result: unknown = await moving.catch((error: unknown) => error);
  if (result instanceof GitError) return result;
  throw new Error(`no GitError but ${String(result)}`);
}

async function hook(name: string, words: string): Promise<void> {
  const file = path.join(bare, 'hooks', name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho '${words}' >&2\nexit 1\n`);
  await chmod(file, 0o755);
}

const move = { ref: REF };

describe('a refused move of a ref', () => {
  it("says that another ref's name stands in the way, not that it changed", async () => {
    const error = await refusal(repository.moveRef({ ref: `${REF}/x`, from: null, to: newer }));
    expect(error).toMatchObject({ code: 'push-refused', reason: 'name-taken' });
    expect(error.message).toContain(`'${REF}' exists`);
    expect(error.help).toContain('delete or rename');
    const other = await refusal(repository.moveRef({ ref: 'refs/sekoia-detections/default', from: null, to: newer }));
    expect(other).toMatchObject({ code: 'push-refused', reason: 'name-taken' });
  });

  it.each(['pre-receive', 'update'])('names the %s hook that declined it, with its words', async (name) => {
    await hook(name, 'Not on a Friday; fetch first');
    const error = await refusal(repository.moveRef({ ...move, from: older, to: newer }));
    expect(error).toMatchObject({ code: 'push-refused', reason: 'hook-declined' });
    expect(error.message).toContain('Not on a Friday');
    expect(error.help).toContain('hook');
    expect(error.help).not.toContain('contents: write');
  });

  it('names the rule that a hook declined it by', async () => {
    await hook('pre-receive', 'error: GH013: Repository rule violations found');
    const error = await refusal(repository.moveRef({ ...move, from: older, to: newer }));
    expect(error).toMatchObject({ code: 'push-refused', reason: 'protected-branch' });
  });

  it('says that the ref is locked by another process', async () => {
    const lock = path.join(bare, `${REF}.lock`);
    await writeFile(lock, '');
    const error = await refusal(repository.moveRef({ ...move, from: older, to: newer }));
    expect(error).toMatchObject({ code: 'push-failed', reason: 'locked' });
    expect(error.help).toContain('Another process');
    await rm(lock);
    await expect(repository.moveRef({ ...move, from: older, to: newer })).resolves.toBe('moved');
  });

  it('asks for the permission to write only where that is what lacks', async () => {
    server.fault = (request) => (request === 'GET git-receive-pack' ? 403 : null);
    const error = await refusal(repository.moveRef({ ...move, from: older, to: newer }));
    expect(error).toMatchObject({ code: 'push-refused', reason: 'not-permitted' });
    expect(error.help).toContain('contents: write');
  });

  it('says that it is the network, and that the ref is where it was', async () => {
    server.fault = (request) => (request === PUSHED ? 502 : null);
    const error = await refusal(repository.moveRef({ ...move, from: older, to: newer }));
    expect(error).toMatchObject({ code: 'push-failed', reason: 'network' });
    expect(error.help).toContain('network');
    expect(server.requests.filter((request) => request === PUSHED)).toHaveLength(1);
  });

  it('does not know where the ref is when it cannot be read again', async () => {
    server.fault = () => 'reset';
    const error = await refusal(repository.moveRef({ ...move, from: older, to: newer }));
    expect(error).toMatchObject({ code: 'push-failed', reason: 'network' });
    expect(error.message).toContain('cannot be read');
  });
});

describe('a move whose answer was lost', () => {
  it('is done where the ref is at what it was to be', async () => {
    server.fault = first(1, PUSHED, 'lose');
    await expect(repository.moveRef({ ...move, from: older, to: newer })).resolves.toBe('moved');
    await expect(headOf(bare, REF)).resolves.toBe(newer);
    server.fault = first(1, PUSHED, 'lose');
    await expect(repository.moveRef({ ref: 'refs/new/one', from: null, to: older })).resolves.toBe('moved');
  });

  it('has changed where someone moved it on', async () => {
    server.fault = first(1, PUSHED, 'lose');
    const other = await git(bare, 'commit-tree', `${older}^{tree}`, '-m', 'other');
    server.afterLoss = async () => {
      await git(bare, 'update-ref', REF, other);
    };
    await expect(repository.moveRef({ ...move, from: older, to: newer })).resolves.toBe('changed');
  });
});
