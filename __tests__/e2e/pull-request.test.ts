import { afterEach, describe, expect, it } from '@jest/globals';
import { metadata, pair, pattern } from '../support/detections.js';
import { rulesOf, startSite } from '../support/site.js';
import type { Site, SiteOptions } from '../support/site.js';

const OURS = 'sekoia-detections/uuids';
const REF = 'refs/sekoia-detections/default/main';
const A = 'detections/a.json';
const sites: Site[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

async function start(options: SiteOptions['github'] = {}): Promise<Site> {
  const site = await startSite({ github: { permissions: { contents: 'write', pullRequests: 'write' }, ...options } });
  sites.push(site);
  return site;
}

/** The branch takes pull requests only, and people merge them all the same. */
async function protectedSite(options: SiteOptions['github'] = {}): Promise<Site> {
  const site = await start(options);
  await site.github.setRules('main', [{ type: 'pull_request', rulesetId: 7, source: 'acme' }]);
  return site;
}

/** A person's push, which the rules of the branch let pass. */
async function push(site: Site, ...args: Parameters<Site['push']>): ReturnType<Site['push']> {
  const [changes, run, details] = args;
  const rules = [{ type: 'pull_request', rulesetId: 7, source: 'acme' }] as const;
  await site.github.setRules('main', []);
  await site.repository.pull();
  await site.repository.commit(changes, details);
  const pushed = await site.repository.push();
  await site.github.setRules('main', rules);
  return site.runFor(pushed, run);
}

async function textAt(site: Site, ref: string, path: string): Promise<string> {
  return String(await site.repository.readAt(ref, path));
}

const FIRST = pair('detections/a', 'First detection');

describe('a branch that takes pull requests only', () => {
  it('gets the UUIDs in a pull request, and the run is in place', async () => {
    const site = await protectedSite();
    const run = await push(site, FIRST);
    const { uuid } = site.sekoia.customRules()[0]!;
    const url = `${site.github.serverUrl}/acme/detections/pull/1`;
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ created: '1', failed: '0', 'pull-request': url });
    expect(run.outputs['commit']).toBe(await site.repository.tip(OURS));
    expect(run.summary).toContain(`](${url})`);
    expect(run.log).toContain(`UUIDs wait in the pull request ${url}`);
    expect(await textAt(site, OURS, A)).toContain(uuid);
    expect(await textAt(site, 'main', A)).not.toContain('"uuid"');
    expect(await site.repository.tip(REF)).toBe(await site.repository.tip('main'));
  });

  it('counts them as the branch’s while it is open: nothing is created twice, adopted, or opened twice', async () => {
    const site = await protectedSite();
    await push(site, FIRST);
    const tip = await site.repository.tip(OURS);
    const inputs = { adopt: 'never' };
    const changed = await push(site, { 'detections/a_sigma.yml': pattern('b.exe') }, { inputs });
    expect(changed.outputs).toMatchObject({ created: '0', adopted: '0', updated: '1', failed: '0', commit: '' });
    expect(changed.outputs['pull-request']).toContain('/pull/1');
    expect((await site.dispatch({ inputs })).outputs).toMatchObject({ created: '0', unchanged: '1', failed: '0' });
    expect(site.sekoia.customRules()).toHaveLength(1);
    expect(site.github.pulls).toHaveLength(1);
    expect(await site.repository.tip(OURS)).toBe(tip);
  });

  it('counts them even where the token must not see pull requests any more', async () => {
    const site = await protectedSite();
    await push(site, FIRST);
    site.github.faults.push({
      when: ({ method, path }) => method === 'GET' && path.endsWith('/pulls'),
      times: Infinity,
      do: { kind: 'answer', status: 403, body: { message: 'Resource not accessible by integration' } },
    });
    const run = await site.dispatch({ inputs: { adopt: 'never' } });
    expect(run.outputs).toMatchObject({ created: '0', unchanged: '1', failed: '0' });
  });

  it('brings further UUIDs into the same pull request, and is done with the merge', async () => {
    const site = await protectedSite();
    await push(site, FIRST);
    const second = await push(site, pair('detections/b', 'Second detection'));
    expect(second.outputs).toMatchObject({ created: '1', failed: '0' });
    expect(site.github.pulls).toHaveLength(1);
    const before = (await site.repository.tip('main'))!;
    await site.github.mergePull(1, 'squash');
    const after = (await site.repository.tip('main'))!;
    const merged = await site.runFor({ before, after, ref: 'refs/heads/main' });
    expect(merged.outputs).toMatchObject({
      created: '0',
      updated: '0',
      unchanged: '2',
      commit: '',
      'pull-request': '',
    });
    expect(await site.repository.tip(REF)).toBe(after);
    const third = await push(site, pair('detections/c', 'Third detection'));
    expect(third.outputs['pull-request']).toContain('/pull/2');
    expect(await textAt(site, OURS, 'detections/c.json')).toContain('"uuid"');
  });

  it('lets the rule of a detection that leaves before the merge go as on-removed says', async () => {
    const site = await protectedSite();
    await push(site, FIRST);
    const run = await push(site, { [A]: null, 'detections/a_sigma.yml': null });
    expect(run.outputs).toMatchObject({ disabled: '1', failed: '0' });
    expect(site.sekoia.customRules()).toMatchObject([{ enabled: false }]);
  });

  it('finds the rule by its name when the pull request was closed, and opens another', async () => {
    const site = await protectedSite();
    await push(site, FIRST);
    site.github.closePull(1);
    const run = await site.dispatch();
    expect(run.outputs).toMatchObject({ created: '0', adopted: '1', failed: '0' });
    expect(run.outputs['pull-request']).toContain('/pull/2');
    expect(site.sekoia.customRules()).toHaveLength(1);
  });

  it('stops before anything is created when there can be no pull request, and names what to change', async () => {
    const site = await protectedSite({ permissions: { contents: 'write' } });
    const run = await push(site, FIRST);
    expect(run.exitCode).toBe(1);
    expect(site.sekoia.customRules()).toHaveLength(0);
    expect(run.summary).toContain('permissions:\n  contents: write\n  pull-requests: write');
    expect(run.summary).toContain('ruleset 7 of acme');
  });

  it('stops so as well where the settings let no workflow make one', async () => {
    const site = await protectedSite({ pullRequestsAllowed: false });
    const run = await push(site, FIRST);
    expect(site.sekoia.customRules()).toHaveLength(0);
    expect(run.log).toContain('Allow GitHub Actions to create and approve pull requests');
  });
});

describe('write-back: pull-request', () => {
  it('is the way where it was asked for, whatever the branch takes', async () => {
    const site = await start();
    const before = await site.repository.tip('main');
    const run = await site.push(FIRST, { inputs: { 'write-back': 'pull-request' } });
    expect(run.outputs).toMatchObject({ created: '1', failed: '0' });
    expect(run.outputs['pull-request']).toContain('/pull/1');
    expect((await site.repository.log('main')).map(({ sha }) => sha)[1]).toBe(before);
  });

  it('has a branch of its own for another branch than the default one', async () => {
    const site = await start();
    await site.repository.commit(FIRST, { branch: 'staging' });
    const pushed = await site.repository.push({ branch: 'staging' });
    const run = await site.runFor(pushed, { inputs: { mode: 'deploy', 'write-back': 'pull-request' } });
    expect(run.outputs).toMatchObject({ created: '1', failed: '0' });
    expect(site.github.pulls).toMatchObject([{ base: 'staging', head: `${OURS}-staging` }]);
  });

  it('needs nothing for a run that creates nothing', async () => {
    const site = await start({ permissions: { contents: 'write' } });
    const run = await site.push({ 'notes.txt': 'x' }, { inputs: { 'write-back': 'pull-request' } });
    expect(run.exitCode).toBe(0);
  });
});

describe('classic branch protection, which no preflight can read', () => {
  const reason = 'Changes must be made through a pull request.';

  it('sends the UUIDs into a pull request when the commit is refused', async () => {
    const site = await start();
    await site.repository.commit(FIRST);
    const pushed = await site.repository.push();
    await site.github.setClassicProtection('main', reason);
    const run = await site.runFor(pushed);
    expect(run.outputs).toMatchObject({ created: '1', failed: '0' });
    expect(run.outputs['pull-request']).toContain('/pull/1');
  });

  it('puts them in summary and outputs when there can be none, and the next run adopts', async () => {
    const site = await start({ permissions: { contents: 'write' } });
    await site.repository.commit(FIRST);
    const pushed = await site.repository.push();
    await site.github.setClassicProtection('main', reason);
    const run = await site.runFor(pushed);
    const { uuid } = site.sekoia.customRules()[0]!;
    expect(run.exitCode).toBe(1);
    expect(run.summary).toContain(uuid);
    expect(rulesOf(run)[0]?.uuid).toBe(uuid);
    await site.github.setClassicProtection('main', null);
    const next = await site.dispatch();
    expect(next.outputs).toMatchObject({ adopted: '1', created: '0', failed: '0' });
    expect(await textAt(site, 'main', A)).toContain(uuid);
  });
});

describe('a run that is cancelled while GitHub hangs', () => {
  it.each([
    { how: 'the commit by the API', inputs: {}, hangs: '/graphql' },
    { how: 'the push', inputs: { 'write-back': 'push' }, hangs: '/acme/detections/git-receive-pack' },
    { how: 'the pull request', inputs: { 'write-back': 'pull-request' }, hangs: '/repos/acme/detections/git/refs' },
  ])('ends by itself, with the UUIDs in summary and outputs: $how', async ({ inputs, hangs }) => {
    const site = await start();
    // The deployed ref is pushed as well, before the rule is there.
    let cancelledAt = 0;
    let cancel = (): void => undefined;
    const cancelAfter = new Promise<void>((resolve) => {
      cancel = () => {
        cancelledAt = performance.now();
        resolve();
      };
    });
    site.github.faults.push({
      when: ({ path }) => {
        const strikes = path === hangs && site.sekoia.customRules().length > 0;
        if (strikes && cancelledAt === 0) cancel();
        return strikes;
      },
      times: Infinity,
      do: { kind: 'hang' },
    });
    const run = await site.push(FIRST, { inputs, cancelAfter });
    const { uuid } = site.sekoia.customRules()[0]!;
    expect(performance.now() - cancelledAt).toBeLessThan(6_000);
    expect(run).toMatchObject({ exitCode: 1, signal: null, isCancelled: true });
    expect(run.summary).toContain(`${A} → ${uuid}`);
    expect(rulesOf(run)[0]).toMatchObject({ uuid });
    const next = await (site.github.faults.splice(0), site.dispatch());
    expect(next.outputs).toMatchObject({ created: '0', failed: '0' });
    expect(site.sekoia.customRules()).toHaveLength(1);
  });
});

it('follows a detection that was renamed while the run was on its way', async () => {
  const site = await start();
  await site.repository.commit(FIRST);
  const pushed = await site.repository.push();
  const run = await site.runFor(pushed, {
    beforeRun: async () => {
      await site.repository.rename({
        [A]: 'detections/moved.json',
        'detections/a_sigma.yml': 'detections/moved_sigma.yml',
      });
      await site.repository.push();
    },
  });
  expect(run.outputs).toMatchObject({ created: '1', failed: '0' });
  const { uuid } = site.sekoia.customRules()[0]!;
  expect(await textAt(site, 'main', 'detections/moved.json')).toBe(metadata('First detection', { uuid }));
});
