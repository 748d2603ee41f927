import { afterEach, describe, expect, it } from '@jest/globals';
import type { UuidEdit } from '../../src/writeback/types.js';
import { type Direct, metadata, openScene, type Scene, uuid } from './scene.js';

const WAYS: readonly Direct[] = ['commit', 'push'];
const A = 'detections/a.json';
const B = 'detections/b.json';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

async function opened(...args: Parameters<typeof openScene>): Promise<Scene> {
  return (scene = await openScene(...args));
}

async function valueAt(path: string, branch = 'main'): Promise<unknown> {
  return JSON.parse(String(await scene?.client.readAt(branch, path))) as unknown;
}

function edit(path: string, n: number, name: string, more: Partial<UuidEdit> = {}): UuidEdit {
  return { path, uuid: uuid(n), replaces: null, target: { name, takesUuid: false }, ...more };
}

describe.each(WAYS)('the UUIDs of several targets: %s', (way) => {
  it('go into one file in one commit, whatever their order', async () => {
    const { client, run } = await opened({ [A]: metadata('A'), [B]: metadata('B', { uuids: { zed: uuid(9) } }) });
    const { head, writeBack } = await run();
    const edits = [edit(A, 1, 'globex'), edit(B, 2, 'acme'), edit(A, 3, 'acme')];
    const { commit, results } = await writeBack(way, edits);
    expect(results.map(({ kind }) => kind)).toEqual(['written', 'written', 'written']);
    expect((await client.log('main')).map(({ sha }) => sha)).toEqual([commit, head]);
    const [a, b] = [await valueAt(A), await valueAt(B)];
    expect(a).toMatchObject({ uuids: { acme: uuid(3), globex: uuid(1) } });
    expect(Object.keys((a as { uuids: object }).uuids)).toEqual(['acme', 'globex']);
    expect(b).toMatchObject({ uuids: { acme: uuid(2), zed: uuid(9) } });
  });

  it('are made afresh on what another job wrote into the same file meanwhile', async () => {
    const { run, human } = await opened({ [A]: metadata('A') });
    const { writeBack } = await run();
    let pushed = false;
    const meanwhile = async (): Promise<void> => {
      if (!pushed) await human({ [A]: metadata('A', { uuids: { globex: uuid(7) } }) });
      pushed = true;
    };
    const { results } = await writeBack(way, [edit(A, 1, 'acme'), edit(A, 2, 'zed')], { meanwhile });
    expect(results.map(({ kind }) => kind)).toEqual(['written', 'written']);
    expect(await valueAt(A)).toMatchObject({ uuids: { acme: uuid(1), globex: uuid(7), zed: uuid(2) } });
  });
});

it('a plain UUID is moved by the target that takes it, in the commit of the others', async () => {
  const { run } = await opened({ [A]: metadata('A', { uuid: uuid(1) }) });
  const { writeBack } = await run();
  const edits = [edit(A, 2, 'globex'), edit(A, 1, 'acme', { target: { name: 'acme', takesUuid: true } })];
  expect((await writeBack('commit', edits)).results.map(({ kind }) => kind)).toEqual(['written', 'written']);
  expect(await valueAt(A)).toEqual({ name: 'A', severity: 40, effort: 2, uuids: { acme: uuid(1), globex: uuid(2) } });
});

it('one target’s trouble with a file is no other one’s, and says what to write by hand', async () => {
  const { run } = await opened({ [A]: metadata('A', { uuids: { acme: uuid(8) } }) });
  const { writeBack } = await run();
  const { results } = await writeBack('commit', [edit(A, 1, 'acme'), edit(A, 2, 'globex')]);
  expect(results).toMatchObject([{ kind: 'lost', reason: expect.stringContaining(uuid(8)) }, { kind: 'written' }]);
  const gone = await (await run()).writeBack('commit', [edit('detections/none.json', 3, 'acme')]);
  expect(gone.results).toMatchObject([{ help: expect.stringContaining(`"uuids": {"acme": "${uuid(3)}"}`) }]);
});

it('a renamed file is followed for each target, and one that has the UUID of another target is free', async () => {
  const { run, human } = await opened({
    [A]: metadata('A', { uuids: { globex: uuid(9) } }),
    'detections/a_sigma.yml': 'detection: 1\n',
  });
  const { writeBack } = await run();
  await human({
    [A]: null,
    'detections/a_sigma.yml': null,
    [B]: metadata('A', { uuids: { globex: uuid(9) } }),
    'detections/b_sigma.yml': 'detection: 1\n',
  });
  const { results } = await writeBack('commit', [edit(A, 1, 'acme'), edit(A, 2, 'zed')]);
  expect(results.map(({ kind }) => kind)).toEqual(['written', 'written']);
  expect(await valueAt(B)).toMatchObject({ uuids: { acme: uuid(1), globex: uuid(9), zed: uuid(2) } });
});

it('a pull request that is made anew carries the UUIDs of all targets', async () => {
  const permissions = { contents: 'write', pullRequests: 'write' } as const;
  const files = { [A]: metadata('A', { uuid: uuid(4) }), [B]: metadata('B') };
  const { run, human } = await opened(files, { permissions });
  const taker = { target: { name: 'acme', takesUuid: true } };
  const first = [edit(A, 4, 'acme', taker), edit(A, 5, 'globex'), edit(B, 6, 'globex')];
  expect((await (await run()).save('pull-request', first)).results.map(({ kind }) => kind)).not.toContain('lost');
  // In the way of a merge: the branch is made anew from its base.
  await human({ [A]: metadata('A', { uuid: uuid(4), tags: ['x'] }) });
  const { results } = await (await run()).save('pull-request', [edit(B, 7, 'acme')]);
  expect(results.map(({ kind }) => kind)).toEqual(['written']);
  const [a, b] = [await valueAt(A, 'sekoia-detections/uuids'), await valueAt(B, 'sekoia-detections/uuids')];
  expect(a).toMatchObject({ tags: ['x'], uuids: { acme: uuid(4), globex: uuid(5) } });
  expect(a).not.toHaveProperty('uuid');
  expect(b).toMatchObject({ uuids: { acme: uuid(7), globex: uuid(6) } });
});
