import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/log.js';
import { isFilterable } from '../../src/sekoia/catalogue.js';
import { openSekoia } from '../../src/sekoia/client.js';
import type { Sekoia } from '../../src/sekoia/client.js';
import { SekoiaError } from '../../src/sekoia/errors.js';
import { systemClock } from '../../src/sekoia/pace.js';
import type { Clock } from '../../src/sekoia/pace.js';
import { asRuleUuid } from '../../src/sekoia/types.js';
import type { Lookup, RuleUuid } from '../../src/sekoia/types.js';
import { startSekoia } from '../support/sekoia.js';
import type { SekoiaOptions, SekoiaStandIn } from '../support/sekoia.js';
import { virtualClock } from './virtual-clock.js';

const CLOSERS: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of CLOSERS.splice(0).reverse()) await close();
});

async function setUp(
  options: SekoiaOptions & { readonly custom?: number; readonly clock?: Clock } = {},
): Promise<{ platform: SekoiaStandIn; sekoia: Sekoia; uuids: readonly RuleUuid[] }> {
  const platform = await startSekoia({ verifiedRules: 250, ...options });
  CLOSERS.push(() => platform.stop());
  const sekoia = openSekoia({
    apiUrl: platform.url,
    apiKey: 'KEY',
    requestsPerSecond: 0,
    userAgent: 'test',
    env: {},
    signal: new AbortController().signal,
    log: silentLog,
    clock: options.clock ?? virtualClock(),
    random: () => 0,
  });
  CLOSERS.push(() => sekoia.close());
  const uuids = Array.from({ length: options.custom ?? 0 }, (_, index) =>
    asRuleUuid(platform.seedRule({ name: `Rule number ${index}` }).uuid)!,
  );
  return { platform, sekoia, uuids };
}

function unknown(number: number): readonly RuleUuid[] {
  return Array.from({ length: number }, (_, index) =>
    asRuleUuid(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`)!,
  );
}

/** The requests as `UUID`, `name`, or `offset N`. */
function asked(platform: SekoiaStandIn): readonly string[] {
  return platform.requests.map(({ path, query }) =>
    query['match[name]'] !== undefined
      ? `name ${query['match[name]']}`
      : query['offset'] !== undefined
        ? `offset ${query['offset']}`
        : path.split('/').at(-1)!,
  );
}

function codes(lookups: Iterable<Lookup<unknown> | { readonly kind: 'gone' }>): readonly string[] {
  return [...lookups].map((lookup) => {
    if (lookup.kind !== 'failed') return lookup.kind;
    return lookup.error instanceof SekoiaError ? lookup.error.code : 'other';
  });
}

describe('a few rules', () => {
  it('are looked up one by one, each once', async () => {
    const { platform, sekoia, uuids } = await setUp({ custom: 3 });
    const { byUuid, byName } = await sekoia.readCatalogue({
      uuids: [...uuids, ...uuids],
      names: ['Rule number 1', 'Rule number 1', 'Not there'],
    });
    expect([...asked(platform)].sort()).toEqual([...uuids, 'name Not there', 'name Rule number 1'].sort());
    expect(codes(byUuid.values())).toEqual(['found', 'found', 'found']);
    expect(byName.get('Rule number 1')).toMatchObject({ kind: 'found', value: [{ uuid: uuids[1] }] });
    expect(byName.get('Not there')).toEqual({ kind: 'found', value: [] });
  });

  it('cost nothing when there are none', async () => {
    const { platform, sekoia } = await setUp();
    const catalogue = await sekoia.readCatalogue({ uuids: [], names: [] });
    expect([catalogue.byUuid.size, catalogue.byName.size, platform.requests.length]).toEqual([0, 0, 0]);
  });

  it('fail one by one', async () => {
    const { sekoia, uuids } = await setUp({ custom: 1 });
    const [gone] = unknown(1);
    const { byUuid } = await sekoia.readCatalogue({ uuids: [gone!, uuids[0]!], names: [] });
    expect(codes(byUuid.values())).toEqual(['gone', 'found']);
  });

  it('of one name are all found, verified ones and those beyond the first page included', async () => {
    const { platform, sekoia } = await setUp();
    for (let each = 0; each < 130; each += 1) platform.seedRule({ name: 'Twin', verified: each === 0 });
    platform.seedRule({ name: 'twin' });
    const { byName } = await sekoia.readCatalogue({ uuids: [], names: ['Twin'] });
    const lookup = byName.get('Twin')!;
    expect(lookup.kind === 'found' && lookup.value.length).toBe(130);
    expect(lookup.kind === 'found' && lookup.value.filter(({ verified }) => verified).length).toBe(1);
    expect(platform.requests).toHaveLength(2);
  });

  it.each(['a, b', 'any*', 'what?', 'in [brackets]', ' blank', '"quoted"', '-leading', '🚨 alert', 'a\\b', '50%'])(
    'named %j are found in the listing, since a filter may read the name',
    async (name) => {
      expect(isFilterable(name)).toBe(false);
      const { platform, sekoia, uuids } = await setUp({ custom: 2 });
      platform.seedRule({ name });
      platform.seedRule({ name: `${name} more` });
      const { byUuid, byName } = await sekoia.readCatalogue({ uuids, names: [name, 'Rule number 0'] });
      expect(asked(platform).toSorted()).toEqual(['offset 0', 'offset 100', 'offset 200']);
      expect(codes(byUuid.values())).toEqual(['found', 'found']);
      expect(byName.get(name)).toMatchObject({ kind: 'found', value: [{ write: { name } }] });
      expect(byName.get('Rule number 0')).toMatchObject({ kind: 'found', value: [{ uuid: uuids[0] }] });
    },
  );

  it.each(["Détection d'accès", 'PowerShell - Encoded (T1059.001)', 'AWS: IAM/S3 & more', 'é', '検知'])(
    'named %j are found by the filter',
    async (name) => {
      const { platform, sekoia } = await setUp();
      platform.seedRule({ name });
      const { byName } = await sekoia.readCatalogue({ uuids: [], names: [name] });
      expect(asked(platform)).toEqual([`name ${name}`]);
      expect(byName.get(name)).toMatchObject({ kind: 'found', value: [{ write: { name } }] });
    },
  );

  it('in shortened rows are read again one by one', async () => {
    const { platform, sekoia, uuids } = await setUp({ custom: 1, switches: { listRows: 'short' } });
    const { byName } = await sekoia.readCatalogue({ uuids: [], names: ['Rule number 0'] });
    expect(byName.get('Rule number 0')).toMatchObject({ kind: 'found', value: [{ uuid: uuids[0], missing: [] }] });
    expect(platform.requests).toHaveLength(2);
  });
});

describe('many rules', () => {
  it('are looked up in a listing, every page once', async () => {
    const { platform, sekoia, uuids } = await setUp({ custom: 30 });
    const { byUuid, byName } = await sekoia.readCatalogue({ uuids, names: ['Rule number 3', 'Not there'] });
    expect([...asked(platform)].sort()).toEqual(['offset 0', 'offset 100', 'offset 200']);
    expect(codes(byUuid.values())).toEqual(uuids.map(() => 'found'));
    expect(byName.get('Rule number 3')).toMatchObject({ kind: 'found', value: [{ uuid: uuids[3] }] });
    expect(byName.get('Not there')).toEqual({ kind: 'found', value: [] });
  });

  it('are looked up one by one after all, when the first page tells that a listing is longer', async () => {
    const { platform, sekoia, uuids } = await setUp({ verifiedRules: 1500, custom: 14 });
    const { byUuid } = await sekoia.readCatalogue({ uuids, names: [] });
    expect(platform.requests).toHaveLength(15);
    expect(codes(byUuid.values())).toEqual(uuids.map(() => 'found'));
  });

  it('are looked up one by one after all, when the rows are shortened', async () => {
    const { platform, sekoia, uuids } = await setUp({ custom: 20, switches: { listRows: 'short' } });
    const { byUuid } = await sekoia.readCatalogue({ uuids, names: [] });
    expect(platform.requests).toHaveLength(21);
    expect([...byUuid.values()].every((lookup) => lookup.kind === 'found' && lookup.value.missing.length === 0)).toBe(
      true,
    );
  });

  it('that the list lacks are asked for by themselves', async () => {
    const { platform, sekoia, uuids } = await setUp({ custom: 20, switches: { staleListMs: 60_000 } });
    const fresh = await sekoia.create({
      ...(await sekoia.readCatalogue({ uuids: [uuids[0]!], names: [] }).then(({ byUuid }) => {
        const lookup = byUuid.get(uuids[0]!)!;
        if (lookup.kind !== 'found') throw new Error(lookup.kind);
        return lookup.value.write;
      })),
      name: 'Just created',
    });
    const before = platform.requests.length;
    const [gone] = unknown(1);
    const { byUuid } = await sekoia.readCatalogue({ uuids: [...uuids, fresh.uuid, gone!], names: [] });
    expect(byUuid.get(fresh.uuid)).toMatchObject({ kind: 'found' });
    expect(codes([byUuid.get(gone!)!])).toEqual(['gone']);
    expect(platform.requests.length - before).toBeLessThanOrEqual(uuids.length + 3);
  });

  it('that are all gone cost a few lookups, not a pause for every two of them', async () => {
    const { platform, sekoia } = await setUp({ switches: { unknownOnGet: 403 } });
    const { byUuid } = await sekoia.readCatalogue({ uuids: unknown(60), names: [] });
    expect(new Set(codes(byUuid.values()))).toEqual(new Set(['gone']));
    expect(byUuid.size).toBe(60);
    // The list, a sample one by one, and the list once more to be sure.
    expect(platform.requests).toHaveLength(3 + 4 + 3);
  });

  it('are found on pages that the server caps', async () => {
    const { platform, sekoia, uuids } = await setUp({ custom: 40, switches: { silentPageCap: 37 } });
    const { byUuid } = await sekoia.readCatalogue({ uuids, names: [] });
    expect(codes(byUuid.values())).toEqual(uuids.map(() => 'found'));
    expect(platform.requests).toHaveLength(Math.ceil(290 / 37));
  });

  it('are not taken for absent when the server ignores the offset', async () => {
    const { platform, sekoia, uuids } = await setUp({ custom: 20, switches: { offset: 'ignored' } });
    const { byUuid, byName } = await sekoia.readCatalogue({ uuids, names: ['Rule number 1', 'a, b'] });
    expect(codes(byUuid.values())).toEqual(uuids.map(() => 'found'));
    expect(codes(byName.values())).toEqual(['found', 'incomplete-listing']);
    expect(platform.requests.length).toBeLessThan(30);
  });

  it('all fail with the listing that they needed', async () => {
    const { platform, sekoia, uuids } = await setUp({
      custom: 20,
      faults: [
        {
          when: ({ query }) => query['offset'] === '100',
          do: { kind: 'answer', status: 500, body: { code: 'X', message: 'broken' } },
        },
      ],
    });
    const { byUuid, byName } = await sekoia.readCatalogue({ uuids, names: ['Rule number 1'] });
    expect(new Set(codes([...byUuid.values(), ...byName.values()]))).toEqual(new Set(['server-error']));
    expect(platform.requests.length).toBeLessThanOrEqual(3);
  });

  it('all fail when the first page does', async () => {
    const { platform, sekoia, uuids } = await setUp({ custom: 20, keys: { KEY: ['write'] } });
    const { byUuid } = await sekoia.readCatalogue({ uuids, names: [] });
    expect(codes(byUuid.values())).toEqual(uuids.map(() => 'forbidden'));
    expect(platform.requests).toHaveLength(1);
  });
});

describe('looking once more', () => {
  it('gives what is there now', async () => {
    const { platform, sekoia, uuids } = await setUp({ custom: 2, clock: systemClock });
    platform.rules.get(uuids[0]!)!.last_compilation_message = 'new';
    const lookups = await sekoia.reread(uuids, 10_000);
    expect(lookups.get(uuids[0]!)).toMatchObject({ kind: 'found', value: { compilation: { message: 'new' } } });
    expect(codes(lookups.values())).toEqual(['found', 'found']);
  });

  it('ends in time, with what was read by then', async () => {
    const { platform, sekoia, uuids } = await setUp({
      custom: 20,
      verifiedRules: 2500,
      clock: systemClock,
      faults: [{ when: ({ path, count }) => count > 8 && !path.endsWith('/rules'), do: { kind: 'hang' } }],
    });
    const lookups = await sekoia.reread(uuids, 1_500);
    expect(new Set(codes(lookups.values()))).toEqual(new Set(['found', 'timed-out']));
    expect(lookups.size).toBe(20);
    expect(platform.requests.length).toBeLessThanOrEqual(24);
  });
});
