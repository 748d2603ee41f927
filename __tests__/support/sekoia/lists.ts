import type { Answer } from './shapes.js';
import { validationError } from './shapes.js';
import type { Switches } from './switches.js';

const DEFAULT_LIMIT = 100;

type Query = Readonly<Record<string, string>>;

/** A page of a list as `{items, total}`, by `limit` and `offset` (sekoia-api.md §2.2). `show` is asked for the rows only. */
export function page<T>(all: readonly T[], query: Query, switches: Switches, show: (row: T) => unknown): Answer {
  const limit = Number(query['limit'] ?? DEFAULT_LIMIT);
  const isCapped = switches.silentPageCap !== null;
  if (!Number.isInteger(limit) || limit < 1 || (limit > 100 && !isCapped)) {
    // The exact text was seen live (§1.5).
    return validationError('querystring', {
      limit: ['Must be greater than or equal to 1 and less than or equal to 100.'],
    });
  }
  const offset = Number(query['offset'] ?? 0);
  if (!Number.isInteger(offset) || offset < 0) {
    return validationError('querystring', { offset: ['Must be greater than or equal to 0.'] });
  }
  const first = switches.offset === 'ignored' ? 0 : offset;
  const rows = all.slice(first, first + Math.min(limit, switches.silentPageCap ?? limit));
  return { status: 200, body: { items: rows.map(show), total: all.length } };
}

/**
 * Those whose name passes `match[name]`: exact, letter case counts, a comma is an OR, `*` stands for anything (§9, 25).
 * A name that holds a comma can therefore not be asked for.
 */
export function matchName<T extends { readonly name: string }>(all: readonly T[], query: Query): readonly T[] {
  const match = query['match[name]'];
  if (match === undefined) return all;
  const wanted = match.split(',');
  const exact = new Set(wanted.filter((each) => !each.includes('*')));
  const wildcards = wanted.filter((each) => each.includes('*')).map(wildcard);
  return all.filter(({ name }) => exact.has(name) || wildcards.some((pattern) => pattern.test(name)));
}

function wildcard(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su');
}
