import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, '.github/workflows');
const names = (await readdir(folder)).sort();
const texts = new Map(
  await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const)),
);

describe('the workflows', () => {
  it('are sound, those shown to users included', async () => {
    const lint = promisify(execFile)(process.execPath, ['scripts/lint-workflows.mjs'], { cwd: root });
    await expect(lint).resolves.toMatchObject({
      stdout: expect.stringMatching(/^(?:[5-9]|1\d) workflows linted, 0 problems/u),
    });
  });

  it.each(names)('%s grants nothing by default', (name) => {
    expect(parse(texts.get(name) ?? '')).toMatchObject({ permissions: {} });
  });

  it.each(names)('%s pins what it uses to a commit, keeps no credentials and runs no install script', (name) => {
    const text = texts.get(name) ?? '';
    const uses = Array.from(
      text.matchAll(/uses: (\S+)(.*)/gu),
      ([, action, comment]) => `${action ?? ''}${comment ?? ''}`,
    );
    expect(uses.length).toBeGreaterThan(0);
    for (const use of uses) expect(use).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u);
    const checkouts = text.match(/uses: actions\/checkout@/gu) ?? [];
    expect(text.match(/persist-credentials: false/gu) ?? []).toHaveLength(checkouts.length);
    for (const [install] of text.matchAll(/npm (?:ci|cit|install)\b.*/gu))
      expect(install).toContain('--ignore-scripts');
  });
});
