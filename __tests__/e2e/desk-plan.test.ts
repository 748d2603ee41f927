import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { pair, pattern } from '../support/detections.js';
import { API_KEY, startSite } from '../support/site.js';
import type { Site } from '../support/site.js';
import { CLEAN_ENV, commit, git, temporaryFolder } from '../support/temp-repository.js';

const COMMAND = path.resolve(import.meta.dirname, '../../dist/cli.js');
const NODE = process.env['ACTION_NODE'] ?? process.execPath;

let site: Site;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let clone = '';

beforeEach(async () => {
  site = await startSite();
  expect((await site.push(pair('detections/a', 'First detection'))).exitCode).toBe(0);
  folder = await temporaryFolder();
  clone = path.join(folder.path, 'clone');
  await git(folder.path, 'clone', '--quiet', site.repository.bare, clone);
});

afterEach(async () => {
  await site.stop();
  await folder.remove();
});

function plan(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = { SEKOIA_API_KEY: API_KEY },
): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }> {
  const all = [COMMAND, 'plan', '--api-url', site.sekoia.url, '--requests-per-second', '0', ...args];
  return new Promise((resolve) => {
    const child = execFile(NODE, all, { cwd: clone, env: { ...CLEAN_ENV, ...env } }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode, stdout, stderr });
    });
  });
}

describe('plan at the desk', () => {
  it('has nothing to do where what is checked out is deployed', async () => {
    const { exitCode, stdout } = await plan();
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^Nothing to do\. /mu)]);
  });

  it('shows what deploying the commit would do, and writes nothing', async () => {
    await commit(clone, { 'detections/a_sigma.yml': pattern('b.exe'), ...pair('detections/b', 'Second detection') });
    const [before, asked] = [site.sekoia.requests.length, site.github.requests.length];
    const { exitCode, stdout, stderr } = await plan();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ {2}update +First detection .*pattern: 1 line added, 1 removed/mu);
    expect(stdout).toMatch(/^ {2}create +Second detection /mu);
    expect(stdout).toContain('Plan: create 1 rule, update 1. Nothing was written.\n');
    const methods = site.sekoia.requests.slice(before).map(({ method }) => method);
    expect(new Set(methods)).toEqual(new Set(['GET']));
    // GitHub has no part in it.
    expect(site.github.requests).toHaveLength(asked);
    expect(`${stdout}${stderr}`).not.toContain(API_KEY);
  });

  it('compares another branch with where it left the default one', async () => {
    await git(clone, 'checkout', '--quiet', '-b', 'mine');
    await commit(clone, pair('detections/b', 'Second detection'));
    const { stdout } = await plan(['--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      mode: 'plan',
      branch: 'mine',
      detections: [{ path: 'detections/b.json', operation: 'create', outcome: 'skipped' }],
    });
  });

  it('ends with 2 without a key, and asks nothing', async () => {
    const before = site.sekoia.requests.length;
    const { exitCode, stderr } = await plan([], {});
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Set SEKOIA_API_KEY')]);
    expect(site.sekoia.requests).toHaveLength(before);
  });

  it('tells of a key that the platform refuses', async () => {
    await commit(clone, pair('detections/b', 'Second detection'));
    const { exitCode, stdout, stderr } = await plan([], { SEKOIA_API_KEY: 'another-key' });
    expect(exitCode).toBe(1);
    expect(`${stdout}${stderr}`).toMatch(/key/iu);
    expect(`${stdout}${stderr}`).not.toContain('another-key');
  });
});
