import type { Sekoia } from '../sekoia/client.js';
import { SekoiaError } from '../sekoia/errors.js';
import type { Rule, RuleUuid, WriteRule } from '../sekoia/types.js';

export interface CreateWith {
  readonly sekoia: Pick<Sekoia, 'create' | 'findByName'>;
  /** Whether a file of the branch has the rule. */
  readonly isClaimed: (uuid: RuleUuid) => boolean;
  /** Ends early when the run is cancelled. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Waits before each look, in milliseconds: ten seconds in all, since a list may lag (sekoia-api.md §8.35). */
const LOOKS = [0, 2_000, 3_000, 5_000];

/**
 * Creates rules, each at most once: a create whose answer is lost is not sent again but looked for. The plan found no
 * rule of this name that no file claims, so the one that is there now is the one that was sent. Rules of one name are
 * created one after the other, and what a detection got no other one gets: a look could not tell them apart.
 *
 * @param taken rules that detections of the run have already.
 */
export function createRules(taken: Iterable<RuleUuid>, by: CreateWith): (body: WriteRule) => Promise<Rule> {
  const ours = new Set(taken);
  const turns = new Map<string, Promise<unknown>>();
  const isTaken = (uuid: RuleUuid): boolean => by.isClaimed(uuid) || ours.has(uuid);

  /** @throws SekoiaError `answer-lost` when it cannot be found, or when several are there. */
  async function createOnce(body: WriteRule): Promise<Rule> {
    const rule = await createOrFind(body, isTaken, by);
    ours.add(rule.uuid);
    return rule;
  }

  return (body) => {
    const before = turns.get(body.name) ?? Promise.resolve();
    const turn = before.then(() => createOnce(body));
    turns.set(
      body.name,
      turn.catch(() => undefined),
    );
    return turn;
  };
}

async function createOrFind(body: WriteRule, isTaken: (uuid: RuleUuid) => boolean, by: CreateWith): Promise<Rule> {
  try {
    return await by.sekoia.create(body);
  } catch (thrown) {
    if (!(thrown instanceof SekoiaError) || thrown.code !== 'answer-lost') throw thrown;
    return lookFor(body, thrown, isTaken, by);
  }
}

async function lookFor(
  body: WriteRule,
  lost: SekoiaError,
  isTaken: (uuid: RuleUuid) => boolean,
  by: CreateWith,
): Promise<Rule> {
  for (const wait of LOOKS) {
    if (by.signal.aborted) break;
    await by.sleep(wait);
    const [found, ...others] = (await foundNow(body, by)).filter(({ uuid }) => !isTaken(uuid));
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
async function foundNow(body: WriteRule, { sekoia }: CreateWith): Promise<readonly Rule[]> {
  try {
    const rules = await sekoia.findByName(body.name);
    return rules.filter(({ verified, createdByType }) => !verified && createdByType !== 'avatar');
  } catch {
    return [];
  }
}
