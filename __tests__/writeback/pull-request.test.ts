import { afterEach, describe, expect, it } from '@jest/globals';
import type { UuidEdit } from '../../src/writeback/types.js';
import { metadata, openScene, type Run, type Scene, uuid, withUuid } from './scene.js';

const A = 'detections/a.json';
const B = 'detections/b.json';
const OURS = 'sekoia-detections/uuids';
const PERMISSIONS = { contents: 'write', pullRequests: 'write' } as const;

let scene: Scene | undefined;

afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

async function opened(...[files, details]: Parameters<typeof openScene>): Promise<Scene> {
  return (scene = await openScene(files, { permissions: PERMISSIONS, ...details }));
}

function edit(path: string, n: number): UuidEdit {
  return { path, uuid: uuid(n), replaces: null, target: null };
}

async function textAt(ref: string, path: string): Promise<string> {
  return String(await scene?.client.readAt(ref, path));
}

/** A run that put the UUID of A into a pull request. */
async function waiting(...args: Parameters<typeof opened>): Promise<Scene> {
  const it = await opened(...args);
  const { results } = await (await it.run()).save('pull-request', [edit(A, 1)]);
  expect(results).toMatchObject([{ kind: 'written' }]);
  return it;
}

/** What a person does on the branch of the pull request. */
async function personOnOurs(changes: Readonly<Record<string, string>>): Promise<string> {
  await scene!.client.pull(OURS);
  const commit = await scene!.client.commit(changes, { branch: OURS, message: 'By a person' });
  await scene!.client.push({ branch: OURS });
  return commit;
}

async function commitsOf(ref: string): Promise<string[]> {
  return (await scene!.client.log(ref)).map(({ sha }) => sha);
}

describe('write-back: pull-request', () => {
  it('puts the UUIDs on a branch of its own, opens a pull request, and leaves the branch alone', async () => {
    const { client, server, run } = await opened({ [A]: metadata('A'), [B]: metadata('B') });
    const { head, save } = await run();
    const back = await save('pull-request', [edit(A, 1), edit(B, 2)]);
    expect(back.results.map(({ kind }) => kind)).toEqual(['written', 'written']);
    expect(back).toMatchObject({
      commit: await client.tip(OURS),
      parent: null,
      pullRequest: { number: 1, url: `${server.serverUrl}/acme/detections/pull/1` },
    });
    expect(await client.tip('main')).toBe(head);
    expect(await commitsOf(OURS)).toEqual([back.commit, head]);
    expect(server.verified.has(back.commit ?? '')).toBe(true);
    expect(await textAt(OURS, A)).toBe(withUuid(metadata('A'), uuid(1)));
    expect(server.pulls).toMatchObject([
      { head: OURS, base: 'main', state: 'open', title: 'Add UUIDs of newly deployed detection rules' },
    ]);
  });

  it('changes nothing when the same UUIDs come again', async () => {
    const { client, server, run } = await waiting({ [A]: metadata('A') });
    const tip = await client.tip(OURS);
    const back = await (await run()).save('pull-request', [edit(A, 1)]);
    expect(back).toMatchObject({ commit: null, pullRequest: { number: 1 }, results: [{ kind: 'already-there' }] });
    expect(await client.tip(OURS)).toBe(tip);
    expect(server.pulls).toHaveLength(1);
  });

  it('brings the branch up to date by a merge, and adds to the same pull request', async () => {
    const { client, server, human, run } = await waiting({ [A]: metadata('A') });
    const first = await client.tip(OURS);
    const theirs = await human({ [B]: metadata('B'), 'notes.txt': 'kept' });
    const { results } = await (await run()).save('pull-request', [edit(B, 2)]);
    expect(results).toMatchObject([{ kind: 'written' }]);
    expect(await textAt(OURS, A)).toBe(withUuid(metadata('A'), uuid(1)));
    expect(await textAt(OURS, B)).toBe(withUuid(metadata('B'), uuid(2)));
    expect(await commitsOf(OURS)).toEqual(expect.arrayContaining([first, theirs]));
    expect(server.pulls).toHaveLength(1);
  });

  it('makes the branch anew from its base where the merge conflicts, and takes the earlier UUIDs along', async () => {
    const { client, server, human, run } = await waiting({ [A]: metadata('A') });
    // The last member, right where the UUID was added.
    const changed = metadata('A', { effort: 4 });
    const theirs = await human({ [A]: changed, [B]: metadata('B') });
    const { results } = await (await run()).save('pull-request', [edit(B, 2)]);
    expect(results).toMatchObject([{ kind: 'written' }]);
    expect(await textAt(OURS, A)).toBe(withUuid(changed, uuid(1)));
    expect(await textAt(OURS, B)).toBe(withUuid(metadata('B'), uuid(2)));
    expect((await commitsOf(OURS))[1]).toBe(theirs);
    expect(server.pulls).toMatchObject([{ state: 'open' }]);
    expect(server.verified.has((await client.tip(OURS)) ?? '')).toBe(true);
  });

  it('makes it anew where rules want a linear history', async () => {
    const { server, human, run } = await waiting({ [A]: metadata('A') });
    await server.setRules(OURS, [{ type: 'required_linear_history', rulesetId: 5, source: 'acme' }]);
    const theirs = await human({ [B]: metadata('B') });
    const { results } = await (await run()).save('pull-request', [edit(B, 2)]);
    expect(results).toMatchObject([{ kind: 'written' }]);
    expect((await commitsOf(OURS))[1]).toBe(theirs);
    expect(await textAt(OURS, A)).toContain(uuid(1));
  });

  it('follows a file of an earlier UUID that was renamed on the base', async () => {
    const { client, human, run } = await waiting({ [A]: metadata('A') });
    await client.pull();
    await client.rename({ [A]: 'detections/moved.json' });
    await client.push();
    await human({ 'detections/moved.json': metadata('A', { effort: 4 }), [B]: metadata('B') });
    await (await run()).save('pull-request', [edit(B, 2)]);
    expect(await textAt(OURS, 'detections/moved.json')).toContain(uuid(1));
  });

  it('keeps what people committed on the branch, and their commits', async () => {
    const { human, run } = await waiting({ [A]: metadata('A') });
    const theirs = await personOnOurs({ 'by-hand.txt': 'kept' });
    await human({ [B]: metadata('B') });
    const { results } = await (await run()).save('pull-request', [edit(B, 2)]);
    expect(results).toMatchObject([{ kind: 'written' }]);
    expect(await commitsOf(OURS)).toContain(theirs);
    expect(await textAt(OURS, 'by-hand.txt')).toBe('kept');
    expect(await textAt(OURS, B)).toContain(uuid(2));
  });

  it('overwrites nothing of people where the merge conflicts: it writes what it can and says what to do', async () => {
    const { human, run } = await waiting({ [A]: metadata('A'), [B]: metadata('B') });
    const theirs = await personOnOurs({ 'by-hand.txt': 'kept' });
    await human({ [A]: metadata('A', { effort: 4 }), 'detections/c.json': metadata('C') });
    const it = await run();
    const { results } = await it.save('pull-request', [edit(B, 2), edit('detections/c.json', 3)]);
    expect(results).toMatchObject([
      { kind: 'written' },
      {
        kind: 'lost',
        edit: { uuid: uuid(3) },
        reason: expect.stringMatching(/conflicts with "main".*commits of people/),
      },
    ]);
    expect(await commitsOf(OURS)).toContain(theirs);
    expect(await textAt(OURS, B)).toContain(uuid(2));
    expect(it.told.some((line) => line.includes('never overwritten'))).toBe(true);
  });

  it('takes a commit of its own that a person made over for a person’s', async () => {
    const { client, human, run } = await waiting({ [A]: metadata('A') });
    const [ours] = await client.log(OURS);
    await client.reset((await client.tip('main')) ?? '', OURS);
    const amended = await client.commit(
      { [A]: withUuid(metadata('A', { description: 'by hand' }), uuid(1)) },
      { branch: OURS, message: ours!.message.replace('Written-by: sekoia-detections-action', '').trim() },
    );
    await client.push({ branch: OURS, force: true });
    await human({ [A]: metadata('A', { effort: 4 }), [B]: metadata('B') });
    await (await run()).save('pull-request', [edit(B, 2)]);
    expect(await commitsOf(OURS)).toContain(amended);
  });

  it.each(['closed', 'merged', 'squashed'] as const)(
    'starts from the base when the branch was left over by a pull request that was %s',
    async (end) => {
      const { client, server, human, run } = await waiting({ [A]: metadata('A') });
      if (end === 'closed') server.closePull(1);
      else await server.mergePull(1, end === 'merged' ? 'merge' : 'squash');
      await human({ [B]: metadata('B') });
      const { head, save } = await run();
      const { results, pullRequest } = await save('pull-request', [edit(B, 2)]);
      expect(results).toMatchObject([{ kind: 'written' }]);
      expect(pullRequest).toMatchObject({ number: 2 });
      expect(await commitsOf(OURS)).toEqual([await client.tip(OURS), ...(await commitsOf('main'))]);
      expect((await commitsOf(OURS))[1]).toBe(head);
      expect((await textAt(OURS, A)).includes(uuid(1))).toBe(end !== 'closed');
    },
  );

  it('keeps the commits of people on a branch that was left over', async () => {
    const { server, human, run } = await waiting({ [A]: metadata('A') });
    const theirs = await personOnOurs({ 'by-hand.txt': 'kept' });
    server.closePull(1);
    await human({ [B]: metadata('B') });
    const { pullRequest } = await (await run()).save('pull-request', [edit(B, 2)]);
    expect(pullRequest).toMatchObject({ number: 2 });
    expect(await commitsOf(OURS)).toContain(theirs);
  });

  it('lets a person who pushes to the branch at the very moment win, and goes on top', async () => {
    const { server, human, run } = await waiting({ [A]: metadata('A') });
    await human({ [B]: metadata('B') });
    let theirs = '';
    server.beforeCommit = async () => {
      server.beforeCommit = null;
      theirs = await personOnOurs({ 'by-hand.txt': 'kept' });
    };
    const { results } = await (await run()).save('pull-request', [edit(B, 2)]);
    expect(results).toMatchObject([{ kind: 'written' }]);
    expect(theirs).not.toBe('');
    expect(await commitsOf(OURS)).toContain(theirs);
    expect(await textAt(OURS, B)).toContain(uuid(2));
  });

  it('opens one pull request when the answer to the first try was lost', async () => {
    const { server, run } = await opened({ [A]: metadata('A') });
    server.faults.push({
      when: ({ method, path }) => method === 'POST' && path.endsWith('/pulls'),
      times: 1,
      do: { kind: 'drop' },
    });
    const { pullRequest } = await (await run()).save('pull-request', [edit(A, 1)]);
    expect(pullRequest).toMatchObject({ number: 1 });
    expect(server.pulls).toHaveLength(1);
  });

  it('finds its commit when the answer to it was lost', async () => {
    const { client, server, run } = await opened({ [A]: metadata('A') });
    server.faults.push({ when: ({ graphql }) => graphql !== undefined, times: 1, do: { kind: 'drop' } });
    const { head, save } = await run();
    const { results, pullRequest } = await save('pull-request', [edit(A, 1)]);
    expect(results).toMatchObject([{ kind: 'written' }]);
    expect(pullRequest).toMatchObject({ number: 1 });
    expect(await commitsOf(OURS)).toEqual([await client.tip(OURS), head]);
  });

  it('names branch and UUIDs when the pull request cannot be opened in the end', async () => {
    const { run } = await opened({ [A]: metadata('A') }, { pullRequestsAllowed: false });
    const { results, pullRequest } = await (await run()).save('pull-request', [edit(A, 1)]);
    expect(pullRequest).toBeUndefined();
    expect(results).toMatchObject([
      {
        kind: 'lost',
        edit: { uuid: uuid(1) },
        reason: expect.stringMatching(/on the branch "sekoia-detections\/uuids".*not permitted to create/),
        help: expect.stringContaining('by hand'),
      },
    ]);
  });

  it('keeps the executable bit', async () => {
    const { client, run } = await opened({ [A]: metadata('A') }, { executable: [A] });
    await (await run()).save('pull-request', [edit(A, 1)]);
    expect(await client.modeAt(OURS, A)).toBe('100755');
  });
});

describe('a refusal that no preflight could foresee', () => {
  async function refusedRun(permissions: { readonly pullRequests: 'none' | 'write' }): Promise<Run> {
    const { server, run } = await opened(
      { [A]: metadata('A') },
      { permissions: { contents: 'write', ...permissions } },
    );
    await server.setClassicProtection('main', 'Changes must be made through a pull request.');
    return run();
  }

  it.each(['commit', 'push'] as const)('sends the UUIDs of a %s into a pull request', async (way) => {
    const it = await refusedRun({ pullRequests: 'write' });
    const back = await it.save(way, [edit(A, 1)]);
    expect(back).toMatchObject({ parent: null, pullRequest: { number: 1 }, results: [{ kind: 'written' }] });
    expect(await scene?.client.tip('main')).toBe(it.head);
    expect(await textAt(OURS, A)).toContain(uuid(1));
  });

  it('loses no UUID when there can be no pull request either, and gives both reasons', async () => {
    const { results } = await (await refusedRun({ pullRequests: 'none' })).save('commit', [edit(A, 1)]);
    expect(results).toMatchObject([
      {
        kind: 'lost',
        edit: { uuid: uuid(1) },
        reason: expect.stringMatching(/through a pull request.*nor can a pull request.*not accessible by integration/s),
      },
    ]);
  });
});
