import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pair } from '../support/detections.js';
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

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function command(
  args: readonly string[],
  keys: Readonly<Record<string, string>> = { SEKOIA_API_KEY: API_KEY },
): Promise<Ended> {
  const all = [COMMAND, ...args, '--api-url', site.sekoia.url, '--requests-per-second', '0'];
  const env = { ...CLEAN_ENV, ...keys };
  return new Promise((resolve) => {
    const child = execFile(NODE, all, { cwd: clone, env }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode, stdout, stderr });
    });
  });
}

async function pushNew(): Promise<void> {
  await git(clone, 'pull', '--quiet');
  await commit(clone, pair('detections/b', 'Second detection'));
  await git(clone, 'push', '--quiet');
}

describe('deploy at the desk', () => {
  it('shows the plan, deploys, and pushes the UUID with the credentials of git', async () => {
    await pushNew();
    const { exitCode, stdout } = await command(['deploy', '--yes']);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Plan: create 1 rule. Nothing was written.\n')]);
    const rule = site.sekoia.customRules().find(({ name }) => name === 'Second detection');
    const file = String(await site.repository.readAt('main', 'detections/b.json'));
    expect(JSON.parse(file)).toMatchObject({ uuid: rule?.uuid });
    expect(await site.repository.tip('refs/sekoia-detections/default/main')).toBe(await site.repository.tip('main'));
    await git(clone, 'pull', '--quiet');
    expect((await command(['deploy', '--yes'])).stdout).toContain('Nothing to do.');
    expect(stdout).not.toContain(API_KEY);
  });

  it('prints with --json the report of the deployment alone', async () => {
    await pushNew();
    const { exitCode, stdout } = await command(['deploy', '--yes', '--json']);
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ mode: 'deploy' })]);
  });

  it('asks, and deploys nothing where nobody can answer', async () => {
    await pushNew();
    const { exitCode, stdout, stderr } = await command(['deploy']);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('Plan: create 1 rule.');
    expect(stderr).toContain('Add `--yes`');
    expect(site.sekoia.customRules()).toHaveLength(1);
  });

  it('deploys to the targets of SEKOIA_TARGETS, and shows none of their keys', async () => {
    await pushNew();
    const targets = JSON.stringify({ acme: { 'api-key': API_KEY, 'takes-uuid': true } });
    const { exitCode, stdout, stderr } = await command(['deploy', '--yes'], { SEKOIA_TARGETS: targets });
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining(API_KEY)]);
    expect(stdout).not.toContain(API_KEY);
    const file = String(await site.repository.readAt('main', 'detections/b.json'));
    expect(JSON.parse(file)).toMatchObject({ uuids: { acme: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
  });

  it('deploys no commit that is not on the branch of the server yet', async () => {
    await git(clone, 'pull', '--quiet');
    await commit(clone, pair('detections/b', 'Second detection'));
    const before = site.sekoia.requests.length;
    const { exitCode, stderr } = await command(['deploy', '--yes']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Push it first')]);
    expect(site.sekoia.requests).toHaveLength(before);

    const byGit = await command(['deploy', '--host', 'git']);
    expect(`${byGit.stdout}${byGit.stderr}`).toContain('is not on the branch (any more)');
    expect(site.sekoia.customRules()).toHaveLength(1);
  });

  it('refuses a work tree with changes that are not committed, and asks nothing of the platform', async () => {
    await writeFile(path.join(clone, 'detections/new\u001b.json'), '{}');
    const before = site.sekoia.requests.length;
    const { exitCode, stderr } = await command(['deploy', '--yes']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/is not committed/u);
    expect(stderr).not.toContain('\u001b');
    expect(site.sekoia.requests).toHaveLength(before);
  });

  it('deploys nothing when the plan has failures', async () => {
    await git(clone, 'pull', '--quiet');
    await commit(clone, { ...pair('detections/b', 'Second detection'), 'detections/b_sigma.yml': 'detection: 5\n' });
    await git(clone, 'push', '--quiet');
    const { exitCode, stderr } = await command(['deploy', '--yes']);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('Nothing was deployed')]);
  });
});

describe('the platform, asked from the desk', () => {
  it('tells the alert types', async () => {
    const { exitCode, stdout } = await command(['alert-types']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/intrusion-attempts\/brute-force +[0-9a-f-]{36}/u);
  });

  it('brings rules that no file has into the work tree', async () => {
    site.sekoia.seedRule({ name: 'Made by hand' });
    await git(clone, 'pull', '--quiet');
    const { exitCode } = await command(['import', '--import-to', 'workspace']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(await readFile(path.join(clone, 'detections/made-by-hand.json'), 'utf8'))).toMatchObject({
      name: 'Made by hand',
    });
  });

  it('tells of drift', async () => {
    await git(clone, 'pull', '--quiet');
    for (const rule of site.sekoia.rules.values()) if (!rule.verified) rule.severity = 99;
    const { exitCode, stdout } = await command(['drift']);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('First detection')]);
    expect((await command(['drift', '--drift', 'fail'])).exitCode).toBe(1);
  });
});
