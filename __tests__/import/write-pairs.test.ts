import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writePairs } from '../../src/import/write-pairs.js';
import type { Pair } from '../../src/import/types.js';
import { ruleOf } from './rules.js';

let root = '';
let outside = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'write-pairs-'));
  outside = await mkdtemp(join(tmpdir(), 'write-pairs-outside-'));
});
afterEach(async () => {
  await Promise.all([root, outside].map((folder) => rm(folder, { recursive: true })));
});

function pairAt(stem: string): Pair {
  const [path, patternPath] = [`${stem}.json`, `${stem}_sigma.yml`];
  const rule = ruleOf();
  return { rule, path, metadata: Buffer.from('{}\n'), patternPath, pattern: Buffer.from('a: 1\r\n'), eased: [] };
}

describe('writing pairs into a work tree', () => {
  it('makes the folders that it takes, and writes the bytes', async () => {
    const written = await writePairs(root, [pairAt('a/b/c'), pairAt('top')]);
    expect(written.pairs).toHaveLength(2);
    expect(await readFile(join(root, 'a/b/c_sigma.yml'), 'utf8')).toBe('a: 1\r\n');
    expect((await readdir(root)).sort()).toEqual(['a', 'top.json', 'top_sigma.yml']);
  });

  it.each(['d/one.json', 'd/one_sigma.yml'])('leaves no half of a pair where %s came meanwhile', async (path) => {
    await mkdir(join(root, 'd'));
    await writeFile(join(root, path), 'mine');
    const written = await writePairs(root, [pairAt('d/one'), pairAt('d/two')]);
    expect(written.pairs.map((pair) => pair.path)).toEqual(['d/two.json']);
    expect(written.others).toMatchObject([{ reason: `there is a file ${path} by now` }]);
    expect(await readFile(join(root, path), 'utf8')).toBe('mine');
    expect((await readdir(join(root, 'd'))).filter((name) => name.startsWith('one'))).toHaveLength(1);
  });

  it('goes through no link to a folder, and writes through none to a file', async () => {
    await symlink(outside, join(root, 'linked'));
    await expect(writePairs(root, [pairAt('linked/a')])).rejects.toThrow('linked, which is no folder');
    await expect(writePairs(root, [pairAt('linked/deep/a')])).rejects.toThrow('linked, which is no folder');
    await symlink(join(outside, 'new.json'), join(root, 'a.json'));
    expect((await writePairs(root, [pairAt('a')])).pairs).toEqual([]);
    expect(await readdir(outside)).toEqual([]);
    expect(await readdir(root)).not.toContain('a_sigma.yml');
  });

  it('says which place could not be written', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(writePairs(root, [pairAt('file/a')])).rejects.toThrow('file, which is no folder');
    await expect(writePairs(root, [pairAt('x'.repeat(300))])).rejects.toMatchObject({
      code: 'not-written',
      message: expect.stringContaining('could not be written') as unknown,
    });
  });
});
