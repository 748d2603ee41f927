import { afterEach, describe, expect, it } from '@jest/globals';
import { FIRST, startSekoia } from './sekoia.js';
import type { SekoiaOptions, SekoiaStandIn } from './sekoia.js';
import { HTML_AFTER, WAF_BLOCK, tooManyRequests } from './sekoia/faults.js';
import type { Fault } from './sekoia/faults.js';
import type { ServedRule } from './sekoia/shapes.js';

const RULES = '/v1/sic/conf/rules-catalog/rules';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const PATTERN = 'detection:\n  selection:\n    process.name: whoami.exe\n  condition: selection\n';
const RULE = {
  name: 'Whoami was started',
  type: 'sigma',
  description: '',
  payload: PATTERN,
  severity: 40,
  effort: 2,
  alert_type_uuid: '599f4b1a-dd60-43fe-8ee9-07d3c5d00ded',
  enabled: true,
};

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when the text is no JSON. */
  readonly json: unknown;
}

let started: SekoiaStandIn[] = [];

async function start(options?: SekoiaOptions): Promise<SekoiaStandIn> {
  const sekoia = await startSekoia(options);
  started.push(sekoia);
  return sekoia;
}

afterEach(async () => {
  await Promise.all(started.map((sekoia) => sekoia.stop()));
  started = [];
});

async function call(
  sekoia: SekoiaStandIn,
  method: string,
  path: string,
  body?: unknown,
  key = 'a-key',
): Promise<Reply> {
  const response = await fetch(`${sekoia.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function create(sekoia: SekoiaStandIn, fields: Readonly<Record<string, unknown>> = {}): Promise<ServedRule> {
  const reply = await call(sekoia, 'POST', RULES, { ...RULE, ...fields });
  expect(reply).toMatchObject({ status: 200 });
  return reply.json as ServedRule;
}

function items(reply: Reply): readonly ServedRule[] {
  return (reply.json as { items: readonly ServedRule[] }).items;
}

describe('who may ask', () => {
  it.each(['/v1/me', '/api/v1/me', '/v1/nothing'])('refuses %s without a key', async (path) => {
    const sekoia = await start();
    const response = await fetch(`${sekoia.url}${path}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ code: 'AU101', message: 'Authentication failed' });
  });

  it('knows only the keys it was given, and lets each do only what it may', async () => {
    const sekoia = await start({ keys: { reader: ['read'] } });
    expect((await call(sekoia, 'GET', '/v1/me', undefined, 'constructor')).status).toBe(401);
    expect((await call(sekoia, 'GET', RULES, undefined, 'reader')).status).toBe(200);
    const refused = { status: 403, json: { message: 'Insufficient permissions', code: 'AU202' } };
    expect(await call(sekoia, 'POST', RULES, RULE, 'reader')).toMatchObject(refused);
    expect(await call(sekoia, 'PUT', `${RULES}/${UNKNOWN}/enabled`, undefined, 'reader')).toMatchObject(refused);
    expect(await call(sekoia, 'DELETE', `${RULES}/${UNKNOWN}`, undefined, 'reader')).toMatchObject(refused);
  });

  it.each([
    ['GET', '/v1/me'],
    ['GET', '/api/v1/auth/validate'],
    ['GET', '/v1/sic/conf/entities'],
    ['GET', '/api/v1/sic/conf/alerts/types?limit=100'],
    ['GET', '/v1/sic/conf/datasources'],
  ])('answers %s %s', async (method, path) => {
    expect((await call(await start(), method, path)).status).toBe(200);
  });

  it('shows the one community of its keys and no other', async () => {
    const sekoia = await start();
    expect((await call(sekoia, 'GET', `/v1/communities/${sekoia.community}`)).json).toMatchObject({
      uuid: sekoia.community,
    });
    expect((await call(sekoia, 'GET', `/v1/communities/${UNKNOWN}`)).status).toBe(403);
  });

  it.each([
    ['PATCH', `${RULES}/${UNKNOWN}`],
    ['GET', `/v1/sic/conf/rules/${UNKNOWN}`],
    ['POST', `${RULES}/${UNKNOWN}/alert-filters`],
    ['GET', '/'],
  ])('has no route %s %s', async (method, path) => {
    expect(await call(await start(), method, path)).toMatchObject({ status: 404, json: { code: 'T404' } });
  });
});

describe('rules', () => {
  it('creates a rule in the shape that the platform answers with', async () => {
    const sekoia = await start();
    const rule = await create(sekoia, { tags: ['dac'], entities: [UNKNOWN], parameters: [{ name: 'a', value: 1 }] });
    expect(rule).toMatchObject({
      name: RULE.name,
      payload: PATTERN,
      alert_type: { uuid: RULE.alert_type_uuid, value: 'application-compromise' },
      alert_category: { name: 'intrusions' },
      tags: [{ name: 'dac' }],
      entities: [{ uuid: UNKNOWN }],
      parameters: [{ name: 'a', value: 1, default: null }],
      all_entities: false,
      all_assets: false,
      community_uuid: sekoia.community,
      created_by_type: 'apikey',
      verified: false,
      last_compilation_success: true,
      last_compilation_message: '',
    });
    expect(rule).not.toHaveProperty('alert_type_uuid');
    expect(rule.instance_uuid).not.toBe(rule.uuid);
    expect(rule.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/u);
    expect(rule.last_compilation_at! > rule.updated_at).toBe(true);
    expect((await call(sekoia, 'GET', `/api${RULES}/${rule.uuid}`)).json).toEqual(rule);
    expect(sekoia.customRules()).toEqual([rule]);
  });

  it.each([
    ['reset', { tags: [], goal: '', all_entities: false }],
    ['merge', { tags: [{ name: 'dac' }], goal: 'a goal', all_entities: true }],
  ] as const)('%ss what an update leaves out', async (updates, expected) => {
    const sekoia = await start({ switches: { updates } });
    const rule = await create(sekoia, { tags: ['dac'], goal: 'a goal', all_entities: true });
    const reply = await call(sekoia, 'PUT', `${RULES}/${rule.uuid}`, { ...RULE, name: 'Another name' });
    expect(reply).toMatchObject({ status: 200, json: { name: 'Another name', uuid: rule.uuid, ...expected } });
    expect((reply.json as ServedRule).updated_at > rule.updated_at).toBe(true);
  });

  it.each([
    ['sets', false],
    ['ignored', true],
  ] as const)('treats enabled of an update as "%s"', async (enabledInPut, enabled) => {
    const sekoia = await start({ switches: { enabledInPut } });
    const { uuid } = await create(sekoia);
    const reply = await call(sekoia, 'PUT', `${RULES}/${uuid}`, { ...RULE, enabled: false });
    expect(reply.json).toMatchObject({ enabled });
  });

  it('enables and disables without moving the time of the last write', async () => {
    const sekoia = await start();
    const rule = await create(sekoia);
    expect((await call(sekoia, 'PUT', `${RULES}/${rule.uuid}/disabled`)).json).toEqual({ ...rule, enabled: false });
    expect((await call(sekoia, 'PUT', `${RULES}/${rule.uuid}/enabled`)).json).toEqual(rule);
  });

  it('lets nobody edit or delete the rules of the platform, and everybody enable them', async () => {
    const sekoia = await start();
    const verified = [...sekoia.rules.values()].filter((rule) => rule.verified);
    expect(verified.length).toBeGreaterThanOrEqual(150);
    const path = `${RULES}/${verified[0]!.uuid}`;
    expect((await call(sekoia, 'PUT', path, RULE)).status).toBe(403);
    expect((await call(sekoia, 'DELETE', path)).status).toBe(403);
    expect((await call(sekoia, 'PUT', `${path}/enabled`)).json).toMatchObject({ enabled: true });
  });

  it.each([
    [{}, 204, 404, 403, 403],
    [{ deleteStatus: 200, unknownOnGet: 403, unknownOnDelete: 404 }, 200, 403, 403, 404],
  ] as const)('answers for a rule that is gone with switches %j', async (switches, deleted, get, put, again) => {
    const sekoia = await start({ switches });
    const { uuid } = await create(sekoia);
    expect((await call(sekoia, 'DELETE', `${RULES}/${uuid}`)).status).toBe(deleted);
    expect((await call(sekoia, 'GET', `${RULES}/${uuid}`)).status).toBe(get);
    expect((await call(sekoia, 'PUT', `${RULES}/${uuid}`, RULE)).status).toBe(put);
    expect((await call(sekoia, 'DELETE', `${RULES}/${uuid}`)).status).toBe(again);
  });

  it('keeps a rule that a person made', async () => {
    const sekoia = await start();
    const { uuid } = sekoia.seedRule({ name: 'Made by hand', created_by_type: 'avatar' });
    const reply = await call(sekoia, 'GET', `${RULES}/${uuid}`);
    expect(reply.json).toMatchObject({ name: 'Made by hand', created_by_type: 'avatar', verified: false });
  });
});

describe('what is refused', () => {
  const refused: readonly (readonly [string, Readonly<Record<string, unknown>>, string, string])[] = [
    ['a short name', { name: 'four' }, 'name', 'String should have at least 5 characters'],
    ['a long name', { name: '💥'.repeat(101) }, 'name', 'String should have at most 100 characters'],
    [
      'a long description',
      { description: 'x'.repeat(1001) },
      'description',
      'String should have at most 1000 characters',
    ],
    ['an effort of 5', { effort: 5 }, 'effort', 'Input should be less than or equal to 4'],
    ['a severity of 101', { severity: 101 }, 'severity', 'Input should be less than or equal to 100'],
    ['a severity of 1.5', { severity: 1.5 }, 'severity', 'Input should be a valid integer'],
    ['another type', { type: 'cti' }, 'type', "Input should be 'sigma'"],
    ['an unknown alert type', { alert_type_uuid: UNKNOWN }, 'alert_type_uuid', 'Unknown alert type'],
    [
      'a data source by name',
      { datasources: ['Sysmon'] },
      'datasources',
      'Item 0: UUID input should be a string, bytes or UUID object',
    ],
    ['a missing field', { enabled: undefined }, 'enabled', 'Field required'],
    ['an unknown field', { references: '' }, 'references', 'Extra inputs are not permitted'],
  ];
  it.each(refused)('refuses %s', async (_what, fields, field, message) => {
    const sekoia = await start();
    expect(await call(sekoia, 'POST', RULES, { ...RULE, ...fields })).toMatchObject({
      status: 400,
      json: { code: 'VA301', message: 'Request validation error', context: { json: { [field]: [message] } } },
    });
    expect(sekoia.customRules()).toEqual([]);
  });

  it('counts characters, not UTF-16 units, and takes unknown fields when it is not strict', async () => {
    const sekoia = await start({ switches: { strict: false } });
    await create(sekoia, { name: '💥'.repeat(100), references: 'ignored' });
    expect(sekoia.customRules()[0]).toMatchObject({ references: '' });
  });

  it.each([
    ['tabs', 'detection:\n\tselection: 1\n', 'RUL100'],
    ['an unknown field', PATTERN.replace('process.name', 'process.naem|contains'), 'RUL143'],
  ])('refuses a pattern with %s', async (_what, payload, code) => {
    const sekoia = await start({ switches: { fields: new Set(['process.name']) } });
    expect(await call(sekoia, 'POST', RULES, { ...RULE, payload })).toMatchObject({ status: 400, json: { code } });
    await create(sekoia);
  });

  it('refuses a foreign community wherever it stands', async () => {
    const sekoia = await start();
    expect((await call(sekoia, 'POST', RULES, { ...RULE, community_uuid: UNKNOWN })).status).toBe(403);
    expect((await call(sekoia, 'GET', `${RULES}?community_uuid=${UNKNOWN}`)).status).toBe(403);
    await create(sekoia, { community_uuid: sekoia.community });
  });

  it('refuses a body that is no JSON', async () => {
    const sekoia = await start();
    const headers = { authorization: 'Bearer a-key' };
    const response = await fetch(`${sekoia.url}${RULES}`, { method: 'POST', headers, body: '{"name":' });
    expect(response.status).toBe(400);
  });
});

describe('lists', () => {
  it('come in pages that hold every rule once', async () => {
    const sekoia = await start({ verifiedRules: 230 });
    const seen = new Set<string>();
    for (const offset of [0, 100, 200, 300]) {
      const reply = await call(sekoia, 'GET', `${RULES}?limit=100&offset=${offset}`);
      expect(reply.json).toMatchObject({ total: 230 });
      for (const { uuid } of items(reply)) seen.add(uuid);
    }
    expect(seen.size).toBe(230);
  });

  it.each(['0', '101', 'many'])('refuse a limit of %s', async (limit) => {
    const reply = await call(await start(), 'GET', `${RULES}?limit=${limit}`);
    expect(reply).toMatchObject({
      status: 400,
      json: {
        code: 'VA301',
        context: { querystring: { limit: ['Must be greater than or equal to 1 and less than or equal to 100.'] } },
      },
    });
  });

  it.each([
    ['Alpha (one)', ['Alpha (one)']],
    ['alpha (one)', []],
    ['Alpha (one),Alpha two', ['Alpha (one)', 'Alpha two']],
    ['*lpha*', ['Alpha (one)', 'Alpha two', 'Alpha, three']],
    ['Alpha, three', []],
    ['Alpha ?one)', []],
  ])('match the name %j', async (match, names) => {
    const sekoia = await start();
    for (const name of ['Alpha (one)', 'Alpha two', 'Alpha, three']) await create(sekoia, { name });
    const reply = await call(sekoia, 'GET', `${RULES}?match[name]=${encodeURIComponent(match)}&match[tags]=none`);
    expect(items(reply).map(({ name }) => name)).toEqual(names);
  });

  it('can ignore the offset, cap pages, be short and be stale', async () => {
    const sekoia = await start();
    await create(sekoia);
    const list = async (query: string): Promise<readonly ServedRule[]> =>
      items(await call(sekoia, 'GET', `${RULES}?${query}`));
    const first = await list('limit=10');
    expect(await list('limit=10&offset=10')).not.toEqual(first);
    sekoia.switches.offset = 'ignored';
    expect(await list('limit=10&offset=10')).toEqual(first);
    sekoia.switches.silentPageCap = 20;
    expect(await list('limit=1000')).toHaveLength(20);
    sekoia.switches.listRows = 'short';
    expect((await list('limit=1'))[0]).not.toHaveProperty('payload');
    sekoia.switches.staleListMs = 60_000;
    expect(await list(`match[name]=${RULE.name}`)).toEqual([]);
    sekoia.switches.staleListMs = 0;
    expect(await list(`match[name]=${RULE.name}`)).toHaveLength(1);
  });
});

describe('compilation', () => {
  it('comes later when it takes its time, by the server’s clock', async () => {
    const sekoia = await start({ switches: { compile: { delayMs: 60_000 } } });
    const { uuid, ...rule } = await create(sekoia);
    const never = { last_compilation_success: null, last_compilation_message: null, last_compilation_at: null };
    expect(rule).toMatchObject(never);
    sekoia.switches.clockOffsetMs = 59_000;
    expect((await call(sekoia, 'GET', `${RULES}/${uuid}`)).json).toMatchObject(never);
    sekoia.switches.clockOffsetMs = 61_000;
    expect((await call(sekoia, 'GET', `${RULES}/${uuid}`)).json).toMatchObject({ last_compilation_success: true });
  });

  it('shows the last result until the new one is there', async () => {
    const sekoia = await start();
    const rule = await create(sekoia);
    sekoia.switches.compile = 'never';
    const reply = await call(sekoia, 'PUT', `${RULES}/${rule.uuid}`, RULE);
    expect(reply.json).toMatchObject({ last_compilation_at: rule.last_compilation_at, last_compilation_success: true });
  });

  it.each([
    ['no condition', 'detection:\n  selection:\n    a: b\n', 'The detection has no condition'],
    ['an undefined name', PATTERN.replace('condition: selection', 'condition: not other'), /"other"/u],
    ['neither detection nor correlation', 'title: nothing\n', /neither/u],
  ])('fails for %s', async (_what, payload, message) => {
    const rule = await create(await start(), { payload });
    expect(rule.last_compilation_success).toBe(false);
    expect(rule.last_compilation_message).toEqual(expect.stringMatching(message));
  });

  it('fails where a test wants it to', async () => {
    const failCompilation = (rule: ServedRule): string | null => (rule.severity > 90 ? 'Too severe' : null);
    const sekoia = await start({ switches: { failCompilation } });
    expect(await create(sekoia)).toMatchObject({ last_compilation_success: true });
    expect(await create(sekoia, { severity: 91 })).toMatchObject({ last_compilation_message: 'Too severe' });
  });

  it.each([
    ['the documented correlation', 'action: correlation\ntype: event_count\nrule: a\n'],
    ['the newer correlation', 'correlation:\n  type: event_count\n  rules: [a]\n'],
  ])('takes %s', async (_what, correlation) => {
    const rule = await create(await start(), { payload: `name: a\n${PATTERN}---\n${correlation}` });
    expect(rule.last_compilation_success).toBe(true);
  });
});

describe('what the platform may do to answers', () => {
  it('normalises patterns, drops zones and tampers, each when asked to', async () => {
    const sekoia = await start({ switches: { normalisesPayload: true, times: 'zoneless' } });
    sekoia.switches.tamper = (rule) => ({ ...rule, severity: 1 });
    const rule = await create(sekoia, { payload: PATTERN.replaceAll('\n', '  \r\n') });
    expect(rule).toMatchObject({ payload: PATTERN, severity: 1 });
    expect(rule.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/u);
    expect(sekoia.customRules()[0]).toMatchObject({ severity: 40 });
  });

  it('can answer 201, and 429 above a rate', async () => {
    const sekoia = await start({ switches: { createStatus: 201, rateLimit: { requests: 2, windowMs: 60_000 } } });
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await call(sekoia, 'POST', RULES, RULE)).status);
    expect(statuses).toEqual([201, 201, 429]);
  });
});

describe('faults', () => {
  const rows: readonly (readonly [string, Fault, number | 'error', number])[] = [
    ['a 502', { kind: 'answer', status: 502 }, 502, 0],
    ['a block by the firewall', WAF_BLOCK, 403, 0],
    ['a 429', tooManyRequests('1'), 429, 0],
    ['a gateway that gave up too early', { kind: 'answer-after', status: 504 }, 504, 1],
    ['HTML instead of the answer', HTML_AFTER, 200, 1],
    ['a reset', { kind: 'reset' }, 'error', 0],
    ['a lost answer', { kind: 'drop' }, 'error', 1],
    ['a delay', { kind: 'delay', ms: 5 }, 200, 1],
    ['malformed JSON', { kind: 'malformed-json' }, 200, 1],
    ['a truncated body', { kind: 'truncated' }, 'error', 1],
  ];
  it.each(rows)('strike once: %s', async (_what, fault, expected, rules) => {
    const sekoia = await start({ faults: [{ when: ({ method }) => method === 'POST', times: 1, do: fault }] });
    const status = await call(sekoia, 'POST', RULES, RULE).then(
      (reply) => reply.status,
      () => 'error',
    );
    expect(status).toBe(expected);
    expect(sekoia.customRules()).toHaveLength(rules);
    await create(sekoia);
  });

  it('can hit the n-th request of a method', async () => {
    const sekoia = await start();
    sekoia.faults.push({
      when: ({ method, countOfMethod }) => method === 'GET' && countOfMethod === 2,
      do: { kind: 'answer', status: 503, headers: { 'retry-after': '7' } },
    });
    await create(sekoia);
    expect((await call(sekoia, 'GET', '/v1/me')).status).toBe(200);
    const second = await call(sekoia, 'GET', '/v1/me');
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '7']);
    expect((await call(sekoia, 'GET', '/v1/me')).status).toBe(200);
  });

  it('answer broken JSON that no parser takes', async () => {
    const sekoia = await start({ faults: [{ do: { kind: 'malformed-json' } }] });
    const reply = await call(sekoia, 'POST', RULES, RULE);
    expect([reply.status, reply.json, reply.text === '']).toEqual([200, undefined, false]);
  });

  it('can leave a request hanging until the server stops', async () => {
    const sekoia = await start({ faults: [{ do: { kind: 'hang' } }] });
    const pending = call(sekoia, 'GET', '/v1/me').then(
      () => 'answered',
      () => 'cut',
    );
    while (sekoia.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await sekoia.stop();
    expect(await pending).toBe('cut');
    expect(sekoia.requests[0]).toMatchObject({ path: '/v1/me', status: null });
  });

  it('turn a fault of the test itself into an answer that says so', async () => {
    const when = (): boolean => {
      throw new Error('a slip in the test');
    };
    const sekoia = await start({ faults: [{ when, do: { kind: 'hang' } }] });
    expect(await call(sekoia, 'GET', '/v1/me')).toMatchObject({ status: 500, json: { message: 'a slip in the test' } });
  });
});

it('records what it was asked, on which connection, and what it answered', async () => {
  const sekoia = await start();
  await create(sekoia);
  await call(sekoia, 'GET', `${RULES}?limit=1&match[name]=a%2Cb`);
  expect(sekoia.requests).toMatchObject([
    { method: 'POST', path: RULES, body: { name: RULE.name }, status: 200, count: 1, connection: 1 },
    { method: 'GET', path: RULES, query: { limit: '1', 'match[name]': 'a,b' }, status: 200, count: 2 },
  ]);
  expect(sekoia.requests[1]!.atMs).toBeGreaterThan(sekoia.requests[0]!.atMs);
  expect(sekoia.connections).toBeGreaterThanOrEqual(1);
});

describe('a parent workspace', () => {
  const PARENT = { subcommunities: { [FIRST]: ['acme', 'globex'], other: ['initech'] }, communities: { b: 'other' } };

  it('shows its sub-communities to its own keys alone', async () => {
    const sekoia = await start(PARENT);
    const [acme, initech] = [sekoia.subcommunity('acme'), sekoia.subcommunity('initech')];
    expect((await call(sekoia, 'GET', `/v1/communities/${sekoia.community}`)).json).toMatchObject({
      is_parent: true,
      subcommunities: [acme, sekoia.subcommunity('globex')],
    });
    expect((await call(sekoia, 'GET', `/v1/communities/${acme}`)).json).toMatchObject({
      uuid: acme,
      is_parent: false,
      parent_community_uuid: sekoia.community,
    });
    expect((await call(sekoia, 'GET', `/v1/communities/${initech}`)).status).toBe(403);
    expect((await call(sekoia, 'GET', `/v1/communities/${initech}`, undefined, 'b')).status).toBe(200);
  });

  it('makes a rule where the body or the query names, unless that community is none of its own', async () => {
    const sekoia = await start(PARENT);
    const acme = sekoia.subcommunity('acme');
    expect(await create(sekoia, { community_uuid: acme.toUpperCase() })).toMatchObject({ community_uuid: acme });
    const byQuery = await call(sekoia, 'POST', `${RULES}?community_uuid=${acme}`, RULE);
    expect(byQuery.json).toMatchObject({ community_uuid: acme });
    const foreign = await call(sekoia, 'POST', RULES, { ...RULE, community_uuid: sekoia.subcommunity('initech') });
    expect([foreign.status, foreign.json]).toEqual([403, { message: 'Insufficient permissions', code: 'AU202' }]);
  });

  it('puts its own community in place of the one that was sent, on request', async () => {
    const sekoia = await start({ ...PARENT, switches: { communities: 'replaced' } });
    const rule = await create(sekoia, { community_uuid: sekoia.subcommunity('acme') });
    expect(rule).toMatchObject({ community_uuid: sekoia.community });
  });

  it('leaves a rule in its community whatever an update names', async () => {
    const sekoia = await start(PARENT);
    const [acme, globex] = [sekoia.subcommunity('acme'), sekoia.subcommunity('globex')];
    const { uuid } = await create(sekoia, { community_uuid: acme });
    expect((await call(sekoia, 'PUT', `${RULES}/${uuid}`, { ...RULE, community_uuid: globex })).json).toMatchObject({
      community_uuid: acme,
    });
  });

  it('has a state of a rule in each sub-community, which the rule itself does not show', async () => {
    const sekoia = await start(PARENT);
    const [acme, globex] = [sekoia.subcommunity('acme'), sekoia.subcommunity('globex')];
    const { uuid } = await create(sekoia, { available_for_subcommunities: true });
    const path = `${RULES}/${uuid}`;
    expect((await call(sekoia, 'PUT', `${path}/disabled?community_uuid=${acme}`)).json).toMatchObject({
      uuid,
      enabled: false,
    });
    expect([sekoia.isEnabledIn(uuid, acme), sekoia.isEnabledIn(uuid, globex)]).toEqual([false, undefined]);
    expect((await call(sekoia, 'GET', path)).json).toMatchObject({ enabled: true, available_for_subcommunities: true });
    const stranger = sekoia.subcommunity('initech');
    expect((await call(sekoia, 'PUT', `${path}/enabled?community_uuid=${stranger}`)).status).toBe(403);
    await call(sekoia, 'PUT', `${path}/disabled?community_uuid=${sekoia.community}`);
    expect(sekoia.rules.get(uuid)?.enabled).toBe(false);
  });
});
