/** A regular expression in RE2's syntax, as far as the checks look at it: groups are gone, letters are all alike. */
export type RegexNode =
  | { readonly kind: 'letter' }
  /** `.` */
  | { readonly kind: 'any' }
  | { readonly kind: 'class'; readonly isEmpty: boolean; readonly isBroad: boolean }
  | { readonly kind: 'edge'; readonly edge: Edge; readonly written: string }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly part: RegexNode; readonly least: number; readonly isEndless: boolean };

/** `line-…` with the flag `m`. */
export type Edge = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'no-word';

/** The fewest characters that it takes. */
export function leastWidth(node: RegexNode): number {
  switch (node.kind) {
    case 'letter':
    case 'any':
    case 'class':
      return 1;
    case 'edge':
      return 0;
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + leastWidth(part), 0);
    case 'choice':
      return node.branches.reduce((least, branch) => Math.min(least, leastWidth(branch)), Number.MAX_SAFE_INTEGER);
    case 'repeat':
      return node.least === 0 ? 0 : leastWidth(node.part);
  }
}
