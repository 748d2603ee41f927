import { isCollection, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Scalar, YAMLMap } from 'yaml';
import { scalarMeaning } from './plain-scalar.js';
import type { Fault } from './problem.js';

/** Whose meaning of a key counts: PyYAML's in patterns (`no` and `off` are one key), YAML 1.2's text elsewhere. */
export type KeyMeaning = 'pyyaml' | 'text';

/**
 * Keys that stand twice in one map. The library's own check is quadratic in the keys of a map and names one line only
 * (sigma.md §12).
 */
export function duplicateKeys(
  documents: readonly Document.Parsed[],
  meaning: KeyMeaning,
  lineOf: (offset: number) => number,
): readonly Fault[] {
  const faults: Fault[] = [];
  const visit = (node: Node): void => {
    if (isMap(node)) {
      for (const fault of duplicatesIn(node, meaning, lineOf)) faults.push(fault);
      for (const { value } of node.items as { value: Node | null }[]) if (isCollection(value)) visit(value);
    } else if (isSeq(node)) {
      for (const item of node.items as (Node | null)[]) if (isCollection(item)) visit(item);
    }
  };
  for (const { contents } of documents) if (contents !== null) visit(contents);
  return faults;
}

const NONE: readonly Fault[] = [];

function duplicatesIn(map: YAMLMap, meaning: KeyMeaning, lineOf: (offset: number) => number): readonly Fault[] {
  // One key has no double, and most maps are that small.
  if (map.items.length < 2) return NONE;
  const first = new Map<string, number>();
  const faults: Fault[] = [];
  for (const { key } of map.items) {
    if (!isScalar(key) || isMergeKey(key)) continue;
    const identity = meaning === 'text' ? String(key.source ?? key.value) : pyyamlIdentity(key);
    const offset = key.range?.[0] ?? 0;
    const before = first.get(identity);
    if (before === undefined) first.set(identity, offset);
    else faults.push(duplicate(key, lineOf(before), lineOf(offset), offset, meaning));
  }
  return faults;
}

function isMergeKey(key: Scalar): boolean {
  return key.source === '<<' && key.type === 'PLAIN';
}

function pyyamlIdentity(key: Scalar): string {
  const { kind, text } = scalarMeaning(key);
  return `${kind === 'float' || kind === 'integer' ? 'number' : kind}:${text ?? ''}`;
}

function duplicate(key: Scalar, before: number, line: number, offset: number, meaning: KeyMeaning): Fault {
  const lines = before === line ? `twice on line ${line}` : `on line ${before} and on line ${line}`;
  return {
    code: 'yaml-duplicate-key',
    message: `The key \`${key.source ?? String(key.value)}\` stands twice in one map: ${lines}.`,
    help:
      meaning === 'text'
        ? 'Remove one of the two.'
        : 'Only the last one would count: make two selections of it, or one list of values (with `|all` when each must match).',
    offset,
  };
}
