import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { CLEAN_ENV } from '../support/temp-repository.js';
import { API_KEY, rulesOf, startSite } from '../support/site.js';

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** The shell blocks of a page, in order. */
async function commandsOf(page: string): Promise<readonly string[]> {
  const text = await readFile(path.join(root, page), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gmu)].map(([, block]) => block ?? '');
}

/** The files that a page tells its reader to write. */
async function filesOf(page: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(path.join(root, page), 'utf8');
  const found = [...text.matchAll(/^<!-- file: (\S+) -->\n\n```\w+\n([\s\S]*?)^```/gmu)];
  return Object.fromEntries(found.map(([, name, content]) => [name ?? '', content ?? '']));
}

it('the getting-started guide leads from an empty repository to a rule whose UUID is in its file', async () => {
  const page = 'docs/getting-started.md';
  const site = await startSite();
  const folder = await mkdtemp(path.join(tmpdir(), 'reader-'));
  const clone = path.join(folder, 'clone');
  const person = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'A' };
  const env = {
    ...CLEAN_ENV,
    ...person,
    GIT_COMMITTER_EMAIL: 'a@example.org',
    HOME: folder,
    PATH: process.env['PATH'],
  };
  const shell = (script: string) => run('bash', ['-euo', 'pipefail', '-c', script], { cwd: clone, env });
  try {
    await run('git', ['clone', '--quiet', site.repository.bare, clone], { env });
    const files = await filesOf(page);
    expect(Object.keys(files)).toEqual([
      'detections/whoami.json',
      'detections/whoami_sigma.yml',
      'detections/whoami_tests.yml',
      '.github/workflows/detections.yml',
    ]);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(clone, name)), { recursive: true });
      await writeFile(path.join(clone, name), content);
    }
    const [onABranch, afterTheMerge, ...others] = await commandsOf(page);
    expect(others).toEqual([]);
    await shell(onABranch ?? '');

    const plan = await site.pullRequest(files);
    expect(plan).toMatchObject({ exitCode: 0 });
    expect(rulesOf(plan)).toEqual([
      expect.objectContaining({ operation: 'create', outcome: 'skipped', tests: { passed: 2, failed: 0 } }),
    ]);
    expect(site.sekoia.customRules()).toEqual([]);

    const before = (await site.repository.tip('main')) ?? '';
    const topic = (await site.repository.tip('first-detection')) ?? '';
    const after = await site.repository.merge(before, topic, 'refs/heads/main');
    const deployed = await site.runFor({ before, after, ref: 'refs/heads/main' });
    expect(deployed).toMatchObject({ exitCode: 0, outputs: { created: '1' } });

    const { stdout } = await shell(afterTheMerge ?? '');
    expect(stdout).toContain('Add UUIDs of newly deployed detection rules\n');
    const [rule] = rulesOf(deployed);
    expect(JSON.parse(await readFile(path.join(clone, 'detections/whoami.json'), 'utf8'))).toMatchObject({
      name: 'whoami by a service account',
      uuid: rule?.uuid,
    });
  } finally {
    await site.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

it('the guide to targets asks whose key it is in a way that the platform answers', async () => {
  const [ask, ...others] = await commandsOf('docs/targets.md');
  expect(others).toEqual([]);
  const site = await startSite();
  try {
    const script = (ask ?? '').replace('https://api.sekoia.io', site.sekoia.url);
    expect(script).not.toBe(ask);
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
      env: { PATH: process.env['PATH'], SEKOIA_API_KEY: API_KEY },
    });
    expect(JSON.parse(stdout)).toMatchObject({ community: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  } finally {
    await site.stop();
  }
});

/** Which test runs the shell blocks of a page. */
const RUN_BY: Readonly<Record<string, string>> = {
  'docs/ci-azure.md': '__tests__/e2e/ci-hosts.test.ts',
  'docs/ci-bitbucket.md': '__tests__/e2e/ci-hosts.test.ts',
  'docs/ci-git.md': '__tests__/e2e/ci-hosts.test.ts',
  'docs/ci-gitlab.md': '__tests__/e2e/ci-hosts.test.ts',
  'docs/ci-jenkins.md': '__tests__/e2e/ci-hosts.test.ts',
  'docs/desk.md': '__tests__/e2e/desk-guide.test.ts',
  'docs/getting-started.md': '__tests__/e2e/guides.test.ts',
  'docs/targets.md': '__tests__/e2e/guides.test.ts',
};

async function linesOf(page: string): Promise<readonly string[]> {
  return (await commandsOf(page)).flatMap((block) => block.split('\n')).filter((line) => line !== '');
}

it('every command of the guides is run by a test, or is a script of this package', async () => {
  const { scripts } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { scripts: object };
  const run = new Set((await Promise.all(Object.keys(RUN_BY).map(linesOf))).flat());
  const pages = ['README.md', ...(await readdir(path.join(root, 'docs'))).map((name) => `docs/${name}`)];
  for (const page of pages.filter((name) => name.endsWith('.md'))) {
    const runner = RUN_BY[page];
    if (runner !== undefined) {
      expect(await readFile(path.join(root, runner), 'utf8')).toContain(page);
      continue;
    }
    for (const command of await linesOf(page)) {
      if (run.has(command)) continue;
      const [, script] = /^npm (?:run )?([\w:-]+)/u.exec(command) ?? [];
      const isOwn = command.startsWith('.ci/run ') || script === 'cit' || (script !== undefined && script in scripts);
      expect([page, command, isOwn]).toEqual([page, command, true]);
    }
  }
});
