import type { Place, Word } from './types.js';

/** The words of a condition: brackets stand alone, anything else runs to the next blank or bracket (sigma.md §4). */
export function wordsOfCondition(text: string, placeOf: (index: number) => Place): readonly Word[] {
  return [...text.matchAll(/[()]|[^\s()]+/g)].map((match) => ({ text: match[0], place: placeOf(match.index) }));
}

export type Operator = 'and' | 'or' | 'not' | 'of' | 'them' | 'all' | 'any' | '1';

const RESERVED: ReadonlySet<string> = new Set<Operator>(['and', 'or', 'not', 'of', 'them', 'all', 'any', '1']);

/**
 * The operator that a word is, in small letters; capitals count when no selection has that very name. Undefined for
 * names and brackets.
 */
export function operatorOf({ text }: Word, names: ReadonlySet<string>): Operator | undefined {
  const small = text.toLowerCase();
  if (!RESERVED.has(small)) return undefined;
  const isOperator = text === small || (text === text.toUpperCase() && !names.has(text));
  return isOperator ? (small as Operator) : undefined;
}

/** Sigma's older grammar: pipes into aggregations, `near`, other counts. */
export interface Unsupported {
  readonly word: Word;
  readonly message: string;
  readonly help: string;
}

const USE_CORRELATION =
  'Give this document a `name`, and count in a second document with `action: correlation`, `type`, `rule`, `timespan` and `condition`.';

/** The first construct that Sekoia's conditions do not have. */
export function unsupportedIn(words: readonly Word[], names: ReadonlySet<string>): Unsupported | undefined {
  for (const [index, word] of words.entries()) {
    const { text } = word;
    if (names.has(text)) continue;
    const next = words[index + 1];
    if (text.includes('|')) {
      return { word, message: 'A condition cannot be piped (`|`) into a count.', help: USE_CORRELATION };
    }
    if (text === 'near') {
      const help = 'Give each document a `name`, and write a document with `action: correlation` and `type: temporal`.';
      return { word, message: '`near` is not supported.', help };
    }
    if (/^(?:count|min|max|avg|sum)$/.test(text) && next?.text === '(') {
      return { word, message: `\`${text}()\` is not supported in a condition.`, help: USE_CORRELATION };
    }
    if (/^\d+$/.test(text) && text !== '1' && next !== undefined && next.text.toLowerCase() === 'of') {
      const message = `\`${text} of\` is not supported; \`1 of\` and \`all of\` are.`;
      return { word, message, help: 'Write the combinations out: `(a and b) or (a and c) or (b and c)`.' };
    }
  }
  return undefined;
}
