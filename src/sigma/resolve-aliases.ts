import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Document, Node, YAMLMap, YAMLSeq } from 'yaml';
import { plainValueFault } from './library-errors.js';
import { BOUNDS, tooBigFault } from './parse-tokens.js';
import type { Fault } from './problem.js';

export interface ResolvedAliases {
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly faults: readonly Fault[];
}

interface Extent {
  /** Nodes with all aliases written out. */
  readonly nodes: number;
  readonly levels: number;
}

class TooBig extends Error {
  readonly fault: Fault;
  constructor(what: string, node: Node) {
    super(what);
    this.fault = tooBigFault(what, node.range?.[0] ?? 0);
  }
}

/**
 * Finds what every alias of the documents stands for, in time linear in the text (the library looks through the whole
 * document for each one, and only when values are asked for), and measures the documents as if all aliases were written
 * out. Anchors and aliases that PyYAML would not read as such are values that lack their quotes.
 */
export function resolveAliases(documents: readonly Document.Parsed[], text: string): ResolvedAliases {
  const targets = new Map<Alias, Node>();
  const faults: Fault[] = [];
  let total = 0;
  try {
    for (const document of documents) {
      if (document.contents === null) continue;
      total += resolveIn(document.contents, text, targets, faults).nodes;
      if (total > BOUNDS.nodes) throw new TooBig(tooManyNodes, document.contents);
    }
  } catch (error) {
    if (!(error instanceof TooBig)) throw error;
    faults.push(error.fault);
  }
  return { targets, faults };
}

const tooManyNodes = `more than ${BOUNDS.nodes.toLocaleString('en')} values once its references are written out`;
const tooManyLevels = `more than ${BOUNDS.levels} levels of nesting once its references are written out`;

function resolveIn(root: Node, text: string, targets: Map<Alias, Node>, faults: Fault[]): Extent {
  const anchors = new Map<string, Node>();
  const extents = new Map<Node, Extent>();
  const open = new Set<Node>();
  const used = new Set<Node>();
  const nameless = new Map<Node, number>();

  const measureAlias = (alias: Alias): Extent => {
    const target = anchors.get(alias.source);
    if (target === undefined || !isAnchorName(alias.source)) {
      faults.push(plainValueFault(text, alias.range?.[0] ?? 0));
      return { nodes: 1, levels: 0 };
    }
    if (open.has(target)) throw new TooBig('a reference to itself, which has no end', alias);
    targets.set(alias, target);
    used.add(target);
    return extents.get(target) ?? { nodes: 1, levels: 0 };
  };

  // Recursion is as deep as the text is nested, which parseTokens bounds.
  const measure = (node: Node): Extent => {
    if (isAlias(node)) return measureAlias(node);
    const anchor = anchorOf(node);
    if (anchor !== undefined) {
      anchors.set(anchor, node);
      const at = anchorOffset(text, anchor, node);
      if (!isAnchorName(anchor)) faults.push(plainValueFault(text, at));
      else if (isScalar(node) && node.source === '' && node.type === 'PLAIN') nameless.set(node, at);
    }
    open.add(node);
    const extent = isMap(node) || isSeq(node) ? measureCollection(node) : { nodes: 1, levels: 0 };
    open.delete(node);
    if (anchor !== undefined) extents.set(node, extent);
    return extent;
  };

  const measureCollection = (collection: YAMLMap | YAMLSeq): Extent => {
    let nodes = 1;
    let levels = 0;
    for (const child of childrenOf(collection)) {
      const extent = measure(child);
      nodes += extent.nodes;
      levels = Math.max(levels, extent.levels);
      if (nodes > BOUNDS.nodes) throw new TooBig(tooManyNodes, child);
    }
    if (levels + 1 > BOUNDS.levels) throw new TooBig(tooManyLevels, collection);
    return { nodes, levels: levels + 1 };
  };

  const extent = measure(root);
  // `field: &text`: a name for nothing that nothing refers to is a value without its quotes.
  for (const [node, at] of nameless) if (!used.has(node)) faults.push(plainValueFault(text, at));
  return extent;
}

/** The nodes directly in a collection, keys before their values. */
export function childrenOf(collection: YAMLMap | YAMLSeq): readonly Node[] {
  if (isSeq(collection)) return collection.items as Node[];
  return (collection.items as { key: Node | null; value: Node | null }[])
    .flatMap(({ key, value }) => [key, value])
    .filter((node) => node !== null);
}

function anchorOf(node: Node): string | undefined {
  return 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : undefined;
}

/** PyYAML's anchors and aliases are made of ASCII letters, digits, `_` and `-`. */
function isAnchorName(name: string): boolean {
  return /^[\w-]+$/.test(name);
}

function anchorOffset(text: string, anchor: string, node: Node): number {
  const at = text.lastIndexOf(`&${anchor}`, node.range?.[2] ?? 0);
  return at < 0 ? (node.range?.[0] ?? 0) : at;
}
