import { SekoiaError } from './errors.js';
import { listAllRules } from './listing.js';
import type { Listing, Reader } from './listing.js';
import { attempt, isWhole, lookUp, lookUpEach } from './lookups.js';
import { getRule } from './rules.js';
import type { Lookup, Rule, RuleLookup, RuleUuid } from './types.js';

/** How many rules are asked for by themselves before the list is believed about the others. */
const SAMPLE = 4;

/**
 * The rules of these UUIDs, from rows of a list where they are whole, else one by one. Which of those that are refused
 * are gone the list of all rules tells. When the first few are all refused, most likely very many are: each refusal
 * counts as an error, and two of them cost a pause of ten seconds (sekoia-api.md §1.4), so a list read after that pause
 * speaks for the others. A rule that a lagging list may have left out (§8.35) has had those ten seconds.
 *
 * @param listAll the list of all rules, read once for all that need it
 */
export async function lookUpRules(
  reader: Reader,
  uuids: readonly RuleUuid[],
  rows: ReadonlyMap<RuleUuid, Rule>,
  listAll: () => Promise<Lookup<Listing>>,
): Promise<Map<RuleUuid, RuleLookup>> {
  const ask = (uuid: RuleUuid): Promise<Lookup<Rule>> => lookUp(reader, uuid, rows.get(uuid));
  const unread = uuids.filter((uuid) => !isWholeRow(rows.get(uuid)));
  const rest = unread.slice(SAMPLE);
  const sample = await lookUpEach(unread.slice(0, SAMPLE), ask);
  const fresh = rest.length > 0 && [...sample.values()].every(isRefused) ? await attempt(listAllRules(reader)) : null;
  const list = fresh === null ? listAll : (): Promise<Lookup<Listing>> => Promise.resolve(fresh);
  const listed = new Set(rest);
  return lookUpEach(uuids, async (uuid) => {
    const told = fresh !== null && listed.has(uuid) ? fromList(uuid, fresh) : null;
    if (told !== null) return told;
    const looked = sample.get(uuid) ?? (await ask(uuid));
    return looked.kind === 'failed' ? tellApart(uuid, looked.error, list) : looked;
  });
}

/** Whether the rule is there, by a fresh look, after a refusal that leaves it open. @throws SekoiaError when that cannot be told */
export async function whereIs(reader: Reader, uuid: RuleUuid): Promise<'there' | 'gone'> {
  const asked = await attempt(getRule(reader.calls, uuid, reader.within));
  if (asked.kind === 'found') return 'there';
  const told = await tellApart(uuid, asked.error, () => attempt(listAllRules(reader)));
  if (told.kind === 'failed') throw told.error;
  return told.kind === 'gone' ? 'gone' : 'there';
}

/** §8.1, §8.2: an unknown rule is answered 403 or 404, a missing permission 403 alike. */
export function isAbsence(error: unknown): error is SekoiaError {
  return error instanceof SekoiaError && (error.code === 'not-found' || error.code === 'forbidden');
}

function isWholeRow(row: Rule | undefined): boolean {
  return row !== undefined && isWhole(row);
}

function isRefused(lookup: Lookup<Rule>): boolean {
  return lookup.kind === 'failed' && isAbsence(lookup.error);
}

/** What the list alone says; null: the rule is in it, but has to be asked for. */
function fromList(uuid: RuleUuid, listing: Lookup<Listing>): RuleLookup | null {
  if (listing.kind === 'failed') return listing;
  const row = listing.value.rules.get(uuid);
  if (row === undefined) return absentFrom(listing.value);
  return isWhole(row) ? { kind: 'found', value: row } : null;
}

/**
 * Tells apart what the platform answers alike: a rule that is gone, one that this key may not have, and a key that may
 * not read at all.
 */
async function tellApart(uuid: RuleUuid, refusal: Error, listAll: () => Promise<Lookup<Listing>>): Promise<RuleLookup> {
  if (!isAbsence(refusal)) return { kind: 'failed', error: refusal };
  const listing = await listAll();
  if (listing.kind === 'failed') return listing;
  return listing.value.rules.has(uuid)
    ? { kind: 'failed', error: mayNotHave(uuid, refusal) }
    : absentFrom(listing.value);
}

/** A rule that is not in a list is gone only when the list was read to its end. */
function absentFrom({ gap }: Listing): RuleLookup {
  return gap === null ? { kind: 'gone' } : { kind: 'failed', error: gap };
}

function mayNotHave(uuid: RuleUuid, refusal: SekoiaError): SekoiaError {
  const { method, path, status, platform, message } = refusal;
  return new SekoiaError(
    'forbidden',
    `Rule ${uuid} is in the list of rules, but the key may not read it: it is not of this key's community, or the key lacks "View rules and alert filters" (SIC_READ_RULES). ${message}`,
    'Check that the key is of the community that owns the rule, and that it has the permission.',
    { method, path, status, platform, cause: refusal },
  );
}
