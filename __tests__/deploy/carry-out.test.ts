import { afterEach, describe, expect, it } from '@jest/globals';
import { carryOut } from '../../src/deploy/carry-out.js';
import type { Outcome } from '../../src/deploy/types.js';
import type { Detection, ReadDetection, Removed } from '../../src/detections/types.js';
import { silentLog } from '../../src/log.js';
import { differences } from '../../src/plan/compare.js';
import { makePlan, wantedFor } from '../../src/plan/make-plan.js';
import { openSekoia } from '../../src/sekoia/client.js';
import { systemClock } from '../../src/sekoia/pace.js';
import type { Clock } from '../../src/sekoia/pace.js';
import type { RuleUuid } from '../../src/sekoia/types.js';
import { startSekoia } from '../support/sekoia.js';
import type { SekoiaOptions, SekoiaStandIn } from '../support/sekoia.js';
import { ALERT_TYPE, desired, detection, PATTERN } from '../plan/values.js';
import type { Policy } from '../../src/plan/types.js';

const APPLICATION_COMPROMISE = {
  uuid: ALERT_TYPE,
  category_uuid: '22222222-2222-4222-8222-222222222222',
  value: 'application-compromise',
  detail: '',
  description: '',
};

/** Pauses after refusals and waits before repeats take a fiftieth of their time. */
const FAST_CLOCK: Clock = {
  now: () => performance.now() * 50,
  date: () => Date.now(),
  sleep: (ms, signal) => systemClock.sleep(ms / 50, signal),
};

const standIns: SekoiaStandIn[] = [];
afterEach(async () => {
  await Promise.all(standIns.splice(0).map((standIn) => standIn.stop()));
});

async function start(options: SekoiaOptions = {}): Promise<SekoiaStandIn> {
  const standIn = await startSekoia(options);
  standIns.push(standIn);
  return standIn;
}

/** Plans and carries out against the stand-in with the real client; waits are not waited for but written down. */
async function deploy(
  standIn: SekoiaStandIn,
  detections: readonly Detection[],
  waits: number[] = [],
  given: { readonly removed?: readonly Removed[]; readonly policy?: Partial<Policy> } = {},
): Promise<readonly Outcome[]> {
  const sekoia = openSekoia({
    apiUrl: standIn.url,
    apiKey: 'key',
    requestsPerSecond: 0,
    userAgent: 'test',
    env: {},
    signal: new AbortController().signal,
    log: silentLog,
    clock: FAST_CLOCK,
  });
  const reads: ReadDetection[] = detections.map((each) => ({ kind: 'sound', detection: each }));
  try {
    const wish = desired(reads, given);
    const plan = makePlan(wish, await sekoia.readCatalogue(wantedFor(wish)));
    return await carryOut(plan, {
      sekoia,
      differences,
      isClaimed: () => false,
      signal: new AbortController().signal,
      sleep: (ms) => {
        waits.push(ms);
        return new Promise((resolve) => setTimeout(resolve, 60));
      },
      onProgress: () => undefined,
    });
  } finally {
    await sekoia.close();
  }
}

function sent(standIn: SekoiaStandIn): readonly string[] {
  return standIn.requests.map(({ method, path }) => `${method} ${path.replace(/^.*rules-catalog\/rules/, '')}`);
}

function existing(standIn: SekoiaStandIn, fields: Parameters<SekoiaStandIn['seedRule']>[0] = {}): RuleUuid {
  return standIn.seedRule({
    name: 'Suspicious process',
    payload: PATTERN,
    severity: 40,
    effort: 2,
    alert_type: APPLICATION_COMPROMISE,
    enabled: true,
    all_entities: true,
    all_assets: true,
    ...fields,
  }).uuid as RuleUuid;
}

it('creates a rule for all entities and assets, enabled, with its pattern byte for byte', async () => {
  const standIn = await start();
  const pattern = `${PATTERN.replaceAll('\n', '\r\n')}\n`;
  const [outcome] = await deploy(standIn, [detection({ pattern })]);
  const [rule] = standIn.customRules();
  expect(outcome).toMatchObject({ kind: 'done', uuid: rule?.uuid, reason: '' });
  expect(rule).toMatchObject({ payload: pattern, enabled: true, all_entities: true, all_assets: true });
  expect(standIn.requests.at(-1)?.body).not.toHaveProperty('uuid');
  expect(standIn.requests.at(-1)?.body).not.toHaveProperty('community_uuid');
});

it('updates with two requests, a read and a write, and keeps what people set on the platform', async () => {
  const standIn = await start();
  const uuid = existing(standIn, { enabled: false, goal: 'by the SOC', similarity_strategy: ['user.name'] });
  const [outcome] = await deploy(standIn, [detection({ uuid, with: { severity: 70 } })]);
  expect(outcome).toMatchObject({ kind: 'done', uuid });
  expect(sent(standIn)).toEqual([`GET /${uuid}`, `PUT /${uuid}`]);
  expect(standIn.rules.get(uuid)).toMatchObject({
    severity: 70,
    enabled: false,
    goal: 'by the SOC',
    similarity_strategy: ['user.name'],
  });
});

it('sends no write when nothing would change', async () => {
  const standIn = await start();
  const uuid = existing(standIn);
  const [outcome] = await deploy(standIn, [detection({ uuid })]);
  expect(outcome).toMatchObject({ kind: 'done', operation: { kind: 'unchanged' } });
  expect(sent(standIn)).toEqual([`GET /${uuid}`]);
});

describe('enabled', () => {
  it.each([
    { inPut: 'sets', calls: ['PUT'] },
    { inPut: 'ignored', calls: ['PUT', 'PUT /disabled'] },
  ] as const)('of the file holds where an update $inPut it, with $calls', async ({ inPut, calls }) => {
    const standIn = await start({ switches: { enabledInPut: inPut } });
    const uuid = existing(standIn);
    const [outcome] = await deploy(standIn, [detection({ uuid, with: { enabled: false } })]);
    expect(outcome?.kind).toBe('done');
    expect(standIn.rules.get(uuid)?.enabled).toBe(false);
    expect(sent(standIn).slice(1)).toEqual(
      calls.map((call) => call.replace('PUT', `PUT /${uuid}`).replace(' /disabled', '/disabled')),
    );
  });

  it('stays off where the SOC switched it off and the file does not say', async () => {
    const standIn = await start();
    const uuid = existing(standIn, { enabled: false });
    await deploy(standIn, [detection({ uuid, with: { severity: 1 } })]);
    expect(standIn.rules.get(uuid)).toMatchObject({ enabled: false, severity: 1 });
  });
});

describe('compilation', () => {
  const failing = (): string => 'field process.nam is not known';

  it('fails a rule that the platform could not compile, and keeps its UUID', async () => {
    const standIn = await start({ switches: { failCompilation: failing } });
    const [outcome] = await deploy(standIn, [detection()]);
    expect(outcome).toMatchObject({ kind: 'failed', uuid: standIn.customRules()[0]?.uuid });
    expect(outcome?.reason).toContain('field process.nam is not known');
  });

  it('looks once more where the answer does not say yet', async () => {
    const standIn = await start({ switches: { failCompilation: failing, compile: { delayMs: 30 } } });
    const waits: number[] = [];
    const [outcome] = await deploy(standIn, [detection()], waits);
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(waits).toHaveLength(1);
    expect(sent(standIn).filter((call) => call.startsWith('GET /'))).toHaveLength(1);
  });

  it('does not take the verdict on older content for the new one, whatever our clock says', async () => {
    const standIn = await start({ switches: { clockOffsetMs: -86_400_000 } });
    const uuid = existing(standIn);
    standIn.switches.compile = { delayMs: 30 };
    standIn.switches.failCompilation = failing;
    const changed = `${PATTERN}# changed\n`;
    const [outcome] = await deploy(standIn, [detection({ uuid, pattern: changed })]);
    expect(outcome).toMatchObject({ kind: 'failed', uuid });
  });

  it('says so where the platform never tells', async () => {
    const standIn = await start({ switches: { compile: 'never' } });
    const [outcome] = await deploy(standIn, [detection()]);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(outcome?.reason).toContain('has not said yet');
  });

  it('fails an unchanged rule whose last compilation failed: a second run must not turn green', async () => {
    const standIn = await start({ switches: { failCompilation: failing } });
    const [first] = await deploy(standIn, [detection()]);
    const [second] = await deploy(standIn, [detection({ uuid: first!.uuid })]);
    expect(second).toMatchObject({ kind: 'failed', operation: { kind: 'unchanged' } });
  });
});

it('fails where the platform holds other values than were sent', async () => {
  const standIn = await start({ switches: { tamper: (rule) => ({ ...rule, severity: 10 }) } });
  const [outcome] = await deploy(standIn, [detection()]);
  expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('severity (sent 40, holds 10)') });
});

it('accepts a platform that normalises the pattern', async () => {
  const standIn = await start({ switches: { normalisesPayload: true } });
  const crlf = PATTERN.replaceAll('\n', '  \r\n');
  const [first] = await deploy(standIn, [detection({ pattern: crlf })]);
  expect(first?.kind).toBe('done');
  const [second] = await deploy(standIn, [detection({ uuid: first!.uuid, pattern: crlf })]);
  expect(second?.operation.kind).toBe('unchanged');
});

it("goes on after one rule's failure and quotes the platform", async () => {
  const standIn = await start();
  const names = ['First rule here', 'Second rule here', 'Third rule here'];
  const outcomes = await deploy(
    standIn,
    names.map((name, index) =>
      detection({ name, path: `detections/${index}.json`, with: { alert_type_uuid: index === 1 ? 'x' : ALERT_TYPE } }),
    ),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'failed', 'done']);
  expect(outcomes[1]?.reason).toMatch(/VA301.*alert_type_uuid/);
  expect(standIn.customRules()).toHaveLength(2);
});

describe('a create whose answer is lost', () => {
  const isPost = ({ method }: { readonly method: string }): boolean => method === 'POST';

  it('is looked for and found: one rule, and its UUID is known', async () => {
    const standIn = await start({ faults: [{ when: isPost, do: { kind: 'drop' } }] });
    const [outcome] = await deploy(standIn, [detection()]);
    expect(outcome).toMatchObject({ kind: 'done', uuid: standIn.customRules()[0]?.uuid });
    expect(standIn.requests.filter(isPost)).toHaveLength(1);
  });

  it('is looked for ten seconds, and unknown when it is not found', async () => {
    const standIn = await start({ faults: [{ when: isPost, do: { kind: 'reset' } }] });
    const waits: number[] = [];
    const [outcome] = await deploy(standIn, [detection()], waits);
    expect(outcome).toMatchObject({ kind: 'unknown', uuid: null });
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(10_000);
    expect(standIn.requests.filter(isPost)).toHaveLength(1);
  });

  it('is found in a list that lags', async () => {
    const standIn = await start({
      switches: { staleListMs: 100 },
      faults: [{ when: isPost, do: { kind: 'drop' } }],
    });
    const [outcome] = await deploy(standIn, [detection()]);
    expect(outcome).toMatchObject({ kind: 'done', uuid: standIn.customRules()[0]?.uuid });
  });
});

it('gives two detections of one name a rule each though both creates lost their answers', async () => {
  const isPost = ({ method }: { readonly method: string }): boolean => method === 'POST';
  const standIn = await start({ switches: { latencyMs: 20 }, faults: [{ when: isPost, do: { kind: 'drop' } }] });
  const twins = [detection({ path: 'd/a.json' }), detection({ path: 'd/b.json', with: { severity: 90 } })];
  const outcomes = await deploy(standIn, twins);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done']);
  expect(outcomes.map(({ uuid }) => standIn.rules.get(uuid ?? '')?.severity)).toEqual([40, 90]);
});

it('does not know about an update whose answers are all lost', async () => {
  const standIn = await start({ faults: [{ when: ({ method }) => method === 'PUT', do: { kind: 'drop' } }] });
  const uuid = existing(standIn);
  const [outcome] = await deploy(standIn, [detection({ uuid, with: { severity: 1 } })]);
  expect(outcome).toMatchObject({ kind: 'unknown', uuid });
});

it('knows that an update which the platform refuses was not carried out', async () => {
  const refuse = { kind: 'answer', status: 400, body: { code: 'RUL100', message: 'no' } } as const;
  const standIn = await start({ faults: [{ when: ({ method }) => method === 'PUT', do: refuse }] });
  const uuid = existing(standIn);
  const [outcome] = await deploy(standIn, [detection({ uuid, with: { severity: 1 } })]);
  expect(outcome).toMatchObject({ kind: 'failed', uuid });
});

describe('a detection that left the branch', () => {
  const removed = (uuid: RuleUuid): readonly Removed[] => [
    { path: 'detections/old.json', name: 'Old', uuid, formerNames: [] },
  ];

  it('has its rule disabled, in one read and one call', async () => {
    const standIn = await start();
    const uuid = existing(standIn);
    const [outcome] = await deploy(standIn, [], [], { removed: removed(uuid) });
    expect(outcome).toMatchObject({ kind: 'done', uuid, operation: { kind: 'disable' } });
    expect(standIn.rules.get(uuid)?.enabled).toBe(false);
    expect(sent(standIn)).toEqual([`GET /${uuid}`, `PUT /${uuid}/disabled`]);
  });

  it.each([204, 200] as const)('has its rule deleted, answered with %i', async (deleteStatus) => {
    const standIn = await start({ switches: { deleteStatus } });
    const uuid = existing(standIn);
    const [outcome] = await deploy(standIn, [], [], { removed: removed(uuid), policy: { onRemoved: 'delete' } });
    expect(outcome).toMatchObject({ kind: 'done', operation: { kind: 'delete' } });
    expect(standIn.rules.has(uuid)).toBe(false);
  });

  it.each([403, 404] as const)('is done when somebody deleted its rule meanwhile (%i)', async (unknownOnDelete) => {
    const standIn = await start({ switches: { unknownOnDelete } });
    const uuid = existing(standIn);
    standIn.faults.push({ when: ({ method }) => method === 'DELETE', times: 1, do: { kind: 'drop' } });
    const [outcome] = await deploy(standIn, [], [], { removed: removed(uuid), policy: { onRemoved: 'delete' } });
    expect(outcome).toMatchObject({ kind: 'done', operation: { kind: 'delete' } });
  });
});

it('says that a rule went between the plan and the write', async () => {
  const standIn = await start();
  const uuid = existing(standIn);
  standIn.faults.push({
    when: ({ method, path }) => {
      if (method === 'PUT') standIn.rules.delete(path.split('/').at(-1)!);
      return false;
    },
    do: { kind: 'reset' },
  });
  const [outcome] = await deploy(standIn, [detection({ uuid, with: { severity: 1 } })]);
  expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('not on the platform any more') });
});

it('stops talking at a 401 and skips the rest', async () => {
  const refuse = { kind: 'answer', status: 401, body: { message: 'Authentication failed' } } as const;
  const standIn = await start({ faults: [{ when: ({ method }) => method === 'POST', do: refuse }] });
  const many = Array.from({ length: 40 }, (_, index) => detection({ name: `Rule number ${index}` }));
  const outcomes = await deploy(standIn, many);
  expect(outcomes.filter(({ kind }) => kind === 'skipped').length).toBeGreaterThanOrEqual(24);
  expect(outcomes.every(({ kind }) => kind === 'failed' || kind === 'skipped')).toBe(true);
  expect(standIn.customRules()).toHaveLength(0);
});
