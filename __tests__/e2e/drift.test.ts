import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FIRST_PUSH, SECOND_PUSH } from '../../demo/files.js';
import { driftBranchName } from '../../src/writeback/drift-pull-request.js';
import { metadata, pair, pairs, pattern } from '../support/detections.js';
import type { Switches } from '../support/sekoia/switches.js';
import { rulesOf, startSite } from '../support/site.js';
import type { Site, SiteOptions, SiteRun } from '../support/site.js';
import { itOnGitHub } from '../support/on-github.js';

const REF = 'refs/sekoia-detections/default/main';
const OURS = 'sekoia-detections/drift';
const PERSON = 'dddddddd-1111-4111-8111-111111111111';
const WHEN = '2026-10-01T08:15:00.000000Z';

const sites: Site[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

async function start(options: SiteOptions = {}): Promise<Site> {
  const site = await startSite({
    github: { permissions: { contents: 'write', pullRequests: 'write' } },
    ...options,
  });
  sites.push(site);
  return site;
}

type Rule = ReturnType<Site['sekoia']['customRules']>[number];

function ruleOf(site: Site, name: string): Rule {
  return site.sekoia.customRules().find((rule) => rule.name === name)!;
}

/** What somebody does in the web app. */
function byHand(rule: Rule, fields: Partial<Rule>): void {
  Object.assign(rule, fields, { updated_at: WHEN, updated_by: PERSON, updated_by_type: 'avatar' });
}

function drift(site: Site, what: string, run: SiteRun = {}): ReturnType<Site['schedule']> {
  return site.schedule({ ...run, inputs: { mode: 'drift', drift: what, ...run.inputs } });
}

function requestsSince(site: Site, before: number): readonly string[] {
  return site.sekoia.requests
    .slice(before)
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/rules/, '/rules')}`);
}

function strangersOf(run: Awaited<ReturnType<Site['schedule']>>): readonly { readonly name: string }[] {
  return JSON.parse(run.outputs['strangers'] ?? 'null') as readonly { readonly name: string }[];
}

const THREE = {
  ...pair('detections/a', 'First detection', { enabled: true }),
  ...pair('detections/b', 'Second detection'),
  ...pair('detections/c', 'Third detection'),
};

describe('drift: report', () => {
  itOnGitHub(
    'tells what was changed, by whom and when, what is missing, and what no file has, by the list alone',
    async () => {
      const site = await start();
      await site.push(THREE);
      byHand(ruleOf(site, 'First detection'), { severity: 77, enabled: false });
      site.sekoia.rules.delete(ruleOf(site, 'Second detection').uuid);
      site.sekoia.seedRule({ name: 'Made in the web app', created_by: PERSON, created_by_type: 'avatar' });
      const before = site.sekoia.requests.length;
      const run = await drift(site, 'report');
      expect(run.exitCode).toBe(0);
      expect(run.log).toContain('Mode drift: the input mode says so');
      expect(rulesOf(run).map(({ path, operation, outcome }) => [path, operation, outcome])).toEqual([
        ['detections/a.json', 'update', 'skipped'],
        ['detections/b.json', 'blocked', 'skipped'],
        ['detections/c.json', 'unchanged', 'skipped'],
      ]);
      expect(rulesOf(run)[0]?.reason).toBe(`changed on the platform, last by a person (${PERSON}) at ${WHEN}`);
      expect(run.outputs).toMatchObject({ failed: '0', updated: '1', unchanged: '1' });
      expect(strangersOf(run)).toMatchObject([{ name: 'Made in the web app', created_by: PERSON }]);
      expect(run.summary).toContain('severity: 40 → 77');
      expect(run.summary).toContain('enabled: true → false');
      expect(run.summary).toContain('Made in the web app');
      expect(run.log).toContain(
        '1 rule changed on the platform, 1 rule missing there; 1 rule on the platform that no file has.',
      );
      // Two pages of 153 rules, and one look for the missing one, since lists may lag.
      expect(requestsSince(site, before).map((request) => request.replace(/[0-9a-f-]{36}$/, 'UUID'))).toEqual([
        'GET /rules',
        'GET /rules',
        'GET /rules/UUID',
      ]);
    },
  );

  it('finds nothing after a deployment, and asks for pages alone', async () => {
    const site = await start();
    await site.push(pairs(60));
    const before = site.sekoia.requests.length;
    const run = await drift(site, 'fail');
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ unchanged: '60', updated: '0', failed: '0', strangers: '[]' });
    expect(run.log).toContain('No drift.');
    expect(requestsSince(site, before)).toEqual(['GET /rules', 'GET /rules', 'GET /rules']);
  });

  it('asks for single rules only where rows are shortened, and only for those of the files', async () => {
    const site = await start({ sekoia: { switches: { listRows: 'short' } } });
    await site.push(THREE);
    byHand(ruleOf(site, 'First detection'), { payload: pattern('b.exe') });
    site.sekoia.seedRule({ name: 'Made in the web app' });
    const before = site.sekoia.requests.length;
    const run = await drift(site, 'report');
    expect(rulesOf(run).map(({ operation }) => operation)).toEqual(['update', 'unchanged', 'unchanged']);
    expect(requestsSince(site, before)).toHaveLength(5);
    expect(strangersOf(run)).toMatchObject([{ name: 'Made in the web app' }]);
  });

  it('is an error, and nothing is missing, when the list has a gap, the key is wrong, or every rule looks gone', async () => {
    const site = await start();
    await site.push(THREE);
    site.sekoia.switches.offset = 'ignored';
    const gap = await drift(site, 'report');
    expect(gap.exitCode).toBe(1);
    expect(gap.log).toContain('could not be read to its end');
    expect(gap.log).not.toContain('missing');
    site.sekoia.switches.offset = 'honoured';
    const wrong = await drift(site, 'report', { inputs: { 'api-key': 'another-key' } });
    expect(wrong.exitCode).toBe(1);
    for (const { uuid } of site.sekoia.customRules()) site.sekoia.rules.delete(uuid);
    const gone = await drift(site, 'report');
    expect(gone.exitCode).toBe(1);
    expect(rulesOf(gone).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
    expect(gone.log).toContain('is this the right key and region?');
  });

  itOnGitHub('takes no change that is not deployed for drift, nor the rules of one for strangers', async () => {
    const site = await start();
    await site.push(THREE);
    const run = await site.push({ 'detections/a_sigma.yml': pattern('b.exe') }, { inputs: { mode: 'validate' } });
    expect(run.exitCode).toBe(0);
    byHand(ruleOf(site, 'Second detection'), { severity: 1 });
    const found = await drift(site, 'fail');
    expect(rulesOf(found).map(({ operation }) => operation)).toEqual(['none', 'update', 'unchanged']);
    expect(rulesOf(found)[0]?.reason).toContain('not deployed yet');
    expect(found.outputs['failed']).toBe('1');
  });

  itOnGitHub('counts the head as deployed where no ref tells, and says so', async () => {
    const site = await start();
    await site.push(THREE);
    await promisify(execFile)('git', ['-C', site.repository.bare, 'update-ref', '-d', REF]);
    byHand(ruleOf(site, 'First detection'), { severity: 1 });
    const found = await drift(site, 'restore');
    expect(rulesOf(found).map(({ operation }) => operation)).toEqual(['update', 'unchanged', 'unchanged']);
    expect(found.summary).toContain('There is no deployed ref');
    expect(ruleOf(site, 'First detection').severity).not.toBe(1);
  });

  itOnGitHub('is not for pull requests', async () => {
    const site = await start();
    const run = await site.pullRequest(THREE, { inputs: { mode: 'drift' } });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('mode: drift does not go with a pull request');
  });
});

describe('drift: fail', () => {
  itOnGitHub('fails for what was changed and what is missing, and never for strangers alone', async () => {
    const site = await start();
    await site.push(THREE);
    site.sekoia.seedRule({ name: 'Made in the web app' });
    expect((await drift(site, 'fail')).exitCode).toBe(0);
    byHand(ruleOf(site, 'First detection'), { tags: [{ uuid: PERSON, name: 'looked-at' }] });
    site.sekoia.rules.delete(ruleOf(site, 'Second detection').uuid);
    const run = await drift(site, 'fail');
    expect(run.exitCode).toBe(1);
    // The file has no tags: they are the platform's own.
    expect(rulesOf(run).map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['unchanged', 'skipped'],
      ['blocked', 'failed'],
      ['unchanged', 'skipped'],
    ]);
    byHand(ruleOf(site, 'First detection'), { severity: 1 });
    const more = await drift(site, 'fail');
    expect(more.outputs['failed']).toBe('2');
    expect(more.summary).toContain('severity: 40 → 1');
  });
});

describe('drift: restore', () => {
  it("writes the files' values back, leaves the platform's own alone, and creates nothing", async () => {
    const site = await start();
    await site.push(THREE);
    byHand(ruleOf(site, 'First detection'), {
      severity: 77,
      enabled: false,
      payload: pattern('other.exe'),
      tags: [{ uuid: PERSON, name: 'looked-at' }],
    });
    site.sekoia.rules.delete(ruleOf(site, 'Second detection').uuid);
    const before = site.sekoia.requests.length;
    const refs = [await site.repository.tip('main'), await site.repository.tip(REF)];
    const run = await drift(site, 'restore');
    expect(run.exitCode).toBe(1);
    expect(rulesOf(run).map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['update', 'done'],
      ['blocked', 'failed'],
      ['unchanged', 'done'],
    ]);
    expect(run.log).toContain('on-missing: recreate');
    expect(ruleOf(site, 'First detection')).toMatchObject({ severity: 40, enabled: true, payload: pattern() });
    expect(ruleOf(site, 'First detection').tags.map(({ name }) => name)).toEqual(['looked-at']);
    expect(requestsSince(site, before).filter((request) => !request.startsWith('GET'))).toHaveLength(1);
    expect([await site.repository.tip('main'), await site.repository.tip(REF)]).toEqual(refs);
    expect(site.sekoia.customRules()).toHaveLength(2);
  });

  it('writes nothing when the deployment moved while the platform was read', async () => {
    const site = await start();
    const before = await site.repository.tip('main');
    await site.push(THREE);
    byHand(ruleOf(site, 'First detection'), { severity: 1 });
    const move = (): boolean => {
      execFileSync('git', ['-C', site.repository.bare, 'update-ref', REF, before!]);
      return false;
    };
    site.sekoia.faults.push({ when: move, do: { kind: 'reset' } });
    const run = await drift(site, 'restore');
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('moved while the platform was read');
    expect(ruleOf(site, 'First detection').severity).toBe(1);
  });

  it('sends nothing more after a 401', async () => {
    const site = await start();
    await site.push(THREE);
    for (const rule of site.sekoia.customRules()) byHand(rule, { severity: 1 });
    site.sekoia.faults.push({ when: ({ method }) => method === 'PUT', do: { kind: 'answer', status: 401 } });
    const before = site.sekoia.requests.length;
    const run = await drift(site, 'restore', { inputs: { 'requests-per-second': '2' } });
    expect(run.exitCode).toBe(1);
    const puts = requestsSince(site, before).filter((request) => request.startsWith('PUT'));
    expect(puts.length).toBeLessThan(3);
    expect(run.outputs['failed']).toBe('3');
  });
});

describe('drift: pull-request', () => {
  const YAML = [
    '# Ours',
    'name: Second detection # its name',
    'severity: 40',
    'effort: 2',
    'alert_type_uuid: 599f4b1a-dd60-43fe-8ee9-07d3c5d00ded',
    'description: |',
    '  One line',
    'tags:',
    '  - a # why a',
    '  - b',
    '',
  ].join('\n');
  const WINDOWS = metadata('First detection', { enabled: true, tags: ['x'] }).replaceAll('\n', '\r\n');

  async function drifted(): Promise<Site> {
    const site = await start();
    await site.push({
      'detections/a.json': WINDOWS,
      'detections/a_sigma.yml': `\ufeff${pattern().replaceAll('\n', '\r\n')}`,
      'detections/b.yml': YAML,
      'detections/b_sigma.yml': pattern(),
      ...pair('detections/c', 'Third detection'),
    });
    byHand(ruleOf(site, 'First detection'), {
      name: 'First detection, renamed',
      enabled: false,
      payload: pattern('b.exe'),
    });
    byHand(ruleOf(site, 'Second detection'), {
      severity: 55,
      description: 'One line\nand another',
      goal: 'not of the file',
      tags: ['b', 'c'].map((name) => ({ uuid: PERSON, name })),
    });
    return site;
  }

  itOnGitHub(
    "brings the platform's values into the files and changes nothing else; merged, nothing differs",
    async () => {
      const site = await drifted();
      const [a, b] = [
        String(await site.repository.readAt('main', 'detections/a.json')),
        String(await site.repository.readAt('main', 'detections/b.yml')),
      ];
      const main = await site.repository.tip('main');
      const run = await drift(site, 'pull-request');
      const url = `${site.github.serverUrl}/acme/detections/pull/1`;
      expect(run.outputs).toMatchObject({ 'pull-request': url, failed: '0' });
      expect(run.exitCode).toBe(0);
      expect(await site.repository.tip('main')).toBe(main);
      const at = async (path: string): Promise<string> => String(await site.repository.readAt(OURS, path));
      expect(await at('detections/a.json')).toBe(
        a.replace('First detection', 'First detection, renamed').replace('"enabled": true', '"enabled": false'),
      );
      expect(await at('detections/a_sigma.yml')).toBe(`\ufeff${pattern('b.exe').replaceAll('\n', '\r\n')}`);
      expect(await at('detections/b.yml')).toBe(
        b
          .replace('40', '55')
          .replace('  One line', '  One line\n  and another')
          .replace('  - a # why a\n  - b\n', '  - b\n  - c\n'),
      );
      const [pull] = site.github.pulls;
      expect(pull).toMatchObject({ base: 'main', head: OURS, state: 'open' });
      expect(pull!.body).toContain('severity: 40 → 55');
      expect(pull!.body).toContain('name: First detection → First detection, renamed');
      expect(pull!.body).toContain(PERSON);
      expect(pull!.body).toContain(WHEN);

      await site.github.mergePull(1);
      const after = (await site.repository.tip('main'))!;
      const merged = await site.runFor({ before: main!, after, ref: 'refs/heads/main' });
      expect(merged.outputs).toMatchObject({ updated: '0', failed: '0', unchanged: '2' });
      expect((await drift(site, 'fail')).exitCode).toBe(0);
    },
  );

  itOnGitHub(
    'keeps the one pull request up to date, leaves it alone when nothing is new, and closes it when all is undone',
    async () => {
      const site = await drifted();
      await drift(site, 'pull-request');
      const first = await site.repository.tip(OURS);
      await drift(site, 'pull-request');
      expect(await site.repository.tip(OURS)).toBe(first);
      byHand(ruleOf(site, 'First detection, renamed'), { name: 'First detection', enabled: true, payload: pattern() });
      byHand(ruleOf(site, 'Second detection'), { severity: 56 });
      await site.push({ 'README.md': 'More\n' });
      const run = await drift(site, 'pull-request');
      expect(run.exitCode).toBe(0);
      expect(site.github.pulls).toHaveLength(1);
      expect(site.github.pulls[0]!.body).toContain('severity: 40 → 56');
      expect(site.github.pulls[0]!.body).not.toContain('renamed');
      expect(String(await site.repository.readAt(OURS, 'detections/a.json'))).not.toContain('renamed');
      expect(String(await site.repository.readAt(OURS, 'README.md'))).toBe('More\n');
      await drift(site, 'restore');
      await drift(site, 'pull-request');
      expect(site.github.pulls[0]!.state).toBe('closed');
    },
  );

  itOnGitHub("never writes over people's commits on its branch, and names the branch after another base", async () => {
    const site = await drifted();
    await drift(site, 'pull-request');
    await site.repository.pull(OURS);
    await site.repository.commit({ 'notes.txt': 'by a person\n' }, { branch: OURS });
    const { after } = await site.repository.push({ branch: OURS });
    byHand(ruleOf(site, 'Second detection'), { severity: 56 });
    const run = await drift(site, 'pull-request');
    expect(run.exitCode).toBe(0);
    expect(String(await site.repository.readAt(OURS, 'notes.txt'))).toBe('by a person\n');
    expect((await site.repository.log(OURS)).map(({ sha }) => sha)).toContain(after);
    expect(String(await site.repository.readAt(OURS, 'detections/b.yml'))).toContain('severity: 56');
    expect(site.github.pulls).toHaveLength(1);
    expect(driftBranchName('main', 'main')).toBe(OURS);
    expect(driftBranchName('staging', 'main')).toBe(`${OURS}-staging`);
  });

  itOnGitHub('tells what cannot be edited, and why no pull request could be made', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    await site.push(pair('detections/b', 'Second detection'));
    byHand(ruleOf(site, 'First detection'), { name: 'x'.repeat(101), severity: 50 });
    const run = await drift(site, 'pull-request');
    expect(run.exitCode).toBe(1);
    expect(rulesOf(run)[0]).toMatchObject({ operation: 'update', outcome: 'failed' });
    expect(rulesOf(run)[0]?.reason).toContain('`name`');
    expect(site.github.pulls).toHaveLength(1);
    expect(String(await site.repository.readAt(OURS, 'detections/a.json'))).toContain('"severity": 50');

    const other = await start({ github: { permissions: { contents: 'write', pullRequests: 'none' } } });
    await other.push(pair('detections/a', 'First detection'));
    byHand(ruleOf(other, 'First detection'), { severity: 50 });
    const refused = await drift(other, 'pull-request');
    expect(refused.exitCode).toBe(1);
    expect(refused.log).toContain('the pull request could not be made');
  });
});

const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const SHARED = join(ROOT, '..', 'shared');

function below(folder: string): Record<string, Buffer> {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(folder, path)).isFile() && /\.(?:json|ya?ml)$/.test(path))
      .map((path) => [`detections/${path.replaceAll('\\', '/')}`, readFileSync(join(folder, path))]),
  );
}

const CORPUS = below(join(SHARED, 'corpora', 'detections'));
if (Object.keys(CORPUS).length === 0) console.warn('SKIPPED: the corpus of e2e/drift, which is not on this machine.');

const FULL = {
  'detections/full.json': metadata('A detection with every field', {
    type: 'sigma',
    description: 'Two\r\nlines \n\n',
    enabled: false,
    tags: ['b', 'a', 'a-longer-tag'],
    related_object_refs: ['attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736'],
    event_fields: [{ field: 'process.name', description: '' }],
    parameters: [{ name: 'n', value: '5' }],
    all_entities: true,
    all_assets: true,
    goal: null,
    false_positives: 'None \n',
    similarity_strategy: ['user.name', ['source.ip', 'destination.ip']],
  }),
  'detections/full_sigma.yml': `\ufeff${pattern().replaceAll('\n', '\r\n')}\r\n\r\n`,
};

const FIXTURES: Readonly<Record<string, Readonly<Record<string, string | Buffer>>>> = {
  'the example': below(join(ROOT, 'examples', 'client-repository', 'detections')),
  'the demo': {
    ...FIRST_PUSH,
    ...Object.fromEntries(Object.entries(SECOND_PUSH).filter(([path]) => path in FIRST_PUSH)),
  },
  'a file with every field': FULL,
  ...(Object.keys(CORPUS).length === 0 ? {} : { 'the corpus': CORPUS }),
};

const SHAPES: readonly (readonly [string, Partial<Switches>])[] = [
  ['as it is', {}],
  ['with shortened rows', { listRows: 'short' }],
  ['with a normalised pattern', { normalisesPayload: true }],
  ['with merged updates and late times', { updates: 'merge', times: 'zoneless' }],
  ['with capped pages', { silentPageCap: 40 }],
  [
    'with nulls and numbers as text',
    {
      tamper: (rule) => ({
        ...rule,
        severity: String(rule.severity) as never,
        effort: String(rule.effort) as never,
        goal: rule.goal === '' ? (null as never) : rule.goal,
        description: rule.description?.replace(/\r\n/g, '\n') ?? null,
        tags: [...rule.tags].reverse(),
        event_fields: rule.event_fields.map(
          ({ field, description }) => ({ field, ndescription: description }) as never,
        ),
        parameters: rule.parameters.map((parameter) => ({ ...parameter, uuid: PERSON, default: null })),
      }),
    },
  ],
];

describe.each(Object.entries(FIXTURES))('after %s was deployed', (_fixture, files) => {
  it.each(SHAPES)('a plan and a look for drift find nothing, %s', async (_shape, switches) => {
    const site = await start({ sekoia: { switches } });
    const deployed = await site.push(files);
    expect(rulesOf(deployed).filter(({ outcome }) => outcome !== 'done' && outcome !== 'skipped')).toEqual([]);
    expect(Number(deployed.outputs['created'])).toBeGreaterThan(0);
    const planned = await site.dispatch({ inputs: { mode: 'plan', scope: 'all' } });
    const same = { created: '0', adopted: '0', updated: '0', disabled: '0', deleted: '0', failed: '0' };
    expect(planned.outputs).toMatchObject({ ...same, unchanged: deployed.outputs['created'] });
    const found = await drift(site, 'fail');
    expect(found.outputs).toMatchObject({ ...same, unchanged: deployed.outputs['created'], strangers: '[]' });
    expect(found.exitCode).toBe(0);
  });
});
