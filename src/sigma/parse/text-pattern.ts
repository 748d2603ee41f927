/** `any`: a run of any characters, or none. `one`: exactly one code point. */
export type Wildcard = 'any' | 'one';

/** A text with wildcards: literal runs and wildcards in order, escapes resolved, letter case as written. */
export type TextPattern = readonly (string | { readonly wildcard: Wildcard })[];

const ANY = { wildcard: 'any' } as const;
const ONE = { wildcard: 'one' } as const;

/**
 * Reads a value's wildcards and escapes from left to right (sigma.md §5): a backslash before `*`, `?` or `\` makes that
 * character plain; before anything else, and at the end, it is itself. Neighbouring `*` are one; literals are not empty.
 */
export function parseTextPattern(text: string): TextPattern {
  const parts: (string | { readonly wildcard: Wildcard })[] = [];
  let literal = '';
  let from = 0;
  const flush = (): void => {
    if (literal !== '') parts.push(literal);
    literal = '';
  };
  for (let at = nextSpecial(text, 0); at >= 0; at = nextSpecial(text, from)) {
    literal += text.slice(from, at);
    from = at + 1;
    const special = text.charAt(at);
    if (special === '\\') {
      const next = text.charAt(at + 1);
      const escapes = next === '*' || next === '?' || next === '\\';
      literal += escapes ? next : special;
      if (escapes) from = at + 2;
      continue;
    }
    flush();
    if (special === '?') parts.push(ONE);
    else if (parts.at(-1) !== ANY) parts.push(ANY);
  }
  literal += text.slice(from);
  flush();
  return parts;
}

const SPECIAL = /[*?\\]/g;

function nextSpecial(text: string, from: number): number {
  SPECIAL.lastIndex = from;
  return SPECIAL.test(text) ? SPECIAL.lastIndex - 1 : -1;
}

/** The text that a pattern without wildcards stands for; undefined with wildcards. */
export function literalText(pattern: TextPattern): string | undefined {
  if (pattern.length === 0) return '';
  const [only] = pattern;
  return pattern.length === 1 && typeof only === 'string' ? only : undefined;
}

export type Position = 'whole' | 'contains' | 'startswith' | 'endswith';

/** Wildcards at the pattern's ends: added to the parsed value, never to its text (sigma.md §5). */
export function placeAt(pattern: TextPattern, position: Position): TextPattern {
  const before = (position === 'contains' || position === 'endswith') && pattern[0] !== ANY;
  const behind = (position === 'contains' || position === 'startswith') && pattern.at(-1) !== ANY;
  const opened = before ? [ANY, ...pattern] : pattern;
  // `contains: ''` is one wildcard, not two.
  return behind && opened.at(-1) !== ANY ? [...opened, ANY] : opened;
}
