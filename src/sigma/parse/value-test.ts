import type { Decimal } from './decimal.js';
import type { Network } from './network.js';
import type { Regex } from './regex.js';
import type { TextPattern } from './text-pattern.js';

/** What a value of a selection demands of an element of its field, modifiers applied (sigma.md §5–§7). */
export type ValueTest =
  /** The field is missing, null or without any value. */
  | { readonly kind: 'null' }
  /** Any of the patterns covers the whole text (several: the alternatives of `base64offset`). */
  | { readonly kind: 'text'; readonly patterns: readonly TextPattern[] }
  /** RE2; a keyword is searched for, in a field the whole text has to match. */
  | { readonly kind: 'regex'; readonly regex: Regex; readonly covers: 'whole' | 'part' }
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'number'; readonly operator: 'lt' | 'lte' | 'gt' | 'gte'; readonly bound: Decimal }
  | { readonly kind: 'time'; readonly time: TimeTest };

/** Read in the document's time zone. */
export type TimeTest =
  /** Minutes after midnight; `from` is included, `to` is not; over midnight when `to` is less. */
  | { readonly kind: 'timerange'; readonly from: number; readonly to: number }
  /** 0 is Sunday. */
  | { readonly kind: 'weekday'; readonly day: number }
  /** Both from 1. */
  | { readonly kind: 'day-of-year'; readonly month: number; readonly day: number }
  /** A code of ISO 3166 in capitals, or the text of a boolean (`NO` without quotes), which names no country. */
  | { readonly kind: 'holiday'; readonly country: string };
