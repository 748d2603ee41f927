import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { pattern } from '../support/detections.js';
import type { FileChanges } from '../support/client-repository/commit-stream.js';
import { metadata, openScene, type Scene, uuid, withUuid } from './scene.js';
import type { WriteBack } from '../../src/writeback/types.js';

const A = 'detections/a.json';
const PATTERN = 'detections/a_sigma.yml';
const GONE = { [A]: null, [PATTERN]: null };

let scene: Scene | undefined;

afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

/** A person's commit comes between the run's checkout and its write-back. */
async function meanwhile(changes: FileChanges, before: FileChanges = {}): Promise<WriteBack> {
  scene = await openScene({ [A]: metadata('A'), [PATTERN]: pattern('a.exe'), ...before });
  const { writeBack } = await scene.run();
  await scene.human(changes);
  return writeBack('commit', [{ path: A, uuid: uuid(1), replaces: null, target: null }]);
}

async function textAt(path: string): Promise<string> {
  return String(await scene?.client.readAt('main', path));
}

describe('a detection that is elsewhere by the time of the write-back', () => {
  it.each([
    { how: 'moved as it is', text: metadata('A'), sigma: pattern('a.exe') },
    { how: 'moved and changed in its metadata', text: metadata('A', { severity: 90 }), sigma: pattern('a.exe') },
    { how: 'moved and given another name', text: metadata('Another name'), sigma: pattern('a.exe') },
    { how: 'moved and changed in its pattern', text: metadata('A', { severity: 90 }), sigma: pattern('z.exe') },
  ])('gets its UUID there: $how', async ({ text, sigma }) => {
    const back = await meanwhile({
      ...GONE,
      'detections/deep/b.json': text,
      'detections/deep/b_sigma.yml': sigma,
      'detections/other.json': metadata('Another one'),
      'detections/other_sigma.yml': pattern('other.exe'),
    });
    expect(back.results).toMatchObject([{ kind: 'written' }]);
    expect(await textAt('detections/deep/b.json')).toBe(withUuid(text, uuid(1)));
    expect(await textAt('detections/other.json')).not.toContain('uuid');
  });

  it('gets it under another ending', async () => {
    const back = await meanwhile({ [A]: null, 'detections/a.yml': 'name: A\nseverity: 40\n' });
    expect(back.results).toMatchObject([{ kind: 'written' }]);
    expect(await textAt('detections/a.yml')).toContain(uuid(1));
  });

  it('is found when two files changed places', async () => {
    const B = { 'detections/b.json': metadata('B'), 'detections/b_sigma.yml': pattern('b.exe') };
    const back = await meanwhile(
      {
        [A]: metadata('B'),
        [PATTERN]: pattern('b.exe'),
        'detections/b.json': metadata('A'),
        'detections/b_sigma.yml': pattern('a.exe'),
      },
      B,
    );
    expect(back.results).toMatchObject([{ kind: 'written' }]);
    expect(await textAt('detections/b.json')).toContain(uuid(1));
    expect(await textAt(A)).not.toContain('uuid');
  });

  it('is left alone and told of where two files may be it', async () => {
    const back = await meanwhile({
      ...GONE,
      'detections/b.json': metadata('A'),
      'detections/b_sigma.yml': pattern('a.exe'),
      'detections/c.json': metadata('A'),
      'detections/c_sigma.yml': pattern('a.exe'),
    });
    expect(back.results).toMatchObject([
      {
        kind: 'lost',
        reason: expect.stringContaining('detections/b.json, detections/c.json'),
        help: expect.stringContaining(uuid(1)),
      },
    ]);
    expect(await textAt('detections/b.json')).not.toContain('uuid');
  });

  it('is the one of two copies whose pattern is the same', async () => {
    const back = await meanwhile({
      ...GONE,
      'detections/b.json': metadata('A'),
      'detections/b_sigma.yml': pattern('b.exe'),
      'detections/c.json': metadata('A'),
      'detections/c_sigma.yml': pattern('a.exe'),
    });
    expect(back.results).toMatchObject([{ kind: 'written' }]);
    expect(await textAt('detections/c.json')).toContain(uuid(1));
  });

  it('is not overwritten where it has another UUID: that file is named', async () => {
    const back = await meanwhile({
      ...GONE,
      'detections/b.json': withUuid(metadata('A'), uuid(9)),
      'detections/b_sigma.yml': pattern('a.exe'),
    });
    expect(back.results).toMatchObject([
      { kind: 'lost', reason: expect.stringMatching(new RegExp(`detections/b.json.*${uuid(9)}`)) },
    ]);
  });

  it('is told of with its UUID when it is gone, and no like one of another name takes it', async () => {
    const back = await meanwhile(
      { ...GONE, 'detections/b.json': metadata('B', { severity: 90 }) },
      { 'detections/b.json': metadata('B'), 'detections/b_sigma.yml': pattern('a.exe') },
    );
    expect(back.results).toMatchObject([{ kind: 'lost', help: expect.stringContaining(uuid(1)) }]);
    expect(await textAt('detections/b.json')).not.toContain('uuid');
  });

  it('keeps its place when it was rewritten where it stands', async () => {
    const back = await meanwhile({ [A]: metadata('Rewritten'), [PATTERN]: pattern('new.exe') });
    expect(back.results).toMatchObject([{ kind: 'written' }]);
    expect(await textAt(A)).toBe(withUuid(metadata('Rewritten'), uuid(1)));
  });
});

describe('a run that is cancelled', () => {
  it.each(['commit', 'push'] as const)('gives up a %s that hangs at its deadline, and tells the UUID', async (way) => {
    scene = await openScene({ [A]: metadata('A') });
    const { writeBack } = await scene.run();
    scene.server.faults.push({
      when: ({ graphql, path }) => graphql !== undefined || path.endsWith('/git-receive-pack'),
      times: Infinity,
      do: { kind: 'hang' },
    });
    const start = performance.now();
    const { results } = await writeBack(way, [{ path: A, uuid: uuid(1), replaces: null, target: null }], {
      deadline: AbortSignal.timeout(2_000),
    });
    expect(performance.now() - start).toBeLessThan(6_000);
    expect(results).toMatchObject([
      { kind: 'lost', edit: { uuid: uuid(1) }, reason: expect.stringContaining('cancelled') },
    ]);
  });

  it('does not wait out the time between two tries, and tries once more', async () => {
    scene = await openScene({ [A]: metadata('A') });
    const { writeBack } = await scene.run();
    const away = { kind: 'answer', status: 503, body: 'away', headers: { 'retry-after': '60' } } as const;
    scene.server.faults.push({ when: ({ graphql }) => graphql !== undefined, times: 1, do: away });
    const cancelled = new AbortController();
    const start = performance.now();
    void wait(1_500).then(() => {
      cancelled.abort();
    });
    const { results } = await writeBack('commit', [{ path: A, uuid: uuid(1), replaces: null, target: null }], {
      waits: 1,
      signal: cancelled.signal,
    });
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(results).toMatchObject([{ kind: 'written' }]);
  });
});
