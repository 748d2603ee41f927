import { describe, expect, it } from '@jest/globals';
import { createPacer, createPacers, createPatience, systemClock } from '../../src/sekoia/pace.js';
import type { Turn } from '../../src/sekoia/pace.js';
import { virtualClock } from './virtual-clock.js';

const MINUTE = 60_000;

function setUp(requestsPerSecond: number, budgetMs = 10 * MINUTE) {
  const clock = virtualClock();
  const patience = createPatience(clock, budgetMs);
  const pacer = createPacer({ clock, requestsPerSecond }).join(patience);
  const never = new AbortController();
  return { clock, patience, pacer, never, turn: () => pacer.turn(never.signal) };
}

describe('the pace', () => {
  it('starts requests exactly 200 ms apart at five a second, in the order they were asked for', async () => {
    const { clock, turn, patience } = setUp(5);
    const starts: [number, number][] = [];
    await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async (request) => {
        await turn();
        starts.push([request, clock.now()]);
      }),
    );
    expect(starts).toEqual([0, 1, 2, 3, 4, 5].map((request) => [request, request * 200]));
    expect(patience.waitedMs()).toBe(0);
  });

  it.each([
    [0.5, 2000],
    [2, 500],
    [1000, 1],
  ])('at %d a second they are %d ms apart', async (requestsPerSecond, apart) => {
    const { clock, turn } = setUp(requestsPerSecond);
    await turn();
    await turn();
    await turn();
    expect(clock.now()).toBe(2 * apart);
  });

  it('is not made up for after a slow stretch', async () => {
    const { clock, turn } = setUp(5);
    await turn();
    clock.pass(5_000);
    await turn();
    await turn();
    expect(clock.now()).toBe(5_200);
  });

  it('is lifted by 0', async () => {
    const { clock, turn } = setUp(0);
    for (let request = 0; request < 100; request += 1) expect(await turn()).toBe('go');
    expect(clock.now()).toBe(0);
  });

  it('never wakes early on the real clock', async () => {
    const patience = createPatience(systemClock, MINUTE);
    const pacer = createPacer({ clock: systemClock, requestsPerSecond: 50 }).join(patience);
    const starts: number[] = [];
    for (let request = 0; request < 6; request += 1) {
      await pacer.turn(new AbortController().signal);
      starts.push(systemClock.now());
    }
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(19.5);
  });
});

describe('the pause', () => {
  it.each([5, 0])('lasts ten seconds from the second error within ten seconds (pace %d)', async (requestsPerSecond) => {
    const { clock, pacer, turn } = setUp(requestsPerSecond);
    await turn();
    pacer.refused();
    clock.pass(3_000);
    await turn();
    pacer.refused();
    const waiting = turn();
    expect(await waiting).toBe('go');
    expect(clock.now()).toBe(13_000);
  });

  it('does not come from errors more than ten seconds apart', async () => {
    const { clock, pacer, turn } = setUp(0);
    pacer.refused();
    clock.pass(10_001);
    pacer.refused();
    await turn();
    expect(clock.now()).toBe(10_001);
  });

  it('comes from errors exactly ten seconds apart', async () => {
    const { clock, pacer, turn } = setUp(0);
    pacer.refused();
    clock.pass(10_000);
    pacer.refused();
    await turn();
    expect(clock.now()).toBe(20_000);
  });

  it('is looked at again by requests that were waiting for their turn when it began', async () => {
    const { clock, pacer, turn, never } = setUp(5);
    await turn();
    const waiting = turn();
    await clock.sleep(50, never.signal);
    pacer.refused();
    pacer.refused();
    await waiting;
    expect(clock.now()).toBe(10_050);
  });

  it('begins anew with each error of a request that was still in flight', async () => {
    const { clock, pacer, turn } = setUp(0);
    pacer.refused();
    pacer.refused();
    clock.pass(4_000);
    pacer.refused();
    await turn();
    expect(clock.now()).toBe(14_000);
  });

  it('leaves no memory: one error after it does not pause again, two do', async () => {
    const { clock, pacer, turn } = setUp(0);
    pacer.refused();
    pacer.refused();
    await turn();
    expect(clock.now()).toBe(10_000);
    pacer.refused();
    await turn();
    expect(clock.now()).toBe(10_000);
    clock.pass(100);
    pacer.refused();
    await turn();
    expect(clock.now()).toBe(20_100);
  });

  it('keeps the pace afterwards', async () => {
    const { clock, pacer, turn } = setUp(5);
    await turn();
    pacer.refused();
    pacer.refused();
    await Promise.all([turn(), turn(), turn()]);
    expect(clock.now()).toBe(10_400);
  });

  it('is held longer where the platform asks for it', async () => {
    const { clock, pacer, turn } = setUp(5);
    pacer.holdUntil(7_000);
    pacer.holdUntil(3_000);
    await turn();
    expect(clock.now()).toBe(7_000);
  });
});

describe('a turn', () => {
  it('ends when its signal is aborted, and the next one is not held up', async () => {
    const { clock, pacer, turn } = setUp(5);
    pacer.holdUntil(5_000);
    const left = new AbortController();
    const first = pacer.turn(left.signal);
    const second = turn();
    left.abort();
    expect(await first).toBe('aborted');
    expect(await second).toBe('go');
    expect(clock.now()).toBe(5_000);
  });

  it('is refused once the patience is used up, for every request that would have to wait', async () => {
    const { clock, pacer, turn, patience } = setUp(5, 15_000);
    const turns: Turn[] = [];
    for (let request = 0; request < 3; request += 1) {
      pacer.refused();
      pacer.refused();
      turns.push(await turn());
    }
    expect(turns).toEqual(['go', 'out-of-patience', 'out-of-patience']);
    expect(patience.waitedMs()).toBe(10_000);
    clock.pass(10_000);
    expect(await turn()).toBe('go');
  });
});

describe('a pacer that several clients share', () => {
  function setUpTwo(requestsPerSecond: number, budgetMs = 10 * MINUTE) {
    const clock = virtualClock();
    const pacer = createPacer({ clock, requestsPerSecond });
    const patiences = [createPatience(clock, budgetMs), createPatience(clock, budgetMs)] as const;
    const [one, other] = [pacer.join(patiences[0]), pacer.join(patiences[1])];
    const { signal } = new AbortController();
    return { clock, one, other, patiences, signal };
  }

  it('spaces the requests of all of them as those of one', async () => {
    const { clock, one, other, signal } = setUpTwo(5);
    const starts: number[] = [];
    const start = async (turn: Promise<Turn>): Promise<void> => {
      await turn;
      starts.push(clock.now());
    };
    await Promise.all([one.turn(signal), other.turn(signal), one.turn(signal), other.turn(signal)].map(start));
    expect(starts).toEqual([0, 200, 400, 600]);
  });

  it('pauses for all after two errors, whosever they were', async () => {
    const { clock, one, other, signal } = setUpTwo(0);
    one.refused();
    other.refused();
    expect(await one.turn(signal)).toBe('go');
    expect(clock.now()).toBe(10_000);
  });

  it('holds all of them where the platform asks one to wait', async () => {
    const { clock, one, other, signal } = setUpTwo(0);
    one.holdUntil(7_000);
    expect(await other.turn(signal)).toBe('go');
    expect(clock.now()).toBe(7_000);
  });

  it('books a pause on the client that brought it: the others wait and are never refused', async () => {
    const { clock, one, other, patiences, signal } = setUpTwo(0, 15_000);
    const turns: Turn[][] = [];
    for (let round = 0; round < 3; round += 1) {
      one.refused();
      one.refused();
      turns.push([await one.turn(signal), await other.turn(signal)]);
    }
    expect(turns).toEqual([
      ['go', 'go'],
      ['out-of-patience', 'go'],
      ['out-of-patience', 'go'],
    ]);
    expect(clock.now()).toBe(30_000);
    expect(patiences.map((patience) => patience.waitedMs())).toEqual([10_000, 0]);
  });
});

describe('the pacers of a run', () => {
  it('are one for each host, whatever path the API has there', () => {
    const pacers = createPacers({ clock: virtualClock(), requestsPerSecond: 5 });
    const hosts = ['https://app.example/api', 'https://app.example', 'https://app.example:8443', 'https://api.example'];
    const [first, ...others] = hosts.map((host) => pacers(host));
    expect(others.map((pacer) => pacer === first)).toEqual([true, false, false]);
  });
});

describe('the patience', () => {
  it('counts waits at the same time once, and gaps between waits not at all', () => {
    const clock = virtualClock();
    const patience = createPatience(clock, 10_000);
    expect(patience.spend(4_000)).toBe(true);
    clock.pass(1_000);
    expect(patience.spend(3_000)).toBe(true);
    expect(patience.spend(5_000)).toBe(true);
    clock.pass(9_000);
    expect(patience.waitedMs()).toBe(5_000);
    expect(patience.spend(15_000)).toBe(true);
    expect(patience.waitedMs()).toBe(5_000);
    clock.pass(5_000);
    expect(patience.waitedMs()).toBe(10_000);
    expect(patience.spend(15_001)).toBe(false);
    expect(patience.waitedMs()).toBe(10_000);
  });

  it('books nothing for a wait that it refuses', () => {
    const patience = createPatience(virtualClock(), 10_000);
    expect(patience.spend(10_001)).toBe(false);
    expect(patience.spend(10_000)).toBe(true);
  });
});
