import type { Calls } from './calls.js';
import { SekoiaError } from './errors.js';
import { RULES_PATH } from './rules.js';
import type { Rule, RuleUuid } from './types.js';
import { isObject, readRule } from './wire.js';

export interface Reader {
  readonly calls: Calls;
  /** How many requests may be asked for at once. */
  readonly abreast: number;
  /** Ends the reading early; what was not read by then has failed. */
  readonly within?: AbortSignal;
}

/** sekoia-api.md §2.2: more a page is refused or capped. */
export const PAGE_SIZE = 100;
/** A platform has about 1,100 rules of Sekoia's; this is for a server that never ends. */
const MAX_PAGES = 500;

export interface Page {
  readonly rules: readonly Rule[];
  /** Rows, those without a usable UUID included. */
  readonly received: number;
  readonly total: number | null;
}

export interface Listing {
  readonly rules: ReadonlyMap<RuleUuid, Rule>;
  /** Why rules that are not here may exist all the same; null when the list was read to its end. */
  readonly gap: SekoiaError | null;
}

/**
 * One page of the rules, those of a name where one is given.
 *
 * @throws SekoiaError; `forbidden` says which permission the key lacks
 */
export async function readPage({ calls, within }: Reader, offset: number, name: string | null): Promise<Page> {
  const query = {
    limit: String(PAGE_SIZE),
    offset: String(offset),
    ...(name === null ? {} : { 'match[name]': name }),
  };
  try {
    return await calls.call({ method: 'GET', path: RULES_PATH, query, within }, pageOf);
  } catch (thrown) {
    throw thrown instanceof SekoiaError && thrown.code === 'forbidden' ? mayNotRead(thrown) : thrown;
  }
}

/** The rest of a list after its first page. @throws SekoiaError */
export function readOn(reader: Reader, first: Page, name: string | null): Promise<Listing> {
  return readRest(first, (offset) => readPage(reader, offset, name), reader.abreast);
}

/** The list of all rules, read anew. @throws SekoiaError */
export async function listAllRules(reader: Reader): Promise<Listing> {
  return readOn(reader, await readPage(reader, 0, null), null);
}

/**
 * The rest of a list after its first page, several pages at a time. Pages advance by what was received, since a server
 * may cap them lower; an offset that is ignored ends it, and what was not seen then is a gap, never taken for absent.
 *
 * @param read one page; what it throws ends the listing and is thrown
 * @param abreast how many pages may be asked for at once
 */
export async function readRest(
  first: Page,
  read: (offset: number) => Promise<Page>,
  abreast: number,
): Promise<Listing> {
  const rules = new Map<RuleUuid, Rule>();
  const seen: Seen = { rows: 0, total: first.total, pages: 0, end: 'not-yet' };

  function take(page: Page): void {
    const before = rules.size;
    for (const rule of page.rules) if (!rules.has(rule.uuid)) rules.set(rule.uuid, rule);
    const unusable = page.received - page.rules.length;
    seen.rows += rules.size - before + unusable;
    seen.total = page.total ?? seen.total;
    seen.pages += 1;
    if (page.received === 0) seen.end = 'empty-page';
    else if (rules.size === before && unusable === 0) seen.end = 'nothing-new';
    else if (seen.pages >= MAX_PAGES) seen.end = 'too-many';
  }

  async function readRange(start: number, end: number): Promise<void> {
    for (let offset = start; seen.end === 'not-yet' && offset < end;) {
      const page = await read(offset);
      take(page);
      offset += page.received;
    }
  }

  take(first);
  const announced = first.total ?? 0;
  let next = first.received;
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      while (seen.end === 'not-yet' && next < announced) {
        const start = next;
        next += first.received;
        await readRange(start, Math.min(next, announced)).catch((thrown: unknown) => {
          seen.end = 'failed';
          throw thrown;
        });
      }
    }),
  );
  // Without a total, or when rules were added meanwhile: on to the end, one page after the other.
  await readRange(Math.max(announced, first.received), seen.total ?? Infinity);
  return { rules, gap: gapOf(seen) };
}

interface Seen {
  /** Different ones. */
  rows: number;
  /** As last said. */
  total: number | null;
  pages: number;
  end: 'not-yet' | 'empty-page' | 'nothing-new' | 'too-many' | 'failed';
}

function gapOf({ rows, total, end }: Seen): SekoiaError | null {
  if (total === null ? end === 'empty-page' : rows >= total) return null;
  return new SekoiaError(
    'incomplete-listing',
    `The list of rules could not be read to its end: ${rows} of ${total ?? 'an unknown number of'} rules were seen`,
    'Run again: rules may have been added or deleted while it was read.',
    { method: 'GET', path: RULES_PATH },
  );
}

function pageOf(body: unknown): Page | null {
  if (!isObject(body)) return null;
  // §2.2: another version says `data`.
  const items: unknown = body['items'] ?? body['data'];
  if (!Array.isArray(items)) return null;
  const rules = items.map(readRule).filter((rule) => rule !== null);
  const total = body['total'];
  return {
    rules,
    received: items.length,
    total: typeof total === 'number' && Number.isSafeInteger(total) && total >= 0 ? total : null,
  };
}

/** A list belongs to nobody and is never gone: its 403 can only be about the key. */
function mayNotRead(refusal: SekoiaError): SekoiaError {
  const { method, path, status, platform, message } = refusal;
  return new SekoiaError(
    'forbidden',
    `The API key lacks the permission to read rules: ${message}`,
    'Give the key "View rules and alert filters" (SIC_READ_RULES), or make a new one that has it.',
    { method, path, status, platform, cause: refusal },
  );
}
