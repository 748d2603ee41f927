import type { Clock } from '../../src/sekoia/pace.js';

/** A clock whose time passes only while somebody sleeps, and then at once: the earliest sleeper wakes first. */
export interface VirtualClock extends Clock {
  /** Moves time on by hand. */
  pass(ms: number): void;
}

export function virtualClock(date = Date.UTC(2026, 8, 1)): VirtualClock {
  let time = 0;
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  const wakeEarliest = (): void => {
    const [earliest] = [...sleepers].sort((one, other) => one.until - other.until);
    if (earliest === undefined) return;
    time = Math.max(time, earliest.until);
    earliest.wake();
  };
  return {
    now: () => time,
    date: () => date + time,
    pass: (ms) => {
      time += ms;
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) {
          resolve();
          return;
        }
        const sleeper = {
          until: time + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener('abort', sleeper.wake);
        setImmediate(wakeEarliest);
      }),
  };
}
