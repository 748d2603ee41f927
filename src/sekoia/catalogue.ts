import { listAllRules, PAGE_SIZE, readOn, readPage } from './listing.js';
import type { Listing, Page, Reader } from './listing.js';
import { attempt, isWhole, lookUp, lookUpEach } from './lookups.js';
import type { Catalogue, Lookup, Rule, RuleUuid } from './types.js';
import { lookUpRules } from './whereabouts.js';

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

  const first = await attempt(readPage(reader, 0, null));
  if (first.kind === 'failed') return allFailed(uuids, names, first.error);
  if (!listingNeeded) {
    const known = new Map(first.value.rules.filter(isWhole).map((rule) => [rule.uuid, rule]));
    const lookups = uuids.filter((uuid) => !known.has(uuid)).length + names.length;
    // Shortened rows would have to be read again one by one.
    if (pagesAfter(first.value) >= lookups || !first.value.rules.every(isWhole)) {
      return oneByOne(reader, uuids, names, known);
    }
  }
  const listing = await attempt(readOn(reader, first.value, null));
  if (listing.kind === 'failed') return allFailed(uuids, names, listing.error);
  return fromListing(reader, uuids, names, listing.value);
}

/** The rules of exactly this name, verified ones included, by a look of its own. */
export async function findRulesNamed(reader: Reader, name: string): Promise<Lookup<readonly Rule[]>> {
  const listAll = (): Promise<Lookup<Listing>> => attempt(listAllRules(reader));
  if (isFilterable(name)) return lookUpName(reader, name, listAll);
  const listing = await listAll();
  return listing.kind === 'failed' ? listing : rulesNamed(reader, name, listing.value);
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
  // Asked for at most once, by the first name or refused UUID that needs it.
  let listing: Promise<Lookup<Listing>> | undefined;
  const listAll = (): Promise<Lookup<Listing>> => (listing ??= attempt(listAllRules(reader)));
  const [byUuid, byName] = await Promise.all([
    lookUpRules(reader, uuids, known, listAll),
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
    lookUpRules(reader, uuids, listing.rules, listAll),
    lookUpEach(names, (name) =>
      listing.gap !== null && isFilterable(name)
        ? lookUpName(reader, name, listAll)
        : rulesNamed(reader, name, listing),
    ),
  ]);
  return { byUuid, byName };
}

async function lookUpName(
  reader: Reader,
  name: string,
  listAll: () => Promise<Lookup<Listing>>,
): Promise<Lookup<readonly Rule[]>> {
  const first = await attempt(readPage(reader, 0, name));
  if (first.kind === 'failed') return first;
  // §8: an unknown filter is ignored without a word. Then every name would read the whole list; one reading will do.
  const ignored = pagesAfter(first.value) > 0 && first.value.rules.some((rule) => !isSameIgnoringCase(rule, name));
  const listing = ignored ? await listAll() : await attempt(readOn(reader, first.value, name));
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

function isSameIgnoringCase(rule: Rule, name: string): boolean {
  return rule.write.name.toLowerCase() === name.toLowerCase();
}

/** Requests that a listing takes after this page. */
function pagesAfter(first: Page): number {
  if (first.received === 0) return 0;
  return first.total === null ? FEW : Math.ceil(first.total / Math.min(first.received, PAGE_SIZE)) - 1;
}

function allFailed(uuids: readonly RuleUuid[], names: readonly string[], error: Error): Catalogue {
  return {
    byUuid: new Map(uuids.map((uuid) => [uuid, { kind: 'failed', error }])),
    byName: new Map(names.map((name) => [name, { kind: 'failed', error }])),
  };
}
