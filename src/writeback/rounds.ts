/** Commits that are tried before giving up (action-engineering.md §2.3). */
export const TRIES = 8;

const LONGEST_WAIT_MS = 60_000;

/**
 * Milliseconds before the next round: up to half a second, doubled each time up to 8 s, and as long as GitHub asked for.
 * Jitter over the whole span keeps writers that met once from meeting again.
 */
export function waitBefore(round: number, askedMs: number, chance: number): number {
  const span = Math.min(8000, 500 * 2 ** (round - 1));
  return Math.min(LONGEST_WAIT_MS, askedMs) + Math.round(span * (0.1 + 0.9 * chance));
}
