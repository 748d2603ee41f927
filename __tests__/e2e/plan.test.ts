import { afterEach, describe, expect, it } from '@jest/globals';
import { metadata, pair, pattern } from '../support/detections.js';
import { rulesOf, startSite } from '../support/site.js';
import type { Site, SiteOptions } from '../support/site.js';
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

function writesOf(site: Site): readonly string[] {
  return site.sekoia.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
}

/** What the run must not have done: refs of the repository, and writes to Sekoia. */
async function refsOf(site: Site): Promise<readonly (string | null)[]> {
  return Promise.all(['main', 'refs/sekoia-detections/default/main'].map((ref) => site.repository.tip(ref)));
}

describe('a plan on a pull request', () => {
  itOnGitHub('shows every kind of operation, and writes nothing', async () => {
    const site = await start();
    await site.push({
      ...pair('detections/stays', 'A detection that stays'),
      ...pair('detections/changes', 'A detection that changes'),
      ...pair('detections/goes', 'A detection that goes'),
      ...pair('detections/gone', 'A detection gone there'),
    });
    site.sekoia.seedRule({ name: 'A rule of the platform', created_by_type: 'apikey', enabled: true });
    const gone = site.sekoia.customRules().find(({ name }) => name === 'A detection gone there')!;
    site.sekoia.rules.delete(gone.uuid);
    const stays = String(await site.repository.readAt('main', 'detections/stays.json'));
    const goneFile = String(await site.repository.readAt('main', 'detections/gone.json'));
    const [refs, writes] = [await refsOf(site), writesOf(site)];

    const run = await site.pullRequest({
      'detections/stays.json': `${stays.trimEnd()}\n\n`,
      'detections/gone.json': `${goneFile.trimEnd()}\n\n`,
      'detections/changes_sigma.yml': pattern('other.exe'),
      'detections/goes.json': null,
      'detections/goes_sigma.yml': null,
      ...pair('detections/new', 'A new detection'),
      ...pair('detections/known', 'A rule of the platform'),
    });
    expect(run.log).toContain('Mode plan: pull_request events do not deploy');
    expect(rulesOf(run).map(({ path, operation, outcome }) => [path, operation, outcome])).toEqual([
      ['detections/changes.json', 'update', 'skipped'],
      ['detections/goes.json', 'disable', 'skipped'],
      ['detections/gone.json', 'blocked', 'failed'],
      ['detections/known.json', 'adopt', 'skipped'],
      ['detections/new.json', 'create', 'skipped'],
      ['detections/stays.json', 'unchanged', 'skipped'],
    ]);
    expect(run.outputs).toMatchObject({ created: '1', adopted: '1', updated: '1', disabled: '1', failed: '1' });
    expect(run.exitCode).toBe(1);
    expect(await refsOf(site)).toEqual(refs);
    expect(writesOf(site)).toEqual(writes);
  });

  it('takes what the default branch did meanwhile for no removal, and finds UUIDs that it got', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    const old = await site.repository.pull();
    await site.push({ ...pair('detections/b', 'Second detection'), 'detections/a_sigma.yml': pattern('b.exe') });
    const run = await site.pullRequest(pair('detections/c', 'Third detection'), { from: old });
    expect(rulesOf(run).map(({ path, operation }) => [path, operation])).toEqual([['detections/c.json', 'create']]);
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('Plan: create 1 rule');
  });

  it('takes what came and went in the pull request for no removal, however old the base that the event names', async () => {
    const site = await start();
    const old = await site.repository.pull();
    await site.push(pair('detections/a', 'First detection'));
    const { uuid } = site.sekoia.seedRule({ name: 'Tried and dropped', enabled: true });
    await site.repository.reset(await site.repository.pull(), 'tries');
    await site.repository.commit(pair('detections/x', 'Tried and dropped', { uuid }), { branch: 'tries' });
    const from = (await site.repository.push({ branch: 'tries' })).after;
    const changes = {
      'detections/x.json': null,
      'detections/x_sigma.yml': null,
      ...pair('detections/c', 'Third detection'),
    };
    const run = await site.pullRequest(changes, { from, baseSha: old, depth: 0 });
    expect(rulesOf(run).map(({ path, operation }) => [path, operation])).toEqual([['detections/c.json', 'create']]);
  });

  itOnGitHub('tells what to look at twice', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    const { uuid } = site.sekoia.customRules()[0]!;
    const run = await site.pullRequest({
      'detections/a.json': metadata('First detection', { uuid, severity: 90, enabled: false }),
    });
    expect(run.summary).toContain('the rule is turned off');
    expect(run.summary).toContain('the severity changes from');
    expect(run.summary).toContain('### Look at these twice');
  });

  it('checks the files alone without a key, as on forks, and says so', async () => {
    const site = await start();
    const sound = await site.pullRequest(pair('detections/a', 'First detection'), { inputs: { 'api-key': '' } });
    expect(sound.exitCode).toBe(0);
    expect(sound.log).toContain('forks and Dependabot get no secrets');
    expect(site.sekoia.requests).toHaveLength(0);
    const faulty = await site.pullRequest(pair('detections/b', 'Bad'), { inputs: { 'api-key': '' } });
    expect(faulty.exitCode).toBe(1);
  });
});

describe('the comment of a plan', () => {
  const comments = (site: Site, number = 1): readonly string[] =>
    site.github.comments.of(number).map(({ body }) => body);

  itOnGitHub(
    'stands on the pull request, once, whatever the number of runs, and shows fields and pattern',
    async () => {
      const site = await start();
      await site.push(pair('detections/a', 'First detection'));
      const run = await site.pullRequest({
        'detections/a_sigma.yml': pattern('other.exe'),
        ...pair('detections/b', 'Second detection'),
      });
      expect(run.exitCode).toBe(0);
      const [body = ''] = comments(site);
      expect(body).toMatch(
        /^<!-- sekoia-detections-action plan [0-9a-f]{16} -->\n## 📋 Plan: create 1 rule, update 1\n/u,
      );
      expect(body).toMatch(/^-.*\.exe$\n^\+.*other\.exe$/mu);
      expect(body).toContain(`${site.github.serverUrl}/acme/detections/actions/runs/1000/attempts/1`);
      expect(site.github.comments.of(1)[0]).toMatchObject({ login: 'github-actions[bot]' });
      expect(run.summary).toContain('### Changes in full');
      await site.pullRequest({ 'detections/a_sigma.yml': pattern('third.exe') }, { number: 1 });
      expect(comments(site)).toHaveLength(1);
      expect(comments(site)[0]).toContain('third.exe');
    },
  );

  it.each([
    ['the input comment is false', { comment: 'false' }],
    ['the files alone are checked, without a key', { 'api-key': '' }],
  ])('is not written when %s', async (_, inputs) => {
    const site = await start();
    await site.pullRequest(pair('detections/a', 'First detection'), { inputs });
    expect(comments(site)).toEqual([]);
    expect(site.github.requests.some(({ path }) => path.includes('/issues/'))).toBe(false);
  });

  it('is not written where the pull request touches no detection', async () => {
    const site = await start();
    const run = await site.pullRequest({ 'notes.md': 'x' });
    expect(run.exitCode).toBe(0);
    expect(comments(site)).toEqual([]);
  });

  itOnGitHub(
    'is a notice that names the permission where the token may not write it, and the plan is as green as before',
    async () => {
      const site = await start({ github: { permissions: { contents: 'read', pullRequests: 'read' } } });
      const run = await site.pullRequest(pair('detections/a', 'First detection'));
      expect(run.exitCode).toBe(0);
      const notices = run.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);
      expect(notices).toEqual([expect.stringContaining('`pull-requests: write`')]);
      expect(run.summary).toContain('Plan: create 1 rule');
    },
  );
});

describe('a plan elsewhere', () => {
  it('of a pushed branch shows what merging it brings', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    const old = await site.repository.pull();
    await site.repository.reset(old, 'topic');
    await site.repository.commit(pair('detections/t', 'Topic detection'), { branch: 'topic' });
    await site.repository.push({ branch: 'topic' });
    await site.push(pair('detections/b', 'Second detection'));
    await site.repository.commit({ 'notes.txt': 'x' }, { branch: 'topic' });
    const run = await site.runFor(await site.repository.push({ branch: 'topic' }));
    expect(rulesOf(run).map(({ path, operation }) => [path, operation])).toEqual([['detections/t.json', 'create']]);
  });

  it('on the default branch shows what the next deployment has to do', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    await site.repository.pull();
    await site.repository.commit({ 'detections/a_sigma.yml': pattern('b.exe') });
    await site.repository.push();
    const run = await site.dispatch({ inputs: { mode: 'plan', scope: 'changed' } });
    expect(run.outputs).toMatchObject({ updated: '1' });
    const rules = site.sekoia.customRules();
    expect(rules[0]?.payload).toBe(pattern());
  });
});
