import type { Effect } from './errors.js';
import type { Reader } from './listing.js';
import { attempt } from './lookups.js';
import { deleteRule } from './rules.js';
import type { RuleUuid } from './types.js';
import { isAbsence, whereIs } from './whereabouts.js';

/**
 * Deletes a rule. A refusal that a rule which is not there gets too is told apart by a look (sekoia-api.md §8.2).
 *
 * @param community that the rule is in, where it was put into one
 * @returns `gone` when the rule was not there before
 * @throws SekoiaError the refusal, when the rule is there or that cannot be told
 */
export async function removeRule(reader: Reader, uuid: RuleUuid, community?: string): Promise<'deleted' | 'gone'> {
  let earlier: Effect = 'none';
  try {
    await deleteRule(reader.calls, uuid, community, (effect) => (earlier = effect));
    return 'deleted';
  } catch (refusal) {
    if (!isAbsence(refusal)) throw refusal;
    // §1.4: on a repeat, 404 is the success of the try whose answer was lost.
    if (hadEffect(earlier) && refusal.code === 'not-found') return 'deleted';
    const place = await attempt(whereIs(reader, uuid));
    if (place.kind === 'failed' || place.value === 'there') throw refusal;
    return hadEffect(earlier) ? 'deleted' : 'gone';
  }
}

/** A function, since the compiler takes a variable that only a callback sets for unchanged. */
function hadEffect(effect: Effect): boolean {
  return effect === 'maybe';
}
