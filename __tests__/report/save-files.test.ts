import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { saveFiles } from '../../src/report/save-files.js';
import { temporaryFolder } from '../support/temp-repository.js';
import { report } from './samples.js';

let folder = '';
let root = '';
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ path: folder, remove } = await temporaryFolder());
  root = path.join(folder, 'root');
  await mkdir(root);
});
afterEach(() => remove());

const empty = report({});

describe('files of a report', () => {
  it('come into folders that are made for them, and replace what was there', async () => {
    await writeFile(path.join(root, 'old.json'), 'old');
    await saveFiles(empty, root, [
      { kind: 'junit', path: 'reports/deep/tests.xml' },
      { kind: 'code-quality', path: 'old.json' },
      { kind: 'sarif', path: 'findings.sarif' },
    ]);
    expect(await readFile(path.join(root, 'reports/deep/tests.xml'), 'utf8')).toMatch(/^<\?xml/u);
    expect(JSON.parse(await readFile(path.join(root, 'old.json'), 'utf8'))).toEqual([]);
    expect(JSON.parse(await readFile(path.join(root, 'findings.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect((await readdir(root)).sort()).toEqual(['findings.sarif', 'old.json', 'reports']);
  });

  it('never leave the repository by a link of a folder, not even to make one', async () => {
    await mkdir(path.join(folder, 'outside'));
    await symlink(path.join(folder, 'outside'), path.join(root, 'reports'));
    for (const name of ['reports/tests.xml', 'reports/more/tests.xml']) {
      await expect(saveFiles(empty, root, [{ kind: 'junit', path: name }])).rejects.toMatchObject({
        code: 'report-file',
        message: expect.stringContaining('a link leads out of the repository'),
      });
    }
    expect(await readdir(path.join(folder, 'outside'))).toEqual([]);
  });

  it('replace a link that stands in their place, and leave what it leads to', async () => {
    const outside = path.join(folder, 'outside');
    await writeFile(outside, 'mine');
    await symlink(outside, path.join(root, 'tests.xml'));
    await saveFiles(empty, root, [{ kind: 'junit', path: 'tests.xml' }]);
    expect(await readFile(outside, 'utf8')).toBe('mine');
    expect((await lstat(path.join(root, 'tests.xml'))).isFile()).toBe(true);
  });

  it.each(['.git/hooks/pre-push', '.GIT/config'])('touch nothing of git: %s', async (name) => {
    await mkdir(path.join(root, '.git/hooks'), { recursive: true });
    await expect(saveFiles(empty, root, [{ kind: 'junit', path: name }])).rejects.toMatchObject({
      code: 'report-file',
    });
  });

  it('say so where a folder stands in their place', async () => {
    await mkdir(path.join(root, 'tests.xml'));
    await expect(saveFiles(empty, root, [{ kind: 'junit', path: 'tests.xml' }])).rejects.toThrow(
      /tests\.xml of --junit/u,
    );
  });
});
