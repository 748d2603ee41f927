import { availableParallelism } from 'node:os';
import { expect, it } from '@jest/globals';
import { allCells, shareOf } from './cells.js';
import type { Cell } from './cells.js';
import { inParallel } from './pool.js';
import { setStage } from './scene.js';
import type { Stage } from './scene.js';
import type { Scenario } from './scenarios.js';
import { record, runCell } from './run-cell.js';
import type { CellResult } from './run-cell.js';
import { SCENARIOS } from './scenarios.js';

/** Runs wait more than they work. */
const WIDTH = Number(process.env['FAULT_WIDTH'] ?? 2 * availableParallelism());
/** How many cells; `all` of them are more than a thousand. */
const CELLS = process.env['FAULT_CELLS'] ?? '170';
/** Part of a cell's name: those cells alone, with what their runs printed. */
const CELL = process.env['FAULT_CELL'];

it('leaves each detection as exactly one rule, its UUID on the branch, whatever goes wrong in a run', async () => {
  const scenarios = SCENARIOS.filter(
    ({ name }) => CELL === undefined || !CELL.includes(' / ') || CELL.startsWith(`${name} /`),
  );
  const stages = new Map<Scenario, Stage>();
  const start = performance.now();
  try {
    const recorded = await inParallel(scenarios, WIDTH, async (scenario) => {
      const stage = await setStage(scenario);
      stages.set(scenario, stage);
      return { scenario, requests: await record(stage, scenario) };
    });
    const cells = pick(allCells(recorded));
    const results = await inParallel(cells, WIDTH, (cell) => runCell(stages.get(cell.scenario)!, cell));
    report(results, performance.now() - start);
  } finally {
    await Promise.all([...stages.values()].map(({ strike }) => strike()));
  }
}, 3_600_000);

function report(results: readonly CellResult[], elapsedMs: number): void {
  const broken = results.filter(({ violations }) => violations.length > 0);
  console.log(
    [
      `cells: ${results.length}, violations: ${broken.length} (${Math.round(elapsedMs / 1000)} s)`,
      ...(CELL === undefined ? broken : results).map(told),
    ].join('\n'),
  );
  expect(broken.map(({ cell }) => cell.id)).toEqual([]);
  if (CELL === undefined) expect(results.length).toBeGreaterThanOrEqual(150);
}

function pick(all: readonly Cell[]): readonly Cell[] {
  if (CELL !== undefined) return all.filter(({ id }) => id.includes(CELL));
  return CELLS === 'all' ? all : shareOf(all, Number(CELLS));
}

function told({ cell, violations, runs }: CellResult): string {
  const lines = [`- ${cell.id}`, ...violations.map((violation) => `    ${violation}`)];
  if (CELL === undefined) return [...lines, `    alone: FAULT_CELL='${cell.id}' npm test -- faults/matrix`].join('\n');
  return [...lines, ...runs.map(({ log }) => log.replace(/^/gmu, '      | '))].join('\n');
}
