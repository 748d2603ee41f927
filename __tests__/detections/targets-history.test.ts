import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commitSource } from '../../src/detections/commit-source.js';
import { readDetections } from '../../src/detections/read-detections.js';
import { formerNames, readRemoved } from '../../src/detections/read-removed.js';
import { readReturned } from '../../src/detections/returned.js';
import { takeUuidsFrom } from '../../src/detections/tip-uuids.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { metadata, pair } from '../support/detections.js';
import { CLEAN_ENV, commit, git, headOf, newRepository, temporaryFolder } from '../support/temp-repository.js';

const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
const OTHER = '11111111-1111-4111-8111-111111111111';
const ACME = { name: 'acme', takesUuid: false };
const GLOBEX = { name: 'globex', takesUuid: false };
const BOTH = { uuids: { acme: UUID, globex: OTHER } };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let root = '';
let repository: Repository;
beforeEach(async () => {
  folder = await temporaryFolder();
  root = await newRepository(folder.path);
  repository = await openRepository({
    workspace: root,
    serverUrl: 'https://github.com',
    repository: 'acme/rules',
    token: '',
    env: CLEAN_ENV,
    log: silentLog,
  });
});
afterEach(() => folder.remove());

/** What a target gets to see of the way from the base to the head. */
async function since(base: CommitSha, target = ACME, roots: readonly string[] = ['detections']) {
  const head = await headOf(root);
  const source = commitSource(repository, head);
  const files = await repository.changedFiles(base, head);
  const changes = { scope: 'changed' as const, base, files, reason: 'test' };
  const targets = [ACME, GLOBEX];
  const read = await readDetections({ source, roots, changes, target, targets });
  const versions = await repository.pathVersions(base, head, ['']);
  const { detections, leftOut, claims } = read;
  const removed = await readRemoved({
    repository,
    head,
    base,
    files,
    versions,
    roots,
    source,
    target,
    leftOut,
    claims,
  });
  const returned = await readReturned({ repository, base, files, detections, target });
  return { removed, returned: [...returned], read, head, versions };
}

const GONE = { path: 'detections/a.json', name: 'First rule', uuid: UUID, formerNames: [], isLeftOut: true };

describe('a detection that leaves a target out by now', () => {
  it('has left that target, and no other one', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', BOTH));
    await commit(root, { 'detections/a.json': metadata('First rule', { ...BOTH, except: ['acme'] }) });
    expect((await since(base)).removed).toEqual([GONE]);
    expect((await since(base, GLOBEX)).removed).toEqual([]);
  });

  it('has left it when its UUID was taken out in the same breath', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', BOTH));
    await commit(root, { 'detections/a.json': metadata('First rule', { only: ['globex'] }) });
    expect((await since(base)).removed).toEqual([GONE]);
  });

  it('has left it when it was renamed too', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', BOTH));
    await git(root, 'mv', 'detections/a.json', 'detections/b.json');
    await git(root, 'mv', 'detections/a_sigma.yml', 'detections/b_sigma.yml');
    await commit(root, { 'detections/b.json': metadata('First rule', { ...BOTH, except: ['acme'] }) });
    expect((await since(base)).removed).toEqual([{ ...GONE, path: 'detections/b.json' }]);
    expect((await since(base, GLOBEX)).removed).toEqual([]);
  });

  it('is told without a UUID when its rule may have been made meanwhile', async () => {
    const base = await commit(root, pair('detections/a', 'First rule'));
    await commit(root, { 'detections/a.json': metadata('First rule', { except: ['acme'] }) });
    expect((await since(base)).removed).toEqual([{ ...GONE, uuid: null }]);
  });

  it('is none when it never was meant for the target', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', { only: ['globex'] }));
    await commit(root, { 'detections/a.json': metadata('First name', { only: ['globex'] }) });
    expect((await since(base)).removed).toEqual([]);
    await commit(root, { 'detections/a.json': null, 'detections/a_sigma.yml': null });
    expect((await since(base)).removed).toEqual([]);
    expect((await since(base, GLOBEX)).removed).toMatchObject([{ path: 'detections/a.json', uuid: null }]);
  });

  it('is none when another file has the UUID', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', BOTH));
    await commit(root, {
      'detections/a.json': metadata('First rule', { ...BOTH, except: ['acme'] }),
      ...pair('detections/b', 'Second rule', { uuids: { acme: UUID } }),
    });
    expect((await since(base)).removed).toEqual([]);
  });

  it('has left the branch for each target when its files go', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', BOTH));
    await commit(root, { 'detections/a.json': null, 'detections/a_sigma.yml': null });
    expect((await since(base)).removed).toMatchObject([{ uuid: UUID }]);
    expect((await since(base, GLOBEX)).removed).toMatchObject([{ uuid: OTHER }]);
  });

  it('has left a target when it moved out of the folders of that target', async () => {
    const base = await commit(root, pair('shared/a', 'First rule', BOTH));
    await git(root, 'mv', 'shared', 'globex');
    await commit(root, {});
    expect((await since(base, ACME, ['shared', 'own'])).removed).toMatchObject([{ path: 'shared/a.json', uuid: UUID }]);
    expect((await since(base, GLOBEX, ['shared', 'globex'])).removed).toEqual([]);
  });
});

describe('a detection that is meant for a target again', () => {
  it('has come back to it, and to no other one', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', { ...BOTH, except: ['acme'] }));
    await commit(root, { 'detections/a.json': metadata('First rule', BOTH) });
    expect((await since(base)).returned).toEqual(['detections/a.json']);
    expect((await since(base, GLOBEX)).returned).toEqual([]);
  });

  it('has not come back when it was there under another name', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', BOTH));
    await git(root, 'mv', 'detections/a.json', 'detections/b.json');
    await git(root, 'mv', 'detections/a_sigma.yml', 'detections/b_sigma.yml');
    await commit(root, {});
    expect((await since(base)).returned).toEqual([]);
  });
});

it('a UUID that the branch got meanwhile is that of the target', async () => {
  const base = await commit(root, pair('detections/a', 'First rule'));
  const before = await since(base);
  const head = await headOf(root);
  expect(before.read.detections).toEqual([]);
  const source = commitSource(repository, head);
  const changes = { scope: 'all' as const, reason: 'test', since: null };
  const target = ACME;
  const { detections, claims } = await readDetections({
    source,
    roots: ['detections'],
    changes,
    target,
    targets: [ACME],
  });
  const tip = await commit(root, { 'detections/a.json': metadata('First rule', BOTH) });
  const taken = await takeUuidsFrom({ repository, commits: [tip], detections, claims, target });
  expect(taken).toMatchObject([{ detection: { uuid: UUID } }]);
});

it('the former names of a detection count for the target that has no UUID of it yet', async () => {
  const uuids = { globex: OTHER };
  const base = await commit(root, pair('detections/a', 'First rule', { uuids }));
  await commit(root, { 'detections/a.json': metadata('Second rule', { uuids }) });
  const names = async (target: typeof ACME): Promise<unknown> => {
    const { read, versions } = await since(base, target);
    return [...(await formerNames({ repository, base, versions, detections: read.detections, target }))];
  };
  expect(await names(ACME)).toEqual([['detections/a.json', ['First rule']]]);
  expect(await names(GLOBEX)).toEqual([]);
});
