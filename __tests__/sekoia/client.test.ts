import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/log.js';
import type { Log } from '../../src/log.js';
import { openSekoia } from '../../src/sekoia/client.js';
import type { Sekoia, SekoiaOptions } from '../../src/sekoia/client.js';
import { SekoiaError } from '../../src/sekoia/errors.js';
import { asRuleUuid } from '../../src/sekoia/types.js';
import type { Rule, RuleUuid, WriteRule } from '../../src/sekoia/types.js';
import { systemClock } from '../../src/sekoia/pace.js';
import { startSekoia } from '../support/sekoia.js';
import type { SekoiaOptions as StandInOptions, SekoiaStandIn } from '../support/sekoia.js';
import { HTML_AFTER, tooManyRequests, WAF_BLOCK } from '../support/sekoia/faults.js';
import type { Fault, PlannedFault } from '../support/sekoia/faults.js';
import { virtualClock } from './virtual-clock.js';
import type { VirtualClock } from './virtual-clock.js';

const CLOSERS: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of CLOSERS.splice(0).reverse()) await close();
});

interface SetUp {
  readonly platform: SekoiaStandIn;
  readonly sekoia: Sekoia;
  readonly clock: VirtualClock;
  readonly stop: AbortController;
  /** When each request started, on the virtual clock. */
  readonly starts: number[];
}

async function setUp(given: { platform?: StandInOptions; client?: Partial<SekoiaOptions> } = {}): Promise<SetUp> {
  const platform = await startSekoia({ verifiedRules: 0, ...given.platform });
  CLOSERS.push(() => platform.stop());
  const clock = virtualClock();
  const stop = new AbortController();
  const starts: number[] = [];
  const sekoia = openSekoia({
    apiUrl: platform.url,
    apiKey: 'KEY',
    requestsPerSecond: 5,
    userAgent: 'test',
    env: {},
    signal: stop.signal,
    log: silentLog,
    clock,
    random: () => 0,
    onRequest: () => starts.push(clock.now()),
    ...given.client,
  });
  CLOSERS.push(() => sekoia.close());
  return { platform, sekoia, clock, stop, starts };
}

const BODY: WriteRule = {
  name: 'Encoded command',
  type: 'sigma',
  description: '',
  payload: 'detection:\n  selection:\n    process.name: a\n  condition: selection\n',
  severity: 40,
  effort: 2,
  alert_type_uuid: '599f4b1a-dd60-43fe-8ee9-07d3c5d00ded',
  enabled: true,
  tags: ['windows'],
  related_object_refs: [],
  datasources: [],
  event_fields: [{ field: 'process.name', description: 'name' }],
  parameters: [],
  all_entities: true,
  entities: [],
  all_assets: true,
  assets: [],
  goal: '',
  false_positives: '',
  similarity_strategy: ['user.name'],
};

const UNKNOWN = asRuleUuid('00000000-0000-4000-8000-000000000001')!;

function seed(platform: SekoiaStandIn): RuleUuid {
  return asRuleUuid(platform.seedRule({ name: 'Seeded rule' }).uuid)!;
}

function get(sekoia: Sekoia, uuid: RuleUuid): Promise<Rule> {
  return sekoia.readCatalogue({ uuids: [uuid], names: [] }).then(({ byUuid }) => {
    const lookup = byUuid.get(uuid)!;
    if (lookup.kind === 'failed') throw lookup.error;
    if (lookup.kind === 'gone') throw new Error('gone');
    return lookup.value;
  });
}

async function errorOf(call: Promise<unknown>): Promise<SekoiaError> {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(SekoiaError);
  return thrown as SekoiaError;
}

function first(method: string, times: number, fault: Fault): PlannedFault {
  return { when: (request) => request.method === method, times, do: fault };
}

describe('the rules', () => {
  it.each([200, 201] as const)('are created, whichever status says so (%d)', async (createStatus) => {
    const { platform, sekoia } = await setUp({ platform: { switches: { createStatus } } });
    const rule = await sekoia.create(BODY);
    expect(rule.write).toEqual({ ...BODY, available_for_subcommunities: false });
    expect(platform.rules.get(rule.uuid)?.payload).toBe(BODY.payload);
    expect(rule.missing).toEqual([]);
  });

  it('are updated in place, in the write shape', async () => {
    const { platform, sekoia } = await setUp();
    const uuid = seed(platform);
    const rule = await sekoia.update(uuid, { ...BODY, severity: 90 });
    expect(rule).toMatchObject({ uuid, write: { ...BODY, severity: 90 } });
    const sent = platform.requests[0]!;
    expect([sent.method, sent.path]).toEqual(['PUT', `/v1/sic/conf/rules-catalog/rules/${uuid}`]);
    expect(Object.keys(sent.body as object)).toEqual(Object.keys(BODY));
  });

  it('are enabled and disabled by calls without a body', async () => {
    const { platform, sekoia } = await setUp();
    const uuid = seed(platform);
    expect((await sekoia.setEnabled(uuid, 'disabled')).write.enabled).toBe(false);
    expect((await sekoia.setEnabled(uuid, 'enabled')).write.enabled).toBe(true);
    expect(platform.requests.map(({ path, body }) => [path.split('/').at(-1), body])).toEqual([
      ['disabled', undefined],
      ['enabled', undefined],
    ]);
  });

  it('are another one than asked for: an error', async () => {
    const { platform, sekoia } = await setUp({
      platform: { switches: { tamper: (rule) => ({ ...rule, uuid: UNKNOWN }) } },
    });
    const uuid = seed(platform);
    for (const call of [get(sekoia, uuid), sekoia.update(uuid, BODY), sekoia.setEnabled(uuid, 'disabled')]) {
      expect((await errorOf(call)).code).toBe('other-rule');
    }
  });

  it.each([
    ['/', ''],
    ['/api', '/api'],
    ['/api/', '/api'],
  ])('are found below a base that ends in %s', async (end, before) => {
    const { platform } = await setUp();
    const { sekoia } = await setUp({ client: { apiUrl: `${platform.url}${end}` } });
    await get(sekoia, seed(platform));
    expect(platform.requests[0]?.path).toMatch(new RegExp(`^${before}/v1/sic/`, 'u'));
  });

  it('are refused with the words of the platform', async () => {
    const { sekoia } = await setUp();
    const error = await errorOf(sekoia.create({ ...BODY, name: 'x' }));
    expect(error).toMatchObject({ code: 'refused', status: 400, platform: { code: 'VA301' } });
    expect(error.message).toContain('"name"');
  });
});

describe('settings', () => {
  it.each([
    ['api-url', { apiUrl: 'fra1' }],
    ['api-url', { apiUrl: 'file:///etc/passwd' }],
    ['API key', { apiKey: '' }],
    ['API key', { apiKey: 'secret\nvalue' }],
  ])('of a bad %s are told at once, the key never', (what, client) => {
    const open = (): Sekoia =>
      openSekoia({
        apiUrl: 'http://127.0.0.1:9',
        apiKey: 'KEY',
        requestsPerSecond: 5,
        userAgent: 'test',
        env: {},
        signal: new AbortController().signal,
        log: silentLog,
        ...client,
      });
    expect(open).toThrow(
      expect.objectContaining({
        code: 'bad-settings',
        message: expect.stringContaining(what) as unknown,
      }),
    );
    expect(open).not.toThrow(/secret/u);
  });
});

describe('trying again', () => {
  it.each([
    ['a reset connection', { kind: 'reset' }, [0, 1000, 3000]],
    ['502', { kind: 'answer', status: 502, body: {} }, [0, 1000, 11_000]],
    ['503', { kind: 'answer', status: 503, body: {} }, [0, 1000, 11_000]],
    ['504', { kind: 'answer', status: 504, body: {} }, [0, 1000, 11_000]],
    ['429', tooManyRequests(), [0, 10_000, 20_000]],
    ['429 with Retry-After', tooManyRequests('12'), [0, 12_000, 24_000]],
  ] as const)('helps a GET and a PUT after %s, twice', async (_what, fault, starts) => {
    for (const method of ['GET', 'PUT']) {
      const { platform, sekoia, starts: seen } = await setUp({ platform: { faults: [first(method, 2, fault)] } });
      const uuid = seed(platform);
      await (method === 'GET' ? get(sekoia, uuid) : sekoia.update(uuid, BODY));
      // Two errors within ten seconds cost the pause as well (the second one comes a second after the first).
      expect(seen).toEqual(starts);
    }
  });

  it('ends after three tries with the error of the last', async () => {
    const { sekoia, platform } = await setUp({ platform: { faults: [first('GET', 9, { kind: 'drop' })] } });
    expect((await errorOf(get(sekoia, seed(platform)))).code).toBe('connection-lost');
    expect(platform.requests).toHaveLength(3);
    expect(sekoia.statistics).toEqual({ requests: 3, waitedMs: 3_000 });
  });

  it.each([
    ['500', { kind: 'answer', status: 500, body: { message: 'oops' } }, 'server-error'],
    ['400', { kind: 'answer', status: 400, body: { message: 'bad' } }, 'refused'],
    ["the firewall's 403", WAF_BLOCK, 'blocked'],
    ['a page instead of JSON', HTML_AFTER, 'unreadable-answer'],
    ['a redirect', { kind: 'answer', status: 308, headers: { location: 'http://other.invalid/' } }, 'redirected'],
  ] as const)('is no use to a PUT after %s', async (_what, fault, code) => {
    const { sekoia, platform } = await setUp({ platform: { faults: [first('PUT', 9, fault)] } });
    expect((await errorOf(sekoia.update(seed(platform), BODY))).code).toBe(code);
    expect(platform.requests).toHaveLength(1);
  });

  it.each([
    ['429', tooManyRequests('1')],
    ["the firewall's 429", { kind: 'answer', status: 429, body: '<html>' }],
  ] as const)('helps a create after %s', async (_what, fault) => {
    const { sekoia, platform } = await setUp({ platform: { faults: [first('POST', 2, fault)] } });
    await sekoia.create(BODY);
    expect(platform.requests).toHaveLength(3);
    expect(platform.customRules()).toHaveLength(1);
  });

  it('helps a create when nobody listened', async () => {
    const { sekoia, platform } = await setUp();
    await platform.stop();
    expect((await errorOf(sekoia.create(BODY))).code).toBe('unreachable');
    expect(sekoia.statistics.requests).toBe(3);
  });

  it.each([
    ['a reset', { kind: 'reset' }],
    ['a cut connection', { kind: 'drop' }],
    ['a truncated answer', { kind: 'truncated' }],
    ['half of the JSON', { kind: 'malformed-json' }],
    ['a page with status 200', HTML_AFTER],
    ['JSON without a UUID', { kind: 'answer-after', status: 200, body: {} }],
    ['204', { kind: 'answer-after', status: 204 }],
    ['500', { kind: 'answer-after', status: 500, body: { code: 'X', message: 'after the insert' } }],
    ['502', { kind: 'answer-after', status: 502, body: '<html>' }],
    ['503', { kind: 'answer-after', status: 503, body: '<html>', headers: { 'retry-after': '1' } }],
    ['504', { kind: 'answer-after', status: 504, body: '<html>' }],
    ['nothing', { kind: 'hang' }],
  ] as const)('never happens to a create after %s: its answer is lost', async (_what, fault) => {
    const { sekoia, platform } = await setUp({
      platform: { faults: [first('POST', 9, fault)] },
      client: { deadlineMs: 300 },
    });
    const error = await errorOf(sekoia.create(BODY));
    expect(error.code).toBe('answer-lost');
    expect(error.cause).toBeInstanceOf(SekoiaError);
    expect(platform.requests).toHaveLength(1);
  });

  it('waits for all calls after 429, since it is about the address', async () => {
    const { sekoia, platform, starts } = await setUp({
      platform: { faults: [first('POST', 1, tooManyRequests('20'))] },
    });
    const uuid = seed(platform);
    const create = sekoia.create(BODY);
    while (platform.requests[0]?.status !== 429) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([create, get(sekoia, uuid)]);
    expect(starts).toEqual([0, 20_000, 20_200]);
  });
});

describe('the end of talking', () => {
  it('comes with the first 401: what waits and what comes later is not sent', async () => {
    const { sekoia, platform } = await setUp({ platform: { keys: { OTHER: ['read'] } } });
    const calls = Array.from({ length: 8 }, () => errorOf(sekoia.create(BODY)));
    const errors = await Promise.all(calls);
    expect(errors.map(({ code }) => code)).toEqual(Array.from({ length: 8 }, () => 'unauthorised'));
    const sent = platform.requests.length;
    expect(sent).toBeLessThanOrEqual(4);
    const later = await errorOf(sekoia.update(UNKNOWN, BODY));
    expect(later).toMatchObject({ code: 'unauthorised', status: null });
    expect(later.message).toContain('401');
    expect(platform.requests).toHaveLength(sent);
  });

  it('comes with the signal: what is in flight may finish, the rest is not sent', async () => {
    const { sekoia, platform, stop } = await setUp({
      platform: { faults: [first('POST', 1, { kind: 'delay', ms: 100 })] },
      // The two seconds that it gets are real ones here.
      client: { requestsPerSecond: 0, clock: systemClock },
    });
    const inFlight = sekoia.create(BODY);
    while (platform.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    expect((await errorOf(sekoia.create(BODY))).code).toBe('stopped');
    expect((await inFlight).write.name).toBe(BODY.name);
    expect(platform.requests).toHaveLength(1);
  });

  it('does not wait for those that hold the slots', async () => {
    const { sekoia, platform, stop } = await setUp({
      platform: { faults: [first('POST', 9, { kind: 'hang' })] },
      client: { deadlineMs: 600_000 },
    });
    const hanging = Array.from({ length: 4 }, () => errorOf(sekoia.create(BODY)));
    while (platform.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    const waiting = errorOf(sekoia.create(BODY));
    stop.abort();
    expect((await waiting).code).toBe('stopped');
    await sekoia.close();
    expect((await Promise.all(hanging)).map(({ code }) => code)).toContain('answer-lost');
  });

  it.each([
    ['GET', 'stopped'],
    // The platform may have done it: "stopped" would say that it has not.
    ['PUT', 'cut-off'],
  ])('keeps what the try of a %s before it said', async (method, code) => {
    const { sekoia, platform, stop } = await setUp({
      platform: { faults: [first(method, 9, { kind: 'answer', status: 502, body: { message: 'bad gateway' } })] },
      client: {
        log: {
          ...silentLog,
          debug: (line) => {
            if (line.includes('sent again')) stop.abort();
          },
        },
      },
    });
    const uuid = seed(platform);
    const error = await errorOf(method === 'GET' ? get(sekoia, uuid) : sekoia.update(uuid, BODY));
    expect(error).toMatchObject({ code, cause: { code: 'server-error' } });
    expect(error.message).toContain('bad gateway');
  });

  it('comes after ten minutes of waiting: what would have to wait is not sent', async () => {
    const { sekoia, platform, clock } = await setUp({
      platform: { faults: [first('GET', 99, tooManyRequests('250'))] },
    });
    const uuid = seed(platform);
    expect((await errorOf(get(sekoia, uuid))).code).toBe('throttled');
    expect(clock.now()).toBe(500_000);
    const error = await errorOf(get(sekoia, uuid));
    expect(error).toMatchObject({ code: 'out-of-patience', status: 429 });
    expect((await errorOf(sekoia.update(uuid, BODY))).code).toBe('out-of-patience');
    expect(sekoia.statistics.waitedMs).toBeLessThanOrEqual(600_000);
  });
});

describe('the pace of all calls', () => {
  it('holds over everything that is sent', async () => {
    const { sekoia, starts } = await setUp();
    await Promise.all(Array.from({ length: 12 }, () => sekoia.create(BODY)));
    const gaps = starts.slice(1).map((start, index) => start - starts[index]!);
    expect(gaps).toEqual(Array.from({ length: 11 }, () => 200));
  });

  it('starts nothing for ten seconds after two refusals', async () => {
    const { sekoia, starts } = await setUp();
    for (let each = 0; each < 3; each += 1) await errorOf(sekoia.create({ ...BODY, name: 'x' }));
    await sekoia.create(BODY);
    expect(starts).toEqual([0, 200, 10_200, 10_400]);
    expect(sekoia.statistics).toEqual({ requests: 4, waitedMs: 10_000 });
  });

  it.each([
    [5, 4],
    [0, 16],
  ])('at %d a second at most %d are in flight, however many are asked for', async (requestsPerSecond, most) => {
    const { sekoia, platform } = await setUp({
      platform: { faults: [{ do: { kind: 'hang' } }] },
      client: { requestsPerSecond },
    });
    expect(sekoia.concurrency).toBe(most);
    const calls = Array.from({ length: 30 }, () => errorOf(sekoia.create(BODY)));
    while (platform.requests.length < most) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(platform.requests).toHaveLength(most);
    expect(platform.connections).toBeLessThanOrEqual(most);
    await sekoia.close();
    await Promise.all(calls);
  });
});

describe('the debug log', () => {
  it('has method, path, status and time, and never the key or a body', async () => {
    const lines: string[] = [];
    const log: Log = { ...silentLog, debug: (line) => lines.push(line) };
    const { sekoia } = await setUp({ client: { log, apiKey: 'very-secret' } });
    const { uuid } = await sekoia.create(BODY);
    await sekoia.readCatalogue({ uuids: [uuid], names: [BODY.name] });
    expect(lines).toHaveLength(3);
    for (const line of lines)
      expect(line).toMatch(/^(?:GET|POST) \/v1\/sic\/conf\/rules-catalog\/rules\S* 200 \d+ ms$/u);
  });
});
