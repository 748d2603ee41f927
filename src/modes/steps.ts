import type { ReportInput } from '../report/types.js';
import { stopOf } from '../stop-of.js';
import type { TargetRun } from './types.js';

/** A target on its way through a run: what it has in hand for the next stage, or the end of it. */
export type Step<Work> =
  | { readonly kind: 'going'; readonly run: TargetRun; readonly told: ReportInput; readonly work: Work }
  | { readonly kind: 'ended'; readonly run: TargetRun; readonly told: ReportInput };

export type Going<Work> = Extract<Step<Work>, { kind: 'going' }>;

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

/** All at once, so many at a time; the results in the order of the items. */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce = 8,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    for (let index = begun++; index < items.length; index = begun++) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}

/** One after the other: they share one clone. */
export function oneByOne<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  return sideBySide(items, work, 1);
}
