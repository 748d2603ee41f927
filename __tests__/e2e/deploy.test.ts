import { afterEach, describe, expect, it } from '@jest/globals';
import { API_KEY, rulesOf, startSite } from '../support/site.js';
import type { Site, SiteOptions } from '../support/site.js';
import { metadata, pair, pairs, pattern } from '../support/detections.js';
import { itOnGitHub } from '../support/on-github.js';

const sites: Site[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

async function start(options: SiteOptions = {}): Promise<Site> {
  const site = await startSite(options);
  sites.push(site);
  return site;
}

async function uuidAt(site: Site, path: string): Promise<unknown> {
  const content = await site.repository.readAt('main', path);
  return (JSON.parse(content!.toString().replace(/^\ufeff/, '')) as { uuid?: unknown }).uuid;
}

describe('a push with a new detection', () => {
  itOnGitHub('creates the rule, commits its UUID and nothing else, and tells so', async () => {
    const site = await start();
    const run = await site.push(pair('detections/logon', 'Many failed logons'));
    expect(run.exitCode).toBe(0);
    const [rule] = site.sekoia.customRules();
    expect(rule).toMatchObject({ name: 'Many failed logons', payload: pattern(), enabled: true, all_entities: true });
    expect(await site.repository.readAt('main', 'detections/logon.json')).toEqual(
      Buffer.from(metadata('Many failed logons', { uuid: rule!.uuid })),
    );
    const [commit] = await site.repository.log('main');
    expect(run.outputs).toMatchObject({ created: '1', failed: '0', findings: '0', commit: commit!.sha });
    expect(commit!.message).toBe('Add UUIDs of newly deployed detection rules');
    expect(site.github.verified.has(commit!.sha)).toBe(true);
    expect(rulesOf(run)).toEqual([
      {
        path: 'detections/logon.json',
        name: 'Many failed logons',
        uuid: rule!.uuid,
        operation: 'create',
        outcome: 'done',
        reason: '',
      },
    ]);
    expect(run.summary).toContain('Many failed logons');
    expect(run.stdout).not.toContain(`Bearer ${API_KEY}`);
  });

  it('plans nothing on the next run over everything, and commits nothing', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    const before = await site.repository.tip('main');
    const sent = site.sekoia.requests.length;
    const run = await site.dispatch();
    expect(run.outputs).toMatchObject({ created: '0', updated: '0', unchanged: '1', commit: '' });
    expect(site.sekoia.requests.slice(sent).every(({ method }) => method === 'GET')).toBe(true);
    expect(await site.repository.tip('main')).toBe(before);
  });

  it('sends nothing at all when no detection changed', async () => {
    const site = await start({ files: pair('detections/a', 'First detection') });
    const run = await site.push({ 'notes.txt': 'x' });
    expect(run.exitCode).toBe(0);
    expect(site.sekoia.requests).toHaveLength(0);
    expect(run.outputs).toMatchObject({ rules: '[]', failed: '0' });
  });

  itOnGitHub('is not stopped by another detection with errors, which is annotated and blocked', async () => {
    const site = await start();
    const run = await site.push({
      ...pair('detections/good', 'Good detection'),
      'detections/bad.json': '{\n  "name": "Bad detection",\n  "severity": "severe"\n}\n',
      'detections/bad_sigma.yml': pattern(),
    });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ created: '1', failed: '1' });
    expect(rulesOf(run).find(({ path }) => path === 'detections/bad.json')).toMatchObject({
      operation: 'blocked',
      outcome: 'failed',
    });
    expect(
      run.annotations.some(
        ({ level, file, line }) => level === 'error' && file === 'detections/bad.json' && line === 3,
      ),
    ).toBe(true);
    expect(await uuidAt(site, 'detections/good.json')).toBe(site.sekoia.customRules()[0]?.uuid);
  });
});

describe('a push that changes a detection', () => {
  it.each([
    { half: 'the pattern', change: { 'detections/a_sigma.yml': pattern('b.exe') } },
    { half: 'the metadata', change: null },
  ])('updates the rule when $half changed, in two requests', async ({ change }) => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    const [rule] = site.sekoia.customRules();
    const sent = site.sekoia.requests.length;
    const changed = change ?? {
      'detections/a.json': metadata('Renamed detection', { uuid: rule!.uuid, severity: 70 }),
    };
    const run = await site.push(changed);
    expect(run.outputs).toMatchObject({ updated: '1', failed: '0', commit: '' });
    expect(site.sekoia.requests.slice(sent).map(({ method }) => method)).toEqual(['GET', 'PUT']);
    expect(site.sekoia.customRules()).toHaveLength(1);
  });
});

it('adopts the rule of the same name that an API key made', async () => {
  const site = await start();
  const { uuid } = site.sekoia.seedRule({ name: 'Known detection', created_by_type: 'apikey', verified: false });
  const run = await site.push(pair('detections/a', 'Known detection'));
  expect(run.outputs).toMatchObject({ adopted: '1', created: '0', failed: '0' });
  expect(await uuidAt(site, 'detections/a.json')).toBe(uuid);
});

describe('write-back', () => {
  itOnGitHub('keeps the executable bit, and lands on a head that moved', async () => {
    const site = await start();
    site.github.beforeCommit = async () => {
      site.github.beforeCommit = null;
      await site.repository.commit({ 'detections/other.txt': 'by a person' });
      await site.repository.push();
    };
    const run = await site.push(pair('detections/a', 'First detection'), {}, { executable: ['detections/a.json'] });
    expect(run.exitCode).toBe(0);
    expect(await uuidAt(site, 'detections/a.json')).toBe(site.sekoia.customRules()[0]?.uuid);
    expect(await site.repository.modeAt('main', 'detections/a.json')).toBe('100755');
    expect(await site.repository.readAt('main', 'detections/other.txt')).toEqual(Buffer.from('by a person'));
  });

  itOnGitHub('pushes by git with the author asked for', async () => {
    const site = await start();
    const run = await site.push(pair('detections/a', 'First detection'), {
      credentials: 'forgotten',
      inputs: { 'write-back': 'push', 'commit-author': 'SOC Bot <soc@example.org>' },
    });
    expect(run.exitCode).toBe(0);
    const [commit] = await site.repository.log('main');
    expect(commit).toMatchObject({ sha: run.outputs['commit'], author: 'SOC Bot <soc@example.org>' });
    expect(await uuidAt(site, 'detections/a.json')).toBe(site.sekoia.customRules()[0]?.uuid);
  });

  it('leaves the files alone with none, and tells the UUIDs', async () => {
    const site = await start();
    const run = await site.push(pair('detections/a', 'First detection'), { inputs: { 'write-back': 'none' } });
    expect(run.exitCode).toBe(0);
    expect(rulesOf(run)[0]?.uuid).toBe(site.sekoia.customRules()[0]?.uuid);
    expect(await uuidAt(site, 'detections/a.json')).toBeUndefined();
  });

  it('is refused before any rule is created when the token cannot write', async () => {
    const site = await start({ github: { permissions: { contents: 'read' } } });
    const run = await site.push(pair('detections/a', 'First detection'));
    expect(run.exitCode).toBe(1);
    expect(site.sekoia.customRules()).toHaveLength(0);
    expect(run.log).toContain('contents: write');
    expect(rulesOf(run)[0]).toMatchObject({ operation: 'create', outcome: 'skipped' });
    expect(run.outputs['failed']).toBe('1');
  });

  it('holds on GitHub Enterprise Server', async () => {
    const site = await start({ github: { mountedAt: '/api/v3' } });
    const run = await site.push(pair('detections/a', 'First detection'));
    expect(run.exitCode).toBe(0);
    expect(await uuidAt(site, 'detections/a.json')).toBe(site.sekoia.customRules()[0]?.uuid);
  });
});

describe('the start', () => {
  itOnGitHub('takes every detection of a new branch history when the base is unknown, and says so', async () => {
    const site = await start({ files: pairs(3) });
    const after = (await site.repository.tip('main'))!;
    const run = await site.runFor({ before: 'a'.repeat(40), after, ref: 'refs/heads/main' }, { forced: true });
    expect(run.outputs).toMatchObject({ created: '3', failed: '0' });
    expect(run.annotations.some(({ level }) => level === 'notice')).toBe(true);
  });

  it('deploys what was reviewed, not what an earlier step left in the work tree', async () => {
    const site = await start();
    const { writeFile } = await import('node:fs/promises');
    await site.push(pair('detections/a', 'First detection'), {
      beforeRun: (workspace) => writeFile(`${workspace}/detections/a_sigma.yml`, pattern('generated.exe')),
    });
    expect(site.sekoia.customRules()[0]?.payload).toBe(pattern());
  });

  itOnGitHub.each([
    { title: 'without a key', inputs: { 'api-key': '' }, says: 'api-key' },
    { title: 'with an unknown region', inputs: { region: 'fra9', 'api-url': '' }, says: 'fra1' },
  ])('ends $title before anything is sent, with every output set', async ({ inputs, says }) => {
    const site = await start();
    const run = await site.push(pair('detections/a', 'First detection'), { inputs });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(says);
    expect(run.outputs).toMatchObject({ created: '0', rules: '[]', commit: '' });
    expect(site.sekoia.requests).toHaveLength(0);
  });

  it('only validates on another branch, with no key and no request', async () => {
    const site = await start();
    await site.repository.commit(pair('detections/a', 'First detection'), { branch: 'topic' });
    const push = await site.repository.push({ branch: 'topic' });
    const run = await site.runFor(push, { inputs: { 'api-key': '' } });
    expect(run.exitCode).toBe(0);
    expect(rulesOf(run)).toMatchObject([{ operation: 'none', outcome: 'skipped' }]);
    expect(site.sekoia.requests).toHaveLength(0);
  });
});

it('deploys names and paths that are hostile, and forges no workflow command', async () => {
  const site = await start();
  const stem = 'detections/ü "q" \'s\'\n::set-output name=x::y 🦉/-dash';
  const run = await site.push({
    ...pair(stem, '##[error]<img src=x> | `a` %0A::error::x'),
    ...pair('detections/bad', 'new\n::add-mask::line'),
  });
  expect(run.outputs).toMatchObject({ created: '1', failed: '1' });
  expect(await uuidAt(site, `${stem}.json`)).toBe(site.sekoia.customRules()[0]?.uuid);
  const own = new Set(['error', 'warning', 'notice', 'group', 'endgroup', 'debug', 'add-mask']);
  expect(run.commands.filter(({ name }) => !own.has(name))).toEqual([]);
  expect(run.masks).not.toContain('line');
  expect(run.summary).not.toContain('<img');
});

it('deploys 300 detections at once and commits their UUIDs in one commit', async () => {
  const site = await start();
  const run = await site.push(pairs(300));
  expect(run.outputs).toMatchObject({ created: '300', failed: '0' });
  expect(site.sekoia.customRules()).toHaveLength(300);
  const [last, push] = await site.repository.log('main');
  expect(last!.parents).toEqual([push!.sha]);
  const byName = new Map(site.sekoia.customRules().map(({ name, uuid }) => [name, uuid]));
  // Each read starts two processes: a share of them will do.
  const some = rulesOf(run).filter((_, index) => index % 15 === 0);
  for (const { path, name } of some) expect(await uuidAt(site, path)).toBe(byName.get(name!));
  expect((await site.dispatch()).outputs).toMatchObject({ unchanged: '300', created: '0', updated: '0' });
});
