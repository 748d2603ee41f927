import type { SubcommunityState } from '../detections/types.js';
import { ActionError, messageOf } from '../errors.js';
import type { Operation } from '../plan/types.js';
import type { Sekoia } from '../sekoia/client.js';
import { SekoiaError } from '../sekoia/errors.js';
import type { RuleUuid } from '../sekoia/types.js';
import { count } from '../text.js';
import type { Outcome } from './types.js';

/** A sub-community that so many rules in a row were refused in is asked for no other: refusals cost pauses, and may get the address blocked. */
const GIVES_UP_AFTER = 3;

/**
 * Puts a rule that is in place into the state that its file wants in each sub-community. Which state it has there can be
 * read nowhere, so every call is sent, and its success is believed (sekoia-api.md §6.1, §6.3). One that is refused stops
 * no other, and makes the outcome a failure; nothing is thrown.
 */
export function stateSetter({ sekoia }: SetWith): (outcome: Outcome) => Promise<Outcome> {
  const inARow = new Map<string, number>();

  async function set(rule: RuleUuid, { uuid, state }: SubcommunityState): Promise<void> {
    const refusals = (): number => inARow.get(uuid) ?? 0;
    if (refusals() >= GIVES_UP_AFTER) throw givenUp();
    try {
      await sekoia.setEnabled(rule, state, uuid);
      inARow.delete(uuid);
    } catch (thrown) {
      if (isRefusal(thrown)) inARow.set(uuid, refusals() + 1);
      throw thrown;
    }
  }

  return async (outcome) => {
    const { kind, uuid, operation } = outcome;
    const wanted = statesOf(operation);
    if (kind !== 'done' || uuid === null || wanted.length === 0) return outcome;
    const refused: Refused[] = [];
    for (const one of wanted) await set(uuid, one).catch((thrown: unknown) => refused.push({ one, thrown }));
    if (refused.length === 0) return { ...outcome, reason: alsoSaid(outcome, `its state is set in ${places(wanted)}`) };
    const reason = `the rule is in place, but its state could not be set in ${refused.length} of ${places(wanted)}: ${whyNot(refused)}`;
    return { ...outcome, kind: 'failed', reason, help: helpOf(refused) };
  };
}

/** What a plan says of them: it cannot tell whether anything would change. */
export function announceStates(outcome: Outcome): Outcome {
  const wanted = statesOf(outcome.operation);
  if (outcome.kind !== 'planned' || wanted.length === 0) return outcome;
  return {
    ...outcome,
    reason: alsoSaid(outcome, `its state in ${places(wanted)} will be set, and cannot be compared`),
  };
}

/** The states that come with an operation; none where nothing is deployed. */
export function statesOf(operation: Operation): readonly SubcommunityState[] {
  return 'detection' in operation ? (operation.detection.subcommunities ?? []) : [];
}

interface SetWith {
  readonly sekoia: Pick<Sekoia, 'setEnabled'>;
}

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof SekoiaError && (thrown.code === 'forbidden' || thrown.code === 'not-found');
}

function givenUp(): SekoiaError {
  return new SekoiaError(
    'forbidden',
    `not sent, since Sekoia refused the sub-community for ${GIVES_UP_AFTER} other rules of this run`,
    'Correct `subcommunities`, or what Sekoia said of the other rules, and run again.',
  );
}

interface Refused {
  readonly one: SubcommunityState;
  readonly thrown: unknown;
}

/** Each reason once, with those that it is true of: most often it is one for all. */
function whyNot(refused: readonly Refused[]): string {
  const reasons = new Map<string, string[]>();
  for (const { one, thrown } of refused) {
    const message = messageOf(thrown);
    reasons.set(message, [...(reasons.get(message) ?? []), one.uuid]);
  }
  return Array.from(reasons, ([message, uuids]) => `${someOf(uuids)}: ${message}`).join('; ');
}

const SHOWN = 10;

function someOf(uuids: readonly string[]): string {
  const more = uuids.length - SHOWN;
  return `${uuids.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function helpOf([first]: readonly Refused[]): string {
  return first?.thrown instanceof ActionError ? first.thrown.help : 'This is a fault of the action: please report it.';
}

function places(wanted: readonly SubcommunityState[]): string {
  return count(wanted.length, 'sub-community', 'sub-communities');
}

function alsoSaid({ reason }: Outcome, more: string): string {
  return reason === '' ? more : `${reason}; ${more}`;
}
