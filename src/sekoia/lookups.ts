import { SekoiaError } from './errors.js';
import type { Reader } from './listing.js';
import { getRule } from './rules.js';
import type { Lookup, Rule, RuleUuid } from './types.js';

/** A row of a list will do when it is whole; without one the rule is asked for by itself. */
export async function lookUp(reader: Reader, uuid: RuleUuid, row: Rule | undefined): Promise<Lookup<Rule>> {
  if (row !== undefined && isWhole(row)) return { kind: 'found', value: row };
  return attempt(getRule(reader.calls, uuid, reader.within));
}

export function isWhole(rule: Rule): boolean {
  return rule.missing.length === 0;
}

/** All at once, in the order of the keys; the calls below wait for their turns. */
export async function lookUpEach<Key, Found>(
  keys: readonly Key[],
  look: (key: Key) => Promise<Found>,
): Promise<Map<Key, Found>> {
  return new Map(await Promise.all(keys.map(async (key) => [key, await look(key)] as const)));
}

/** What the platform did not give as a value; faults of our own are thrown on. */
export async function attempt<T>(promise: Promise<T>): Promise<Lookup<T>> {
  try {
    return { kind: 'found', value: await promise };
  } catch (thrown) {
    if (thrown instanceof SekoiaError) return { kind: 'failed', error: thrown };
    throw thrown;
  }
}
