import { chmod, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { importBranchName } from '../../src/writeback/import-pull-request.js';
import { metadata, pair, pattern } from '../support/detections.js';
import { reportFaults } from '../support/schemas.js';
import { DATASOURCES, uuidOf } from '../support/sekoia/reference-data.js';
import type { ServedRule } from '../support/sekoia/shapes.js';
import type { Switches } from '../support/sekoia/switches.js';
import { rulesOf, startSite } from '../support/site.js';
import type { Site, SiteOptions, SiteRun } from '../support/site.js';

const OURS = 'sekoia-detections/import';
const PERSON = 'dddddddd-1111-4111-8111-111111111111';

const sites: Site[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

async function start(options: SiteOptions = {}): Promise<Site> {
  const site = await startSite({
    github: { permissions: { contents: 'write', pullRequests: 'write' } },
    ...options,
    sekoia: { verifiedRules: 30, ...options.sekoia },
  });
  sites.push(site);
  return site;
}

type Run = Awaited<ReturnType<Site['dispatch']>>;

function runImport(site: Site, run: SiteRun = {}): Promise<Run> {
  return site.dispatch({ ...run, inputs: { mode: 'import', ...run.inputs } });
}

interface NotImported {
  readonly uuid: string;
  readonly name: string;
  readonly type: string;
  readonly reason: string;
}

/** Of the run's report.json, which keeps to its schema. */
function notImported(run: Run): readonly NotImported[] {
  const report = JSON.parse(run.files['report'] ?? 'null') as { notImported: NotImported[] };
  expect(reportFaults(report)).toEqual([]);
  return report.notImported;
}

function requestsSince(site: Site, before: number): readonly string[] {
  return site.sekoia.requests
    .slice(before)
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/rules/, '/rules')}`);
}

async function textAt(site: Site, path: string, ref = OURS): Promise<string> {
  return String(await site.repository.readAt(ref, path));
}

/** Merges the pull request and runs what the push starts. */
async function merge(site: Site, number = 1): Promise<Run> {
  const before = (await site.repository.tip('main'))!;
  await site.github.mergePull(number);
  return site.runFor({ before, after: (await site.repository.tip('main'))!, ref: 'refs/heads/main' });
}

const NOTHING = { created: '0', adopted: '0', updated: '0', disabled: '0', deleted: '0', failed: '0', findings: '0' };

const named = (name: string): { uuid: string; name: string } => ({ uuid: uuidOf(`tag ${name}`), name });

/** Every shape of a rule that somebody can make in the web app. */
const SHAPES_OF_RULES: readonly Partial<ServedRule>[] = [
  { name: 'As simple as can be' },
  { name: 'Turned off by somebody', enabled: false },
  {
    name: 'Every field filled',
    description: 'Two\r\nlines \n\n',
    severity: 0,
    effort: 4,
    tags: [named('b'), named('a'), named('AWS')],
    related_object_refs: ['attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736'],
    datasources: DATASOURCES.slice(0, 2),
    event_fields: [
      { field: 'process.name', description: '' },
      { field: 'user.name', description: 'Who' },
    ],
    parameters: [{ uuid: PERSON, name: 'n', value: '5', default: null, description: '' }],
    goal: 'Find it\n',
    false_positives: 'None \n',
    similarity_strategy: ['user.name', ['source.ip', 'destination.ip']],
  },
  { name: 'For chosen assets alone', all_assets: false, assets: [uuidOf('an asset'), uuidOf('another asset')] },
  { name: 'For all assets, with a list', all_assets: true, assets: [uuidOf('an asset')] },
  { name: 'For nothing at all', all_entities: false, all_assets: false },
  { name: 'Without a description', description: null },
  { name: 'Windows line ends', payload: pattern().replaceAll('\n', '\r\n') },
  { name: 'No final line end', payload: pattern().trimEnd() },
  { name: 'A byte order mark', payload: `\ufeff${pattern()}` },
  { name: 'Blank lines behind', payload: `${pattern()}\n\n   \n` },
  { name: '..\\../etc/passwd: <b>|</b> $(id)' },
  { name: 'CON: a name of Windows' },
  { name: '日本語のルール – détection' },
  { name: 'Twice there', severity: 1 },
  { name: 'Twice There', severity: 2 },
  {
    name: 'An error by our checks',
    payload: pattern().replace('process.name', 'process.name|sounds_like'),
  },
  { name: 'A warning by our checks', payload: pattern().replace('process.name', 'process.nmae') },
];

const SWITCHES: readonly (readonly [string, Partial<Switches>])[] = [
  ['as it is', {}],
  ['with shortened rows', { listRows: 'short' }],
  ['with a normalised pattern', { normalisesPayload: true }],
  ['with merged updates and late times', { updates: 'merge', times: 'zoneless' }],
  ['with capped pages', { silentPageCap: 7 }],
  ['with 403 for unknown rules and no compilation', { unknownOnGet: 403, compile: 'never' }],
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

/** The files have the members of sets in an order of their own. */
function inOrder(rule: ServedRule): ServedRule {
  const byText = <Item>(items: readonly Item[]): readonly Item[] =>
    [...items].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  const { tags, datasources, assets } = rule;
  return { ...rule, tags: byText(tags), datasources: byText(datasources), assets: byText(assets) };
}

describe('an import, merged', () => {
  it.each(SWITCHES)('is followed by a plan without an operation, %s', async (_shape, switches) => {
    const site = await start({ sekoia: { switches } });
    for (const fields of SHAPES_OF_RULES) site.sekoia.seedRule(fields);
    const run = await runImport(site);
    expect(notImported(run)).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(rulesOf(run).map(({ operation, outcome }) => [operation, outcome])).toEqual(
      SHAPES_OF_RULES.map(() => ['import', 'done']),
    );
    const rules = structuredClone(site.sekoia.customRules());
    const before = site.sekoia.requests.length;
    const pushed = await merge(site);
    expect(pushed.outputs).toMatchObject({ ...NOTHING, unchanged: String(SHAPES_OF_RULES.length) });
    const planned = await site.dispatch({ inputs: { mode: 'plan', scope: 'all' } });
    expect(planned.outputs).toMatchObject({ ...NOTHING, unchanged: String(SHAPES_OF_RULES.length) });
    expect(planned.exitCode).toBe(0);
    const drift = await site.schedule({ inputs: { mode: 'drift', drift: 'fail' } });
    expect(drift.outputs).toMatchObject({ ...NOTHING, strangers: '[]' });
    const again = await runImport(site);
    expect(again.log).toContain('Nothing to import: every rule of the community’s own has its files.');
    expect(again.outputs).toMatchObject({ rules: '[]', 'pull-request': '' });
    expect(requestsSince(site, before).filter((request) => !request.startsWith('GET'))).toEqual([]);
    expect(site.sekoia.customRules()).toEqual(rules);
    expect(site.github.pulls).toHaveLength(1);
  });

  it('loses no field of a rule when its file is changed later', async () => {
    const site = await start();
    for (const fields of SHAPES_OF_RULES) site.sekoia.seedRule(fields);
    const run = await runImport(site);
    await merge(site);
    const before = new Map(site.sekoia.customRules().map((rule) => [rule.uuid, inOrder(structuredClone(rule))]));
    const changed = Object.fromEntries(
      await Promise.all(
        rulesOf(run).map(async ({ path }) => {
          const text = await textAt(site, path, 'main');
          return [path, text.replace(/"severity": \d+/, '"severity": 77')] as const;
        }),
      ),
    );
    const updated = await site.push(changed);
    expect(updated.outputs).toMatchObject({ updated: String(SHAPES_OF_RULES.length), failed: '0' });
    for (const after of site.sekoia.customRules().map(inOrder)) {
      const { updated_at, updated_by, updated_by_type, last_compilation_at, ...rest } = before.get(after.uuid)!;
      expect({ updated_at, updated_by, updated_by_type, last_compilation_at }).toBeDefined();
      expect(after).toMatchObject({
        ...rest,
        description: rest.description ?? '',
        severity: 77,
        payload: rest.payload.replace(/^\ufeff/, ''),
        last_compilation_success: after.last_compilation_success,
        last_compilation_message: after.last_compilation_message,
      });
    }
  });
});

describe('the files', () => {
  it('have their members in one order, defaults left out, the UUID last, and the pattern byte for byte', async () => {
    const site = await start();
    const rule = site.sekoia.seedRule({ ...SHAPES_OF_RULES[2], payload: `${pattern()}\n# an end\r\n`, enabled: false });
    const plain = site.sekoia.seedRule({ name: 'As simple as can be' });
    await runImport(site);
    const full = JSON.parse(await textAt(site, 'detections/every-field-filled.json')) as Record<string, unknown>;
    expect(Object.keys(full)).toEqual([
      'name',
      'description',
      'enabled',
      'severity',
      'effort',
      'alert_type_uuid',
      'goal',
      'false_positives',
      'tags',
      'related_object_refs',
      'datasources',
      'event_fields',
      'parameters',
      'similarity_strategy',
      'uuid',
    ]);
    expect(full).toMatchObject({ tags: ['AWS', 'a', 'b'], enabled: false, uuid: rule.uuid });
    expect(await textAt(site, 'detections/every-field-filled_sigma.yml')).toBe(rule.payload);
    expect(await textAt(site, 'detections/as-simple-as-can-be.json')).toBe(
      `${JSON.stringify(
        {
          name: plain.name,
          severity: 50,
          effort: 2,
          alert_type_uuid: plain.alert_type.uuid,
          uuid: plain.uuid,
        },
        null,
        2,
      )}\n`,
    );
  });

  it('turn a check that would hold the rule back into a warning for it, and say so', async () => {
    const site = await start();
    site.sekoia.seedRule(SHAPES_OF_RULES.find(({ name }) => name === 'An error by our checks')!);
    const run = await runImport(site);
    const { checks } = JSON.parse(await textAt(site, 'detections/an-error-by-our-checks.json')) as {
      readonly checks: readonly { readonly code: string; readonly severity: string; readonly reason: string }[];
    };
    expect(checks.map(({ severity }) => severity)).toEqual(['warning']);
    expect(rulesOf(run)[0]?.reason).toContain(checks[0]!.code);
    expect(run.summary).toContain('1 imported pattern has errors by the checks');
    expect(site.github.pulls[0]!.body).toContain(checks[0]!.code);
    const merged = await merge(site);
    expect(merged.outputs).toMatchObject({ ...NOTHING, unchanged: '1' });
    expect(merged.log).not.toContain('check-unused');
  });

  it('never take the place of others, whatever letter case or ending those have', async () => {
    const site = await start({
      files: {
        ...pair('detections/Taken', 'Some other detection'),
        'detections/half_sigma.yaml': pattern(),
        'detections/folder.json/x.txt': 'x',
        'detections/tested_tests.yml': 'tests: []\n',
      },
    });
    for (const name of ['TAKEN', 'Half!!', 'Folder', 'Tested', 'Free!']) site.sekoia.seedRule({ name });
    const run = await runImport(site);
    expect(run.exitCode).toBe(0);
    for (const { path, uuid, name } of rulesOf(run)) {
      const slug = name!.toLowerCase().replace(/!+$/, '');
      expect(path).toBe(name === 'Free!' ? 'detections/free.json' : `detections/${slug}-${uuid!.slice(0, 8)}.json`);
    }
    expect(await textAt(site, 'detections/Taken.json')).toBe(metadata('Some other detection'));
  });
});

describe('what is left out', () => {
  it('is what files of the branch have, by UUID or by a name that a deployment would find it by', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'A detection of ours'));
    const adoptable = site.sekoia.seedRule({ name: 'To be adopted by name' });
    await site.push(pair('detections/b', 'To be adopted by name'), { inputs: { mode: 'validate' } });
    const run = await runImport(site);
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ rules: '[]', 'pull-request': '' });
    expect(notImported(run)).toMatchObject([
      { uuid: adoptable.uuid, reason: 'detections/b.json has its name and no UUID, and may be it' },
    ]);
    expect(run.summary).toContain('To be adopted by name');
    expect(site.github.pulls).toEqual([]);
  });

  it('is what waits in the pull request of UUIDs', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'A detection of ours'), { inputs: { 'write-back': 'pull-request' } });
    expect(site.github.pulls).toHaveLength(1);
    const run = await runImport(site);
    expect(run.outputs).toMatchObject({ rules: '[]' });
    expect(notImported(run)).toEqual([]);
  });

  it('is listed with its reason, and stops nothing', async () => {
    const site = await start();
    site.sekoia.seedRule({ name: 'A feed of indicators', type: 'cti' });
    site.sekoia.seedRule({ name: 'No YAML at all', payload: 'a: [\n' });
    site.sekoia.seedRule({ name: 'A NUL in it', payload: `${pattern()}# \0\n` });
    site.sekoia.seedRule({ name: 'Half a character', payload: `${pattern()}# \ud800\n` });
    site.sekoia.seedRule({ name: 'Two marks', payload: `\ufeff\ufeff${pattern()}` });
    site.sekoia.seedRule({ name: 'An empty pattern', payload: '' });
    site.sekoia.seedRule({ name: 'x'.repeat(101) });
    site.sekoia.seedRule({ name: 'Odd strategy', similarity_strategy: [{ field: 'user.name' }] });
    site.sekoia.seedRule({
      name: 'Twice a key',
      payload: pattern().replace('  condition', '  selection: 1\n  condition'),
    });
    site.sekoia.seedRule({ name: 'Too big for a file', payload: `${pattern()}# ${'x'.repeat(1_048_576)}\n` });
    site.sekoia.seedRule({ name: '::error::forged \u202e' });
    site.sekoia.seedRule({ name: 'A sound one' });
    const run = await runImport(site);
    expect(run.exitCode).toBe(0);
    expect(rulesOf(run).map(({ name }) => name)).toEqual(['A sound one']);
    const left = new Map(notImported(run).map(({ name, reason }) => [name, reason]));
    expect([...left.keys()]).toHaveLength(11);
    expect(left.get('A feed of indicators')).toContain('type "cti"');
    expect(left.get('No YAML at all')).toContain('yaml-syntax');
    expect(left.get('A NUL in it')).toContain('encoding');
    expect(left.get('Half a character')).toContain('lone surrogate');
    expect(left.get('Two marks')).toMatch(/pattern/);
    expect(left.get('An empty pattern')).toContain('pattern-empty');
    expect(left.get('x'.repeat(101))).toContain('name-length');
    expect(left.get('Odd strategy')).toContain('similarity_strategy');
    expect(left.get('Twice a key')).toContain('yaml-duplicate-key');
    expect(left.get('Too big for a file')).toContain('yaml-too-big');
    expect(left.get('::error::forged \u202e')).toContain('control-character');
    expect(run.log).toContain('1 rule imported, 11 not.');
    expect(run.summary).toContain('Rules that were not imported');
    expect(run.log).not.toMatch(/^::error::forged/m);
    expect((await merge(site)).outputs).toMatchObject({ ...NOTHING, unchanged: '1' });
  });

  it('is a failure when the list has a gap, or the key is wrong, and nothing is brought in', async () => {
    const site = await start({ sekoia: { verifiedRules: 150 } });
    site.sekoia.seedRule({ name: 'A sound one' });
    site.sekoia.switches.offset = 'ignored';
    const gap = await runImport(site);
    expect(gap.exitCode).toBe(1);
    expect(gap.log).toContain('could not be read to its end');
    site.sekoia.switches.offset = 'honoured';
    expect((await runImport(site, { inputs: { 'api-key': 'another-key' } })).exitCode).toBe(1);
    expect(site.github.pulls).toEqual([]);
  });

  it('fails the run where a rule could not be read this time, and brings the others', async () => {
    const site = await start({ sekoia: { switches: { listRows: 'short' } } });
    const [one, other] = [site.sekoia.seedRule({ name: 'Read at once' }), site.sekoia.seedRule({ name: 'Not read' })];
    site.sekoia.faults.push({
      when: ({ path }: { readonly path: string }) => path.endsWith(other.uuid),
      do: { kind: 'answer', status: 400 },
      times: 99,
    } as never);
    const run = await runImport(site);
    expect(run.exitCode).toBe(1);
    expect(rulesOf(run).map(({ uuid }) => uuid)).toEqual([one.uuid]);
    expect(run.log).toContain('1 rule could not be read');
    expect(site.github.pulls).toHaveLength(1);
  });

  it('is not for pull requests', async () => {
    const site = await start();
    const run = await site.pullRequest(pair('detections/a', 'First'), { inputs: { mode: 'import' } });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('mode: import does not go with a pull request');
  });
});

describe('import-to: pull-request', () => {
  it('keeps one pull request up to date, commits nothing when nothing is new, and closes it when nothing is left', async () => {
    const site = await start();
    const first = site.sekoia.seedRule({ name: 'First of them' });
    const run = await runImport(site);
    const url = `${site.github.serverUrl}/acme/detections/pull/1`;
    expect(run.outputs).toMatchObject({ 'pull-request': url });
    expect(rulesOf(run)[0]?.reason).toBe(`in the pull request ${url}`);
    expect(run.log).toContain(`The files are in the pull request ${url}: merge it.`);
    expect(site.github.pulls[0]).toMatchObject({ base: 'main', head: OURS, state: 'open' });
    const tip = await site.repository.tip(OURS);
    expect((await runImport(site)).exitCode).toBe(0);
    expect(await site.repository.tip(OURS)).toBe(tip);
    site.sekoia.seedRule({ name: 'Second of them' });
    site.sekoia.rules.delete(first.uuid);
    await runImport(site);
    expect(await site.repository.readAt(OURS, 'detections/first-of-them.json')).toBeNull();
    expect(await site.repository.readAt(OURS, 'detections/second-of-them.json')).not.toBeNull();
    expect(site.github.pulls).toHaveLength(1);
    expect(site.github.pulls[0]!.body).toContain('Second of them');
    for (const { uuid } of site.sekoia.customRules()) site.sekoia.rules.delete(uuid);
    await runImport(site);
    expect(site.github.pulls[0]!.state).toBe('closed');
  });

  it("never writes over people's commits on its branch, follows files that they renamed, and adds what is new", async () => {
    const site = await start();
    const first = site.sekoia.seedRule({ name: 'First of them' });
    await runImport(site);
    const text = await textAt(site, 'detections/first-of-them.json');
    await site.repository.pull(OURS);
    await site.repository.commit(
      {
        'detections/first-of-them.json': null,
        'detections/first-of-them_sigma.yml': null,
        'detections/mine.json': text,
        'detections/mine_sigma.yml': first.payload,
      },
      { branch: OURS },
    );
    const { after } = await site.repository.push({ branch: OURS });
    site.sekoia.seedRule({ name: 'Second of them' });
    const run = await runImport(site);
    expect(run.exitCode).toBe(0);
    expect(rulesOf(run).map(({ path }) => path)).toEqual(['detections/mine.json', 'detections/second-of-them.json']);
    expect((await site.repository.log(OURS)).map(({ sha }) => sha)).toContain(after);
    expect(await site.repository.readAt(OURS, 'detections/first-of-them.json')).toBeNull();
    expect((await merge(site)).outputs).toMatchObject({ ...NOTHING, unchanged: '2' });
  });

  it('brings a large community in one commit, through requests of a bounded size', async () => {
    const site = await start();
    const filler = `# ${'x'.repeat(20_000)}\n`;
    for (let number = 0; number < 400; number += 1) {
      site.sekoia.seedRule({ name: `Rule number ${number}`, payload: `${pattern()}${filler}` });
    }
    const main = await site.repository.tip('main');
    const run = await runImport(site);
    expect(run.exitCode).toBe(0);
    expect(rulesOf(run)).toHaveLength(400);
    const log = await site.repository.log(OURS);
    expect(log[0]!.parents).toEqual([main]);
    expect(run.log).toContain('400 rules imported.');
    expect(site.github.pulls[0]!.body.length).toBeLessThan(65_536);
    expect((await merge(site)).outputs).toMatchObject({ ...NOTHING, unchanged: '400' });
  });

  it('says why no pull request could be made', async () => {
    const site = await start({ github: { permissions: { contents: 'write', pullRequests: 'none' } } });
    site.sekoia.seedRule({ name: 'First of them' });
    const run = await runImport(site);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('the pull request could not be made');
    expect(run.outputs['rules']).toBe('[]');
  });

  it('names its branch after the base and the target', () => {
    const of = { base: 'main', defaultBranch: 'main', target: null };
    expect(importBranchName(of)).toBe(OURS);
    expect(importBranchName({ ...of, base: 'staging' })).toBe(`${OURS}-staging`);
    expect(importBranchName({ ...of, target: 'acme' })).toBe(`${OURS}.acme`);
  });
});

describe('import-to: workspace', () => {
  const inputs = { 'import-to': 'workspace' };

  it('writes the files into the work tree, commits nothing, and does nothing the second time', async () => {
    const site = await start({ github: { permissions: { contents: 'read', pullRequests: 'none' } } });
    site.sekoia.seedRule({ name: 'First of them', payload: pattern().replaceAll('\n', '\r\n') });
    const workspace = await site.checkout({
      before: '',
      after: (await site.repository.tip('main'))!,
      ref: 'refs/heads/main',
    });
    const run = await runImport(site, { inputs, workspace });
    expect(run.exitCode).toBe(0);
    expect(rulesOf(run)[0]).toMatchObject({ operation: 'import', outcome: 'done', reason: 'in the work tree' });
    expect((await readdir(join(workspace, 'detections'))).sort()).toEqual([
      'first-of-them.json',
      'first-of-them_sigma.yml',
    ]);
    expect(await readFile(join(workspace, 'detections/first-of-them_sigma.yml'), 'utf8')).toBe(
      pattern().replaceAll('\n', '\r\n'),
    );
    expect(await site.repository.tip(OURS)).toBeNull();
    const again = await runImport(site, { inputs, workspace });
    expect(again.outputs['rules']).toBe('[]');
    expect(site.github.pulls).toEqual([]);
    await site.repository.commit({
      'detections/first-of-them.json': await readFile(join(workspace, 'detections/first-of-them.json')),
      'detections/first-of-them_sigma.yml': await readFile(join(workspace, 'detections/first-of-them_sigma.yml')),
    });
    const planned = await site.runFor(await site.repository.push(), { inputs: { mode: 'plan' } });
    expect(planned.outputs).toMatchObject({ ...NOTHING, unchanged: '1' });
  });

  it('follows no link out of the work tree, and writes over nothing', async () => {
    const site = await start({ files: { 'README.md': 'x\n' } });
    site.sekoia.seedRule({ name: 'First of them' });
    const outside = await site.checkout({
      before: '',
      after: (await site.repository.tip('main'))!,
      ref: 'refs/heads/main',
    });
    const linked = await runImport(site, {
      inputs,
      beforeRun: (workspace) => symlink(outside, join(workspace, 'detections')),
    });
    expect(linked.exitCode).toBe(1);
    expect(linked.log).toContain('no folder but a file, a link');
    expect((await readdir(outside)).filter((name) => name.includes('first'))).toEqual([]);

    const filed = await runImport(site, {
      inputs,
      beforeRun: async (workspace) => {
        await mkdir(join(workspace, 'detections'));
        await symlink(join(outside, 'README.md'), join(workspace, 'detections/first-of-them.json'));
      },
    });
    expect(filed.exitCode).toBe(0);
    expect(rulesOf(filed)[0]?.path).toMatch(/first-of-them-[0-9a-f]{8}\.json$/);
    expect(await readFile(join(outside, 'README.md'), 'utf8')).toBe('x\n');
  });

  it('fails with the reason when the folder cannot be written', async () => {
    const site = await start();
    site.sekoia.seedRule({ name: 'First of them' });
    const run = await runImport(site, {
      inputs,
      beforeRun: async (workspace) => {
        await mkdir(join(workspace, 'detections'));
        await writeFile(join(workspace, 'detections/x.txt'), '');
        await chmod(join(workspace, 'detections'), 0o500);
      },
    });
    // Root may write everywhere.
    if (process.getuid?.() === 0) expect(run.exitCode).toBe(0);
    else expect(run.log).toContain('could not be written');
  });
});
