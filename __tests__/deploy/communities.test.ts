import { afterEach, describe, expect, it } from '@jest/globals';
import { hasWritten } from '../../src/deploy-target.js';
import { carryOut } from '../../src/deploy/carry-out.js';
import { showAll } from '../../src/deploy/not-sent.js';
import { announceStates } from '../../src/deploy/subcommunities.js';
import type { Outcome } from '../../src/deploy/types.js';
import type { Detection, FileFields, Removed, SubcommunityState } from '../../src/detections/types.js';
import { silentLog } from '../../src/log.js';
import { differences } from '../../src/plan/compare.js';
import { makePlan, wantedFor } from '../../src/plan/make-plan.js';
import type { Policy } from '../../src/plan/types.js';
import { openSekoia } from '../../src/sekoia/client.js';
import { systemClock } from '../../src/sekoia/pace.js';
import type { Clock } from '../../src/sekoia/pace.js';
import type { RuleUuid } from '../../src/sekoia/types.js';
import { FIRST, startSekoia } from '../support/sekoia.js';
import type { SekoiaOptions, SekoiaStandIn } from '../support/sekoia.js';
import { ALERT_TYPE, desired, detection, PATTERN } from '../plan/values.js';

const STRANGER = '33333333-3333-4333-8333-333333333333';
const APPLICATION_COMPROMISE = { uuid: ALERT_TYPE, category_uuid: '', value: '', detail: '', description: '' };

/** Pauses after refusals take a fiftieth of their time. */
const FAST_CLOCK: Clock = {
  now: () => performance.now() * 50,
  date: () => Date.now(),
  sleep: (ms, signal) => systemClock.sleep(ms / 50, signal),
};

const standIns: SekoiaStandIn[] = [];
afterEach(async () => {
  await Promise.all(standIns.splice(0).map((standIn) => standIn.stop()));
});

/** A parent workspace with two sub-communities. */
async function start(options: SekoiaOptions = {}): Promise<SekoiaStandIn & { acme: string; globex: string }> {
  const standIn = await startSekoia({ verifiedRules: 0, subcommunities: { [FIRST]: ['acme', 'globex'] }, ...options });
  standIns.push(standIn);
  return Object.assign(standIn, { acme: standIn.subcommunity('acme'), globex: standIn.subcommunity('globex') });
}

interface Wish {
  readonly detections?: readonly Detection[];
  readonly removed?: readonly Removed[];
  readonly policy?: Partial<Policy>;
  readonly stop?: AbortController;
  readonly shows?: true;
}

async function run(standIn: SekoiaStandIn, { detections = [], shows, stop, ...given }: Wish): Promise<Outcome[]> {
  const { signal } = stop ?? new AbortController();
  const sekoia = openSekoia({
    apiUrl: standIn.url,
    apiKey: 'key',
    requestsPerSecond: 0,
    userAgent: 'test',
    env: {},
    signal,
    log: silentLog,
    clock: FAST_CLOCK,
  });
  try {
    const wish = desired(
      detections.map((each) => ({ kind: 'sound', detection: each })),
      given,
    );
    const plan = makePlan(wish, await sekoia.readCatalogue(wantedFor(wish)));
    if (shows) return showAll(plan).map(announceStates);
    return [
      ...(await carryOut(plan, {
        sekoia,
        differences,
        isClaimed: () => false,
        signal,
        sleep: () => Promise.resolve(),
        onProgress: () => undefined,
      })),
    ];
  } finally {
    await sekoia.close();
  }
}

/** The calls that write, with the community that they name. */
function written({ requests }: SekoiaStandIn): readonly string[] {
  return requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, query }) => `${method} ${path.split('/').at(-1) ?? ''} ${query['community_uuid'] ?? '-'}`);
}

function existing(standIn: SekoiaStandIn, fields: Parameters<SekoiaStandIn['seedRule']>[0] = {}): RuleUuid {
  return standIn.seedRule({
    name: 'Suspicious process',
    payload: PATTERN,
    severity: 40,
    effort: 2,
    alert_type: APPLICATION_COMPROMISE,
    created_by_type: 'apikey',
    ...fields,
  }).uuid as RuleUuid;
}

function states(...pairs: readonly [string, SubcommunityState['state']][]): readonly SubcommunityState[] {
  return pairs.map(([uuid, state]) => ({ uuid, state }));
}

describe('the community that a file names', () => {
  it('gets the rule, and its state by a call of its own where the answer differs', async () => {
    const standIn = await start({ switches: { tamper: (rule) => ({ ...rule, enabled: true }) } });
    const given = detection({ with: { community_uuid: standIn.acme, enabled: false } });
    const [outcome] = await run(standIn, { detections: [given] });
    expect(standIn.customRules()).toMatchObject([{ community_uuid: standIn.acme, enabled: false }]);
    expect(written(standIn)).toEqual([`POST rules ${standIn.acme}`, `PUT disabled ${standIn.acme}`]);
    expect(outcome?.operation.kind).toBe('create');
  });

  it('fails the rule that the platform put elsewhere, names both, keeps the UUID, and does nothing more', async () => {
    const standIn = await start({ switches: { communities: 'replaced' } });
    const fields = { community_uuid: standIn.acme };
    const subcommunities = states([standIn.globex, 'enabled']);
    const [outcome] = await run(standIn, { detections: [detection({ with: fields, subcommunities })] });
    const [rule] = standIn.customRules();
    expect(outcome).toMatchObject({ kind: 'failed', uuid: rule?.uuid });
    expect(outcome?.reason).toContain(standIn.acme);
    expect(outcome?.reason).toContain(standIn.community);
    expect(outcome?.help).toContain('runs in the other community');
    expect(written(standIn)).toEqual([`POST rules ${standIn.acme}`]);

    const again = detection({ uuid: rule!.uuid as RuleUuid, with: fields, subcommunities });
    const [next] = await run(standIn, { detections: [again] });
    expect(next).toMatchObject({ kind: 'failed', operation: { kind: 'blocked' } });
    expect(standIn.customRules()).toHaveLength(1);
  });

  it('is believed where the answer names none', async () => {
    const standIn = await start({ switches: { tamper: (rule) => ({ ...rule, community_uuid: null }) } });
    const [outcome] = await run(standIn, { detections: [detection({ with: { community_uuid: standIn.acme } })] });
    expect(outcome).toMatchObject({ kind: 'done', reason: '' });
  });

  it('is a failure with advice where the key has no right in it', async () => {
    const standIn = await start();
    const [outcome] = await run(standIn, { detections: [detection({ with: { community_uuid: STRANGER } })] });
    expect(outcome).toMatchObject({ kind: 'failed', uuid: null });
    expect(outcome?.help).toContain('parent workspace');
    expect(standIn.customRules()).toEqual([]);
  });

  it.each([
    ['disable', 'PUT disabled'],
    ['delete', 'DELETE'],
  ] as const)('stands in the call that takes the rule away: %s', async (onRemoved, call) => {
    const standIn = await start();
    const uuid = existing(standIn, { community_uuid: standIn.acme });
    const one: Removed = { path: 'a.json', name: 'Gone', uuid, formerNames: [], community: standIn.globex };
    const [outcome] = await run(standIn, { removed: [one], policy: { onRemoved } });
    expect(outcome?.kind).toBe('done');
    // The platform knows best where the rule is.
    expect(written(standIn)).toEqual([`${call}${onRemoved === 'delete' ? ` ${uuid}` : ''} ${standIn.acme}`]);
  });

  it('stands in no call for a removed file that named none', async () => {
    const standIn = await start();
    const uuid = existing(standIn);
    await run(standIn, { removed: [{ path: 'a.json', name: 'Gone', uuid, formerNames: [] }] });
    expect(written(standIn)).toEqual(['PUT disabled -']);
  });
});

describe('availability in sub-communities', () => {
  const flagOf = (standIn: SekoiaStandIn): unknown => standIn.customRules()[0]?.available_for_subcommunities;

  it('is created, updated and compared', async () => {
    const standIn = await start();
    const wants = (available_for_subcommunities: boolean): FileFields => ({ available_for_subcommunities });
    await run(standIn, { detections: [detection({ with: wants(true) })] });
    expect(flagOf(standIn)).toBe(true);
    const uuid = standIn.customRules()[0]!.uuid as RuleUuid;
    const kinds = async (fields: FileFields): Promise<unknown> =>
      (await run(standIn, { detections: [detection({ uuid, with: fields })] }))[0]?.operation.kind;
    expect(await kinds(wants(true))).toBe('unchanged');
    expect(await kinds({ severity: 70 })).toBe('update');
    expect(flagOf(standIn)).toBe(true);
    expect(await kinds(wants(false))).toBe('update');
    expect(flagOf(standIn)).toBe(false);
  });
});

describe('the states in sub-communities', () => {
  it.each(['create', 'update', 'adopt', 'unchanged'] as const)('are set after: %s', async (kind) => {
    const standIn = await start();
    const uuid = kind === 'create' ? null : existing(standIn, { severity: kind === 'unchanged' ? 40 : 10 });
    const subcommunities = states([standIn.acme, 'enabled'], [standIn.globex, 'disabled']);
    const given = detection({ uuid: kind === 'adopt' ? null : uuid, subcommunities });
    const [outcome] = await run(standIn, { detections: [given] });
    expect(outcome).toMatchObject({
      kind: 'done',
      operation: { kind },
      reason: 'its state is set in 2 sub-communities',
    });
    expect(written(standIn).slice(-2)).toEqual([`PUT enabled ${standIn.acme}`, `PUT disabled ${standIn.globex}`]);
    const rule = outcome!.uuid!;
    expect([standIn.acme, standIn.globex].map((sub) => standIn.isEnabledIn(rule, sub))).toEqual([true, false]);
    expect(standIn.rules.get(rule)?.enabled).toBe(true);
    expect(hasWritten([outcome!])).toBe(true);
  });

  it('are never sent in a body, and of files without them nothing is sent', async () => {
    const standIn = await start();
    await run(standIn, { detections: [detection({ subcommunities: states([standIn.acme, 'enabled']) })] });
    expect(JSON.stringify(standIn.requests.map(({ body }) => body))).not.toContain('subcommunities');
    const uuid = standIn.customRules()[0]!.uuid as RuleUuid;
    const before = written(standIn).length;
    const outcomes = await run(standIn, { detections: [detection({ uuid })] });
    expect(written(standIn)).toHaveLength(before);
    expect(hasWritten(outcomes)).toBe(false);
  });

  it('are set where the others are refused: the failure names those, with the words of the platform', async () => {
    const standIn = await start();
    const uuid = existing(standIn);
    const subcommunities = states([STRANGER, 'enabled'], [standIn.globex, 'disabled']);
    const [outcome] = await run(standIn, { detections: [detection({ uuid, subcommunities })] });
    expect(outcome).toMatchObject({ kind: 'failed', uuid, operation: { kind: 'unchanged' } });
    expect(outcome?.reason).toMatch(
      new RegExp(`in place.* 1 of 2 sub-communities: ${STRANGER}: .*403 AU202: Insufficient permissions`, 'u'),
    );
    expect(outcome?.help).toContain('subcommunities');
    expect(standIn.isEnabledIn(uuid, standIn.globex)).toBe(false);
  });

  it('tell one refusal of many once', async () => {
    const standIn = await start();
    const uuid = existing(standIn);
    const many = Array.from({ length: 12 }, (_, index) => STRANGER.replace(/..$/u, String(10 + index)));
    const subcommunities = states(
      ...many.map((each) => [each, 'enabled'] as const).map(([a, b]): [string, 'enabled'] => [a, b]),
    );
    const [outcome] = await run(standIn, { detections: [detection({ uuid, subcommunities })] });
    expect(outcome?.reason.match(/AU202/gu)).toHaveLength(1);
    expect(outcome?.reason).toContain('and 2 more');
  });

  it('give a sub-community up that is refused for rule after rule, so that the address is not blocked', async () => {
    const standIn = await start();
    const names = Array.from({ length: 20 }, (_, index) => `Rule number ${10 + index}`);
    const detections = names.map((name) =>
      detection({
        path: `${name}.json`,
        name,
        uuid: existing(standIn, { name }),
        subcommunities: states([STRANGER, 'enabled'], [standIn.acme, 'enabled']),
      }),
    );
    const outcomes = await run(standIn, { detections });
    expect(outcomes.every(({ kind }) => kind === 'failed')).toBe(true);
    const refused = written(standIn).filter((call) => call.endsWith(STRANGER));
    // Those that were under way already may come on top.
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused.length).toBeLessThan(20);
    expect(outcomes.at(-1)?.reason).toContain('refused the sub-community for 3 other rules');
    expect(outcomes.map(({ uuid }) => standIn.isEnabledIn(uuid!, standIn.acme))).toEqual(names.map(() => true));
  });

  it('do not touch the outcome of other detections', async () => {
    const standIn = await start();
    const first = detection({ path: 'a.json', name: 'First rule', subcommunities: states([STRANGER, 'enabled']) });
    const second = detection({
      path: 'b.json',
      name: 'Second rule',
      subcommunities: states([standIn.acme, 'enabled']),
    });
    const outcomes = await run(standIn, { detections: [first, second] });
    expect(outcomes.map(({ kind, uuid }) => [kind, uuid !== null])).toEqual([
      ['failed', true],
      ['done', true],
    ]);
  });

  it.each([
    ['does not compile', { failCompilation: (): string => 'no such field' }],
    ['is held with other values', { tamper: <T extends object>(rule: T): T => ({ ...rule, severity: 1 }) }],
  ])('are left alone while the rule %s', async (_title, switches) => {
    const standIn = await start({ switches });
    const [outcome] = await run(standIn, {
      detections: [detection({ subcommunities: states([standIn.acme, 'enabled']) })],
    });
    expect(outcome?.kind).toBe('failed');
    expect(written(standIn)).toEqual(['POST rules -']);
  });

  it('are set in no further one once the run is stopped', async () => {
    const stop = new AbortController();
    const standIn = await start({
      faults: [
        {
          when: ({ query }) => {
            if (query['community_uuid'] !== undefined) stop.abort();
            return false;
          },
          times: 1,
          do: { kind: 'answer', status: 500, body: '' },
        },
      ],
    });
    const uuid = existing(standIn);
    const subcommunities = states([standIn.acme, 'enabled'], [standIn.globex, 'enabled']);
    const [outcome] = await run(standIn, { detections: [detection({ uuid, subcommunities })], stop });
    expect(written(standIn)).toEqual([`PUT enabled ${standIn.acme}`]);
    expect(outcome).toMatchObject({ kind: 'failed', uuid });
    expect(outcome?.reason).toContain('1 of 2 sub-communities');
    expect(outcome?.reason).toContain('the run is being stopped');
  });

  it('are announced by a plan, which sends nothing and says that it cannot compare them', async () => {
    const standIn = await start();
    const uuid = existing(standIn);
    const subcommunities = states([standIn.acme, 'enabled']);
    const outcomes = await run(standIn, { detections: [detection({ uuid, subcommunities })], shows: true });
    expect(outcomes).toMatchObject([
      {
        kind: 'planned',
        operation: { kind: 'unchanged' },
        reason: 'its state in 1 sub-community will be set, and cannot be compared',
      },
    ]);
    expect(written(standIn)).toEqual([]);
  });

  it('are not announced of what is held back', async () => {
    const standIn = await start();
    const uuid = existing(standIn, { verified: true });
    const subcommunities = states([standIn.acme, 'enabled']);
    const [outcome] = await run(standIn, { detections: [detection({ uuid, subcommunities })], shows: true });
    expect(outcome).toMatchObject({ kind: 'failed', operation: { kind: 'blocked' } });
    expect(outcome?.reason).not.toContain('sub-communit');
  });
});
