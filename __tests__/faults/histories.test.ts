import { availableParallelism } from 'node:os';
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { histories } from './history.js';
import type { History } from './history.js';
import { inParallel } from './pool.js';
import { runHistory } from './run-history.js';
import type { HistoryResult } from './run-history.js';
import { setStage } from './scene.js';

const WIDTH = Number(process.env['FAULT_WIDTH'] ?? 2 * availableParallelism());
/** How many histories are tried; in a soak, as many as the seconds allow. */
const NUMBER = Number(process.env['HISTORIES'] ?? '15');
const SOAK_SECONDS = process.env['SOAK_SECONDS'];
const SEED = Number(process.env['HISTORY_SEED'] ?? (SOAK_SECONDS === undefined ? '20260105' : Date.now() % 1_000_000));
/** One history as it was printed, to be run alone and shortened as far as it still fails. */
const HISTORY = process.env['HISTORY'];

it('comes to the same end whatever people push and however runs fail, overlap or never start', async () => {
  const stage = await setStage({
    deployed: {
      'detections/first': { name: 'First detection' },
      'detections/folder/second': { name: 'Second detection' },
    },
    ran: 'before',
    depth: 1,
  });
  try {
    if (HISTORY !== undefined) {
      await alone((history) => runHistory(stage, history), JSON.parse(HISTORY) as History);
      return;
    }
    const start = performance.now();
    const isTime = (): boolean => SOAK_SECONDS !== undefined && performance.now() - start < Number(SOAK_SECONDS) * 1000;
    const tried: Tried[] = [];
    for (let seed = SEED; tried.length === 0 || isTime(); seed += 1) {
      const drawn = fc.sample(histories, { seed, numRuns: SOAK_SECONDS === undefined ? NUMBER : 4 * WIDTH });
      tried.push(
        ...(await inParallel(drawn, WIDTH, async (history) => ({ history, ...(await runHistory(stage, history)) }))),
      );
    }
    report(tried, performance.now() - start);
  } finally {
    await stage.strike();
  }
}, 86_400_000);

interface Tried extends HistoryResult {
  readonly history: History;
}

function report(tried: readonly Tried[], elapsedMs: number): void {
  const broken = tried.filter(({ violations }) => violations.length > 0);
  const steps = tried.reduce((sum, { history }) => sum + history.length, 0);
  const doubles = tried.reduce((sum, each) => sum + each.doubles, 0);
  console.log(
    [
      `sequences: ${tried.length}, steps: ${steps}, violations: ${broken.length} (seed ${SEED}, ${Math.round(elapsedMs / 1000)} s)`,
      `created twice by two runs at once, and told: ${doubles}`,
      ...broken.map(told),
    ].join('\n'),
  );
  expect(broken.map(({ violations }) => violations)).toEqual([]);
}

function told({ history, violations, story }: Tried): string {
  return [
    '',
    ...story.map((line) => `  ${line}`),
    ...violations.map((violation) => `  VIOLATION ${violation.replace(/\n/gu, '\n      | ')}`),
    `  alone: HISTORY='${JSON.stringify(history)}' npm test -- faults/histories`,
  ].join('\n');
}

/** Runs it, and while it fails with one step less, goes on with that. */
async function alone(run: (history: History) => Promise<HistoryResult>, history: History): Promise<void> {
  let [shortest, result] = [history, await run(history)];
  for (let index = shortest.length - 1; result.violations.length > 0 && index >= 0; index -= 1) {
    const shorter = shortest.filter((_, at) => at !== index);
    const tried = await run(shorter);
    if (tried.violations.length > 0) [shortest, result] = [shorter, tried];
  }
  console.log(told({ history: shortest, ...result }));
  expect(result.violations).toEqual([]);
}
