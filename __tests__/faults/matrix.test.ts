import { availableParallelism } from 'node:os';
import { expect, it } from '@jest/globals';
import { allCells, shareOf } from './cells.js';
import type { Cell } from './cells.js';
import { inParallel } from './pool.js';
import { record, runCell } from './run-cell.js';
import type { CellResult } from './run-cell.js';
import { SCENARIOS } from './scenarios.js';

/** Runs wait more than they work. */
const WIDTH = Number(process.env['FAULT_WIDTH'] ?? 2 * availableParallelism());
/** `all`: every cell instead of the share. */
const CELLS = process.env['FAULT_CELLS'];
/** Part of a cell's name: those cells alone, with what their runs printed. */
const CELL = process.env['FAULT_CELL'];

it('leaves each detection as exactly one rule, its UUID on the branch, whatever goes wrong in a run', async () => {
  const scenarios = SCENARIOS.filter(
    ({ name }) => CELL === undefined || CELL.startsWith(`${name} /`) || !CELL.includes(' / '),
  );
  const recorded = await inParallel(scenarios, WIDTH, async (scenario) => ({
    scenario,
    requests: await record(scenario),
  }));
  const cells = pick(allCells(recorded));
  const start = performance.now();
  const results = await inParallel(cells, WIDTH, runCell);
  const broken = results.filter(({ violations }) => violations.length > 0);
  console.log(
    [
      `cells: ${cells.length}, violations: ${broken.length} (${Math.round((performance.now() - start) / 1000)} s)`,
      ...broken.map(told),
    ].join('\n'),
  );
  expect(broken.map(({ cell }) => cell.id)).toEqual([]);
  if (CELL === undefined) expect(cells.length).toBeGreaterThanOrEqual(150);
}, 3_600_000);

function pick(all: readonly Cell[]): readonly Cell[] {
  if (CELL !== undefined) return all.filter(({ id }) => id.includes(CELL));
  return CELLS === 'all' ? all : shareOf(all);
}

function told({ cell, violations, runs }: CellResult): string {
  const lines = [`- ${cell.id}`, ...violations.map((violation) => `    ${violation}`)];
  if (CELL === undefined) return [...lines, `    alone: FAULT_CELL='${cell.id}' npm test -- faults/matrix`].join('\n');
  return [...lines, ...runs.map(({ log }) => log.replace(/^/gmu, '      | '))].join('\n');
}
