import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { history } from './history.js';
import { inParallel } from '../../src/in-parallel.js';
import { runHistory } from './run-history.js';
import { FAULT_WIDTH, HISTORIES, HISTORY_SEED, HISTORY_SHRINK, SOAK_SECONDS } from './settings.js';
import { makeBases } from './template.js';

const A_DAY = 24 * 3_600_000;

it(
  'whatever is edited, pushed and broken in whatever order, platform and branch are the same in the end',
  async () => {
    const first = HISTORY_SEED;
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    let taken = 0;
    const violations: string[] = [];
    const bases = await makeBases();

    const takeOne = async (seed: number): Promise<void> => {
      const property = fc.asyncProperty(history, async (steps) => {
        const site = await bases.open('three');
        try {
          const violation = await runHistory(steps, site, bases.start('three'), HISTORIES === 1 ? 'long' : 'short');
          if (violation !== null) throw new Error(violation);
        } finally {
          await site.stop();
        }
      });
      const { failed, counterexample, errorInstance } = await fc.check(property, {
        seed,
        numRuns: 1,
        endOnFailure: !HISTORY_SHRINK,
      });
      if (!failed) return;
      const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
      const text = `${JSON.stringify(counterexample?.[0])}\n    ${why}`;
      const command = `HISTORY_SEED=${seed} HISTORIES=1 npm test -- __tests__/faults/histories`;
      process.stdout.write(`violation: ${text}\n    ${command} (HISTORY_SHRINK=1 makes it shorter)\n`);
      violations.push(`${seed}: ${text}`);
    };
    const worker = async (): Promise<void> => {
      while (SOAK_SECONDS === null ? taken < HISTORIES : seconds() < SOAK_SECONDS) {
        taken += 1;
        await takeOne(first + taken - 1);
      }
    };
    await inParallel(Array.from({ length: FAULT_WIDTH }), FAULT_WIDTH, worker);
    await bases.cleanUp();
    process.stdout.write(
      `histories: ${taken} sequences, ${violations.length} violations (seed ${first}) (${seconds().toFixed(0)} s)\n`,
    );
    expect(violations).toEqual([]);
  },
  A_DAY,
);
