import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, newRepository, temporaryFolder } from '../support/temp-repository.js';

/** Names that work on no Windows, so these tests need a POSIX file system; git itself stores any. */
const HOSTILE = [
  'plain.json',
  'with space.json',
  'new\nline.json',
  'quote".json',
  "apostrophe's.json",
  'tab\there.json',
  'back\\slash.json',
  'é accents ü.json',
  '🦊.json',
  '--all',
  '-r.json',
  ':(top)x/a.json',
  ':!exclude.json',
  '[ab]*?.json',
  '*.json',
];

let root: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
});
afterAll(() => remove());

function open(workspace: string): Promise<Repository> {
  const [serverUrl, repository] = ['https://github.example', 'acme/rules'];
  return openRepository({ workspace, serverUrl, repository, token: '', env: CLEAN_ENV, log: silentLog });
}

describe.each([
  ['SHA-1', []],
  ['SHA-256', ['--object-format=sha256']],
])('a %s repository', (format, options) => {
  let directory: string;
  let repository: Repository;
  let head: CommitSha;
  beforeAll(async () => {
    directory = await newRepository(path.join(root, format), ...options);
    head = await commit(directory, {
      ...Object.fromEntries(HOSTILE.map((name) => [name, `content of ${name}`])),
      'detections/a/deep/rule.json': '{}',
      'detections/rule_sigma.yml': 'x: 1\r\n',
      'detectionsX/rule.json': '{}',
      '[a]*/one.json': '1',
      'a/two.json': '2',
    });
    repository = await open(directory);
  });

  const pathsBelow = async (...folders: readonly string[]): Promise<readonly string[]> =>
    (await repository.listFiles(head, folders)).map((file) => file.path);

  it('lists the files of folders at any depth', async () => {
    expect(await pathsBelow('detections')).toEqual(['detections/a/deep/rule.json', 'detections/rule_sigma.yml']);
    expect(await pathsBelow('detections/')).toEqual(await pathsBelow('detections'));
    expect(await pathsBelow('detections', 'detections/a', 'nowhere')).toEqual(await pathsBelow('detections'));
    expect(await pathsBelow('nowhere')).toEqual([]);
    expect(await pathsBelow()).toEqual([]);
  });

  it('lists everything for the root', async () => {
    const paths = await pathsBelow('');
    expect(paths).toHaveLength(HOSTILE.length + 5);
    expect(await pathsBelow('detections', '')).toEqual(paths);
  });

  it('takes the names of folders literally', async () => {
    expect(await pathsBelow('[a]*')).toEqual(['[a]*/one.json']);
    expect(await pathsBelow(':(top)x')).toEqual([':(top)x/a.json']);
    expect(await pathsBelow('--all')).toEqual(['--all']);
  });

  it('tells mode, object and size of a file', async () => {
    const [file] = await repository.findFiles(head, ['detections/rule_sigma.yml']);
    expect(file).toEqual({
      path: 'detections/rule_sigma.yml',
      mode: '100644',
      object: await git(directory, 'rev-parse', 'HEAD:detections/rule_sigma.yml'),
      size: 6,
    });
  });

  it.each(HOSTILE)('finds and reads %j', async (name) => {
    const [file, ...others] = await repository.findFiles(head, [name]);
    expect(others).toEqual([]);
    expect(file?.path).toBe(name);
    const contents = await repository.readBlobs([file!.object]);
    expect(contents.get(file!.object)?.toString()).toBe(`content of ${name}`);
  });

  it('finds no folders and nothing that does not exist', async () => {
    expect(await repository.findFiles(head, ['detections', 'nope.json', 'plain.json/x', ''])).toEqual([]);
    expect(await repository.findFiles(head, [])).toEqual([]);
  });

  it('finds files in more paths than one command line holds', async () => {
    const missing = Array.from({ length: 2_500 }, (_, i) => `detections/${'long'.repeat(10)}/${i}.json`);
    const found = await repository.findFiles(head, ['plain.json', ...missing, 'a/two.json']);
    expect(found.map((file) => file.path)).toEqual(['plain.json', 'a/two.json']);
  });

  it('names an object that is not there', async () => {
    const missing = 'f'.repeat(head.length);
    await expect(repository.readBlobs([missing])).rejects.toMatchObject({ code: 'object-missing' });
    await expect(repository.readBlobs([missing])).rejects.toThrow(missing);
  });

  it('knows which commits it has, and takes no other object for one', async () => {
    const tree = asCommitSha(await git(directory, 'rev-parse', 'HEAD^{tree}'))!;
    await expect(repository.hasCommit(head)).resolves.toBe(true);
    await expect(repository.hasCommit(tree)).resolves.toBe(false);
    await expect(repository.hasCommit(asCommitSha('e'.repeat(40))!)).resolves.toBe(false);
  });
});

describe('readBlobs', () => {
  it('keeps every byte, of any number of objects, each asked for once or more', async () => {
    const directory = await newRepository(path.join(root, 'bytes'));
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const big = Buffer.alloc(3 << 20, 'ab\n\0');
    const head = await commit(directory, { every: everyByte, big, empty: '', same: everyByte });
    const repository = await open(directory);
    const files = await repository.findFiles(head, ['every', 'big', 'empty', 'same']);
    const contents = await repository.readBlobs(files.map((file) => file.object));
    expect(contents.size).toBe(3);
    const read = new Map(files.map((file) => [file.path, contents.get(file.object)!]));
    expect(read.get('every')?.equals(everyByte)).toBe(true);
    expect(read.get('big')?.equals(big)).toBe(true);
    expect(read.get('empty')?.length).toBe(0);
  });

  it('needs no command for nothing', async () => {
    const directory = await newRepository(path.join(root, 'nothing'));
    await expect((await open(directory)).readBlobs([])).resolves.toEqual(new Map());
  });
});

describe('the kinds of tree entries', () => {
  it('tells executables, links and submodules apart', async () => {
    const directory = await newRepository(path.join(root, 'modes'));
    await commit(directory, { 'd/run': 'x', 'd/plain': 'x' });
    const blob = await git(directory, 'rev-parse', 'HEAD:d/run');
    const module = await git(directory, 'rev-parse', 'HEAD');
    await git(directory, 'update-index', '--add', '--cacheinfo', `100755,${blob},d/run`);
    await git(directory, 'update-index', '--add', '--cacheinfo', `120000,${blob},d/link`);
    await git(directory, 'update-index', '--add', '--cacheinfo', `160000,${module},d/module`);
    await git(directory, 'commit', '--quiet', '-m', 'modes');
    const head = asCommitSha(await git(directory, 'rev-parse', 'HEAD'))!;
    const files = await (await open(directory)).listFiles(head, ['d']);
    expect(files.map(({ path: name, mode, size }) => [name, mode, size])).toEqual([
      ['d/link', '120000', 1],
      ['d/module', '160000', 0],
      ['d/plain', '100644', 1],
      ['d/run', '100755', 1],
    ]);
  });
});

describe('changedFiles', () => {
  it('compares the trees of two commits, renames with both names', async () => {
    const directory = await newRepository(path.join(root, 'changes'));
    const long = Array.from({ length: 40 }, (_, i) => `line ${i}\n`).join('');
    const base = await commit(directory, {
      'kept.json': 'k',
      'modified.json': 'a',
      'deleted.json': 'this goes away',
      'old\tname é.json': long,
      'moved.json': `${long}moved`,
      link: 'x',
    });
    await commit(directory, { 'between.json': 'only in between' });
    await git(directory, 'mv', 'old\tname é.json', 'new\n"name".json');
    await commit(directory, {
      'modified.json': 'b',
      'deleted.json': null,
      'between.json': null,
      '-added.json': 'n',
      'moved.json': null,
      'sub/moved.json': `${long}moved a bit`,
    });
    const blob = await git(directory, 'rev-parse', 'HEAD:link');
    await git(directory, 'update-index', '--cacheinfo', `120000,${blob},link`);
    await git(directory, 'commit', '--quiet', '-m', 'link');
    const head = asCommitSha(await git(directory, 'rev-parse', 'HEAD'))!;

    const changes = await (await open(directory)).changedFiles(base, head);
    expect([...changes].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { status: 'added', path: '-added.json' },
      { status: 'deleted', path: 'deleted.json' },
      { status: 'type-changed', path: 'link' },
      { status: 'modified', path: 'modified.json' },
      { status: 'renamed', path: 'new\n"name".json', from: 'old\tname é.json' },
      { status: 'renamed', path: 'sub/moved.json', from: 'moved.json' },
    ]);
    await expect((await open(directory)).changedFiles(head, head)).resolves.toEqual([]);
  });

  it('fails with the words of git for a commit that is not there', async () => {
    const directory = await newRepository(path.join(root, 'no-commit'));
    const head = await commit(directory, { a: 'a' });
    const missing = asCommitSha('d'.repeat(40))!;
    await expect((await open(directory)).changedFiles(missing, head)).rejects.toMatchObject({
      code: 'command-failed',
      message: expect.stringContaining(missing) as unknown,
    });
  });
});
