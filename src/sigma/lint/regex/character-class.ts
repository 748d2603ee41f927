/** Code points from the first to the last, both included. */
export type Range = readonly [first: number, last: number];

const LAST = 0x10ffff;

export interface CharacterSet {
  /** In no order, may overlap. */
  readonly ranges: readonly Range[];
  /** Whether there are characters besides, of a kind that nobody looks into (`\p{Greek}`). */
  readonly hasMore: boolean;
}

export const NOTHING: CharacterSet = { ranges: [], hasMore: false };

const DIGIT: readonly Range[] = [[0x30, 0x39]];
const SPACE: readonly Range[] = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
];
const WORD: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];

/** `\d \D \s \S \w \W`: ASCII only (sigma.md §6). */
export function perlClass(letter: string): CharacterSet | undefined {
  const ranges = { d: DIGIT, s: SPACE, w: WORD }[letter.toLowerCase()];
  if (ranges === undefined) return undefined;
  return { ranges: letter === letter.toLowerCase() ? ranges : without(ranges), hasMore: false };
}

export function negated({ ranges, hasMore }: CharacterSet): CharacterSet {
  // What the unknown kind leaves is unknown as well, unless nothing is left anyway.
  const rest = without(ranges);
  return { ranges: rest, hasMore: hasMore && rest.length > 0 };
}

export function together(sets: readonly CharacterSet[]): CharacterSet {
  return { ranges: sets.flatMap(({ ranges }) => ranges), hasMore: sets.some(({ hasMore }) => hasMore) };
}

/** More than half of all characters: a negated class, as a rule. */
export function isBroad({ ranges }: CharacterSet): boolean {
  const size = merged(ranges).reduce((sum, [first, last]) => sum + last - first + 1, 0);
  return size > LAST / 2;
}

export function isEmpty({ ranges, hasMore }: CharacterSet): boolean {
  return ranges.length === 0 && !hasMore;
}

function without(ranges: readonly Range[]): readonly Range[] {
  const rest: Range[] = [];
  let next = 0;
  for (const [first, last] of merged(ranges)) {
    if (first > next) rest.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST) rest.push([next, LAST]);
  return rest;
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const joined: [number, number][] = [];
  for (const [first, last] of [...ranges].sort(([one], [other]) => one - other)) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}
