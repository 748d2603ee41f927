import { leastWidth } from './tree.js';
import type { RegexNode } from './tree.js';

export type Side = 'start' | 'end';

/**
 * Whether the expression says itself where the field begins (or ends): by `^` (`$`), or by letting anything stand there,
 * through groups and on each branch. One that does neither was written to be searched for, and fires on a field that is
 * nothing but the match (sigma.md §6).
 */
export function minds(side: Side, node: RegexNode): boolean {
  return mindedBy(side, node) === 'yes';
}

/** `passed`: it may take nothing, so it is for what stands next to it to say. */
type Minded = 'yes' | 'no' | 'passed';

function mindedBy(side: Side, node: RegexNode): Minded {
  switch (node.kind) {
    case 'letter':
    case 'any':
    case 'class':
      return 'no';
    case 'edge':
      if (side === 'start' ? node.edge === 'text-start' : node.edge === 'text-end') return 'yes';
      return node.edge === 'word' || node.edge === 'no-word' ? 'passed' : 'yes';
    case 'sequence':
      return ofSequence(side, node.parts);
    case 'choice':
      return ofChoice(node.branches.map((branch) => mindedBy(side, branch)));
    case 'repeat': {
      if (node.isEndless && isAnything(node.part)) return 'yes';
      const inner = mindedBy(side, node.part);
      if (inner === 'yes' && node.least > 0) return 'yes';
      return node.least === 0 ? 'passed' : inner;
    }
  }
}

function ofSequence(side: Side, parts: readonly RegexNode[]): Minded {
  const step = side === 'start' ? 1 : -1;
  for (let at = side === 'start' ? 0 : parts.length - 1; parts[at] !== undefined; at += step) {
    const minded = mindedBy(side, parts[at] as RegexNode);
    if (minded !== 'passed') return minded;
  }
  return 'passed';
}

function ofChoice(branches: readonly Minded[]): Minded {
  if (branches.includes('no')) return 'no';
  return branches.includes('passed') ? 'passed' : 'yes';
}

/** `.`, `[^"]`, `\S`, and groups of such. */
function isAnything(node: RegexNode): boolean {
  switch (node.kind) {
    case 'any':
      return true;
    case 'class':
      return node.isBroad;
    case 'sequence':
      return node.parts.length === 1 && node.parts.every(isAnything);
    case 'choice':
      return node.branches.some(isAnything);
    default:
      return false;
  }
}

/** A part that can match nothing, in words for a sentence; undefined when every part can match. */
export function impossiblePart(root: RegexNode): string | undefined {
  return impossibleIn(root, { before: false, behind: false });
}

/** Whether characters have to stand before and behind. */
interface Around {
  readonly before: boolean;
  readonly behind: boolean;
}

function impossibleIn(node: RegexNode, around: Around): string | undefined {
  switch (node.kind) {
    case 'letter':
    case 'any':
      return undefined;
    case 'class':
      return node.isEmpty ? 'a class without any character' : undefined;
    case 'edge':
      if (node.edge === 'text-start' && around.before) return `\`${node.written}\` behind text`;
      return node.edge === 'text-end' && around.behind ? `\`${node.written}\` before text` : undefined;
    case 'choice':
      return firstOf(node.branches, (branch) => impossibleIn(branch, around));
    case 'repeat':
      return impossibleIn(node.part, around);
    case 'sequence':
      return impossibleInSequence(node.parts, around);
  }
}

function impossibleInSequence(parts: readonly RegexNode[], around: Around): string | undefined {
  const takes = parts.map((part) => leastWidth(part) > 0);
  const first = takes.indexOf(true);
  const last = takes.lastIndexOf(true);
  return firstOf(parts, (part, index) => {
    const next = parts[index + 1];
    if (part.kind === 'edge' && next?.kind === 'edge' && areOpposite(part.edge, next.edge)) {
      return `\`${part.written}${next.written}\``;
    }
    const before = around.before || (first >= 0 && first < index);
    return impossibleIn(part, { before, behind: around.behind || last > index });
  });
}

function areOpposite(one: string, other: string): boolean {
  return (one === 'word' && other === 'no-word') || (one === 'no-word' && other === 'word');
}

function firstOf<Item>(
  items: readonly Item[],
  of: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = of(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
