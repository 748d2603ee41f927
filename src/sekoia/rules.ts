import type { Call, Calls } from './calls.js';
import { SekoiaError } from './errors.js';
import type { Effect } from './errors.js';
import type { Rule, RuleUuid, WriteRule } from './types.js';
import { readRule, writeBody } from './wire.js';

/** sekoia-api.md §2.1, below the API's base. */
export const RULES_PATH = '/v1/sic/conf/rules-catalog/rules';

/**
 * A community in the body stands in the query too (§6.3): which of the two counts is documented nowhere.
 *
 * @throws SekoiaError; `answer-lost` when the platform may or may not have created the rule
 */
export function createRule(calls: Calls, body: WriteRule): Promise<Rule> {
  return calls.call({ method: 'POST', path: RULES_PATH, body: writeBody(body), ...of(body.community_uuid) }, readRule);
}

/** Writes the whole rule: what an update leaves out the platform may reset (§2.1). */
export function updateRule(calls: Calls, uuid: RuleUuid, body: WriteRule): Promise<Rule> {
  return callForRule(calls, uuid, { method: 'PUT', path: pathOf(uuid), body: writeBody(body) });
}

/**
 * The calls of §2.1 whose paths say what state there will be; they take no body.
 *
 * @param community whose state it is; the key's own when left out
 */
export function setRuleEnabled(
  calls: Calls,
  uuid: RuleUuid,
  state: 'enabled' | 'disabled',
  community?: string,
): Promise<Rule> {
  return callForRule(calls, uuid, { method: 'PUT', path: `${pathOf(uuid)}/${state}`, ...of(community) });
}

/**
 * Deletes; any 2xx is a success (§2.1).
 *
 * @param community that the rule is in, where it was put into one
 * @param onRepeat see `Call`
 * @throws SekoiaError; `not-found` or `forbidden` may mean that the rule is gone already (§8.2)
 */
export async function deleteRule(
  calls: Calls,
  uuid: RuleUuid,
  community: string | undefined,
  onRepeat: (earlier: Effect) => void,
): Promise<void> {
  await calls.call({ method: 'DELETE', path: pathOf(uuid), answer: 'any', onRepeat, ...of(community) }, () => true);
}

export function getRule(calls: Calls, uuid: RuleUuid, within?: AbortSignal): Promise<Rule> {
  return callForRule(calls, uuid, { method: 'GET', path: pathOf(uuid), within });
}

async function callForRule(calls: Calls, uuid: RuleUuid, call: Call): Promise<Rule> {
  const rule = await calls.call(call, readRule);
  if (rule.uuid === uuid) return rule;
  throw new SekoiaError(
    'other-rule',
    `${call.method} ${call.path} was answered with another rule, ${rule.uuid}`,
    'Check api-url and what stands between the runner and the platform: answers are mixed up.',
    { method: call.method, path: call.path },
  );
}

function of(community: string | undefined): Pick<Call, 'query'> {
  return community === undefined ? {} : { query: { community_uuid: community } };
}

function pathOf(uuid: RuleUuid): string {
  return `${RULES_PATH}/${encodeURIComponent(uuid)}`;
}
