import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultAction } from '../support/github/faults.js';
import { type Direct, metadata, openScene, type Scene, uuid, withUuid } from './scene.js';

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

async function removeBranch(bare: string, branch: string): Promise<void> {
  await promisify(execFile)('git', ['--git-dir', bare, 'update-ref', '-d', `refs/heads/${branch}`]);
}

async function textAt(path: string): Promise<string> {
  return String(await scene?.client.readAt('main', path));
}

describe.each(WAYS)('write-back: %s', (way) => {
  it('puts each UUID into its file, in one commit on top of the head, and touches nothing else', async () => {
    const { client, run } = await opened({
      [A]: metadata('A'),
      [B]: metadata('B'),
      'other.json': metadata('Other'),
    });
    const { head, writeBack } = await run();
    const { commit, results } = await writeBack(way, [
      { path: A, uuid: uuid(1), replaces: null, target: null },
      { path: B, uuid: uuid(2), replaces: null, target: null },
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['written', 'written']);
    expect(await client.tip('main')).toBe(commit);
    expect((await client.log('main')).map(({ sha }) => sha)).toEqual([commit, head]);
    expect(await textAt(A)).toBe(withUuid(metadata('A'), uuid(1)));
    expect(await textAt(B)).toBe(withUuid(metadata('B'), uuid(2)));
    expect(await textAt('other.json')).toBe(metadata('Other'));
  });

  it('makes no commit when there is nothing to change', async () => {
    const { client, run } = await opened({ [A]: withUuid(metadata('A'), uuid(1)) });
    const { head, writeBack } = await run();
    expect(await writeBack(way, [])).toEqual({ commit: null, parent: null, results: [] });
    const { commit, results } = await writeBack(way, [{ path: A, uuid: uuid(1), replaces: null, target: null }]);
    expect(commit).toBeNull();
    expect(results.map(({ kind }) => kind)).toEqual(['already-there']);
    expect(await client.tip('main')).toBe(head);
  });

  it('keeps what a person changed in the same file after the checkout', async () => {
    const { human, client, run } = await opened({ [A]: metadata('A') });
    const { writeBack } = await run();
    const theirs = await human({ [A]: metadata('A', { description: 'Seen by a person' }), 'new.txt': 'kept' });
    const { commit, results } = await writeBack(way, [{ path: A, uuid: uuid(1), replaces: null, target: null }]);
    expect(results.map(({ kind }) => kind)).toEqual(['written']);
    expect(await textAt(A)).toBe(withUuid(metadata('A', { description: 'Seen by a person' }), uuid(1)));
    expect((await client.log('main'))[0]).toMatchObject({ sha: commit, parents: [theirs] });
  });

  it('goes again from the new tip when a person pushes at the very moment', async () => {
    const { human, client, run } = await opened({ [A]: metadata('A') });
    const { writeBack } = await run();
    let pushes = 0;
    const meanwhile = async (): Promise<void> => {
      if (pushes === 2) return;
      pushes += 1;
      await human({ [A]: metadata('A', { description: `Edit ${pushes}` }) });
    };
    const { results } = await writeBack(way, [{ path: A, uuid: uuid(1), replaces: null, target: null }], { meanwhile });
    expect(results.map(({ kind }) => kind)).toEqual(['written']);
    expect(await textAt(A)).toBe(withUuid(metadata('A', { description: 'Edit 2' }), uuid(1)));
    expect(await client.log('main')).toHaveLength(4);
  });

  it('does not overwrite another UUID, and writes the others', async () => {
    const { run } = await opened({ [A]: withUuid(metadata('A'), uuid(9)), [B]: metadata('B') });
    const { writeBack } = await run();
    const { results } = await writeBack(way, [
      { path: A, uuid: uuid(1), replaces: null, target: null },
      { path: B, uuid: uuid(2), replaces: null, target: null },
    ]);
    expect(results).toMatchObject([
      {
        kind: 'lost',
        edit: { path: A, uuid: uuid(1), replaces: null, target: null },
        reason: expect.stringContaining(uuid(9)),
      },
      { kind: 'written' },
    ]);
    expect(await textAt(A)).toBe(withUuid(metadata('A'), uuid(9)));
    expect(await textAt(B)).toContain(uuid(2));
  });

  it('tells the UUIDs of files that are gone, are links, or cannot be read, and writes the others', async () => {
    const link = 'detections/link.json';
    const { human, run } = await opened(
      { [A]: metadata('A'), [B]: metadata('B'), 'broken.json': '{ "name": ' },
      { links: { [link]: 'a.json' } },
    );
    const { writeBack } = await run();
    await human({ [A]: null });
    const { results } = await writeBack(way, [
      { path: A, uuid: uuid(1), replaces: null, target: null },
      { path: link, uuid: uuid(3), replaces: null, target: null },
      { path: 'broken.json', uuid: uuid(4), replaces: null, target: null },
      { path: B, uuid: uuid(2), replaces: null, target: null },
    ]);
    expect(results).toMatchObject([
      { kind: 'lost', reason: `${A} is not on the branch "main" any more`, help: expect.stringContaining(uuid(1)) },
      { kind: 'lost', reason: expect.stringContaining('a symbolic link') },
      { kind: 'lost', reason: expect.stringContaining('cannot be edited'), help: expect.stringContaining(uuid(4)) },
      { kind: 'written' },
    ]);
    expect(await textAt('broken.json')).toBe('{ "name": ');
  });

  it('keeps modes, line ends, byte order marks and names of all kinds', async () => {
    const strange = 'detections/été "quoted"\n🦊.json';
    const windows = '\ufeff{\r\n\t"name": "W"\r\n}';
    const { client, run } = await opened(
      { [A]: metadata('A'), [B]: windows, [strange]: metadata('S') },
      { executable: [A] },
    );
    const { writeBack } = await run();
    const { results } = await writeBack(way, [
      { path: A, uuid: uuid(1), replaces: null, target: null },
      { path: B, uuid: uuid(2), replaces: null, target: null },
      { path: strange, uuid: uuid(3), replaces: null, target: null },
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['written', 'written', 'written']);
    expect(await client.modeAt('main', A)).toBe('100755');
    expect(await client.modeAt('main', B)).toBe('100644');
    expect(await client.readAt('main', B)).toEqual(
      Buffer.from(`\ufeff{\r\n\t"name": "W",\r\n\t"uuid": "${uuid(2)}"\r\n}`),
    );
    expect(await textAt(strange)).toBe(withUuid(metadata('S'), uuid(3)));
  });

  it('finds its commit when the answer to it was lost', async () => {
    const { server, client, run } = await opened({ [A]: metadata('A') });
    const { head, writeBack } = await run();
    server.faults.push({
      when: ({ graphql, path }) => graphql !== undefined || path.endsWith('/git-receive-pack'),
      times: 1,
      do: { kind: 'drop' },
    });
    const { commit, results } = await writeBack(way, [{ path: A, uuid: uuid(1), replaces: null, target: null }]);
    expect(results.map(({ kind }) => kind)).toEqual(['written']);
    expect(await client.tip('main')).toBe(commit);
    expect((await client.log('main')).map(({ sha }) => sha)).toEqual([commit, head]);
  });

  it('loses no UUID when a ruleset refuses the commit, and keeps GitHub’s words', async () => {
    const { server, client, run } = await opened({ [A]: metadata('A'), [B]: withUuid(metadata('B'), uuid(2)) });
    const { head, writeBack } = await run();
    await server.setRules('main', [{ type: 'pull_request', rulesetId: 7, source: 'acme' }]);
    const { commit, results } = await writeBack(way, [
      { path: A, uuid: uuid(1), replaces: null, target: null },
      { path: B, uuid: uuid(2), replaces: null, target: null },
    ]);
    expect(commit).toBeNull();
    expect(results).toMatchObject([
      {
        kind: 'lost',
        edit: { path: A, uuid: uuid(1), replaces: null, target: null },
        reason: expect.stringContaining('Changes must be made through a pull request'),
        help: expect.stringContaining('GitHub App'),
      },
      { kind: 'already-there' },
    ]);
    expect(await client.tip('main')).toBe(head);
  });

  it('loses no UUID when the token may not write', async () => {
    const { client, run } = await opened({ [A]: metadata('A') }, { permissions: { contents: 'read' } });
    const { head, writeBack } = await run();
    const { results } = await writeBack(way, [{ path: A, uuid: uuid(1), replaces: null, target: null }]);
    expect(results).toMatchObject([
      { kind: 'lost', edit: { uuid: uuid(1) }, help: expect.stringContaining('contents: write') },
    ]);
    expect(await client.tip('main')).toBe(head);
  });

  it('loses no UUID when the branch is gone', async () => {
    const { client, run } = await opened({ [A]: metadata('A') });
    const { writeBack } = await run();
    await removeBranch(client.bare, 'main');
    const { results } = await writeBack(way, [{ path: A, uuid: uuid(1), replaces: null, target: null }]);
    expect(results).toMatchObject([{ kind: 'lost', reason: expect.stringContaining('there is no branch "main"') }]);
  });

  it('gives up after eight tries on a branch that never rests, with nothing lost from the result', async () => {
    const { server, run } = await opened({ [A]: metadata('A') });
    const { writeBack } = await run();
    const refuse: FaultAction =
      way === 'commit'
        ? {
            kind: 'answer',
            status: 200,
            body: {
              errors: [
                { type: 'STALE_DATA', message: 'Expected branch to point to "x" but it did not. Pull and try again.' },
              ],
            },
          }
        : { kind: 'reset' };
    server.faults.push({
      when: ({ graphql, path }) => graphql !== undefined || path.endsWith('/git-receive-pack'),
      times: Infinity,
      do: refuse,
    });
    const { commit, results } = await writeBack(way, [{ path: A, uuid: uuid(1), replaces: null, target: null }], {
      random: () => 0,
    });
    expect(commit).toBeNull();
    expect(results).toMatchObject([
      { kind: 'lost', edit: { uuid: uuid(1) }, reason: expect.stringContaining('in 8 tries') },
    ]);
    const commits = server.requests.filter(
      ({ graphql, path }) => graphql !== undefined || path.endsWith('/git-receive-pack'),
    );
    expect(commits.length).toBeGreaterThanOrEqual(8);
  });

  it('writes a thousand files in one commit', async () => {
    const paths = Array.from({ length: 1000 }, (_, n) => `detections/${n % 10}/rule ${n}.json`);
    const { client, run } = await opened(Object.fromEntries(paths.map((path) => [path, metadata(path)])));
    const { head, writeBack } = await run();
    const { results } = await writeBack(
      way,
      paths.map((path, n) => ({ path, uuid: uuid(n + 1), replaces: null, target: null })),
    );
    expect(results.filter(({ kind }) => kind === 'written')).toHaveLength(1000);
    expect((await client.log('main')).map(({ sha }) => sha).slice(1)).toEqual([head]);
    expect(await textAt('detections/9/rule 999.json')).toContain(uuid(1000));
  });
});

describe('runs and a person at once', () => {
  // Who is too late was beaten by a commit that landed. With at most eight at work, eight tries are always enough, however
  // the processes are scheduled. A push is a dozen processes, so there are fewer of those.
  it.each([
    ['commit', 7],
    ['push', 4],
  ] as const)(
    'all land, and nothing is overwritten (%s, %i runs)',
    async (way, count) => {
      const paths = Array.from({ length: count }, (_, n) => `detections/${n}.json`);
      const { human, client, run } = await opened(Object.fromEntries(paths.map((path) => [path, metadata(path)])));
      const runs = await Promise.all(paths.map(() => run()));
      const early = await human({ 'notes.txt': 'After every checkout' });
      const writers = runs.map(({ writeBack }, n) =>
        writeBack(way, [{ path: paths[n] ?? '', uuid: uuid(n + 1), replaces: null, target: null }], { waits: 0.25 }),
      );
      const late = await human({ 'notes.txt': 'Between the runs' }).catch(() => null);
      const results = (await Promise.all(writers)).flatMap((back) => back.results);
      expect(results).toEqual(
        paths.map((path, n) => ({ kind: 'written', edit: { path, uuid: uuid(n + 1), replaces: null, target: null } })),
      );
      for (const [n, path] of paths.entries()) expect(await textAt(path)).toBe(withUuid(metadata(path), uuid(n + 1)));
      const byPeople = [early, late].filter((sha) => sha !== null);
      const log = await client.log('main');
      expect(log.map(({ sha }) => sha)).toEqual(expect.arrayContaining(byPeople));
      expect(log).toHaveLength(1 + byPeople.length + count);
    },
    240_000,
  );
});

describe('the commit itself', () => {
  it('is GitHub’s own and signed through the API, the bot’s by push', async () => {
    const { client, server, run } = await opened({ [A]: metadata('A'), [B]: metadata('B') });
    const bot = 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>';
    const { commit } = await (
      await run()
    ).writeBack('commit', [{ path: A, uuid: uuid(1), replaces: null, target: null }]);
    expect((await client.log('main'))[0]).toMatchObject({
      author: bot,
      committer: 'GitHub <noreply@github.com>',
      message: 'Add UUIDs of newly deployed detection rules',
    });
    expect(server.verified.has(commit ?? '')).toBe(true);
    await (await run()).writeBack('push', [{ path: B, uuid: uuid(2), replaces: null, target: null }]);
    expect((await client.log('main'))[0]).toMatchObject({ author: bot, committer: bot });
  });

  it('is signed as well when a mode sends it by the git data calls', async () => {
    const { server, run } = await opened({ [A]: metadata('A') }, { executable: [A] });
    const { commit } = await (
      await run()
    ).writeBack('commit', [{ path: A, uuid: uuid(1), replaces: null, target: null }]);
    expect(server.requests.some(({ graphql }) => graphql !== undefined)).toBe(false);
    expect(server.verified.has(commit ?? '')).toBe(true);
  });

  it('needs no fetch while the branch is where it was checked out', async () => {
    const { server, run } = await opened({ [A]: metadata('A') });
    const { writeBack } = await run();
    const before = server.requests.length;
    await writeBack('commit', [{ path: A, uuid: uuid(1), replaces: null, target: null }]);
    expect(server.requests.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /repos/acme/detections/git/ref/heads%2Fmain',
      'POST /graphql',
    ]);
  });
});
