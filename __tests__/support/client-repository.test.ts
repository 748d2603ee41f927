import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { NO_COMMIT, createClientRepository } from './client-repository.js';
import type { ClientRepository } from './client-repository.js';
import { gitText } from './client-repository/git.js';

let made: ClientRepository[] = [];

async function make(...args: Parameters<typeof createClientRepository>): Promise<ClientRepository> {
  const repository = await createClientRepository(...args);
  made.push(repository);
  return repository;
}

afterEach(async () => {
  await Promise.all(made.map((repository) => repository.cleanUp()));
  made = [];
});

describe('a client repository', () => {
  it.each([
    'plain.json',
    'a b/c d.json',
    '"quoted".json',
    'two\nlines.json',
    '-dash.json',
    'ümläut 🦊.json',
    'back\\slash',
  ])('holds the path %j with its bytes', async (path) => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x0d, 0x0a, 0x00, 0xff]);
    const repository = await make({ [path]: bytes, 'other.txt': 'x' });
    expect(await repository.readAt('main', path)).toEqual(bytes);
    expect(await repository.modeAt('main', path)).toBe('100644');
    expect(await repository.readAt('main', 'missing')).toBeNull();
  });

  it('keeps executables and links, moves and removes files', async () => {
    const repository = await make({ 'a.json': 'a', 'b.json': 'b' });
    await repository.commit(
      { 'run.json': '{}', 'b.json': null },
      { executable: ['run.json'], links: { link: 'a.json' } },
    );
    await repository.rename({ 'a.json': 'moved/ä.json' }, { message: 'Move it' });
    await repository.push();
    expect(await repository.modeAt('main', 'run.json')).toBe('100755');
    expect(await repository.modeAt('main', 'link')).toBe('120000');
    expect(await repository.modeAt('main', 'b.json')).toBeNull();
    expect(await repository.modeAt('main', 'a.json')).toBeNull();
    expect((await repository.readAt('main', 'moved/ä.json'))?.toString()).toBe('a');
    expect((await repository.log('main')).map(({ message }) => message)).toEqual([
      'Move it',
      'Change detections',
      'First detections',
    ]);
  });

  it('tells a push like an event does, and rejects one that is behind unless forced', async () => {
    const repository = await make({ a: '1' }, { branch: 'trunk' });
    const first = (await repository.tip('trunk'))!;
    const second = await repository.commit({ a: '2' });
    expect(await repository.push()).toEqual({ before: first, after: second, ref: 'refs/heads/trunk' });
    await repository.reset(first);
    const other = await repository.commit({ a: '3' });
    await expect(repository.push()).rejects.toThrow(/rejected/u);
    expect(await repository.push({ force: true })).toMatchObject({ before: second, after: other });
    await repository.commit({ b: '1' }, { branch: 'topic' });
    expect(await repository.push({ branch: 'topic' })).toMatchObject({ before: NO_COMMIT, ref: 'refs/heads/topic' });
  });

  it('gives the same ids on every machine', async () => {
    const tips = await Promise.all([make({ a: '1' }), make({ a: '1' })].map(async (each) => (await each).tip('main')));
    expect(tips[0]).toBe(tips[1]);
  });
});

describe('a checkout', () => {
  it('is a depth of one commit on a branch of its name', async () => {
    const repository = await make({ 'detections/a.json': '{}' });
    const commit = await repository.commit({ 'detections/b c.json': '{}' });
    await repository.push();
    const workspace = await repository.checkout(commit, { originUrl: pathToFileURL(repository.bare).href });
    const here = { folder: workspace, home: workspace };
    expect(await gitText(here, 'rev-parse', 'HEAD', 'refs/remotes/origin/main')).toBe(`${commit}\n${commit}`);
    expect(await gitText(here, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
    expect(await gitText(here, 'rev-list', '--count', 'HEAD')).toBe('1');
    expect((await readdir(join(workspace, 'detections'))).toSorted()).toEqual(['a.json', 'b c.json']);
    expect(await gitText(here, 'status', '--porcelain')).toBe('');
  });

  it('has all history with depth 0, also for a commit that is not the tip', async () => {
    const repository = await make({ a: '1' });
    const middle = await repository.commit({ a: '2' });
    await repository.commit({ a: '3' });
    await repository.push();
    const workspace = await repository.checkout(middle, { originUrl: pathToFileURL(repository.bare).href, depth: 0 });
    const here = { folder: workspace, home: workspace };
    expect(await gitText(here, 'rev-parse', 'HEAD')).toBe(middle);
    expect(await gitText(here, 'rev-list', '--count', 'HEAD')).toBe('2');
  });

  it.each([
    ['persisted', true],
    ['forgotten', false],
  ] as const)('has its token %s', async (credentials, isThere) => {
    const repository = await make({ a: '1' });
    const workspace = await repository.checkout((await repository.tip('main'))!, {
      originUrl: pathToFileURL(repository.bare).href,
      token: 'ghs_token',
      credentials,
    });
    const settings = await gitText({ folder: workspace, home: workspace }, 'config', '--list', '--includes');
    const basic = Buffer.from('x-access-token:ghs_token').toString('base64');
    expect(settings.includes(basic)).toBe(isThere);
    expect(await readFile(join(workspace, '.git', 'config'), 'utf8')).not.toContain(basic);
  });

  it('detaches the head for a tag and a pull request', async () => {
    const repository = await make({ a: '1' });
    const commit = (await repository.tip('main'))!;
    for (const ref of ['refs/tags/v1', 'refs/pull/7/merge']) {
      const workspace = await repository.checkout(commit, { originUrl: pathToFileURL(repository.bare).href, ref });
      const here = { folder: workspace, home: workspace };
      expect(await gitText(here, 'rev-parse', 'HEAD')).toBe(commit);
      await expect(gitText(here, 'symbolic-ref', 'HEAD')).rejects.toThrow(/not a symbolic ref/u);
    }
  });
});
