import { describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/log.js';
import { progressLine, progressTo } from '../../src/report/progress.js';

describe('progress', () => {
  it.each([
    [0, 300, 12_000, '0 of 300 done'],
    [100, 300, 20_000, '100 of 300 done, about 40 s to go'],
    [100, 3000, 20_000, '100 of 3000 done, about 10 min to go'],
    [300, 300, 60_000, '300 of 300 done'],
  ])('of %i of %i after %i ms is told in one line', (done, total, elapsed, expected) => {
    expect(progressLine(done, total, elapsed)).toBe(expected);
  });

  it('is told after ten seconds and then every five at most', () => {
    let now = 1_000;
    const told: string[] = [];
    const tell = progressTo({ ...silentLog, info: (line) => told.push(line) }, () => now);
    const steps = [
      [9_999, 10],
      [10_000, 20],
      [14_999, 30],
      [15_000, 40],
      [60_000, 100],
    ] as const;
    for (const [elapsed, done] of steps) {
      now = 1_000 + elapsed;
      tell(done, 100);
    }
    expect(told).toEqual(['20 of 100 done, about 40 s to go', '40 of 100 done, about 23 s to go']);
  });

  it('is silent in a run of less than ten seconds', () => {
    let now = 0;
    const told: string[] = [];
    const tell = progressTo({ ...silentLog, info: (line) => told.push(line) }, () => now);
    for (let done = 1; done <= 100; done += 1) {
      now = done * 99;
      tell(done, 100);
    }
    expect(told).toEqual([]);
  });
});
