import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commitSource } from '../../src/detections/commit-source.js';
import { readDetections } from '../../src/detections/read-detections.js';
import { takeUuidsFrom } from '../../src/detections/tip-uuids.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { metadata, pair } from '../support/detections.js';
import { CLEAN_ENV, commit, newRepository, temporaryFolder } from '../support/temp-repository.js';

const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
const OTHER = '11111111-1111-4111-8111-111111111111';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let root = '';
let repository: Repository;
let head: CommitSha;
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
  head = await commit(root, {
    ...pair('detections/a', 'First rule'),
    ...pair('detections/b', 'Second rule'),
    ...pair('detections/c', 'Third rule', { uuid: OTHER }),
  });
});
afterEach(() => folder.remove());

/** The UUIDs that the detections of the first commit have once those of the commits were looked at. */
async function taken(...commits: readonly CommitSha[]): Promise<Readonly<Record<string, string | null>>> {
  const source = commitSource(repository, head);
  const changes = { scope: 'all' as const, reason: 'test', since: null };
  const { detections, claims } = await readDetections({
    target: null,
    targets: null,
    source,
    roots: ['detections'],
    changes,
  });
  const result = await takeUuidsFrom({ target: null, repository, commits, detections, claims });
  return Object.fromEntries(
    result.map((read) => (read.kind === 'sound' ? [read.detection.name, read.detection.uuid] : [read.path, read.uuid])),
  );
}

describe('UUIDs that reached the branch after the checkout', () => {
  it('are taken from the first commit that has one', async () => {
    const tip = await commit(root, { 'detections/a.json': metadata('Newer name', { uuid: UUID.toUpperCase() }) });
    const later = await commit(root, {
      'detections/a.json': metadata('x', { uuid: '33333333-3333-4333-8333-333333333333' }),
    });
    expect(await taken(tip, later)).toEqual({ 'First rule': UUID, 'Second rule': null, 'Third rule': OTHER });
    expect(await taken(head, tip)).toMatchObject({ 'First rule': UUID });
  });

  it('are left out where another file has them, or two would get the same one', async () => {
    const copied = await commit(root, { 'detections/a.json': metadata('First rule', { uuid: OTHER }) });
    expect(await taken(copied)).toMatchObject({ 'First rule': null, 'Third rule': OTHER });
    const both = await commit(root, {
      'detections/a.json': metadata('First rule', { uuid: UUID }),
      'detections/b.json': metadata('Second rule', { uuid: UUID }),
    });
    expect(await taken(both)).toMatchObject({ 'First rule': null, 'Second rule': null });
  });

  it('are none in files that are gone, broken, or without one', async () => {
    const tip = await commit(root, { 'detections/a.json': null, 'detections/b.json': `{"uuid": "${UUID}"` });
    expect(await taken(tip)).toMatchObject({ 'First rule': null, 'Second rule': null });
  });

  it('are not looked for where nothing is missing', async () => {
    const refuse = (): never => {
      throw new Error('read');
    };
    const untouched = { findFiles: refuse, readBlobs: refuse };
    const sound = await readDetections({
      target: null,
      targets: null,
      source: commitSource(repository, head),
      roots: ['detections'],
      changes: { scope: 'all', reason: 'test', since: null },
    });
    const { detections, claims } = sound;
    expect(await takeUuidsFrom({ target: null, repository: untouched, commits: [], detections, claims })).toBe(
      detections,
    );
    const known = detections.slice(2);
    expect(
      await takeUuidsFrom({ target: null, repository: untouched, commits: [head], detections: known, claims }),
    ).toBe(known);
  });
});
