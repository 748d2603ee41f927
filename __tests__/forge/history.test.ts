import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compareByGit, mergeBaseByGit } from '../../src/forge/history.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, headOf, newRepository, temporaryFolder } from '../support/temp-repository.js';

let root: string;
let remove: () => Promise<void>;
let bare: string;
/** main is base, then newer; topic left at base. */
let base: CommitSha;
let newer: CommitSha;
let topic: CommitSha;

beforeEach(async () => {
  ({ path: root, remove } = await temporaryFolder());
  bare = await newRepository(path.join(root, 'server.git'), '--bare');
  await git(bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const person = await newRepository(path.join(root, 'person'));
  await commit(person, { a: '0' });
  base = await commit(person, { a: '1' });
  await git(person, 'checkout', '-q', '-b', 'topic');
  for (const step of ['1', '2', '3']) await commit(person, { b: step });
  topic = await headOf(person);
  await git(person, 'checkout', '-q', 'main');
  for (const step of ['2', '3', '4']) await commit(person, { a: step });
  newer = await headOf(person);
  await git(person, 'push', '-q', bare, 'main', 'topic');
});
afterEach(() => remove());

/** A clone of one commit, as CI systems make it. */
async function shallowAt(head: CommitSha): Promise<Repository> {
  const workspace = await newRepository(path.join(root, 'job'));
  await git(workspace, 'remote', 'add', 'origin', `file://${bare}`);
  await git(workspace, 'fetch', '-q', '--no-tags', '--depth=1', 'origin', head);
  await git(workspace, 'checkout', '-q', '--detach', head);
  return open(workspace);
}

function open(workspace: string): Promise<Repository> {
  return openRepository({ workspace, serverUrl: '', repository: 'a/b', token: '', env: CLEAN_ENV, log: silentLog });
}

describe('how two commits stand to each other, in a clone one commit deep', () => {
  it('is found out from the history', async () => {
    const repository = await shallowAt(topic);
    expect(await compareByGit(repository, base, topic)).toBe('ahead');
    expect(await compareByGit(repository, topic, base)).toBe('behind');
    expect(await compareByGit(repository, topic, newer)).toBe('diverged');
    expect(await compareByGit(repository, topic, topic)).toBe('identical');
    expect(await git(repository.root, 'rev-parse', 'HEAD')).toBe(topic);
    expect(await git(repository.root, 'status', '--porcelain')).toBe('');
  });

  it('is not known of a commit that the server does not have', async () => {
    const gone = asCommitSha('9'.repeat(40))!;
    expect(await compareByGit(await shallowAt(topic), gone, topic)).toBeNull();
  });

  it('is not known without the server, and nothing is thrown', async () => {
    const repository = await shallowAt(topic);
    await git(repository.root, 'remote', 'set-url', 'origin', path.join(root, 'nowhere'));
    expect(await compareByGit(repository, base, topic)).toBeNull();
    expect(await mergeBaseByGit(repository, 'main', topic)).toBeNull();
  });
});

describe('the merge base', () => {
  it('is found in a clone one commit deep, however far both went since', async () => {
    expect(await mergeBaseByGit(await shallowAt(topic), 'main', topic)).toBe(base);
  });

  it('is the tip of the target where the head holds it already', async () => {
    const person = path.join(root, 'person');
    await git(person, 'checkout', '-q', 'topic');
    await git(person, 'merge', '-q', '--no-edit', 'main');
    await git(person, 'push', '-q', bare, 'topic');
    const merged = await headOf(person);
    expect(await mergeBaseByGit(await shallowAt(merged), 'main', merged)).toBe(newer);
  });

  it('is null for a branch that is not there, and for histories that have nothing in common', async () => {
    const repository = await shallowAt(topic);
    expect(await mergeBaseByGit(repository, 'nowhere', topic)).toBeNull();
    const stranger = await newRepository(path.join(root, 'stranger'));
    await commit(stranger, { z: '1' });
    await git(stranger, 'push', '-q', bare, 'main:stranger');
    expect(await mergeBaseByGit(repository, 'stranger', topic)).toBeNull();
  });
});
