import { listAllRules } from './listing.js';
import type { Reader } from './listing.js';
import type { Rule, RuleLookup, RuleUuid } from './types.js';
import { lookUpRules } from './whereabouts.js';

/** All that a platform has, and those rules of it that were asked for, whole. */
export interface Survey {
  readonly byUuid: ReadonlyMap<RuleUuid, RuleLookup>;
  /** Every row of the list, shortened ones as they are. */
  readonly rows: readonly Rule[];
}

/** Rules by their UUIDs, or what picks them from the rows of the list. */
export type WantedRules = readonly RuleUuid[] | ((rows: readonly Rule[]) => readonly RuleUuid[]);

/**
 * Reads the list of all rules once. Rows are whole as a rule (sekoia-api.md §2.2); a wanted rule whose row is shortened is
 * asked for by itself, and so is one that the list does not have, since lists may lag behind (§8.35).
 *
 * @param wanted the rules, or what picks them from the rows.
 * @throws SekoiaError when the list cannot be read to its end: what it lacks is then not known to be absent.
 */
export async function surveyRules(reader: Reader, wanted: WantedRules): Promise<Survey> {
  const listing = await listAllRules(reader);
  if (listing.gap !== null) throw listing.gap;
  const rows = [...listing.rules.values()];
  const uuids = typeof wanted === 'function' ? wanted(rows) : wanted;
  const listAll = (): Promise<{ readonly kind: 'found'; readonly value: typeof listing }> =>
    Promise.resolve({ kind: 'found', value: listing });
  const byUuid = await lookUpRules(reader, [...new Set(uuids)], listing.rules, listAll);
  return { byUuid, rows };
}
