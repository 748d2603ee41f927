import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, newRepository, temporaryFolder } from '../support/temp-repository.js';

const UNKNOWN = asCommitSha('0123456789'.repeat(4))!;

let root: string;
let remove: () => Promise<void>;
let bare: string;
/** One after the other. */
const line: CommitSha[] = [];

beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
  bare = await newRepository(path.join(root, 'server.git'), '--bare');
  const person = await newRepository(path.join(root, 'person'));
  for (const n of ['0', '1', '2', '3', '4', '5']) line.push(await commit(person, { n }));
  await git(person, 'push', '--quiet', bare, 'main');
});
afterAll(() => remove());

async function checkOut(name: string, ...options: readonly string[]): Promise<Repository> {
  const workspace = path.join(root, name);
  await git(root, 'clone', '--quiet', ...options, `file://${bare}`, workspace);
  const [serverUrl, repository] = ['https://github.example', 'acme/rules'];
  return openRepository({ workspace, serverUrl, repository, token: '', env: CLEAN_ENV, log: silentLog });
}

const at = (i: number): CommitSha => line[i]!;

describe('isAncestor', () => {
  it('tells in a full clone, also of commits that are not there', async () => {
    const repository = await checkOut('full');
    expect(await repository.isAncestor(at(0), at(5))).toBe(true);
    expect(await repository.isAncestor(at(5), at(0))).toBe(false);
    expect(await repository.isAncestor(at(5), at(5))).toBe(true);
    expect(await repository.isAncestor(UNKNOWN, at(5))).toBe(false);
    expect(await repository.isAncestor(at(5), UNKNOWN)).toBe(null);
  });

  it('tells what lies within a shallow clone, either way', async () => {
    const repository = await checkOut('three', '--depth=3');
    expect(await repository.isAncestor(at(3), at(5))).toBe(true);
    expect(await repository.isAncestor(at(5), at(3))).toBe(false);
    expect(await repository.isAncestor(at(4), at(3))).toBe(false);
  });

  it('believes the parent that the last commit of a shallow clone names', async () => {
    const repository = await checkOut('one', '--depth=1');
    expect(await repository.hasCommit(at(4))).toBe(false);
    expect(await repository.isAncestor(at(4), at(5))).toBe(true);
    expect(await repository.isAncestor(at(5), at(4))).toBe(false);
  });

  it('follows commits that were fetched by themselves', async () => {
    const repository = await checkOut('apart', '--depth=1');
    await repository.fetchCommit(at(3));
    expect(await repository.isAncestor(at(3), at(5))).toBe(null);
    await repository.fetchCommit(at(4));
    expect(await repository.isAncestor(at(3), at(5))).toBe(true);
    expect(await repository.isAncestor(at(2), at(5))).toBe(true);
    expect(await repository.isAncestor(at(5), at(3))).toBe(false);
    expect(await repository.isAncestor(at(0), at(5))).toBe(null);
  });

  it('does not know what may lie before the history that is there', async () => {
    const repository = await checkOut('unknown', '--depth=2');
    expect(await repository.isAncestor(at(0), at(5))).toBe(null);
    expect(await repository.isAncestor(UNKNOWN, at(5))).toBe(null);
  });

  it('knows that nothing lies before a first commit', async () => {
    const repository = await checkOut('first');
    await repository.fetchCommit(at(5));
    expect(await repository.isAncestor(at(5), at(0))).toBe(false);
    expect(await repository.isAncestor(UNKNOWN, at(0))).toBe(false);
  });
});
