import type { Event } from '../../../src/sigma/match/field-path.js';

/**
 * An evaluator written from sigma.md for tests only: no shapes, no caches, no order, no shared code. A rule is given as
 * the tree that it means, so that parsing is tested by the way.
 */
export interface ReferenceRule {
  readonly selections: Readonly<Record<string, ReferenceSelection>>;
  readonly condition: ReferenceCondition;
}

export type ReferenceSelection =
  | { readonly kind: 'map'; readonly entries: readonly ReferenceEntry[] }
  | { readonly kind: 'maps'; readonly maps: readonly (readonly ReferenceEntry[])[] }
  | { readonly kind: 'keywords'; readonly words: readonly string[] };

export interface ReferenceEntry {
  readonly field: string;
  readonly modifiers: readonly string[];
  readonly values: readonly (string | number | null)[];
}

export type ReferenceCondition =
  | { readonly op: 'and' | 'or'; readonly items: readonly ReferenceCondition[] }
  | { readonly op: 'not'; readonly item: ReferenceCondition }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'of'; readonly quantifier: '1' | 'all'; readonly prefix: string };

export function referenceMatches(rule: ReferenceRule, event: Event): boolean {
  const holds = (condition: ReferenceCondition): boolean => {
    switch (condition.op) {
      case 'and':
        return condition.items.every(holds);
      case 'or':
        return condition.items.some(holds);
      case 'not':
        return !holds(condition.item);
      case 'name':
        return selectionMatches(rule.selections[condition.name], event);
      case 'of': {
        const hits = Object.keys(rule.selections).filter((name) => name.startsWith(condition.prefix));
        const matches = (name: string): boolean => selectionMatches(rule.selections[name], event);
        return condition.quantifier === 'all' ? hits.every(matches) : hits.some(matches);
      }
    }
  };
  return holds(rule.condition);
}

function selectionMatches(selection: ReferenceSelection | undefined, event: Event): boolean {
  switch (selection?.kind) {
    case 'map':
      return selection.entries.every((entry) => entryMatches(entry, event));
    case 'maps':
      return selection.maps.some((map) => map.every((entry) => entryMatches(entry, event)));
    case 'keywords':
      return selection.words.some((word) => valuesOf(event, 'message').some((text) => fits(word, 'contains', text)));
    case undefined:
      throw new Error('no such selection');
  }
}

function entryMatches({ field, modifiers, values }: ReferenceEntry, event: Event): boolean {
  const texts = valuesOf(event, field);
  const comparison = modifiers.find((modifier) => modifier !== 'all');
  const meets = (value: string | number | null): boolean => {
    if (value === null) return texts.length === 0;
    if (comparison === 'gt' || comparison === 'lte') {
      const numbers = texts.filter((text) => /^[-+]?([0-9]+([.][0-9]*)?|[.][0-9]+)$/.test(text)).map(Number);
      return numbers.some((number) => (comparison === 'gt' ? number > Number(value) : number <= Number(value)));
    }
    return texts.some((text) => fits(String(value), comparison, text));
  };
  return modifiers.includes('all') ? values.every(meets) : values.some(meets);
}

/** Every way to split the path, level by level. */
function valuesOf(event: unknown, path: string): string[] {
  const look = (value: unknown, rest: readonly string[]): unknown[] => {
    if (Array.isArray(value)) return value.flatMap((item) => look(item, rest));
    if (rest.length === 0) return [value];
    if (typeof value !== 'object' || value === null) return [];
    return rest.flatMap((_part, index) => {
      const key = rest.slice(0, index + 1).join('.');
      const own = Object.entries(value).find(([name]) => name === key);
      return own === undefined ? [] : look(own[1], rest.slice(index + 1));
    });
  };
  return look(event, path.split('.'))
    .filter((value) => value !== null && value !== undefined && typeof value !== 'object')
    .map(String);
}

type Token = { readonly any: true } | { readonly one: true } | { readonly plain: string };

function fits(value: string, position: string | undefined, text: string): boolean {
  const any: Token = { any: true };
  const tokens = tokensOf(Array.from(value));
  if (position === 'contains' || position === 'endswith') tokens.unshift(any);
  if (position === 'contains' || position === 'startswith') tokens.push(any);
  return tokensFit(tokens, Array.from(text));
}

function tokensOf(characters: readonly string[]): Token[] {
  const [first, second] = characters;
  if (first === undefined) return [];
  if (first === '\\' && second !== undefined && ['*', '?', '\\'].includes(second)) {
    return [{ plain: second }, ...tokensOf(characters.slice(2))];
  }
  const token: Token = first === '*' ? { any: true } : first === '?' ? { one: true } : { plain: first };
  return [token, ...tokensOf(characters.slice(1))];
}

/** Tries everything. */
function tokensFit(tokens: readonly Token[], text: readonly string[]): boolean {
  const [token, ...rest] = tokens;
  if (token === undefined) return text.length === 0;
  if ('any' in token) {
    return tokensFit(rest, text) || (text.length > 0 && tokensFit(tokens, text.slice(1)));
  }
  const [first, ...behind] = text;
  if (first === undefined) return false;
  return ('one' in token || token.plain.toLowerCase() === first.toLowerCase()) && tokensFit(rest, behind);
}
