import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GitError } from '../../src/git/errors.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, newRepository, temporaryFolder } from '../support/temp-repository.js';

let root: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
});
afterAll(() => remove());

function open(workspace: string, env: Readonly<Record<string, string | undefined>> = {}): Promise<Repository> {
  return openRepository({
    workspace,
    serverUrl: 'https://github.example',
    repository: 'acme/rules',
    token: '',
    env: { ...CLEAN_ENV, GIT_CEILING_DIRECTORIES: path.dirname(root), ...env },
    log: silentLog,
  });
}

async function errorOf(opening: Promise<Repository>): Promise<GitError> {
  try {
    await opening;
  } catch (error) {
    if (error instanceof GitError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('openRepository', () => {
  it('opens a repository at the root of the workspace, through a link as well', async () => {
    const directory = await newRepository(path.join(root, 'plain'));
    await symlink(directory, path.join(root, 'link'), 'dir');
    expect((await open(directory)).root).toBe(directory);
    const linked = await open(path.join(root, 'link'));
    const head = await commit(directory, { 'a.txt': 'a' });
    await expect(linked.hasCommit(head)).resolves.toBe(true);
  });

  it('opens a worktree, whose .git is a file', async () => {
    const directory = await newRepository(path.join(root, 'with-worktree'));
    const head = await commit(directory, { 'a.txt': 'a' });
    await git(directory, 'worktree', 'add', '--quiet', path.join(root, 'worktree'), '-b', 'other');
    await expect((await open(path.join(root, 'worktree'))).hasCommit(head)).resolves.toBe(true);
  });

  it('says that the checkout step is missing, or was without git, when there is no .git', async () => {
    const directory = path.join(root, 'empty');
    await mkdir(directory);
    const error = await errorOf(open(directory));
    expect(error.code).toBe('not-a-repository');
    expect(error.help).toContain('actions/checkout');
    expect(error.help).toContain('install git');
    expect((await errorOf(open(path.join(root, 'nowhere')))).code).toBe('not-a-repository');
  });

  it('names the sub folder that the repository was checked out in', async () => {
    const workspace = path.join(root, 'workspace');
    await newRepository(path.join(workspace, 'rules', 'inner'));
    const error = await errorOf(open(workspace));
    expect(error.code).toBe('not-at-root');
    expect(error.message).toContain('rules/inner');
    expect(error.help).toContain('path');
  });

  it('refuses a workspace inside a bigger repository', async () => {
    const outer = await newRepository(path.join(root, 'outer'));
    await mkdir(path.join(outer, 'inner'));
    const error = await errorOf(open(path.join(outer, 'inner')));
    expect(error.code).toBe('not-at-root');
    expect(error.message).toContain(outer);
  });

  it('gives the command that cures dubious ownership', async () => {
    const directory = await newRepository(path.join(root, 'owned'));
    const error = await errorOf(open(directory, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' }));
    expect(error.code).toBe('dubious-ownership');
    expect(error.help).toContain(`git config --global --add safe.directory "${directory}"`);
  });

  it('says that git is missing, and runs none that lies in the workspace', async () => {
    const directory = await newRepository(path.join(root, 'no-git'));
    await writeFile(path.join(directory, 'git'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    for (const PATH of ['', '.', path.join(root, 'nowhere')]) {
      expect((await errorOf(open(directory, { PATH }))).code).toBe('git-missing');
    }
  });

  it('is not turned elsewhere by variables that a git hook or alias sets', async () => {
    const [here, elsewhere] = [path.join(root, 'here'), path.join(root, 'elsewhere')];
    await newRepository(here);
    await newRepository(elsewhere);
    const [mine, other] = [await commit(here, { a: 'mine' }), await commit(elsewhere, { a: 'other' })];
    const repository = await open(here, {
      GIT_DIR: path.join(elsewhere, '.git'),
      GIT_WORK_TREE: elsewhere,
      GIT_INDEX_FILE: path.join(elsewhere, '.git/index'),
      GIT_OBJECT_DIRECTORY: path.join(elsewhere, '.git/objects'),
      GIT_PREFIX: 'x/',
      GIT_TRACE: '1',
    });
    await expect(repository.hasCommit(mine)).resolves.toBe(true);
    await expect(repository.hasCommit(other)).resolves.toBe(false);
  });

  it('does not run the hooks or the file monitor of the repository', async () => {
    const directory = await newRepository(path.join(root, 'hooked'));
    const head = await commit(directory, { a: '1' });
    const marker = path.join(root, 'hook-ran');
    for (const hook of ['pre-push', 'reference-transaction', 'post-index-change', 'fsmonitor']) {
      const file = path.join(directory, '.git/hooks', hook);
      await writeFile(file, `#!/bin/sh\necho ${hook} >> '${marker}'\n`, { mode: 0o755 });
    }
    await git(directory, 'config', 'core.fsmonitor', '.git/hooks/fsmonitor');
    const bare = await newRepository(path.join(root, 'hooked.git'), '--bare');
    await git(directory, 'remote', 'add', 'origin', bare);
    const repository = await open(directory);
    const made = await repository.commitFiles({
      parent: head,
      files: [{ path: 'a', mode: '100644', content: Buffer.from('2') }],
      message: 'm',
      author: { name: 'n', mail: 'm@example.com' },
    });
    await expect(repository.push(made, 'main')).resolves.toBe('pushed');
    await expect(rm(marker)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
