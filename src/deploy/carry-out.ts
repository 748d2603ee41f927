import { ActionError, messageOf } from '../errors.js';
import type { FieldChange, Operation, Plan } from '../plan/types.js';
import type { Sekoia } from '../sekoia/client.js';
import { SekoiaError } from '../sekoia/errors.js';
import type { Rule, RuleUuid, WriteRule } from '../sekoia/types.js';
import { otherCommunity } from './communities.js';
import { createRules } from './create-once.js';
import { inParallel } from '../in-parallel.js';
import { blockedOutcome, leftAlone } from './not-sent.js';
import { lastVerdict, verdictSince } from './compilation.js';
import type { Verdict } from './compilation.js';
import { stateSetter } from './subcommunities.js';
import type { Outcome } from './types.js';

export interface CarryOutWith {
  readonly sekoia: Pick<
    Sekoia,
    'create' | 'update' | 'setEnabled' | 'remove' | 'whereIs' | 'findByName' | 'reread' | 'concurrency'
  >;
  /** Whether a file of the branch has the rule. */
  readonly isClaimed: (uuid: RuleUuid) => boolean;
  /** Aborted: nothing is waited for any more. */
  readonly signal: AbortSignal;
  /** Comparison by meaning of what was sent with what the answer holds. */
  readonly differences: (sent: WriteRule, got: WriteRule) => readonly FieldChange[];
  readonly sleep: (ms: number) => Promise<void>;
  readonly onProgress: (done: number, total: number) => void;
}

/** How long the platform is given to compile before the one look at what it has not said yet. */
const SETTLE_MS = 2_000;
/** The whole of that look, in milliseconds. */
const REREAD_WITHIN_MS = 30_000;

/**
 * Carries out the plan, several operations at a time. One operation's failure never stops another; nothing is thrown.
 * The outcomes come in the order of the plan.
 */
export async function carryOut(plan: Plan, by: CarryOutWith): Promise<readonly Outcome[]> {
  let done = 0;
  const create = createRules(plan.operations.flatMap(rulesOf), by);
  const results = await inParallel(plan.operations, by.sekoia.concurrency, async (operation) => {
    const result = await carryOutOne(operation, create, by);
    by.onProgress(++done, plan.operations.length);
    return result;
  });
  const settled = await settle(results, by);
  return inParallel(settled, by.sekoia.concurrency, stateSetter(by));
}

/** An outcome, and the rule whose compilation is still to be heard of. */
interface Result {
  readonly outcome: Outcome;
  readonly pending: { readonly uuid: RuleUuid; readonly writtenAt: string | null } | null;
}

function rulesOf(operation: Operation): readonly RuleUuid[] {
  return 'rule' in operation ? [operation.rule.uuid] : [];
}

async function carryOutOne(
  operation: Operation,
  create: (body: WriteRule) => Promise<Rule>,
  by: CarryOutWith,
): Promise<Result> {
  switch (operation.kind) {
    case 'none':
      return final(leftAlone(operation));
    case 'blocked':
      return final(blockedOutcome(operation));
    case 'unchanged':
      return judged(operation, operation.rule, lastVerdict(operation.rule), null);
    case 'create':
      return write(operation, operation.body, () => create(operation.body), by);
    case 'disable':
    case 'delete':
      return final(await takeAway(operation, by));
    case 'adopt':
    case 'update': {
      const { rule, body } = operation;
      if (operation.changes.length === 0) return judged(operation, rule, lastVerdict(rule), null);
      return write(operation, body, () => by.sekoia.update(rule.uuid, body), by);
    }
  }
}

/** Sends one write, closes a difference in `enabled`, and checks the answer against what was sent. */
async function write(
  operation: Operation & { kind: 'create' | 'update' | 'adopt' },
  body: WriteRule,
  send: () => Promise<Rule>,
  by: CarryOutWith,
): Promise<Result> {
  let written: Rule | null = null;
  try {
    written = await send();
    const elsewhere = otherCommunity(operation, written);
    if (elsewhere !== null) return final(elsewhere);
    const { updatedAt, createdAt } = written;
    const rule =
      written.write.enabled === body.enabled
        ? written
        : withState(written, await by.sekoia.setEnabled(written.uuid, stateOf(body), body.community_uuid));
    const kept = by.differences(body, rule.write).filter(({ field }) => !rule.missing.includes(field));
    if (kept.length > 0) return final(otherValues(operation, rule, kept));
    const writtenAt = updatedAt ?? createdAt;
    return judged(operation, rule, verdictSince(rule, writtenAt), writtenAt);
  } catch (thrown) {
    if (operation.kind !== 'create' && written === null && mayBeGone(thrown)) {
      return final(failedOutcome(operation, await toldApart(operation.rule.uuid, thrown, by), written));
    }
    return final(failedOutcome(operation, thrown, written));
  }
}

function stateOf({ enabled }: WriteRule): 'enabled' | 'disabled' {
  return enabled ? 'enabled' : 'disabled';
}

/** Disables or deletes the rule of a detection that left the branch. */
async function takeAway(operation: Operation & { kind: 'disable' | 'delete' }, by: CarryOutWith): Promise<Outcome> {
  const { kind, rule, removed } = operation;
  const community = removed.community === undefined ? undefined : (rule.community ?? removed.community);
  const done: Outcome = { operation, kind: 'done', uuid: rule.uuid, reason: 'removed from the branch', help: '' };
  try {
    if (kind === 'delete') {
      const what = await by.sekoia.remove(rule.uuid, community);
      return what === 'deleted'
        ? done
        : { ...done, reason: 'removed from the branch; somebody deleted its rule before' };
    }
    const answer = await by.sekoia.setEnabled(rule.uuid, 'disabled', community);
    if (!answer.write.enabled || answer.missing.includes('enabled')) return done;
    const help = 'Disable it on the platform, and look whether something there enables it again.';
    return { ...done, kind: 'failed', reason: 'Sekoia took the call but says that the rule is still enabled', help };
  } catch (thrown) {
    return failedOutcome(operation, thrown, null);
  }
}

/** The answers that a missing permission and a missing rule have in common (sekoia-api.md §8.1). */
function mayBeGone(thrown: unknown): boolean {
  return thrown instanceof SekoiaError && (thrown.code === 'forbidden' || thrown.code === 'not-found');
}

/** A rule that went between the plan and the write says so; whatever else the look-up finds, the refusal stands. */
async function toldApart(uuid: RuleUuid, refusal: unknown, { sekoia }: CarryOutWith): Promise<unknown> {
  try {
    if ((await sekoia.whereIs(uuid)) === 'there') return refusal;
  } catch {
    return refusal;
  }
  const help = 'Somebody deleted it during this run: run the workflow again, which follows `on-missing` then.';
  return new SekoiaError('not-found', `Rule ${uuid} is not on the platform any more.`, help, { cause: refusal });
}

/** The answer to enable or disable is a rule of its own; only its state is news. */
function withState(written: Rule, answer: Rule): Rule {
  return { ...written, write: { ...written.write, enabled: answer.write.enabled } };
}

/** Looks once more at every rule whose compilation the platform had not told, all together. */
async function settle(results: readonly Result[], by: CarryOutWith): Promise<readonly Outcome[]> {
  const waiting = results.flatMap(({ pending }) => (pending === null ? [] : [pending.uuid]));
  if (waiting.length === 0 || by.signal.aborted) return results.map(({ outcome }) => outcome);
  await by.sleep(SETTLE_MS);
  const looked = await by.sekoia.reread(waiting, REREAD_WITHIN_MS);
  return results.map(({ outcome, pending }) => {
    if (pending === null) return outcome;
    const lookup = looked.get(pending.uuid);
    if (lookup?.kind !== 'found') return { ...outcome, reason: notHeard(outcome.reason) };
    const { outcome: seen, pending: still } = judged(
      outcome.operation,
      lookup.value,
      verdictSince(lookup.value, pending.writtenAt),
      pending.writtenAt,
    );
    if (still === null || keepsItsVerdict(outcome.operation, lookup.value)) return seen;
    return { ...seen, reason: notHeard(seen.reason) };
  });
}

/** A write that left the pattern alone gives the platform nothing to compile: the older verdict stands. */
function keepsItsVerdict(operation: Operation, rule: Rule): boolean {
  return (
    (operation.kind === 'update' || operation.kind === 'adopt') &&
    operation.changes.every(({ field }) => field !== 'payload') &&
    lastVerdict(rule) === 'compiled'
  );
}

function judged(operation: Operation, rule: Rule, verdict: Verdict, writtenAt: string | null): Result {
  const done: Outcome = { operation, kind: 'done', uuid: rule.uuid, reason: '', help: '' };
  switch (verdict) {
    case 'compiled':
      return final(done);
    case 'pending':
      return { outcome: done, pending: { uuid: rule.uuid, writtenAt } };
    case 'refused':
      return final({
        ...done,
        kind: 'failed',
        reason: `Sekoia could not compile the rule, so it detects nothing: ${rule.compilation.message ?? 'no message'}`,
        help: 'Correct the pattern and push again; the rule is on the platform with the UUID shown.',
      });
  }
}

function final(outcome: Outcome): Result {
  return { outcome, pending: null };
}

function notHeard(reason: string): string {
  return [reason, 'Sekoia has not said yet whether the rule compiles'].filter((part) => part !== '').join('; ');
}

function otherValues(operation: Operation, rule: Rule, kept: readonly FieldChange[]): Outcome {
  const fields = kept.map(({ field, from, to }) => `${field} (sent ${brief(from)}, holds ${brief(to)})`).join(', ');
  return {
    operation,
    kind: 'failed',
    uuid: rule.uuid,
    reason: `Sekoia took the rule but holds other values: ${fields}`,
    help: 'Bring the file to a value that the platform keeps, or look at the rule on the platform.',
  };
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 'nothing' : text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** What a refused or lost request means for its operation. */
function failedOutcome(
  operation: Operation & { kind: 'create' | 'update' | 'adopt' | 'disable' | 'delete' },
  thrown: unknown,
  written: Rule | null,
): Outcome {
  const uuid = written?.uuid ?? (operation.kind === 'create' ? null : operation.rule.uuid);
  const reason = messageOf(thrown);
  const help = thrown instanceof ActionError ? thrown.help : 'This is a fault of the action: please report it.';
  if (!(thrown instanceof SekoiaError) || written !== null) return { operation, kind: 'failed', uuid, reason, help };
  if (thrown.effect === 'maybe') return { operation, kind: 'unknown', uuid, reason, help };
  switch (thrown.code) {
    case 'answer-lost':
    case 'cut-off':
      return { operation, kind: 'unknown', uuid, reason, help };
    case 'stopped':
      return { operation, kind: 'skipped', uuid, reason, help };
    case 'unauthorised':
      // The one that met the 401 failed; those after it were never sent.
      return { operation, kind: thrown.status === null ? 'skipped' : 'failed', uuid, reason, help };
    default:
      return { operation, kind: 'failed', uuid, reason, help };
  }
}
