import { afterEach, describe, expect, it } from '@jest/globals';
import { SekoiaError } from '../../src/sekoia/errors.js';
import { createPacer } from '../../src/sekoia/pace.js';
import { openClient, sent } from './open-client.js';
import type { Opened } from './open-client.js';
import { virtualClock } from './virtual-clock.js';

const open: Opened[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

async function client(given: Parameters<typeof openClient>[0] = {}): Promise<Opened> {
  const opened = await openClient(given);
  open.push(opened);
  return opened;
}

describe('the community of a key', () => {
  it('is what the platform says of that key, in one request', async () => {
    const { platform, sekoia } = await client({ platform: { communities: { KEY: 'acme' } } });
    expect(await sekoia.readCommunity()).toBe(platform.communityNamed('acme').uuid);
    expect(sent(platform)).toEqual(['GET me']);
  });

  it('is null where the answer names none, as the documentation has it', async () => {
    const { sekoia } = await client({ platform: { switches: { me: 'documented' } } });
    expect(await sekoia.readCommunity()).toBeNull();
  });

  it.each([
    ['a list', { community: ['11111111-1111-4111-8111-111111111111'] }, null],
    ['a number', { community: 7 }, null],
    ['some words', { community: '::error::x' }, null],
    [
      'a UUID in capitals',
      { community: ' AAAAAAAA-1111-4111-8111-111111111111' },
      'aaaaaaaa-1111-4111-8111-111111111111',
    ],
  ])('is read from %s as far as it is a UUID', async (_, body, expected) => {
    const { sekoia } = await client({ platform: { faults: [{ do: { kind: 'answer', status: 200, body } }] } });
    expect(await sekoia.readCommunity()).toBe(expected);
  });

  it.each([
    [200, '[]', 'unreadable-answer'],
    [200, '<html>', 'unreadable-answer'],
    [401, { code: 'AU101' }, 'unauthorised'],
    [403, { code: 'AU202', message: 'Insufficient permissions' }, 'forbidden'],
    [404, { code: 'T404' }, 'wrong-url'],
    [500, { code: 'X' }, 'server-error'],
  ])('is not guessed where the answer is %d %j', async (status, body, code) => {
    const { sekoia } = await client({ platform: { faults: [{ do: { kind: 'answer', status, body } }] } });
    const thrown: unknown = await sekoia.readCommunity().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(SekoiaError);
    expect(thrown).toMatchObject({ code });
    expect((thrown as SekoiaError).help).not.toContain('rule');
  });
});

describe('clients of one host', () => {
  it('start their requests in one line', async () => {
    const clock = virtualClock();
    const pacer = createPacer({ clock, requestsPerSecond: 5 });
    const starts: number[] = [];
    const onRequest = (): void => {
      starts.push(clock.now());
    };
    const options = { client: { clock, pacer, onRequest } };
    const [one, other] = [await client(options), await client(options)];
    await Promise.all([one, other, one, other].map(({ sekoia }) => sekoia.readCommunity()));
    expect(starts).toEqual([0, 200, 400, 600]);
  });
});
