import type { Calls } from './calls.js';
import { SekoiaError } from './errors.js';
import { PAGE_SIZE, readPage, readRest } from './listing.js';
import type { Listing, Page } from './listing.js';
import { getRule } from './rules.js';
import type { Catalogue, Lookup, Rule, RuleUuid } from './types.js';

export interface Reader {
  readonly calls: Calls;
  /** How many requests may be asked for at once. */
  readonly abreast: number;
  /** Ends the reading early; what was not read by then has failed. */
  readonly within?: AbortSignal;
}

/**
 * Up to here a lookup each is never more than a listing: Sekoia's own rules alone, about 1,100, fill eleven pages
 * (sekoia-api.md §2.2). Above it the first page tells how many there are.
 */
const FEW = 11;

/**
 * Looks up rules by UUID and by exact name, one by one or in a listing, whichever takes fewer requests. A lookup that
 * fails is kept with its item; a listing that fails fails all items that needed it. Nothing is thrown.
 */
export async function readCatalogue(
  reader: Reader,
  wanted: { readonly uuids: readonly RuleUuid[]; readonly names: readonly string[] },
): Promise<Catalogue> {
  const uuids = [...new Set(wanted.uuids)];
  const names = [...new Set(wanted.names)];
  const listingNeeded = names.some((name) => !isFilterable(name));
  if (!listingNeeded && uuids.length + names.length <= FEW) return oneByOne(reader, uuids, names, new Map());

  const first = await attempt(readPage(reader.calls, 0, null, reader.within));
  if (first.kind === 'failed') return allFailed(uuids, names, first.error);
  if (!listingNeeded) {
    const known = new Map(first.value.rules.filter(isWhole).map((rule) => [rule.uuid, rule]));
    const lookups = uuids.filter((uuid) => !known.has(uuid)).length + names.length;
    // Shortened rows would have to be read again one by one.
    if (pagesAfter(first.value) >= lookups || !first.value.rules.every(isWhole)) {
      return oneByOne(reader, uuids, names, known);
    }
  }
  const listing = await attempt(readAll(reader, first.value, null));
  if (listing.kind === 'failed') return allFailed(uuids, names, listing.error);
  return fromListing(reader, uuids, names, listing.value);
}

/**
 * Whether the server's name filter takes the name as it stands: it reads commas, wildcards and brackets in it (§2.2, §8),
 * and what else is not documented, so only characters that no filter language uses pass.
 */
export function isFilterable(name: string): boolean {
  return /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ()._:/'&#-]*[\p{L}\p{M}\p{N})])?$/u.test(name);
}

async function oneByOne(
  reader: Reader,
  uuids: readonly RuleUuid[],
  names: readonly string[],
  known: ReadonlyMap<RuleUuid, Rule>,
): Promise<Catalogue> {
  // Asked for at most once, by the first name that needs it.
  let listing: Promise<Lookup<Listing>> | undefined;
  const listAll = (): Promise<Lookup<Listing>> =>
    (listing ??= attempt(readPage(reader.calls, 0, null, reader.within).then((first) => readAll(reader, first, null))));
  const [byUuid, byName] = await Promise.all([
    lookUpEach(uuids, (uuid) => lookUp(reader, uuid, known.get(uuid))),
    lookUpEach(names, (name) => lookUpName(reader, name, listAll)),
  ]);
  return { byUuid, byName };
}

async function fromListing(
  reader: Reader,
  uuids: readonly RuleUuid[],
  names: readonly string[],
  listing: Listing,
): Promise<Catalogue> {
  const listAll = (): Promise<Lookup<Listing>> => Promise.resolve({ kind: 'found', value: listing });
  const [byUuid, byName] = await Promise.all([
    listing.gap === null && uuids.length > SAMPLE && uuids.every((uuid) => !listing.rules.has(uuid))
      ? allGone(reader, uuids)
      : lookUpEach(uuids, (uuid) => lookUp(reader, uuid, listing.rules.get(uuid))),
    lookUpEach(names, (name) =>
      listing.gap !== null && isFilterable(name)
        ? lookUpName(reader, name, listAll)
        : rulesNamed(reader, name, listing),
    ),
  ]);
  return { byUuid, byName };
}

/** How many are looked up one by one before the list is believed that none of them is there. */
const SAMPLE = 4;

/**
 * None of the rules stands in a list that was read to its end: most likely the key or the region is a wrong one. Each
 * refused lookup counts as an error, and two of them cost a pause of ten seconds (§1.4), so only some are made.
 */
async function allGone(reader: Reader, uuids: readonly RuleUuid[]): Promise<Map<RuleUuid, Lookup<Rule>>> {
  const sample = await lookUpEach(uuids.slice(0, SAMPLE), (uuid) => lookUp(reader, uuid, undefined));
  const rest = uuids.slice(SAMPLE);
  const confirmed = [...sample.values()].every(
    (lookup) => lookup.kind === 'failed' && lookup.error instanceof SekoiaError && isAbsence(lookup.error),
  );
  const others = await lookUpEach(rest, (uuid) =>
    confirmed ? Promise.resolve({ kind: 'failed', error: notListed(uuid) }) : lookUp(reader, uuid, undefined),
  );
  return new Map([...sample, ...others]);
}

/** §8: an unknown rule is answered 403 or 404. */
function isAbsence(error: SekoiaError): boolean {
  return error.code === 'not-found' || error.code === 'forbidden';
}

function notListed(uuid: RuleUuid): SekoiaError {
  return new SekoiaError(
    'not-found',
    `Rule ${uuid} is not in the list of rules, and neither is any other rule that was asked for`,
    'Check api-key and region: the UUIDs look like those of another community.',
  );
}

/** A row of a list will do when it is whole; without one the rule is asked for by itself. */
async function lookUp(reader: Reader, uuid: RuleUuid, row: Rule | undefined): Promise<Lookup<Rule>> {
  if (row !== undefined && isWhole(row)) return { kind: 'found', value: row };
  return attempt(getRule(reader.calls, uuid, reader.within));
}

async function lookUpName(
  reader: Reader,
  name: string,
  listAll: () => Promise<Lookup<Listing>>,
): Promise<Lookup<readonly Rule[]>> {
  const first = await attempt(readPage(reader.calls, 0, name, reader.within));
  if (first.kind === 'failed') return first;
  // §8: an unknown filter is ignored without a word. Then every name would read the whole list; one reading will do.
  const ignored = pagesAfter(first.value) > 0 && first.value.rules.some((rule) => !isSameIgnoringCase(rule, name));
  const listing = ignored ? await listAll() : await attempt(readAll(reader, first.value, name));
  return listing.kind === 'failed' ? listing : rulesNamed(reader, name, listing.value);
}

/** The rules of exactly this name in a list that was read to its end. */
async function rulesNamed(reader: Reader, name: string, listing: Listing): Promise<Lookup<readonly Rule[]>> {
  if (listing.gap !== null) return { kind: 'failed', error: listing.gap };
  const rows = [...listing.rules.values()].filter((rule) => rule.write.name === name);
  const rules: Rule[] = [];
  for (const lookup of await Promise.all(rows.map((row) => lookUp(reader, row.uuid, row)))) {
    if (lookup.kind === 'failed') return lookup;
    rules.push(lookup.value);
  }
  return { kind: 'found', value: rules };
}

function readAll(reader: Reader, first: Page, name: string | null): Promise<Listing> {
  return readRest(first, (offset) => readPage(reader.calls, offset, name, reader.within), reader.abreast);
}

function isWhole(rule: Rule): boolean {
  return rule.missing.length === 0;
}

function isSameIgnoringCase(rule: Rule, name: string): boolean {
  return rule.write.name.toLowerCase() === name.toLowerCase();
}

/** Requests that a listing takes after this page. */
function pagesAfter(first: Page): number {
  if (first.received === 0) return 0;
  return first.total === null ? FEW : Math.ceil(first.total / Math.min(first.received, PAGE_SIZE)) - 1;
}

async function lookUpEach<Key, Value>(
  keys: readonly Key[],
  look: (key: Key) => Promise<Lookup<Value>>,
): Promise<Map<Key, Lookup<Value>>> {
  return new Map(await Promise.all(keys.map(async (key) => [key, await look(key)] as const)));
}

function allFailed(uuids: readonly RuleUuid[], names: readonly string[], error: Error): Catalogue {
  return {
    byUuid: new Map(uuids.map((uuid) => [uuid, { kind: 'failed', error }])),
    byName: new Map(names.map((name) => [name, { kind: 'failed', error }])),
  };
}

async function attempt<T>(promise: Promise<T>): Promise<Lookup<T>> {
  try {
    return { kind: 'found', value: await promise };
  } catch (thrown) {
    if (thrown instanceof SekoiaError) return { kind: 'failed', error: thrown };
    throw thrown;
  }
}
