import { afterEach, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schema/report.schema.json' with { type: 'json' };
import { pair, pattern } from '../support/detections.js';
import { ALERT_TYPES } from '../support/sekoia/reference-data.js';
import { rulesOf, startSite } from '../support/site.js';
import type { Site, SiteOptions } from '../support/site.js';

const BRUTE_FORCE = '26b9f04e-65c7-4fcd-b0a4-ab5854cc36e7';
const EXPLOIT = '4321cd89-89d6-4674-9e99-690ce0e61621';
const GUESSING = 'attack-pattern--09c4c11e-4fa1-4f8c-8dad-3cf8e69ad119';
const POWERSHELL = 'attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736';
const OURS = 'sekoia-detections/drift';

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

const YAML = [
  '# Ours',
  'name: Password guessing',
  'severity: high # as the web app calls it',
  'effort: advanced',
  'alert_type: intrusion-attempts/brute-force # by its name',
  'attack: [T1110.001]',
  '',
].join('\n');

const FRIENDLY = { 'detections/guess.yml': YAML, 'detections/guess_sigma.yml': pattern() };

type Rule = ReturnType<Site['sekoia']['customRules']>[number];

function ruleOf(site: Site, name = 'Password guessing'): Rule {
  return site.sekoia.customRules().find((rule) => rule.name === name)!;
}

function typeRequests({ sekoia }: Site): number {
  return sekoia.requests.filter(({ path }) => path.endsWith('/alerts/types')).length;
}

describe('a file with words and names', () => {
  it('is deployed with numbers and ids, by one look-up, and plans nothing once it is there', async () => {
    const site = await start({ sekoia: { switches: { alertCategories: 'names' } } });
    const run = await site.push({
      ...FRIENDLY,
      ...pair('detections/plain', 'A plain detection'),
      ...pair('detections/other', 'Another one', { alert_type_uuid: undefined, alert_type: 'c&c' }),
    });
    expect(run.exitCode).toBe(0);
    expect(ruleOf(site)).toMatchObject({
      severity: 75,
      effort: 3,
      related_object_refs: [GUESSING],
      alert_type: { uuid: BRUTE_FORCE },
    });
    expect(ruleOf(site, 'Another one').alert_type.value).toBe('c&c');
    expect(typeRequests(site)).toBe(1);
    const post = site.sekoia.requests.find(({ method }) => method === 'POST')!;
    expect(Object.keys(post.body as object)).not.toEqual(expect.arrayContaining(['alert_type']));
    expect(Object.keys(post.body as object)).not.toEqual(expect.arrayContaining(['attack']));
    const uuid = ruleOf(site).uuid;
    expect(String(await site.repository.readAt('main', 'detections/guess.yml'))).toBe(`${YAML}uuid: ${uuid}\n`);

    const again = await site.dispatch();
    expect(again.outputs).toMatchObject({ unchanged: '3', updated: '0', failed: '0' });
    const drift = await site.schedule({ inputs: { mode: 'drift', drift: 'fail' } });
    expect(drift.exitCode).toBe(0);
    expect(drift.log).toContain('No drift.');
  });

  it('asks for no alert types where every file has its UUID', async () => {
    const site = await start();
    await site.push(pair('detections/plain', 'A plain detection', { severity: 'low' }));
    expect(ruleOf(site, 'A plain detection').severity).toBe(30);
    expect(typeRequests(site)).toBe(0);
  });

  it('is held back alone when its type is not there, and says what to write; a plan says the same', async () => {
    const site = await start();
    const files = {
      'detections/guess.yml': YAML.replace('brute-force', 'brut-force'),
      'detections/guess_sigma.yml': pattern(),
      ...pair('detections/twice', 'One of several', { alert_type_uuid: undefined, alert_type: 'blacklist' }),
      ...pair('detections/plain', 'A plain detection'),
    };
    const plan = await site.pullRequest(files);
    expect(plan.exitCode).toBe(1);
    expect(plan.summary).toContain('intrusion-attempts/brute-force');
    const run = await site.push(files);
    expect(run.exitCode).toBe(1);
    expect(rulesOf(run).map(({ path, operation, outcome }) => [path, operation, outcome])).toEqual([
      ['detections/guess.yml', 'blocked', 'failed'],
      ['detections/plain.json', 'create', 'done'],
      ['detections/twice.json', 'blocked', 'failed'],
    ]);
    expect(run.log).toContain('Did you mean `intrusion-attempts/brute-force`?');
    expect(run.log).toContain('malicious-traffic/blacklist (');
    expect(site.sekoia.customRules()).toHaveLength(1);
  });

  it('is held back alone when the platform does not give its types, in the words of the platform', async () => {
    const site = await start();
    site.sekoia.faults.push({
      when: ({ path }) => path.endsWith('/alerts/types'),
      do: { kind: 'answer', status: 403, body: { code: 'AU202', message: 'Insufficient permissions' } },
    });
    const run = await site.push({ ...FRIENDLY, ...pair('detections/plain', 'A plain detection') });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ created: '1', failed: '1' });
    expect(run.log).toContain('AU202: Insufficient permissions');
    expect(run.log).toContain('write `alert_type_uuid` in place of `alert_type`');
    expect(typeRequests(site)).toBe(1);
  });

  it("takes the platform's values back: numbers over words, names over names, techniques over techniques", async () => {
    const site = await start();
    await site.push(FRIENDLY);
    const rule = ruleOf(site);
    const exploit = ALERT_TYPES.find(({ uuid }) => uuid === EXPLOIT)!;
    Object.assign(rule, {
      severity: 80,
      effort: 4,
      alert_type: { ...rule.alert_type, uuid: exploit.uuid, value: exploit.value },
      related_object_refs: [GUESSING, POWERSHELL],
    });
    const run = await site.schedule({ inputs: { mode: 'drift', drift: 'pull-request' } });
    expect(run.outputs['failed']).toBe('0');
    expect(String(await site.repository.readAt(OURS, 'detections/guess.yml'))).toBe(
      [
        '# Ours',
        'name: Password guessing',
        'severity: 80 # as the web app calls it',
        'effort: 4',
        'alert_type: intrusion-attempts/exploit # by its name',
        'attack: [T1110.001, T1059.001]',
        `uuid: ${rule.uuid}`,
        '',
      ].join('\n'),
    );
    await site.github.mergePull(1);
    await site.repository.pull();
    const after = await site.schedule({ inputs: { mode: 'drift', drift: 'fail' } });
    expect(after.exitCode).toBe(0);
  });

  it("says what of the platform's values no word or name can hold", async () => {
    const site = await start();
    await site.push(FRIENDLY);
    ruleOf(site).related_object_refs = ['intrusion-set--01e28736-2ffc-455b-9880-ed4d1407ae07'];
    const run = await site.schedule({ inputs: { mode: 'drift', drift: 'pull-request' } });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('the file has no `related_object_refs` to hold intrusion-set--');
  });
});

describe('mode: alert-types', () => {
  it('lists every type with the names and UUIDs that files take, and asks for nothing else', async () => {
    const site = await start({ sekoia: { switches: { alertCategories: 'names' } } });
    const run = await site.dispatch({ inputs: { mode: 'alert-types' } });
    expect(run.exitCode).toBe(0);
    expect(site.sekoia.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/sic/conf/alerts/types',
    ]);
    expect(run.log).toContain(`intrusion-attempts/brute-force  ${BRUTE_FORCE}  Intrusion attempts / brute-force`);
    expect(run.log).toContain(`${ALERT_TYPES.length} alert types, listed above and in the summary.`);
    expect(run.summary).toContain(`<code>intrusion-attempts/brute-force</code>`);
    expect(run.summary).toContain(`<code>${BRUTE_FORCE}</code>`);
    const report: unknown = JSON.parse(run.files['report']!);
    const { alertTypes } = report as { readonly alertTypes: readonly { readonly name: string }[] };
    const names = alertTypes.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toHaveLength(ALERT_TYPES.length);
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    validate(report);
    expect(validate.errors).toBeNull();
  });

  it('makes hostile names harmless, in the log and in the summary', async () => {
    const site = await start();
    site.sekoia.switches.tamperAlertTypes = (rows) => [
      ...rows,
      {
        uuid: EXPLOIT,
        category_name: '::error::forged\n::warning::x',
        value: 'a | b <img src=x>',
        detail: '\n::set-output name=created::99',
        description: '##[error]forged `x` [l](https://evil.example) @octocat\u202e',
      },
    ];
    const run = await site.dispatch({ inputs: { mode: 'alert-types' } });
    expect(run.exitCode).toBe(0);
    expect(run.annotations).toEqual([]);
    expect(run.outputs['created']).toBe('0');
    expect(run.summary).not.toMatch(/<img|[^\\]\]\(https|https:\/\/|\u202e/u);
  });

  it('needs a key, and tells what the platform says when it may not read', async () => {
    const site = await start();
    const keyless = await site.dispatch({ inputs: { mode: 'alert-types', 'api-key': '' } });
    expect(keyless.exitCode).toBe(1);
    expect(keyless.log).toContain('The input `api-key` is empty');
    const wrong = await site.dispatch({ inputs: { mode: 'alert-types', 'api-key': 'another-key' } });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.log).toContain('The alert types could not be read');
  });
});
