import { parseTextPattern } from '../parse/text-pattern.js';
import type { Value } from '../parse/types.js';
import { quoted, remark } from './remark.js';
import type { Remark } from './remark.js';

/**
 * A backslash before the `*` or `?` at the end, or before a `*` that stands for a folder: a plain star, hardly ever meant
 * in a path (sigma.md §5).
 */
export function escapedWildcard({ text, place }: Value): readonly Remark[] {
  const sign = text === null ? undefined : escapedSign(text);
  // A value of nothing but the character means the character.
  if (text === null || sign === undefined || text === `\\${sign}`) return [];
  const what = sign === '*' ? 'star' : 'question mark';
  const message = `\`\\${sign}\` in ${quoted(text)} is a plain ${what}, not a backslash and a wildcard.`;
  return [remark('value-escaped-wildcard', place, message, `Write \`\\\\${sign}\` for a backslash and a wildcard.`)];
}

function escapedSign(text: string): '*' | '?' | undefined {
  if (!text.includes('\\')) return undefined;
  const last = text.at(-1);
  if ((last === '*' || last === '?') && isEscaped(text, text.length - 1)) return last;
  for (let at = text.indexOf('*\\'); at >= 0; at = text.indexOf('*\\', at + 1)) {
    if (isEscaped(text, at) && !/[*?\\]/.test(text.charAt(at + 2))) return '*';
  }
  return undefined;
}

/** By an odd run of backslashes before it. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charAt(start - 1) === '\\') start -= 1;
  return (at - start) % 2 === 1;
}

/** The same text again, letter case aside. */
export function duplicateValues(values: readonly Value[], isCaseSensitive = false): readonly Remark[] {
  if (values.length < 2) return [];
  const first = new Map<string, Value>();
  return values.flatMap((value) => {
    if (value.text === null) return [];
    const key = isCaseSensitive ? value.text : value.text.toLowerCase();
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, value);
      return [];
    }
    const message = `${quoted(value.text)} stands in this list already, on line ${before.place.line}.`;
    const help = isCaseSensitive || before.text === value.text ? 'Remove one of them.' : CASE_HELP;
    return [remark('value-duplicate', value.place, message, help)];
  });
}

const CASE_HELP = 'Remove one of them: letter case makes no difference.';

export type TextComparison = 'contains' | 'startswith' | 'endswith';

/** `contains: '*x*'`: the modifier stands for the wildcard. */
export function redundantWildcard({ text, place }: Value, modifier: TextComparison): readonly Remark[] {
  if (text === null || !text.includes('*')) return [];
  const parts = parseTextPattern(text);
  const starts = isAny(parts[0]) && modifier !== 'startswith';
  const ends = isAny(parts.at(-1)) && modifier !== 'endswith';
  if (!starts && !ends) return [];
  if (parts.length === 1) {
    const message = `\`${modifier}: ${text}\` matches every event that has the field.`;
    return [remark('value-wildcard-redundant', place, message, "Write `field: '*'` if that is meant.")];
  }
  const where = starts && ends ? 'both ends' : starts ? 'the start' : 'the end';
  const message = `The \`*\` at ${where} of ${quoted(text)} does nothing: \`${modifier}\` stands for it.`;
  return [remark('value-wildcard-redundant', place, message, `Leave the \`*\` out, or \`${modifier}\`.`)];
}

function isAny(part: ReturnType<typeof parseTextPattern>[number] | undefined): boolean {
  return typeof part === 'object' && part.wildcard === 'any';
}

export function emptyText({ text, place }: Value, modifier: TextComparison): readonly Remark[] {
  if (text !== '') return [];
  const message = `\`${modifier}: ''\` matches every event that has the field.`;
  const help = "Write the text, or `field: ''` for an empty field and `field: '*'` for any.";
  return [remark('value-empty', place, message, help)];
}
