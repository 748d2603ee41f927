import { afterEach, describe, expect, it } from '@jest/globals';
import type { Sekoia, SekoiaOptions } from '../../src/sekoia/client.js';
import { systemClock } from '../../src/sekoia/pace.js';
import type { RuleLookup, RuleUuid } from '../../src/sekoia/types.js';
import type { Fault } from '../support/sekoia/faults.js';
import { openClient, seed, sent, unknownUuids } from './open-client.js';
import type { Opened } from './open-client.js';

const open: Opened[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function start(...given: Parameters<typeof openClient>): Promise<Opened> {
  const opened = await openClient(...given);
  open.push(opened);
  return opened;
}

const [UNKNOWN] = unknownUuids(1);
const INSUFFICIENT: Fault = {
  kind: 'answer',
  status: 403,
  body: { code: 'AU202', message: 'Insufficient permissions' },
};

/** One rule looked up, by each of the calls that do. */
interface Way {
  readonly way: string;
  /** A second look ends by the clock, so it needs one that takes its time. */
  readonly client: Partial<SekoiaOptions>;
  readonly look: (sekoia: Sekoia, uuid: RuleUuid) => Promise<RuleLookup | undefined>;
}

const WAYS: readonly Way[] = [
  {
    way: 'readCatalogue',
    client: {},
    look: async (sekoia, uuid) => (await sekoia.readCatalogue({ uuids: [uuid], names: [] })).byUuid.get(uuid),
  },
  {
    way: 'reread',
    client: { clock: systemClock },
    look: async (sekoia, uuid) => (await sekoia.reread([uuid], 30_000)).get(uuid),
  },
];

describe.each(WAYS)('a rule that the platform refuses ($way)', ({ client, look }) => {
  it.each([403, 404] as const)('with %d is gone when the list, read to its end, does not have it', async (status) => {
    const { platform, sekoia } = await start({
      client,
      platform: { verifiedRules: 120, switches: { unknownOnGet: status } },
    });
    expect(await look(sekoia, UNKNOWN!)).toEqual({ kind: 'gone' });
    expect(sent(platform)).toEqual([`GET ${UNKNOWN!}`, 'GET rules', 'GET rules']);
  });

  it('is not for this key when the list has it', async () => {
    const { platform, sekoia } = await start({ client });
    const uuid = seed(platform);
    platform.faults.push({ when: ({ path }) => path.endsWith(uuid), do: INSUFFICIENT });
    expect(await look(sekoia, uuid)).toMatchObject({
      kind: 'failed',
      error: {
        code: 'forbidden',
        message: expect.stringMatching(/is in the list.*SIC_READ_RULES.*AU202: Insufficient permissions/u),
        platform: { code: 'AU202' },
      },
    });
  });

  it('is not known to be gone with a key that may not read', async () => {
    const { platform, sekoia } = await start({ client, platform: { keys: { KEY: ['write'] } } });
    expect(await look(sekoia, UNKNOWN!)).toMatchObject({
      kind: 'failed',
      error: {
        code: 'forbidden',
        message: expect.stringMatching(/lacks the permission to read rules: .*AU202/u),
        help: expect.stringContaining('SIC_READ_RULES'),
      },
    });
    expect(sent(platform)).toEqual([`GET ${UNKNOWN!}`, 'GET rules']);
  });

  it('is not known to be gone when the list breaks off', async () => {
    const { platform, sekoia } = await start({ client, platform: { verifiedRules: 250 } });
    platform.faults.push({
      when: ({ query }) => query['offset'] === '200',
      do: { kind: 'answer', status: 500, body: { message: 'oops' } },
    });
    expect(await look(sekoia, UNKNOWN!)).toMatchObject({ kind: 'failed', error: { code: 'server-error' } });
  });

  it('is not known to be gone when the list does not end', async () => {
    const { sekoia } = await start({ client, platform: { verifiedRules: 250, switches: { offset: 'ignored' } } });
    expect(await look(sekoia, UNKNOWN!)).toMatchObject({ kind: 'failed', error: { code: 'incomplete-listing' } });
  });

  it('for want of a route has a wrong address, and the list is not asked for', async () => {
    const noRoute: Fault = { kind: 'answer', status: 404, body: { code: 'T404', message: 'Not found' } };
    const { platform, sekoia } = await start({ client, platform: { faults: [{ do: noRoute }] } });
    expect(await look(sekoia, UNKNOWN!)).toMatchObject({ kind: 'failed', error: { code: 'wrong-url' } });
    expect(platform.requests).toHaveLength(1);
  });
});

describe('rules that are refused', () => {
  it('share one list', async () => {
    const { platform, sekoia } = await start({ platform: { verifiedRules: 250 } });
    const there = seed(platform);
    const { byUuid } = await sekoia.readCatalogue({ uuids: [...unknownUuids(4), there], names: ['Not there'] });
    expect([...byUuid.values()].map(({ kind }) => kind)).toEqual(['gone', 'gone', 'gone', 'gone', 'found']);
    expect(sent(platform).filter((line) => line === 'GET rules')).toHaveLength(3 + 1);
  });

  it('use the list that was read already', async () => {
    const { platform, sekoia } = await start({ platform: { verifiedRules: 150 } });
    const there = Array.from({ length: 20 }, (_, index) => seed(platform, `Rule number ${index}`));
    const { byUuid } = await sekoia.readCatalogue({ uuids: [...there, ...unknownUuids(2)], names: [] });
    expect([...byUuid.values()].filter(({ kind }) => kind === 'gone')).toHaveLength(2);
    expect(platform.requests).toHaveLength(2 + 2);
  });

  it('and are many, a few others being there, cost no pause each', async () => {
    const { platform, sekoia, clock } = await start({
      platform: { verifiedRules: 250, switches: { unknownOnGet: 403 } },
    });
    const there = Array.from({ length: 5 }, (_, index) => seed(platform, `Rule number ${index}`));
    const { byUuid } = await sekoia.readCatalogue({ uuids: [...unknownUuids(300), ...there], names: [] });
    expect([...byUuid.values()].filter(({ kind }) => kind === 'gone')).toHaveLength(300);
    expect(there.map((uuid) => byUuid.get(uuid)?.kind)).toEqual(there.map(() => 'found'));
    expect(platform.requests).toHaveLength(3 + 4 + 3);
    expect(clock.now()).toBeLessThanOrEqual(30_000);
  });

  it('are looked for once more in a list read after the pause: the first may have lagged', async () => {
    const { platform, sekoia } = await start({ platform: { verifiedRules: 150 } });
    const many = unknownUuids(30);
    const uuid = seed(platform, 'Lagging rule');
    const rule = platform.rules.get(uuid)!;
    platform.rules.delete(uuid);
    platform.faults.push({
      when: ({ path }) => {
        // It shows itself when the first list has been read, and the first few rules are asked for.
        if (path.endsWith(many[3]!)) platform.rules.set(uuid, rule);
        return false;
      },
      do: { kind: 'reset' },
    });
    const { byUuid } = await sekoia.readCatalogue({ uuids: [...many, uuid], names: [] });
    expect(byUuid.get(uuid)).toMatchObject({ kind: 'found', value: { write: { name: 'Lagging rule' } } });
    expect([...byUuid.values()].filter(({ kind }) => kind === 'gone')).toHaveLength(30);
  });

  it.each([
    ['cannot be read again', 500, 'server-error'],
    ['may not be read again', 403, 'forbidden'],
  ])('fail without a request each when the list %s', async (_what, status, code) => {
    const { platform, sekoia } = await start({ platform: { verifiedRules: 50 } });
    const there = Array.from({ length: 2 }, (_, index) => seed(platform, `Rule number ${index}`));
    let lists = 0;
    platform.faults.push({
      when: ({ path }) => path.endsWith('/rules') && ++lists > 1,
      do: { kind: 'answer', status, body: { code: 'X', message: 'no' } },
    });
    const { byUuid } = await sekoia.readCatalogue({ uuids: [...there, ...unknownUuids(40)], names: [] });
    const failure = { kind: 'failed', error: { code } };
    expect([...byUuid.values()]).toMatchObject([
      ...there.map(() => ({ kind: 'found' })),
      ...Array.from({ length: 40 }, () => failure),
    ]);
    expect(platform.requests).toHaveLength(1 + 4 + 1);
  });
});

describe('whereIs', () => {
  it('is a look at the platform as it is now', async () => {
    const { platform, sekoia } = await start();
    const uuid = seed(platform);
    expect(await sekoia.whereIs(uuid)).toBe('there');
    platform.rules.delete(uuid);
    expect(await sekoia.whereIs(uuid)).toBe('gone');
    seed(platform, 'Another rule');
    expect(await sekoia.whereIs(uuid)).toBe('gone');
    expect(sent(platform).filter((line) => line === 'GET rules')).toHaveLength(2);
  });

  it.each([
    ['the key may not read', { keys: { KEY: ['write'] } } as const, 'forbidden'],
    ['the list does not end', { verifiedRules: 150, switches: { offset: 'ignored' } } as const, 'incomplete-listing'],
    ['nothing is answered', { faults: [{ do: { kind: 'reset' } }] } as const, 'connection-lost'],
  ])('throws when %s', async (_when, platform, code) => {
    const { sekoia } = await start({ platform });
    await expect(sekoia.whereIs(UNKNOWN!)).rejects.toMatchObject({ code });
  });
});

describe('findByName', () => {
  it.each(["Détection d'accès", 'a, b', 'any*', '[x]'])('is a look of its own each time for %j', async (name) => {
    const { platform, sekoia } = await start({ platform: { verifiedRules: 120 } });
    platform.seedRule({ name: `${name} more` });
    platform.seedRule({ name: name.toUpperCase() });
    expect(await sekoia.findByName(name)).toEqual([]);
    const uuid = seed(platform, name);
    expect(await sekoia.findByName(name)).toMatchObject([{ uuid, write: { name } }]);
    const twin = platform.seedRule({ name, verified: true }).uuid;
    expect((await sekoia.findByName(name)).map((rule) => [rule.uuid as string, rule.verified])).toEqual([
      [uuid, false],
      [twin, true],
    ]);
  });

  it.each([
    ['the key may not read', { keys: { KEY: ['write'] } } as const, 'forbidden'],
    ['the list does not end', { verifiedRules: 150, switches: { offset: 'ignored' } } as const, 'incomplete-listing'],
    ['nothing is answered', { faults: [{ do: { kind: 'reset' } }] } as const, 'connection-lost'],
  ])('throws when %s', async (_when, platform, code) => {
    const { sekoia } = await start({ platform });
    await expect(sekoia.findByName('a, b')).rejects.toMatchObject({ code });
  });
});
