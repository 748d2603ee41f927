import type { Sekoia } from '../sekoia/client.js';
import { SekoiaError } from '../sekoia/errors.js';
import type { Rule, RuleUuid, WriteRule } from '../sekoia/types.js';

export interface CreateWith {
  readonly sekoia: Pick<Sekoia, 'create' | 'findByName'>;
  readonly isClaimed: (uuid: RuleUuid) => boolean;
  readonly sleep: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Waits before each look, in milliseconds: ten seconds in all, since a list may lag (sekoia-api.md §8.35). */
const LOOKS = [0, 2_000, 3_000, 5_000];

/**
 * Creates a rule, at most once: a create whose answer is lost is not sent again but looked for. The plan found no rule
 * of this name that no file claims, so the one that is there now is the one that was sent.
 *
 * @throws SekoiaError `answer-lost` when it cannot be found, or when several are there.
 */
export async function createOnce(body: WriteRule, by: CreateWith): Promise<Rule> {
  try {
    return await by.sekoia.create(body);
  } catch (thrown) {
    if (!(thrown instanceof SekoiaError) || thrown.code !== 'answer-lost') throw thrown;
    return lookFor(body, thrown, by);
  }
}

async function lookFor(body: WriteRule, lost: SekoiaError, by: CreateWith): Promise<Rule> {
  for (const wait of LOOKS) {
    if (by.signal.aborted) break;
    await by.sleep(wait);
    const [found, ...others] = await foundNow(body, by);
    if (others.length > 0 && found !== undefined) {
      const list = [found, ...others].map(({ uuid }) => uuid).join(', ');
      const help = 'Keep one of them, put its UUID into the metadata file as `uuid`, and delete the others.';
      throw new SekoiaError('answer-lost', `${lost.message} Several rules of this name are there now: ${list}`, help);
    }
    if (found !== undefined) return found;
  }
  throw lost;
}

/** A look that fails is one that found nothing: the next one may do better. */
async function foundNow(body: WriteRule, { sekoia, isClaimed }: CreateWith): Promise<readonly Rule[]> {
  try {
    const rules = await sekoia.findByName(body.name);
    return rules.filter(
      ({ uuid, verified, createdByType }) => !verified && !isClaimed(uuid) && createdByType !== 'avatar',
    );
  } catch {
    return [];
  }
}
