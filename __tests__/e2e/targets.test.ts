import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { PlannedFault } from '../support/sekoia/faults.js';
import { API_KEY, rulesOf } from '../support/site.js';
import type { RuleOutput, Site, SiteOptions } from '../support/site.js';
import { metadata, pair, pattern } from '../support/detections.js';
import { reportFaults } from '../support/schemas.js';
import { keyOf, refOf, startTargets, targetRun, uuidsAt } from '../support/targets.js';

const FAST = fileURLToPath(new URL('../support/fast-time.mjs', import.meta.url));
/** The pauses after errors are longer than a test. */
const QUICKLY = { preload: FAST, env: { FAST_TIME: '40' } };

const sites: Site[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

async function start(names: readonly string[], options: SiteOptions = {}): Promise<Site> {
  const site = await startTargets(names, options);
  sites.push(site);
  return site;
}

function rowsOf(run: Parameters<typeof rulesOf>[0]): readonly (RuleOutput & { readonly target: string })[] {
  return rulesOf(run) as readonly (RuleOutput & { readonly target: string })[];
}

function nameOf(site: Site, name: string): string | undefined {
  return site.sekoia.communityNamed(name).customRules()[0]?.name;
}

function uuidOf(site: Site, name: string): string | undefined {
  return site.sekoia.communityNamed(name).customRules()[0]?.uuid;
}

function withKey(name: string): (request: { readonly headers: Readonly<Record<string, unknown>> }) => boolean {
  return ({ headers }) => headers['authorization'] === `Bearer ${keyOf(name)}`;
}

describe('one run over several targets', () => {
  it('creates a rule in each community, and puts all UUIDs on the branch in one commit', async () => {
    const site = await start(['acme', 'globex']);
    const before = await site.repository.log('main');
    const run = await site.push(pair('detections/a', 'First detection'), targetRun({ globex: {}, acme: {} }));
    expect(run.exitCode).toBe(0);
    expect([nameOf(site, 'acme'), nameOf(site, 'globex')]).toEqual(['First detection', 'First detection']);
    expect(site.sekoia.customRules()).toHaveLength(0);
    expect(await site.repository.readAt('main', 'detections/a.json')).toEqual(
      Buffer.from(
        metadata('First detection', { uuids: { acme: uuidOf(site, 'acme'), globex: uuidOf(site, 'globex') } }),
      ),
    );
    const log = await site.repository.log('main');
    expect(log).toHaveLength(before.length + 2);
    expect(run.outputs).toMatchObject({ created: '2', failed: '0', commit: log[0]!.sha });
    expect(rowsOf(run).map(({ target, path, operation, outcome }) => [target, path, operation, outcome])).toEqual([
      ['globex', 'detections/a.json', 'create', 'done'],
      ['acme', 'detections/a.json', 'create', 'done'],
    ]);
    expect(await refOf(site, 'acme')).toBe(log[0]!.sha);
    expect(await refOf(site, 'globex')).toBe(log[0]!.sha);
    expect(await refOf(site, 'default')).toBeNull();
  });

  it('hides every key, though the workflow took them from no secret', async () => {
    const site = await start(['acme', 'globex']);
    const run = await site.push(pair('detections/a', 'First detection'), {
      ...targetRun({ acme: {}, globex: {} }),
      env: { RUNNER_DEBUG: '1' },
    });
    expect(run.masks).toEqual(expect.arrayContaining([keyOf('acme'), keyOf('globex')]));
    for (const text of [run.log, run.summary, JSON.stringify(run.outputs), run.files['report']!]) {
      expect(text).not.toContain('the-key-of-');
    }
  });

  it('finds nothing to do afterwards, and tells a report by its schema', async () => {
    const site = await start(['acme', 'globex']);
    await site.push(pair('detections/a', 'First detection'), targetRun({ acme: {}, globex: {} }));
    const before = await site.repository.tip('main');
    const sent = site.sekoia.requests.length;
    const run = await site.dispatch(targetRun({ acme: {}, globex: {} }));
    expect(run.outputs).toMatchObject({ created: '0', unchanged: '2', failed: '0', commit: '' });
    expect(site.sekoia.requests.slice(sent).every(({ method }) => method === 'GET')).toBe(true);
    expect(await site.repository.tip('main')).toBe(before);
    const report: unknown = JSON.parse(run.files['report']!);
    expect(reportFaults(report)).toEqual([]);
    expect(report).toMatchObject({
      targets: [
        { name: 'acme', detections: 1 },
        { name: 'globex', stopped: null },
      ],
    });
  });

  it('gives a target that came later all that is on the branch', async () => {
    const site = await start(['acme', 'globex']);
    await site.push(pair('detections/a', 'First detection'), targetRun({ acme: {} }));
    const run = await site.push({ 'notes.txt': 'x' }, targetRun({ acme: {}, globex: {} }));
    expect(run.outputs).toMatchObject({ created: '1', failed: '0' });
    expect(Object.keys((await uuidsAt(site, 'detections/a.json')) as object)).toEqual(['acme', 'globex']);
  });

  it('gives each target its own values, and none to those that a file leaves out', async () => {
    const site = await start(['acme', 'globex']);
    const own = { targets: { globex: { severity: 70, enabled: false } } };
    const run = await site.push(
      {
        ...pair('detections/a', 'First detection', own),
        ...pair('detections/b', 'Second detection', { only: ['acme'] }),
      },
      targetRun({ acme: {}, globex: {} }),
    );
    expect(run.outputs).toMatchObject({ created: '3', failed: '0' });
    const shapes = (name: string) =>
      site.sekoia
        .communityNamed(name)
        .customRules()
        .map((rule) => [rule.name, rule.severity, rule.enabled]);
    expect(shapes('acme').sort()).toEqual([
      ['First detection', 40, true],
      ['Second detection', 40, true],
    ]);
    expect(shapes('globex')).toEqual([['First detection', 70, false]]);
    const [rule] = site.sekoia.communityNamed('acme').customRules();
    const left = (await site.repository.readAt('main', 'detections/a.json'))!.toString();
    const again = await site.push(
      { 'detections/a.json': left.replace('"targets"', '"except": ["acme"],\n  "targets"') },
      targetRun({ acme: {}, globex: {} }),
    );
    expect(again.outputs).toMatchObject({ disabled: '1', failed: '0' });
    expect(site.sekoia.communityNamed('acme').rules.get(rule!.uuid)?.name).toBeDefined();
  });

  it('takes a plain uuid over for the one target that it belongs to, and moves it', async () => {
    const site = await start(['globex'], { sekoia: { keys: { [API_KEY]: ALL, [keyOf('globex')]: ALL } } });
    await site.push(pair('detections/a', 'First detection'));
    const [rule] = site.sekoia.customRules();
    const targets = { acme: { 'api-key': API_KEY, 'takes-uuid': true }, globex: {} };
    const run = await site.push({ 'notes.txt': 'x' }, targetRun(targets));
    expect(run.exitCode).toBe(0);
    const second = await site.dispatch(targetRun(targets));
    expect(second.exitCode).toBe(0);
    expect(site.sekoia.customRules()).toEqual([rule]);
    expect(await uuidsAt(site, 'detections/a.json')).toEqual({ acme: rule!.uuid, globex: uuidOf(site, 'globex') });
    expect((await site.repository.readAt('main', 'detections/a.json'))!.toString()).not.toContain('"uuid":');
  });
});

const ALL = ['read', 'write', 'enable', 'delete'] as const;

describe('the isolation of targets', () => {
  it('keeps one customer’s trouble of every kind away from the others', async () => {
    const names = ['good', 'badkey', 'refused', 'wrong', 'silent', 'garbled', 'failing', 'better'];
    const faults: PlannedFault[] = [
      {
        when: (request) => request.method === 'POST' && withKey('refused')(request),
        do: { kind: 'answer', status: 400, body: { code: 'RUL143', message: 'not a valid ECS field' } },
      },
      { when: withKey('garbled'), do: { kind: 'answer', status: 200, body: '<html>' } },
      { when: withKey('failing'), do: { kind: 'answer', status: 500, body: { code: 'X', message: 'down' } } },
    ];
    const site = await start(names, { sekoia: { faults } });
    const { uuid } = site.sekoia.communityNamed('good');
    const run = await site.push(pair('detections/a', 'First detection'), {
      ...targetRun(
        {
          badkey: { 'api-key': 'not-a-key-of-anybody' },
          refused: {},
          wrong: { community: site.sekoia.communityNamed('silent').uuid },
          empty: { 'api-key': '' },
          outage: { 'api-key': 'a-key-for-nobody', 'api-url': 'http://127.0.0.1:1' },
          garbled: {},
          failing: {},
          nowhere: { 'api-key': 'a-key-of-nowhere', detections: 'no/such/folder' },
          good: { community: uuid },
          better: {},
        },
        {},
      ),
      ...QUICKLY,
    });
    expect(run.exitCode).toBe(1);
    const rows = rowsOf(run);
    const outcomes = new Map(rows.map(({ target, outcome }) => [target, outcome]));
    expect([outcomes.get('good'), outcomes.get('better')]).toEqual(['done', 'done']);
    for (const name of ['badkey', 'refused', 'wrong', 'empty', 'outage', 'garbled', 'failing']) {
      expect([name, outcomes.get(name)]).not.toEqual([name, 'done']);
    }
    expect(run.outputs).toMatchObject({ created: '2' });
    expect(await uuidsAt(site, 'detections/a.json')).toEqual({
      better: uuidOf(site, 'better'),
      good: uuidOf(site, 'good'),
    });
    const tip = await site.repository.tip('main');
    expect([await refOf(site, 'good'), await refOf(site, 'better')]).toEqual([tip, tip]);
    for (const name of ['badkey', 'refused', 'wrong', 'outage']) expect(await refOf(site, name)).not.toBe(tip);
    const reasonOf = (name: string): string => rows.find(({ target }) => target === name)?.reason ?? '';
    expect(reasonOf('badkey')).toContain('401');
    expect(reasonOf('refused')).toContain('RUL143');
    expect(reasonOf('wrong')).toContain(site.sekoia.communityNamed('silent').uuid);
    expect(reasonOf('empty')).toContain('API key is empty');
    expect(site.sekoia.requests.filter(withKey('wrong')).map(({ path }) => path)).toEqual(['/v1/me']);
    expect(run.summary).toContain('### Detections by target');
    expect(reportFaults(JSON.parse(run.files['report']!))).toEqual([]);
  });

  it('deploys a target whose deployed ref cannot be moved, and moves the refs of the others', async () => {
    const site = await start(['acme', 'globex']);
    const tip = (await site.repository.tip('main'))!;
    // A ref below another one's name is in its way.
    await promisify(execFile)('git', ['update-ref', 'refs/sekoia-detections/acme/main/x', tip], {
      cwd: site.repository.bare,
    });
    const run = await site.push(pair('detections/a', 'First detection'), targetRun({ acme: {}, globex: {} }));
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ created: '2', failed: '0' });
    expect(await refOf(site, 'globex')).toBe(run.outputs['commit']);
    const notices = run.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);
    expect(notices.filter((message) => message.startsWith('acme: The last deployed commit'))).toHaveLength(1);
  });

  it('makes up for what a target missed, and leaves the others alone', async () => {
    const site = await start(['good', 'late']);
    const targets = { good: {}, late: {} };
    const lost = { ...targets, late: { 'api-key': 'an-old-key' } };
    expect((await site.push(pair('detections/a', 'First detection'), targetRun(lost))).exitCode).toBe(1);
    const sent = site.sekoia.requests.length;
    const run = await site.push({ 'notes.txt': 'x' }, targetRun(targets));
    expect(run.exitCode).toBe(0);
    expect(site.sekoia.requests.slice(sent).filter(withKey('good'))).toEqual([]);
    expect(await uuidsAt(site, 'detections/a.json')).toEqual({
      good: uuidOf(site, 'good'),
      late: uuidOf(site, 'late'),
    });
  });
});

describe('two runs at once', () => {
  it('leave no older content over newer, in the one target that they met in nor in the others', async () => {
    const site = await start(['acme', 'globex']);
    const targets = targetRun({ acme: {}, globex: {} });
    await site.push(pair('detections/a', 'First detection'), targets);
    await site.repository.pull();
    await site.repository.commit({ 'detections/a_sigma.yml': pattern('older.exe') });
    const older = await site.repository.push();
    await site.repository.commit({ 'detections/a_sigma.yml': pattern('newer.exe') });
    const newer = await site.repository.push();
    let newerRun: ReturnType<Site['runFor']> | null = null;
    site.sekoia.faults.push({
      when: (request) => {
        if (request.method !== 'PUT' || newerRun !== null || !withKey('acme')(request)) return false;
        newerRun = site.runFor(newer, targets);
        return true;
      },
      times: 1,
      do: { kind: 'wait', until: async () => newerRun },
    });
    const olderRun = await site.runFor(older, targets);
    expect([(await newerRun!).exitCode, olderRun.exitCode]).toEqual([0, 0]);
    expect(olderRun.log).toContain('was deployed once more');
    for (const name of ['acme', 'globex']) {
      expect(await refOf(site, name)).toBe(newer.after);
      expect(site.sekoia.communityNamed(name).customRules()[0]?.payload).toBe(pattern('newer.exe'));
    }
  });
});

describe('the guard against the wrong tenant', () => {
  it('sends nothing where the key is of another community, and names both', async () => {
    const site = await start(['acme', 'globex']);
    const [acme, globex] = [site.sekoia.communityNamed('acme').uuid, site.sekoia.communityNamed('globex').uuid];
    const run = await site.push(
      pair('detections/a', 'First detection'),
      targetRun({ acme: { 'api-key': keyOf('globex'), community: acme } }),
    );
    expect(run.exitCode).toBe(1);
    expect(site.sekoia.requests.map(({ path }) => path)).toEqual(['/v1/me']);
    const [stop] = run.annotations.filter(({ title }) => title === 'Target stopped');
    expect(stop?.message).toContain(acme);
    expect(stop?.message).toContain(globex);
  });

  it('sends nothing where the platform does not say whose key it is', async () => {
    const site = await start(['acme'], { sekoia: { switches: { me: 'documented' } } });
    const run = await site.push(
      pair('detections/a', 'First detection'),
      targetRun({ acme: { community: '11111111-1111-4111-8111-111111111111' } }),
    );
    expect(run.exitCode).toBe(1);
    expect(site.sekoia.requests.map(({ path }) => path)).toEqual(['/v1/me']);
  });

  it('asks nothing where no community is recorded', async () => {
    const site = await start(['acme']);
    await site.push(pair('detections/a', 'First detection'), targetRun({ acme: {} }));
    expect(site.sekoia.requests.map(({ path }) => path)).not.toContain('/v1/me');
  });
});

describe('rings', () => {
  it('holds the others back when a canary fails, and makes up for it', async () => {
    const site = await start(['trial', 'acme', 'globex']);
    const targets = { acme: {}, trial: { ring: 'canary' }, globex: { ring: 'late' } };
    site.sekoia.faults.push({
      when: (request) => request.method === 'POST' && withKey('trial')(request),
      times: 1,
      do: { kind: 'answer', status: 400, body: { code: 'RUL143', message: 'not a valid ECS field' } },
    });
    const run = await site.push(pair('detections/a', 'First detection'), targetRun(targets));
    expect(run.exitCode).toBe(1);
    expect(site.sekoia.requests.filter((request) => !withKey('trial')(request))).toEqual([]);
    expect(rowsOf(run).map(({ target, outcome }) => [target, outcome])).toEqual([
      ['acme', 'failed'],
      ['trial', 'failed'],
      ['globex', 'failed'],
    ]);
    expect(rowsOf(run)[0]?.reason).toContain('the ring canary comes first and has failures (trial)');
    const again = await site.push({ 'notes.txt': 'x' }, targetRun(targets));
    expect(again.outputs).toMatchObject({ created: '3', failed: '0' });
    const posts = site.sekoia.requests.filter(({ method }) => method === 'POST');
    expect(posts.map((request) => withKey('trial')(request))).toEqual([true, true, false, false]);
  });
});

describe('the other modes', () => {
  it('plans for all targets in one comment', async () => {
    const site = await start(['acme', 'globex'], {
      github: { permissions: { contents: 'write', pullRequests: 'write' } },
    });
    await site.push(pair('detections/a', 'First detection'), targetRun({ acme: {}, globex: {} }));
    const run = await site.pullRequest(
      { 'detections/a_sigma.yml': pattern('b.exe') },
      targetRun({ acme: {}, globex: {} }),
    );
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ updated: '2', created: '0' });
    const [comment, ...others] = site.github.comments.of(1);
    expect(others).toEqual([]);
    expect(comment!.body).toContain('Plan: update 2 rules in 2 of 2 targets');
    expect(comment!.body.match(/process\.name: b\.exe/gu)).toHaveLength(1);
  });

  it('checks the files for all targets where the secrets are empty, without a request', async () => {
    const site = await start(['acme', 'globex']);
    const run = await site.pullRequest(
      { 'detections/a.json': '{"name": "Bad detection"}\n', 'detections/a_sigma.yml': pattern() },
      targetRun({ acme: { 'api-key': '' }, globex: { 'api-key': '' } }),
    );
    expect(run.exitCode).toBe(1);
    expect(site.sekoia.requests).toEqual([]);
    const errors = run.annotations.filter(({ level, file }) => level === 'error' && file === 'detections/a.json');
    expect(new Set(errors.map(({ message }) => message)).size).toBe(errors.length);
  });

  it('compares each target with its own community', async () => {
    const site = await start(['acme', 'globex']);
    await site.push(pair('detections/a', 'First detection'), targetRun({ acme: {}, globex: {} }));
    Object.assign(site.sekoia.communityNamed('globex').customRules()[0]!, { severity: 90 });
    const run = await site.schedule(targetRun({ acme: {}, globex: {} }, { mode: 'drift', drift: 'fail' }));
    expect(run.exitCode).toBe(1);
    expect(rowsOf(run).map(({ target, outcome }) => [target, outcome])).toEqual([
      ['acme', 'skipped'],
      ['globex', 'failed'],
    ]);
    const proposed = await site.schedule(targetRun({ acme: {}, globex: {} }, { mode: 'drift', drift: 'pull-request' }));
    expect(proposed.exitCode).toBe(1);
    expect(rowsOf(proposed).find(({ target }) => target === 'globex')?.reason).toContain('which other targets share');
    expect(site.github.pulls).toEqual([]);
    const restored = await site.schedule(targetRun({ acme: {}, globex: {} }, { mode: 'drift', drift: 'restore' }));
    expect(restored.exitCode).toBe(0);
    expect(site.sekoia.communityNamed('globex').customRules()[0]).toMatchObject({ severity: 40 });
  });
});

describe('write-back: pull-request, with targets', () => {
  it('has the UUIDs of all in one pull request, which count until it is merged', async () => {
    const site = await start(['acme', 'globex'], {
      github: { permissions: { contents: 'write', pullRequests: 'write' } },
    });
    const run = targetRun({ acme: {}, globex: {} }, { 'write-back': 'pull-request' });
    const first = await site.push(pair('detections/a', 'First detection'), run);
    expect(first).toMatchObject({ exitCode: 0, outputs: { created: '2', failed: '0' } });
    const proposed = await site.repository.readAt('sekoia-detections/uuids', 'detections/a.json');
    expect(JSON.parse(String(proposed))).toMatchObject({
      uuids: { acme: uuidOf(site, 'acme'), globex: uuidOf(site, 'globex') },
    });
    expect(await uuidsAt(site, 'detections/a.json')).toBeUndefined();

    const again = await site.push({ 'detections/a_sigma.yml': pattern('b.exe') }, run);
    expect(again).toMatchObject({ exitCode: 0, outputs: { created: '0', updated: '2' } });
    for (const name of ['acme', 'globex']) {
      expect(site.sekoia.communityNamed(name).customRules()).toHaveLength(1);
    }
  });
});

describe('an import with targets', () => {
  it('brings the rules of each customer into files for that customer alone, and a plan finds nothing to do', async () => {
    const site = await start(['acme', 'globex'], {
      github: { permissions: { contents: 'write', pullRequests: 'write' } },
    });
    for (const name of ['acme', 'globex']) site.sekoia.communityNamed(name).seedRule({ name: `Made by ${name}` });
    site.sekoia.communityNamed('globex').seedRule({ name: 'A feed', type: 'cti' });
    const entries = { acme: {}, globex: { detections: ['detections/globex'] } };
    const run = await site.dispatch(targetRun(entries, { mode: 'import' }));
    expect(run.exitCode).toBe(0);
    expect(rowsOf(run).map(({ target, path, operation }) => [target, path, operation])).toEqual([
      ['globex', 'detections/globex/made-by-globex.json', 'import'],
      ['acme', 'detections/made-by-acme.json', 'import'],
    ]);
    const report = JSON.parse(run.files['report'] ?? 'null') as { readonly notImported: readonly object[] };
    expect(reportFaults(report)).toEqual([]);
    expect(report.notImported).toMatchObject([{ target: 'globex', name: 'A feed', type: 'cti' }]);

    for (const name of ['acme', 'globex']) {
      const head = (await site.repository.tip(`sekoia-detections/import.${name}`)) ?? '';
      await site.repository.merge((await site.repository.tip('main')) ?? '', head, 'refs/heads/main');
    }
    const imported = JSON.parse(String(await site.repository.readAt('main', 'detections/made-by-acme.json'))) as object;
    expect(imported).toMatchObject({ only: ['acme'], uuids: { acme: uuidOf(site, 'acme') } });
    const plan = await site.dispatch(targetRun(entries, { mode: 'plan', scope: 'all' }));
    expect(plan.exitCode).toBe(0);
    expect(new Set(rowsOf(plan).map(({ operation }) => operation))).toEqual(new Set(['unchanged']));
    expect(rowsOf(plan)).toHaveLength(2);
  });
});
