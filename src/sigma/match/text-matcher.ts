import type { TextPattern } from '../parse/text-pattern.js';
import { fold } from './fold.js';

/** A claim about a folded text (fold.ts). */
export type TextTest = (folded: string) => boolean;

/** Patterns of any number that a text has to match one of, by the cheapest way to tell. */
export function anyPattern(patterns: readonly TextPattern[]): TextTest {
  const equals = new Set<string>();
  const prefixes: string[] = [];
  const suffixes: string[] = [];
  const parts: string[] = [];
  const others: TextTest[] = [];
  for (const pattern of patterns) {
    const shape = shapeOf(pattern);
    switch (shape.kind) {
      case 'anything':
        return () => true;
      case 'equal':
        equals.add(shape.text);
        break;
      case 'prefix':
        prefixes.push(shape.text);
        break;
      case 'suffix':
        suffixes.push(shape.text);
        break;
      case 'part':
        parts.push(shape.text);
        break;
      case 'general':
        others.push(generalPattern(pattern));
    }
  }
  return anyTest([
    ...(equals.size === 0 ? [] : [equalsAny(equals)]),
    ...(prefixes.length === 0 ? [] : [startsWithAny(prefixes)]),
    ...(suffixes.length === 0 ? [] : [endsWithAny(suffixes)]),
    ...(parts.length === 0 ? [] : [containsAny(parts)]),
    ...others,
  ]);
}

type Shape =
  | { readonly kind: 'anything' | 'general' }
  | { readonly kind: 'equal' | 'prefix' | 'suffix' | 'part'; readonly text: string };

function shapeOf(pattern: TextPattern): Shape {
  const literals = pattern.filter((part) => typeof part === 'string');
  const isOther = pattern.some((part) => typeof part !== 'string' && part.wildcard === 'one');
  if (isOther || literals.length > 1) return { kind: 'general' };
  const text = fold(literals.join(''));
  if (literals.length === 0) return pattern.length === 0 ? { kind: 'equal', text } : { kind: 'anything' };
  const isOpenBefore = typeof pattern[0] !== 'string';
  const isOpenBehind = typeof pattern.at(-1) !== 'string';
  if (isOpenBefore) return { kind: isOpenBehind ? 'part' : 'suffix', text };
  return { kind: isOpenBehind ? 'prefix' : 'equal', text };
}

function anyTest(tests: readonly TextTest[]): TextTest {
  const [first, second] = tests;
  if (first === undefined) return () => false;
  if (second === undefined) return first;
  if (tests.length === 2) return (folded) => first(folded) || second(folded);
  return (folded) => tests.some((test) => test(folded));
}

function equalsAny(texts: ReadonlySet<string>): TextTest {
  const [only] = texts;
  return texts.size === 1 ? (folded) => folded === only : (folded) => texts.has(folded);
}

function containsAny(texts: readonly string[]): TextTest {
  const [only = ''] = texts;
  if (texts.length === 1) return (folded) => folded.includes(only);
  return (folded) => {
    for (const text of texts) if (folded.includes(text)) return true;
    return false;
  };
}

/** From here on one look into a set for each length is cheaper than one comparison for each text. */
const MANY = 8;

function startsWithAny(texts: readonly string[]): TextTest {
  const [only = ''] = texts;
  if (texts.length === 1) return (folded) => folded.startsWith(only);
  if (texts.length >= MANY) return byLength(texts, (folded, length) => folded.slice(0, length));
  return (folded) => {
    for (const text of texts) if (folded.startsWith(text)) return true;
    return false;
  };
}

function endsWithAny(texts: readonly string[]): TextTest {
  const [only = ''] = texts;
  if (texts.length === 1) return (folded) => folded.endsWith(only);
  if (texts.length >= MANY) return byLength(texts, (folded, length) => folded.slice(folded.length - length));
  return (folded) => {
    for (const text of texts) if (folded.endsWith(text)) return true;
    return false;
  };
}

function byLength(texts: readonly string[], cut: (folded: string, length: number) => string): TextTest {
  const sets = new Map<number, Set<string>>();
  for (const text of texts) sets.set(text.length, (sets.get(text.length) ?? new Set()).add(text));
  const lengths = [...sets];
  return (folded) => {
    for (const [length, set] of lengths) if (length <= folded.length && set.has(cut(folded, length))) return true;
    return false;
  };
}

/** What stands between two `*`: literals, and null for exactly one code point. */
type Segment = readonly (string | null)[];

/**
 * Any pattern: the first segment begins the text, the last ends it, and those between are found one after the other,
 * each as early as possible, so nothing is ever tried again.
 */
function generalPattern(pattern: TextPattern): TextTest {
  const segments = segmentsOf(pattern);
  const [first = [], ...rest] = segments;
  const last = rest.pop();
  if (last === undefined) return (folded) => endOf(first, folded, 0) === folded.length;
  return (folded) => {
    let at = endOf(first, folded, 0);
    if (at < 0) return false;
    const end = startOf(last, folded);
    for (const segment of rest) {
      if (at < 0 || at > end) return false;
      at = endOfNext(segment, folded, at);
    }
    return at >= 0 && at <= end;
  };
}

function segmentsOf(pattern: TextPattern): readonly Segment[] {
  const segments: (string | null)[][] = [[]];
  for (const part of pattern) {
    if (typeof part === 'string') segments.at(-1)?.push(fold(part));
    else if (part.wildcard === 'one') segments.at(-1)?.push(null);
    else segments.push([]);
  }
  return segments;
}

/** Where the segment ends when it begins at `at`; -1 when it does not stand there. */
function endOf(segment: Segment, text: string, at: number): number {
  let end = at;
  for (const part of segment) {
    if (part === null) {
      if (end >= text.length) return -1;
      end += isPairAt(text, end) ? 2 : 1;
    } else {
      if (!text.startsWith(part, end)) return -1;
      end += part.length;
    }
  }
  return end;
}

/** Where the segment begins when it ends the text; -1 when it does not. */
function startOf(segment: Segment, text: string): number {
  let start = text.length;
  for (let index = segment.length - 1; index >= 0; index -= 1) {
    const part = segment[index] ?? null;
    if (part === null) {
      if (start <= 0) return -1;
      start -= start >= 2 && isPairAt(text, start - 2) ? 2 : 1;
    } else {
      if (!text.endsWith(part, start)) return -1;
      start -= part.length;
    }
  }
  return start;
}

/** Where the first occurrence of the segment at or behind `from` ends; -1 when there is none. */
function endOfNext(segment: Segment, text: string, from: number): number {
  const [first] = segment;
  let at = from;
  while (at <= text.length) {
    if (typeof first === 'string') {
      at = text.indexOf(first, at);
      if (at < 0) return -1;
    }
    const end = endOf(segment, text, at);
    if (end >= 0) return end;
    at += isPairAt(text, at) ? 2 : 1;
  }
  return -1;
}

function isPairAt(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}
