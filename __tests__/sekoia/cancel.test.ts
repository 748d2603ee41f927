import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/log.js';
import type { Sekoia } from '../../src/sekoia/client.js';
import { systemClock } from '../../src/sekoia/pace.js';
import type { Clock } from '../../src/sekoia/pace.js';
import type { RuleUuid } from '../../src/sekoia/types.js';
import { writeRule } from '../plan/values.js';
import { tooManyRequests } from '../support/sekoia/faults.js';
import type { Fault } from '../support/sekoia/faults.js';
import { arrived, openClient, seed } from './open-client.js';
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

/** Waits end only when they are aborted: what ends all the same needed no time. */
function stuckClock(): Clock {
  return {
    now: () => 0,
    date: () => 0,
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          resolve();
        };
        if (signal.aborted) wake();
        else signal.addEventListener('abort', wake);
      }),
  };
}

interface Row {
  readonly what: string;
  readonly method: string;
  readonly call: (sekoia: Sekoia, uuid: RuleUuid) => Promise<unknown>;
  /** How it ends when it was sent and has no answer. */
  readonly cut: string;
}

const CALLS: readonly Row[] = [
  { what: 'create', method: 'POST', call: (sekoia) => sekoia.create(writeRule()), cut: 'answer-lost' },
  { what: 'update', method: 'PUT', call: (sekoia, uuid) => sekoia.update(uuid, writeRule()), cut: 'cut-off' },
  { what: 'enabling', method: 'PUT', call: (sekoia, uuid) => sekoia.setEnabled(uuid, 'enabled'), cut: 'cut-off' },
  { what: 'deletion', method: 'DELETE', call: (sekoia, uuid) => sekoia.remove(uuid), cut: 'cut-off' },
  { what: 'look by UUID', method: 'GET', call: (sekoia, uuid) => sekoia.whereIs(uuid), cut: 'stopped' },
  { what: 'look by name', method: 'GET', call: (sekoia) => sekoia.findByName('Any name'), cut: 'stopped' },
];

/** The code of what was thrown, else what came back. */
async function endOf(call: Promise<unknown>): Promise<unknown> {
  return call.catch((error: unknown) => (error as { code?: unknown }).code);
}

describe('when the run is cancelled', () => {
  it.each(CALLS)('a $what that comes later is not sent', async ({ call }) => {
    const { platform, sekoia, stop } = await start({ client: { clock: stuckClock() } });
    const uuid = seed(platform);
    stop.abort();
    expect(await endOf(call(sekoia, uuid))).toBe('stopped');
    expect(platform.requests).toHaveLength(0);
  });

  it.each(CALLS)('a $what that waits for the pace is not sent', async ({ call }) => {
    const { platform, sekoia, stop } = await start({ client: { requestsPerSecond: 5, clock: stuckClock() } });
    const uuid = seed(platform);
    await sekoia.whereIs(uuid);
    const waiting = [call(sekoia, uuid), call(sekoia, uuid)].map(endOf);
    stop.abort();
    expect(await Promise.all(waiting)).toEqual(['stopped', 'stopped']);
    expect(platform.requests).toHaveLength(1);
  });

  it.each(CALLS)('a $what that waits for the end of a pause is not sent', async ({ call }) => {
    const refuse: Fault = { kind: 'answer', status: 400, body: { message: 'bad' } };
    const { platform, sekoia, stop } = await start({
      platform: { faults: [{ times: 2, do: refuse }] },
      client: { clock: stuckClock() },
    });
    const uuid = seed(platform);
    expect([await endOf(sekoia.whereIs(uuid)), await endOf(sekoia.whereIs(uuid))]).toEqual(['refused', 'refused']);
    const waiting = endOf(call(sekoia, uuid));
    await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    expect(await waiting).toBe('stopped');
    expect(platform.requests).toHaveLength(2);
  });

  it.each(CALLS)('a $what that waits for its repeat is not sent again', async ({ call }) => {
    const cancel = new AbortController();
    const debug = (line: string): void => {
      if (!line.includes('sent again')) return;
      setImmediate(() => {
        cancel.abort();
      });
    };
    const { platform, sekoia } = await start({
      platform: { faults: [{ do: tooManyRequests('60') }] },
      client: { clock: stuckClock(), log: { ...silentLog, debug }, signal: cancel.signal },
    });
    expect(await endOf(call(sekoia, seed(platform)))).toBe('stopped');
    expect(platform.requests).toHaveLength(1);
  });

  it.each(CALLS)('a $what under way is cut after two seconds: $cut', async ({ call, cut }) => {
    const { platform, sekoia, stop, clock } = await start({ platform: { faults: [{ do: { kind: 'hang' } }] } });
    const ending = endOf(call(sekoia, seed(platform)));
    await arrived(platform, 1);
    const cancelledAt = clock.now();
    stop.abort();
    expect(await ending).toBe(cut);
    expect(clock.now() - cancelledAt).toBe(2_000);
    expect(platform.requests).toHaveLength(1);
  });

  it.each(CALLS)('a $what under way is not sent again when its connection breaks', async ({ call, method, cut }) => {
    const { platform, sekoia, stop } = await start({ client: { clock: stuckClock() } });
    platform.faults.push({
      when: (request) => {
        stop.abort();
        return request.method === method;
      },
      do: { kind: 'drop' },
    });
    expect(await endOf(call(sekoia, seed(platform)))).toBe(cut);
    expect(platform.requests).toHaveLength(1);
  });

  it.each(CALLS.filter(({ method }) => method !== 'POST'))(
    'a $what under way for the last time that it is tried ends the same: $cut',
    async ({ call, cut }) => {
      const { platform, sekoia, stop } = await start({
        platform: { faults: [{ times: 2, do: { kind: 'reset' } }, { do: { kind: 'hang' } }] },
      });
      const ending = endOf(call(sekoia, seed(platform)));
      await arrived(platform, 3);
      stop.abort();
      expect(await ending).toBe(cut);
    },
  );

  it('what is answered within the two seconds counts', async () => {
    const { platform, sekoia, stop } = await start({
      platform: { faults: [{ do: { kind: 'delay', ms: 100 } }] },
      client: { clock: systemClock },
    });
    const ending = [sekoia.create(writeRule()), sekoia.remove(seed(platform, 'To delete'))];
    await arrived(platform, 2);
    stop.abort();
    expect(await Promise.all(ending)).toEqual([expect.objectContaining({ verified: false }), 'deleted']);
  });

  it('a refusal within the two seconds keeps its words', async () => {
    const { platform, sekoia, stop } = await start({ client: { clock: stuckClock() } });
    platform.faults.push({
      when: () => {
        stop.abort();
        return false;
      },
      do: { kind: 'reset' },
    });
    await expect(sekoia.create({ ...writeRule(), name: 'x' })).rejects.toMatchObject({
      code: 'refused',
      platform: { code: 'VA301' },
    });
  });

  it('a write that may have been carried out says so and what to do', async () => {
    const { platform, sekoia, stop } = await start({ platform: { faults: [{ do: { kind: 'hang-after' } }] } });
    const uuid = seed(platform);
    const ending = sekoia.setEnabled(uuid, 'disabled').catch((error: unknown) => error);
    await arrived(platform, 1);
    // Its answer never comes, but what it asked for is done.
    while (platform.rules.get(uuid)?.enabled === true) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    expect(await ending).toMatchObject({
      code: 'cut-off',
      message: expect.stringMatching(/being stopped; the platform may or may not have carried it out .*it was cut/u),
      help: expect.stringContaining('Run again'),
    });
  });

  it('all look-ups of a catalogue end, each with its reason', async () => {
    const { platform, sekoia, stop } = await start({ platform: { faults: [{ do: { kind: 'hang' } }] } });
    const uuids = Array.from({ length: 8 }, (_, index) => seed(platform, `Rule number ${index}`));
    const reading = sekoia.readCatalogue({ uuids, names: ['Any name'] });
    await arrived(platform, 2);
    stop.abort();
    const { byUuid, byName } = await reading;
    const stopped: unknown = expect.objectContaining({ code: 'stopped' });
    expect([...byUuid.values(), ...byName.values()]).toEqual(
      Array.from({ length: 9 }, () => ({ kind: 'failed', error: stopped })),
    );
  });
});
