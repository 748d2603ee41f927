/** What the environment asks of these tests. */

/** The name of the one cell to run, or a part that the names of several have in common; null for all. */
export const FAULT_CELL = process.env['FAULT_CELL'] ?? null;
/** How many cells; CI's share when left out. */
export const FAULT_CELLS = process.env['FAULT_CELLS'] === 'all' ? Infinity : whole('FAULT_CELLS', 154);
/** How many runs at once. */
export const FAULT_WIDTH = whole('FAULT_WIDTH', 2);
/** How many random sequences. */
export const HISTORIES = whole('HISTORIES', 8);
/** For how long to take random sequences, in place of a number of them. */
export const SOAK_SECONDS = process.env['SOAK_SECONDS'] === undefined ? null : whole('SOAK_SECONDS', 3600);
/** The first one's seed, the others' follow it: always the same for a gate, never for a soak. */
export const HISTORY_SEED = whole('HISTORY_SEED', SOAK_SECONDS === null ? 1 : Math.floor(Math.random() * 1e9));
/** Whether a violation is made as short as it gets, which takes its time. */
export const HISTORY_SHRINK = process.env['HISTORY_SHRINK'] === '1';

function whole(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} is no whole number: ${text}`);
  return value;
}
