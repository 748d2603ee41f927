import { expect, it } from '@jest/globals';
import { DOOR } from '../support/command-door.js';
import type { Door } from '../support/command-door.js';
import { cellsOf, share } from './cells.js';
import type { Cell } from './cells.js';
import { inParallel } from '../../src/in-parallel.js';
import { recordRequests, runCell } from './run-cell.js';
import { SCENARIOS } from './scenarios.js';
import { FAULT_CELL, FAULT_CELLS, FAULT_WIDTH } from './settings.js';
import { makeBases, makeTemplate } from './template.js';

/** Without a word of the environment: a share through the action, and a small one through the command. */
const DOORS: readonly (readonly [Door, number])[] =
  process.env['DOOR'] !== undefined || FAULT_CELL !== null || FAULT_CELLS === Infinity
    ? [[DOOR, FAULT_CELLS]]
    : [
        ['action', FAULT_CELLS],
        ['cli', Math.ceil(FAULT_CELLS / 8)],
      ];

/** A run of every cell takes an hour. */
const AN_EVENING = 3 * 3_600_000;

it.each(DOORS)(
  'nothing is lost and nothing is done twice, whatever fails at whichever request of a run (%s)',
  async (door, cellsWanted) => {
    const startedAt = performance.now();
    const named = SCENARIOS.filter(({ name }) => FAULT_CELL?.startsWith(`${name} / `) === true);
    const wanted = named.length === 0 ? SCENARIOS : named;
    const bases = await makeBases(door);
    const templates = await inParallel(wanted, FAULT_WIDTH, (scenario) => makeTemplate(scenario, bases));
    await bases.cleanUp();
    try {
      const recorded = await inParallel(templates, FAULT_WIDTH, async (template) =>
        cellsOf(template.scenario.name, await recordRequests(template)),
      );
      const cells = recorded.flat();
      expect(new Set(cells.map(({ name }) => name)).size).toBe(cells.length);
      const chosen = share(
        cells.filter(({ name }) => name.includes(FAULT_CELL ?? '')),
        cellsWanted,
      );
      expect(chosen.length).toBeGreaterThan(0);
      const seconds = (): string => ((performance.now() - startedAt) / 1000).toFixed(0);
      process.stdout.write(`fault matrix (${door}): prepared in ${seconds()} s\n`);

      const run = async (cell: Cell): Promise<readonly string[]> => {
        const template = templates.find(({ scenario }) => scenario.name === cell.scenario)!;
        const violation = await runCell(cell, template);
        if (violation === null) return [];
        // Told as it comes: a run of all takes long.
        process.stdout.write(
          `violation: ${cell.name}\n    ${violation}\n    DOOR=${door} FAULT_CELL='${cell.name}' npm test -- __tests__/faults/matrix\n`,
        );
        return [`${cell.name}: ${violation}`];
      };
      const violations = (await inParallel(chosen, FAULT_WIDTH, run)).flat();
      process.stdout.write(
        `fault matrix (${door}): ${chosen.length} cells of ${cells.length}, ${violations.length} violations (${seconds()} s)\n`,
      );
      expect(violations).toEqual([]);
    } finally {
      await Promise.all(templates.map((template) => template.cleanUp()));
    }
  },
  AN_EVENING,
);
