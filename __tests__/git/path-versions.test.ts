import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, headOf, newRepository, temporaryFolder } from '../support/temp-repository.js';

let root: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
});
afterAll(() => remove());

function open(workspace: string, env: Readonly<Record<string, string>> = {}): Promise<Repository> {
  const [serverUrl, repository] = ['https://github.example', 'acme/rules'];
  return openRepository({ workspace, serverUrl, repository, token: '', env: { ...CLEAN_ENV, ...env }, log: silentLog });
}

/** A commit of the tree with the parents, made in that year. */
async function commitIn(
  directory: string,
  year: number,
  tree: string,
  ...parents: readonly string[]
): Promise<CommitSha> {
  const date = `${year}-01-01T00:00:00Z`;
  const env = { ...CLEAN_ENV, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', String(year)];
  const { stdout } = await promisify(execFile)('git', args, { cwd: directory, env });
  return asCommitSha(stdout)!;
}

describe('pathVersions', () => {
  it('takes no submodule for a file, and a file that became one for a file that went', async () => {
    const directory = await newRepository(path.join(root, 'modules'));
    const base = await commit(directory, { 'd/a': '1', 'd/b': '1' });
    const object = await git(directory, 'rev-parse', 'HEAD:d/a');
    await git(directory, 'update-index', '--add', '--cacheinfo', `160000,${base},d/module`);
    await git(directory, 'update-index', '--add', '--cacheinfo', `160000,${base},d/a`);
    await git(directory, 'commit', '--quiet', '-m', 'modules');
    const head = await headOf(directory);
    expect(await (await open(directory)).pathVersions(base, head, ['d'])).toEqual([
      { path: 'd/a', commit: head, before: object, after: null },
    ]);
  });

  it('tells the newest first where clocks went wrong', async () => {
    const directory = await newRepository(path.join(root, 'clocks'));
    const trees: string[] = [];
    for (const content of ['0', '1', '2', '3']) {
      await commit(directory, { 'd/a': content });
      trees.push(await git(directory, 'rev-parse', 'HEAD^{tree}'));
    }
    const base = await commitIn(directory, 2020, trees[0]!);
    const earlier = await commitIn(directory, 2030, trees[1]!, base);
    const later = await commitIn(directory, 2021, trees[2]!, earlier);
    const head = await commitIn(directory, 2031, trees[3]!, earlier, later);
    const versions = await (await open(directory)).pathVersions(base, head, ['d']);
    expect(versions.map((version) => version.commit)).toEqual([head, head, later, earlier]);
  });

  it('says the same whatever the settings of the user', async () => {
    const directory = await newRepository(path.join(root, 'settings'));
    const base = await commit(directory, { 'd/é "x".json': 'one\n'.repeat(20) });
    await commit(directory, { 'd/é "x".json': null, 'd/moved.json': 'one\n'.repeat(20) });
    await git(directory, 'checkout', '--quiet', '-b', 'side', base);
    await commit(directory, { 'd/side.json': 's' });
    await git(directory, 'checkout', '--quiet', 'main');
    await git(directory, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
    const head = await headOf(directory);
    const expected = await (await open(directory)).pathVersions(base, head, ['d']);
    expect(new Set(expected.map((version) => version.path))).toEqual(
      new Set(['d/é "x".json', 'd/moved.json', 'd/side.json']),
    );

    const config = path.join(root, 'user.config');
    await writeFile(
      config,
      [
        '[log]\n showSignature = true\n showRoot = false\n follow = true\n diffMerges = off\n decorate = full\n date = raw',
        '[diff]\n renames = copies\n noprefix = true\n ignoreSubmodules = all\n orderFile = /nonexistent\n external = false',
        '[core]\n quotePath = true\n abbrev = 4\n pager = false',
        '[color]\n ui = always\n[format]\n pretty = oneline\n[gpg]\n program = /nonexistent',
      ].join('\n'),
    );
    const repository = await open(directory, { GIT_CONFIG_GLOBAL: config });
    expect(await repository.pathVersions(base, head, ['d'])).toEqual(expected);
    expect(await repository.changedFiles(base, head)).toEqual(await (await open(directory)).changedFiles(base, head));
  });

  it('takes more folders than a command line holds', async () => {
    const directory = await newRepository(path.join(root, 'folders'));
    const base = await commit(directory, { a: '1' });
    const head = await commit(directory, { 'in/a': '1', 'inside/a': '1', 'out/a': '1' });
    const folders = Array.from({ length: 30_000 }, (_, i) => `folder-${'long'.repeat(20)}-${i}`);
    const versions = await (await open(directory)).pathVersions(base, head, [...folders, 'in']);
    expect(versions.map((version) => version.path)).toEqual(['in/a']);
  });

  it.each([':(top)x', ':!x', '[x]*', '-x', '--all', 'line\nend', 'carriage\r', '"quote"', 'back\\slash', 'é'])(
    'takes the folder %j literally',
    async (folder) => {
      const directory = await newRepository(path.join(root, `hostile-${Buffer.from(folder).toString('hex')}`));
      const base = await commit(directory, { a: '1' });
      const head = await commit(directory, { [`${folder}/a`]: '1', 'x/a': '1', [`${folder}a/a`]: '1' });
      const versions = await (await open(directory)).pathVersions(base, head, [`${folder}/`]);
      expect(versions.map((version) => version.path)).toEqual([`${folder}/a`]);
    },
  );

  it('looks everywhere for the root, and nowhere for no folder', async () => {
    const directory = await newRepository(path.join(root, 'root'));
    const base = await commit(directory, { a: '1' });
    const head = await commit(directory, { b: '1', 'd/c': '1' });
    const repository = await open(directory);
    const paths = async (...folders: readonly string[]): Promise<readonly string[]> =>
      (await repository.pathVersions(base, head, folders)).map((version) => version.path);
    expect(await paths('')).toEqual(['b', 'd/c']);
    expect(await paths('d', '.')).toEqual(['b', 'd/c']);
    expect(await paths()).toEqual([]);
  });
});
