import { inParallel } from '../in-parallel.js';
import type { ReportInput } from '../report/types.js';
import { stopOf } from '../stop-of.js';
import { nothingFor } from './nothing.js';
import type { TargetRun } from './types.js';

/** A target on its way through a run: what it has in hand for the next stage, or the end of it. */
export type Step<Work> =
  | { readonly kind: 'going'; readonly run: TargetRun; readonly told: ReportInput; readonly work: Work }
  | { readonly kind: 'ended'; readonly run: TargetRun; readonly told: ReportInput };

export type Going<Work> = Extract<Step<Work>, { kind: 'going' }>;

/** Every target before its first stage. */
export function begin(runs: readonly TargetRun[]): readonly Step<null>[] {
  return runs.map((run) => ({ kind: 'going', run, told: nothingFor(run.event), work: null }));
}

/**
 * Takes a target through the next stage. Whatever is thrown there ends this target with what is told of it so far, and no
 * other. A run without targets throws on: there is nobody else to be kept from it.
 */
export async function next<Before, After>(
  step: Step<Before>,
  stage: (going: Going<Before>) => Promise<Step<After>>,
): Promise<Step<After>> {
  if (step.kind === 'ended') return step;
  const { run, told } = step;
  if (run.target.key === null) return stage(step);
  try {
    return await stage(step);
  } catch (thrown) {
    return { kind: 'ended', run, told: { ...told, stopped: told.stopped ?? stopOf(thrown, run.world.log) } };
  }
}

/** All at once, eight at a time; the results in the order of the items. */
export function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  return inParallel(items, 8, work);
}

/** One after the other: they share one clone. */
export function oneByOne<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  return inParallel(items, 1, work);
}
