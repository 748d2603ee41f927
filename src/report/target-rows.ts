import { hasFailed } from './types.js';
import type { Report, Row, TargetFacts } from './types.js';

/** What rows of several targets say alike of one detection. */
export interface ToldRow {
  /** The first of them. */
  readonly row: Row;
  /** Whose they are; empty in a run without targets. */
  readonly targets: readonly string[];
}

/** Rows that say the same of one detection, told once. */
export function together(rows: readonly Row[]): readonly ToldRow[] {
  const told = new Map<string, { readonly row: Row; readonly targets: string[] }>();
  for (const row of rows) {
    const { path, target, operation, outcome, reason, help } = row;
    const key = JSON.stringify(target === undefined ? [told.size] : [path, operation, outcome, reason, help]);
    const known = told.get(key) ?? { row, targets: [] };
    if (target !== undefined) known.targets.push(target);
    told.set(key, known);
  }
  return [...told.values()];
}

/**
 * The rows that nothing came of, since the work on their whole target was ended: the target says why,
 * once.
 */
export function ofStoppedTargets({ rows, targets = [] }: Report): ReadonlySet<Row> {
  const stopped = new Set(targets.flatMap(({ name, stopped }) => (stopped === null ? [] : [name])));
  if (stopped.size === 0) return new Set();
  return new Set(
    rows.filter(
      (row) =>
        row.operation === 'none' && row.outcome === 'failed' && row.target !== undefined && stopped.has(row.target),
    ),
  );
}

/** Whether something of the target is not in place. */
export function isAmiss({ counts, lost, stopped }: TargetFacts): boolean {
  return counts.failed > 0 || lost > 0 || stopped !== null;
}

/** Nobody has to see it. */
export function isQuiet(row: Row, { mode }: Pick<Report, 'mode'>): boolean {
  if (hasFailed(row) || row.drift !== undefined) return false;
  return row.operation === 'unchanged' || (row.operation === 'none' && mode === 'validate');
}
