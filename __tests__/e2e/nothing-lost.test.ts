import { afterEach, describe, expect, it } from '@jest/globals';
import { metadata, pair, pattern } from '../support/detections.js';
import { rulesOf, startSite } from '../support/site.js';
import type { Site, SiteOptions } from '../support/site.js';
import { itOnGitHub } from '../support/on-github.js';

const REF = 'refs/sekoia-detections/default/main';
const sites: Site[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

async function start(options: SiteOptions = {}): Promise<Site> {
  const site = await startSite(options);
  sites.push(site);
  return site;
}

async function textAt(site: Site, path: string): Promise<string> {
  return String(await site.repository.readAt('main', path));
}

describe('the deployed ref', () => {
  it('stands at the write-back commit when everything is in place', async () => {
    const site = await start();
    const run = await site.push(pair('detections/a', 'First detection'));
    expect(await site.repository.tip(REF)).toBe(run.outputs['commit']);
  });

  it('lets the next run make up for one that failed, whatever that push was about', async () => {
    const site = await start();
    site.sekoia.faults.push({
      when: ({ method }) => method === 'POST',
      times: 1,
      do: { kind: 'answer', status: 400, body: { code: 'RUL100', message: 'no' } },
    });
    const failed = await site.push(pair('detections/a', 'First detection'));
    expect(failed.exitCode).toBe(1);
    const run = await site.push({ 'notes.txt': 'nothing about detections' });
    expect(run.outputs).toMatchObject({ created: '1', failed: '0' });
  });

  it('lets the next run make up for a first one that failed before it could write', async () => {
    const site = await start();
    site.sekoia.faults.push({
      when: ({ method }) => method === 'GET',
      times: 100,
      do: { kind: 'answer', status: 400, body: { code: 'X', message: 'no' } },
    });
    expect((await site.push(pair('detections/a', 'First detection'))).exitCode).toBe(1);
    site.sekoia.faults.length = 0;
    const run = await site.push({ 'notes.txt': 'nothing about detections' });
    expect(run.outputs).toMatchObject({ created: '1', failed: '0' });
  });

  it('lets the next run see a push whose run was dropped', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    await site.repository.pull();
    await site.repository.commit(pair('detections/b', 'Second detection'));
    await site.repository.push();
    const run = await site.push({ 'notes.txt': 'x' });
    expect(run.outputs).toMatchObject({ created: '1' });
  });

  it('keeps old content from going over new: a re-run of an old run deploys nothing', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    await site.repository.pull();
    await site.repository.commit({ 'detections/a_sigma.yml': pattern('b.exe') });
    const old = await site.repository.push();
    await site.runFor(old);
    await site.push({ 'detections/a_sigma.yml': pattern('c.exe') });
    const again = await site.runFor(old);
    expect(again.exitCode).toBe(0);
    expect(again.log).toContain('lies behind');
    expect(site.sekoia.customRules()[0]?.payload).toBe(pattern('c.exe'));
  });

  it('follows a force push back to an old commit', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    const good = await site.repository.pull();
    await site.push({ 'detections/a_sigma.yml': pattern('bad.exe') });
    await site.repository.reset(good);
    const back = await site.repository.push({ force: true });
    const run = await site.runFor(back, { forced: true });
    expect(run.outputs).toMatchObject({ updated: '1', failed: '0' });
    expect(site.sekoia.customRules()[0]?.payload).toBe(pattern());
    expect(await site.repository.tip(REF)).toBe(good);
  });

  itOnGitHub('is done without where the token cannot write it, with a notice', async () => {
    const site = await start({ github: { permissions: { contents: 'read' } } });
    const run = await site.push(pair('detections/a', 'First detection'), { inputs: { 'write-back': 'none' } });
    expect(run.outputs).toMatchObject({ created: '1', failed: '0' });
    expect(
      run.annotations.some(({ level, message }) => level === 'notice' && message.includes('contents: write')),
    ).toBe(true);
  });
});

describe('two runs at once', () => {
  it('never leave older content over newer behind two green runs', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    await site.repository.pull();
    await site.repository.commit({ 'detections/a_sigma.yml': pattern('older.exe') });
    const older = await site.repository.push();
    await site.repository.commit({ 'detections/a_sigma.yml': pattern('newer.exe') });
    const newer = await site.repository.push();
    // The older run's update arrives after the newer run has finished.
    let newerRun: ReturnType<Site['runFor']> | null = null;
    site.sekoia.faults.push({
      when: ({ method }) => {
        if (method !== 'PUT' || newerRun !== null) return false;
        newerRun = site.runFor(newer);
        return true;
      },
      times: 1,
      do: { kind: 'delay', ms: 12_000 },
    });
    const olderRun = await site.runFor(older);
    expect((await newerRun!).exitCode).toBe(0);
    expect(olderRun.exitCode).toBe(0);
    expect(olderRun.log).toContain('was deployed once more');
    expect(await site.repository.tip(REF)).toBe(newer.after);
    expect(site.sekoia.customRules()[0]?.payload).toBe(pattern('newer.exe'));
  });
});

describe('a detection that leaves the branch', () => {
  it('is not forgotten when the commits to compare with cannot be fetched', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    let listed = false;
    site.github.faults.push({
      when: ({ method, path }) => {
        if (method !== 'POST' || !path.endsWith('git-upload-pack')) return false;
        const isFetch = listed;
        listed = true;
        return isFetch;
      },
      times: 1000,
      do: { kind: 'reset' },
    });
    const failed = await site.push({ 'detections/a.json': null, 'detections/a_sigma.yml': null });
    expect(failed.exitCode).toBe(1);
    site.github.faults.length = 0;
    const run = await site.push({ 'notes.txt': 'x' });
    expect(run.outputs).toMatchObject({ disabled: '1', failed: '0' });
    expect(site.sekoia.customRules()[0]?.enabled).toBe(false);
  });

  it('is no removal when it had left before the first run', async () => {
    const site = await start();
    const uuid = site.sekoia.seedRule({ name: 'Old detection', enabled: true }).uuid;
    await site.repository.commit(pair('detections/old', 'Old detection', { uuid }));
    await site.repository.push();
    await site.repository.commit({ 'detections/old.json': null, 'detections/old_sigma.yml': null });
    await site.repository.commit(pair('detections/a', 'First detection'));
    await site.repository.push();
    site.sekoia.faults.push({
      when: ({ method }) => method === 'POST',
      times: 1,
      do: { kind: 'answer', status: 400, body: { code: 'RUL100', message: 'no' } },
    });
    expect((await site.dispatch()).exitCode).toBe(1);
    const run = await site.push({ 'notes.txt': 'x' });
    expect(run.outputs).toMatchObject({ created: '1', disabled: '0', failed: '0' });
    expect(site.sekoia.rules.get(uuid)?.enabled).toBe(true);
  });

  it.each([
    { how: 'disable', check: (site: Site) => site.sekoia.customRules()[0]?.enabled === false },
    { how: 'delete', check: (site: Site) => site.sekoia.customRules().length === 0 },
    { how: 'keep', check: (site: Site) => site.sekoia.customRules()[0]?.enabled === true },
  ])('has its rule treated as on-removed says: $how', async ({ how, check }) => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    const run = await site.push(
      { 'detections/a.json': null, 'detections/a_sigma.yml': null },
      { inputs: { 'on-removed': how } },
    );
    expect(run.exitCode).toBe(0);
    expect(check(site)).toBe(true);
    expect(rulesOf(run)[0]).toMatchObject({ path: 'detections/a.json', operation: how === 'keep' ? 'none' : how });
  });

  it('has its rule enabled again when it comes back, and not when a person disabled it', async () => {
    const site = await start();
    await site.push({ ...pair('detections/a', 'First detection'), ...pair('detections/b', 'Second detection') });
    const [file, other] = [await textAt(site, 'detections/a.json'), await textAt(site, 'detections/b.json')];
    await site.push({ 'detections/a.json': null, 'detections/a_sigma.yml': null });
    const [first, second] = site.sekoia.customRules();
    expect(first?.enabled).toBe(false);
    second!.enabled = false;
    const run = await site.push({
      'detections/a.json': file,
      'detections/a_sigma.yml': pattern(),
      'detections/b.json': null,
      'detections/b_sigma.yml': null,
      'detections/moved/b.json': other,
      'detections/moved/b_sigma.yml': pattern(),
    });
    expect(run.exitCode).toBe(0);
    expect(site.sekoia.customRules().map(({ enabled }) => enabled)).toEqual([true, false]);
  });

  it('is renamed, file and rule at once: an update in place', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    const { uuid } = site.sekoia.customRules()[0]!;
    const run = await site.push({
      'detections/a.json': null,
      'detections/a_sigma.yml': null,
      'detections/moved/b.json': metadata('Renamed detection', { uuid }),
      'detections/moved/b_sigma.yml': pattern(),
    });
    expect(run.outputs).toMatchObject({ updated: '1', disabled: '0', created: '0' });
    expect(site.sekoia.customRules()).toMatchObject([{ uuid, name: 'Renamed detection', enabled: true }]);
  });

  it('holds everything back that was removed when it is more than max-removals', async () => {
    const site = await start();
    await site.push({ ...pair('detections/a', 'First detection'), ...pair('detections/b', 'Second detection') });
    const run = await site.push(
      {
        'detections/a.json': null,
        'detections/a_sigma.yml': null,
        'detections/b.json': null,
        'detections/b_sigma.yml': null,
        ...pair('detections/c', 'Third detection'),
      },
      { inputs: { 'max-removals': '1' } },
    );
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ created: '1', disabled: '0', failed: '2' });
    expect(site.sekoia.customRules().every(({ enabled }) => enabled)).toBe(true);
  });
});

describe('a rule that is gone on the platform', () => {
  it('fails by default, and is created anew with its new UUID in the file with recreate', async () => {
    const site = await start();
    await site.push({ ...pair('detections/a', 'First detection'), ...pair('detections/b', 'Second detection') });
    const [lost] = site.sekoia.customRules();
    site.sekoia.rules.delete(lost!.uuid);
    const failed = await site.dispatch();
    expect(failed.outputs).toMatchObject({ failed: '1', unchanged: '1' });
    const run = await site.dispatch({ inputs: { 'on-missing': 'recreate' } });
    expect(run.outputs).toMatchObject({ created: '1', unchanged: '1', failed: '0' });
    const made = site.sekoia.customRules().find(({ name }) => name === lost!.name)!;
    const { path } = rulesOf(run).find(({ uuid }) => uuid === made.uuid)!;
    expect(await textAt(site, path)).toContain(made.uuid);
    expect(await textAt(site, path)).not.toContain(lost!.uuid);
  });
});

it('holds back both files of one UUID, each naming the other, before any request', async () => {
  const site = await start();
  const uuid = 'b833f0dc-b682-4151-9f75-db2fc16e6e7f';
  const run = await site.push({
    ...pair('detections/a', 'First detection', { uuid }),
    ...pair('detections/b', 'Second detection', { uuid: `${uuid.toUpperCase()} ` }),
  });
  expect(run.outputs['failed']).toBe('2');
  expect(run.log).toContain('detections/a.json');
  expect(site.sekoia.requests).toHaveLength(0);
});

it('picks up a UUID that reached the branch after the checkout', async () => {
  const site = await start();
  await site.repository.commit(pair('detections/a', 'First detection'));
  const push = await site.repository.push();
  const run = await site.runFor(push, {
    beforeRun: async () => {
      await site.runFor(push);
    },
  });
  expect(run.outputs).toMatchObject({ created: '0', failed: '0' });
  expect(site.sekoia.customRules()).toHaveLength(1);
});

it('ends with one rule when a create lost its answer and the run was killed', async () => {
  const site = await start();
  let kill = (): void => undefined;
  const cancelled = new Promise<void>((resolve) => {
    kill = resolve;
  });
  site.sekoia.faults.push({
    when: ({ method }) => {
      if (method === 'POST') kill();
      return method === 'POST';
    },
    times: 1,
    do: { kind: 'drop' },
  });
  // The rule may be found before the signal arrives: whichever comes first, it is one rule.
  await site.push(pair('detections/a', 'First detection'), { cancelAfter: cancelled });
  const second = await site.push({ 'notes.txt': 'x' });
  expect(second.exitCode).toBe(0);
  expect(site.sekoia.customRules()).toHaveLength(1);
  expect(await textAt(site, 'detections/a.json')).toContain(site.sekoia.customRules()[0]!.uuid);
});

it('starts no loop: a run for its own write-back commit changes and commits nothing', async () => {
  const site = await start();
  const run = await site.push(pair('detections/a', 'First detection'));
  const after = run.outputs['commit']!;
  const before = (await site.repository.log('main'))[1]!.sha;
  const sent = site.sekoia.requests.length;
  const own = await site.runFor({ before, after, ref: 'refs/heads/main' });
  expect(own.outputs).toMatchObject({ created: '0', updated: '0', failed: '0', commit: '' });
  expect(site.sekoia.requests.slice(sent).filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(await site.repository.tip('main')).toBe(after);
});
