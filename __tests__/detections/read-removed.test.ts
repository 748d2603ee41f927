import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commitSource } from '../../src/detections/commit-source.js';
import { readDetections } from '../../src/detections/read-detections.js';
import { formerNames, readRemoved } from '../../src/detections/read-removed.js';
import type { ReadDetections, Removed } from '../../src/detections/types.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { metadata, pair, pattern } from '../support/detections.js';
import { CLEAN_ENV, commit, git, headOf, newRepository, temporaryFolder } from '../support/temp-repository.js';

const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
const OTHER = '11111111-1111-4111-8111-111111111111';

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

type Look = 'the two ends' | 'the history';

/** Everything that the stages before hand over, for the current head. */
async function scene(base: CommitSha, look: Look, roots: readonly string[]) {
  const head = await headOf(root);
  const source = commitSource(repository, head);
  const files = await repository.changedFiles(base, head);
  const changes = { scope: 'changed' as const, base, files, reason: 'test' };
  const read: ReadDetections = await readDetections({ target: null, targets: null, source, roots, changes });
  const versions = look === 'the history' ? await repository.pathVersions(base, head, ['']) : null;
  return { repository, head, source, base, files, versions, roots, read };
}

async function removed(
  base: CommitSha,
  look: Look = 'the two ends',
  roots = ['detections'],
): Promise<readonly Removed[]> {
  const { read, ...rest } = await scene(base, look, roots);
  return readRemoved({ ...rest, target: null, leftOut: read.leftOut, claims: read.claims });
}

async function names(base: CommitSha, look: Look): Promise<Readonly<Record<string, readonly string[]>>> {
  const { read, versions } = await scene(base, look, ['detections']);
  return Object.fromEntries(
    await formerNames({ target: null, repository, base, versions, detections: read.detections }),
  );
}

/** The change that takes both files of a detection away. */
function away(stem: string): Readonly<Record<string, null>> {
  return { [`${stem}.json`]: null, [`${stem}_sigma.yml`]: null };
}

describe('a detection that left the branch', () => {
  it.each<Look>(['the two ends', 'the history'])('has the UUID and name that it had: %s', async (look) => {
    const base = await commit(root, {
      ...pair('detections/a', 'First rule', { uuid: UUID.toUpperCase() }),
      ...pair('detections/b', 'Second rule'),
      ...pair('detections/c', 'Third rule'),
    });
    await commit(root, away('detections/a'));
    await commit(root, away('detections/b'));
    expect(await removed(base, look)).toEqual([
      { path: 'detections/a.json', name: 'First rule', uuid: UUID, formerNames: [] },
      { path: 'detections/b.json', name: 'Second rule', uuid: null, formerNames: [] },
    ]);
  });

  it('has the UUID that the write-back brought after the base, which only the history shows', async () => {
    const base = await commit(root, pair('detections/a', 'First rule'));
    await commit(root, { 'detections/a.json': metadata('First rule', { uuid: UUID }) });
    await commit(root, { 'detections/a.json': metadata('Renamed rule', { uuid: UUID }) });
    await commit(root, { 'detections/a.json': '{"uuid": broken' });
    await commit(root, away('detections/a'));
    expect(await removed(base)).toEqual([
      { path: 'detections/a.json', name: 'First rule', uuid: null, formerNames: [] },
    ]);
    expect(await removed(base, 'the history')).toEqual([
      { path: 'detections/a.json', name: 'Renamed rule', uuid: UUID, formerNames: ['First rule'] },
    ]);
  });

  it('has the community that its file named last', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', { uuid: UUID, community_uuid: UUID }));
    await commit(root, { 'detections/a.json': metadata('First rule', { uuid: UUID, community_uuid: OTHER }) });
    await commit(root, away('detections/a'));
    expect(await removed(base, 'the history')).toEqual([
      { path: 'detections/a.json', name: 'First rule', uuid: UUID, community: OTHER, formerNames: [] },
    ]);
  });

  it('may have come and gone since the base', async () => {
    const base = await commit(root, { 'README.md': '' });
    await commit(root, pair('detections/a', 'First rule'));
    await commit(root, { 'detections/a.json': metadata('First rule', { uuid: UUID }) });
    await commit(root, away('detections/a'));
    expect(await removed(base)).toEqual([]);
    expect(await removed(base, 'the history')).toMatchObject([{ path: 'detections/a.json', uuid: UUID }]);
  });

  it('may have had several paths, and is one', async () => {
    const base = await commit(root, pair('detections/a', 'First rule', { uuid: UUID }));
    await git(root, 'mv', 'detections/a.json', 'detections/b.json');
    await git(root, 'mv', 'detections/a_sigma.yml', 'detections/b_sigma.yml');
    await commit(root, {});
    await commit(root, away('detections/b'));
    expect(await removed(base, 'the history')).toMatchObject([{ path: 'detections/b.json', uuid: UUID }]);
  });

  it('is one when its pattern was left behind, and when both files had been wrong', async () => {
    const base = await commit(root, {
      ...pair('detections/a', 'First rule', { uuid: UUID }),
      'detections/lone.yml': `name: Second rule\nuuid: ${OTHER}\n`,
    });
    await commit(root, { 'detections/a.json': null, 'detections/lone.yml': null });
    expect(await removed(base)).toMatchObject([{ uuid: UUID }, { path: 'detections/lone.yml', uuid: OTHER }]);
  });
});

describe('a detection that did not leave', () => {
  let base: CommitSha;
  beforeEach(async () => {
    base = await commit(root, {
      ...pair('detections/a', 'First rule', { uuid: UUID }),
      ...pair('other/x', 'Outside', { uuid: OTHER }),
    });
  });

  it.each<[what: string, change: Readonly<Record<string, string | null>>]>([
    ['moved into a folder', { ...away('detections/a'), ...pair('detections/x/b', 'New name', { uuid: UUID }) }],
    ['made YAML', { 'detections/a.json': null, 'detections/a.yml': `name: First rule\nuuid: ${UUID}\n` }],
    ['left without its pattern', { 'detections/a_sigma.yml': null }],
    ['given an ending in capitals', { 'detections/a.json': null, 'detections/b.JSON': metadata('x', { uuid: UUID }) }],
    ['moved to a file that is broken', { ...away('detections/a'), 'detections/b.yml': `uuid: [${UUID}\n` }],
    ['the file of a root that was taken away', away('other/x')],
    ['gone and back under another name', { ...away('detections/a'), 'detections/b.json': `{"uuid":"${UUID}"}` }],
  ])('was %s', async (_what, change) => {
    await commit(root, change);
    expect([await removed(base), await removed(base, 'the history')]).toEqual([[], []]);
  });

  it('was taken away and brought back', async () => {
    await commit(root, away('detections/a'));
    await commit(root, pair('detections/a', 'First rule', { uuid: UUID }));
    expect(await removed(base, 'the history')).toEqual([]);
  });

  it('was renamed by git when it had no UUID', async () => {
    const start = await commit(root, pair('detections/new', 'New rule'));
    await git(root, 'mv', 'detections/new.json', 'detections/newer.json');
    await git(root, 'mv', 'detections/new_sigma.yml', 'detections/newer_sigma.yml');
    await commit(root, {});
    expect([await removed(start), await removed(start, 'the history'), await removed(base, 'the history')]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('was only ever some other file of that format', async () => {
    const start = await commit(root, { 'detections/settings.yml': 'name: x\n', 'detections/x.json': '[]' });
    await commit(root, { 'detections/settings.yml': null, 'detections/x.json': null });
    expect(await removed(start, 'the history')).toEqual([]);
  });

  it('is told by another file even when nothing else is in the scope', async () => {
    await commit(root, { 'detections/b.json': metadata('Second rule', { uuid: UUID }) });
    const start = await headOf(root);
    await commit(root, away('detections/a'));
    const { read, ...rest } = await scene(start, 'the two ends', ['detections']);
    expect(read.claims.size).toBe(0);
    expect(await readRemoved({ ...rest, target: null, leftOut: read.leftOut, claims: read.claims })).toEqual([]);
  });
});

describe('a path that is taken out of the roots', () => {
  it('is no removal, and one that left them is', async () => {
    const base = await commit(root, {
      ...pair('detections/a', 'First rule', { uuid: UUID }),
      ...pair('detections/old/b', 'Second rule', { uuid: OTHER }),
    });
    await commit(root, {
      ...away('detections/a'),
      ...away('detections/old/b'),
      ...pair('archive/a', 'First rule', { uuid: UUID }),
    });
    const roots = ['detections', '!detections/old'];
    expect(await removed(base, 'the two ends', roots)).toMatchObject([{ path: 'detections/a.json', uuid: UUID }]);
  });
});

describe('the former names of a detection without UUID', () => {
  it('are those of its file at the base and since', async () => {
    const base = await commit(root, pair('detections/a', 'First name'));
    await commit(root, { 'detections/a.json': metadata('Second name') });
    await commit(root, { 'detections/a.json': metadata('Third name') });
    expect(await names(base, 'the two ends')).toEqual({ 'detections/a.json': ['First name'] });
    expect(await names(base, 'the history')).toEqual({ 'detections/a.json': ['Second name', 'First name'] });
  });

  it('are those of the files that it was before it was renamed', async () => {
    const base = await commit(root, { 'README.md': '' });
    await commit(root, { 'detections/a.json': metadata('First name'), 'detections/a_sigma.yml': pattern('one.exe') });
    await git(root, 'mv', 'detections/a_sigma.yml', 'detections/b_sigma.yml');
    await commit(root, { 'detections/a.json': null, 'detections/b.json': metadata('Second name') });
    await git(root, 'mv', 'detections/b.json', 'detections/c.json');
    await commit(root, { 'detections/b_sigma.yml': null, 'detections/c_sigma.yml': pattern('two.exe') });
    await commit(root, { 'detections/c.json': metadata('Third name') });
    expect(await names(base, 'the history')).toEqual({ 'detections/c.json': ['Second name', 'First name'] });
  });

  it('are none of a copy whose model is still there, nor of one that had a UUID', async () => {
    const base = await commit(root, { 'README.md': '' });
    await commit(root, {
      'detections/a.json': metadata('First name'),
      'detections/a_sigma.yml': pattern('same.exe'),
      'detections/gone.json': metadata('Gone name', { uuid: UUID }),
      'detections/gone_sigma.yml': pattern('same.exe'),
    });
    await commit(root, {
      ...away('detections/gone'),
      'detections/b.json': metadata('Second name'),
      'detections/b_sigma.yml': pattern('same.exe'),
    });
    expect(await names(base, 'the history')).toEqual({});
  });

  it('are of no interest with a UUID', async () => {
    const base = await commit(root, pair('detections/a', 'First name'));
    await commit(root, { 'detections/a.json': metadata('Second name', { uuid: UUID }) });
    expect(await names(base, 'the history')).toEqual({});
  });
});
