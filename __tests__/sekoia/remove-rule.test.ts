import { afterEach, describe, expect, it } from '@jest/globals';
import { asRuleUuid } from '../../src/sekoia/types.js';
import { tooManyRequests, WAF_BLOCK } from '../support/sekoia/faults.js';
import type { Fault, PlannedFault } from '../support/sekoia/faults.js';
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

function onDelete(times: number, fault: Fault): PlannedFault {
  return { when: ({ method }) => method === 'DELETE', times, do: fault };
}

const [UNKNOWN] = unknownUuids(1);

describe('a deletion', () => {
  it.each([204, 200] as const)('is done when the platform says so with %d', async (deleteStatus) => {
    const { platform, sekoia } = await start({ platform: { switches: { deleteStatus } } });
    const [uuid, other] = [seed(platform), seed(platform, 'Another rule')];
    expect(await sekoia.remove(uuid)).toBe('deleted');
    expect(platform.customRules().map((rule) => rule.uuid)).toEqual([other]);
    expect(sent(platform)).toEqual([`DELETE ${uuid}`]);
    expect(platform.requests[0]?.body).toBeUndefined();
  });

  it('is done whatever stands in the body of a 2xx', async () => {
    const page: Fault = { kind: 'answer-after', status: 202, body: '<html>' };
    const { platform, sekoia } = await start({ platform: { faults: [onDelete(1, page)] } });
    expect(await sekoia.remove(seed(platform))).toBe('deleted');
    expect(platform.requests).toHaveLength(1);
  });

  it.each([
    ['a reset connection', { kind: 'reset' }],
    ['429', tooManyRequests()],
    ['502', { kind: 'answer', status: 502, body: {} }],
    ['503', { kind: 'answer', status: 503, body: {} }],
    ['504', { kind: 'answer', status: 504, body: {} }],
  ] as const)('is tried again after %s', async (_what, fault) => {
    const { platform, sekoia } = await start({ platform: { faults: [onDelete(2, fault)] } });
    expect(await sekoia.remove(seed(platform))).toBe('deleted');
    expect(platform.requests).toHaveLength(3);
    expect(platform.customRules()).toEqual([]);
  });

  it('is given up after three tries', async () => {
    const { platform, sekoia } = await start({ platform: { faults: [onDelete(9, { kind: 'reset' })] } });
    await expect(sekoia.remove(seed(platform))).rejects.toMatchObject({ code: 'connection-lost' });
    expect(platform.requests).toHaveLength(3);
  });

  it.each([
    ['500', { kind: 'answer', status: 500, body: { message: 'oops' } }, 'server-error'],
    ["the firewall's 403", WAF_BLOCK, 'blocked'],
    ['a path that is none', { kind: 'answer', status: 404, body: { code: 'T404', message: 'no route' } }, 'wrong-url'],
    ['409', { kind: 'answer', status: 409, body: { message: 'in use' } }, 'refused'],
  ] as const)('fails at once after %s, without a look', async (_what, fault, code) => {
    const { platform, sekoia } = await start({ platform: { faults: [onDelete(9, fault)] } });
    await expect(sekoia.remove(seed(platform))).rejects.toMatchObject({ code });
    expect(platform.requests).toHaveLength(1);
  });
});

describe('a deletion that is refused', () => {
  it.each([
    [403, 404],
    [403, 403],
    [404, 404],
    [404, 403],
  ] as const)('with %d is no failure when the rule is gone (a look is answered %d)', async (refused, looked) => {
    const switches = { unknownOnDelete: refused, unknownOnGet: looked };
    const { platform, sekoia } = await start({ platform: { verifiedRules: 150, switches } });
    expect(await sekoia.remove(UNKNOWN!)).toBe('gone');
    expect(sent(platform)).toEqual([`DELETE ${UNKNOWN!}`, `GET ${UNKNOWN!}`, 'GET rules', 'GET rules']);
  });

  it.each([
    ['the rule is a verified one', 'KEY'],
    ['the key may not delete', 'WEAK'],
  ])('stands when %s', async (why, apiKey) => {
    const { platform, sekoia } = await start({
      platform: { verifiedRules: 3, keys: { KEY: ['read', 'delete'], WEAK: ['read', 'write'] } },
      client: { apiKey },
    });
    const own = seed(platform);
    const [verified] = [...platform.rules.values()].filter((rule) => rule.verified);
    const uuid = why.includes('verified') ? asRuleUuid(verified?.uuid)! : own;
    await expect(sekoia.remove(uuid)).rejects.toMatchObject({
      code: 'forbidden',
      method: 'DELETE',
      platform: { code: 'AU202' },
      help: expect.stringContaining('SIC_DELETE_RULES'),
    });
    expect(platform.rules.has(uuid)).toBe(true);
  });

  it('stands when nobody can tell whether the rule is there', async () => {
    const { sekoia } = await start({ platform: { keys: { KEY: ['delete'] } } });
    await expect(sekoia.remove(UNKNOWN!)).rejects.toMatchObject({ code: 'forbidden', method: 'DELETE' });
  });
});

describe('a deletion whose answer was lost', () => {
  it.each([
    ['a cut connection', { kind: 'drop' }],
    ['502', { kind: 'answer-after', status: 502, body: '<html>' }],
  ] as const)('is done when the repeat after %s meets 404', async (_what, fault) => {
    const { platform, sekoia } = await start({
      platform: { switches: { unknownOnDelete: 404 }, faults: [onDelete(1, fault)] },
    });
    const uuid = seed(platform);
    expect(await sekoia.remove(uuid)).toBe('deleted');
    expect(sent(platform)).toEqual([`DELETE ${uuid}`, `DELETE ${uuid}`]);
  });

  it('is done when the repeat meets 403 and a look finds nothing', async () => {
    const { platform, sekoia } = await start({ platform: { faults: [onDelete(1, { kind: 'drop' })] } });
    const uuid = seed(platform);
    expect(await sekoia.remove(uuid)).toBe('deleted');
    expect(sent(platform)).toEqual([`DELETE ${uuid}`, `DELETE ${uuid}`, `GET ${uuid}`, 'GET rules']);
  });

  it('is not ours when the try before certainly did nothing', async () => {
    const { sekoia } = await start({
      platform: { switches: { unknownOnDelete: 404 }, faults: [onDelete(1, tooManyRequests('1'))] },
    });
    expect(await sekoia.remove(UNKNOWN!)).toBe('gone');
  });
});
