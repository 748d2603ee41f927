import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Node, Scalar, YAMLMap } from 'yaml';
import { behindAliases } from '../sigma/parse/maps.js';

type Targets = ReadonlyMap<Alias, Node>;

export interface Member {
  readonly name: string;
  readonly key: Scalar;
  /** As it stands, which may be an alias. */
  readonly written: Node;
  /** Aliases followed. */
  readonly value: Node | null;
}

/** The members of a map in the order of the text. `<<` is a key like others: YAML 1.2 has no merge keys. */
export function membersOf(map: YAMLMap, targets: Targets): readonly Member[] {
  return (map.items as { key: Node; value: Node | null }[]).flatMap(({ key, value }) =>
    isScalar(key)
      ? [{ name: String(key.value), key, written: value ?? key, value: behindAliases(value, targets) }]
      : [],
  );
}

/** The value by YAML 1.2's core schema; integers of any length are exact. */
export function valueOf(node: Node | null, targets: Targets): unknown {
  if (node === null) return null;
  if (isAlias(node)) return valueOf(targets.get(node) ?? null, targets);
  if (isSeq(node)) return (node.items as (Node | null)[]).map((item) => valueOf(item, targets));
  // Object.fromEntries defines own properties, so a key `__proto__` is an ordinary one.
  if (isMap(node)) {
    return Object.fromEntries(membersOf(node, targets).map(({ name, value }) => [name, valueOf(value, targets)]));
  }
  return isScalar(node) ? scalarOf(node) : null;
}

function scalarOf({ value, source = '' }: Scalar): unknown {
  if (typeof value !== 'number') return value;
  // A hash such as 61e9540 is no number that anything could be compared with.
  if (!Number.isFinite(value)) return source;
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?\d+$/.test(source)) {
    return BigInt(source.replace(/^\+/, ''));
  }
  return value;
}

/** How many values an event holds, itself included; a long text counts for several. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + Math.floor(value.length / CHARACTERS_OF_A_VALUE);
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  for (const inner of Object.values(value)) size += sizeOf(inner);
  return size;
}

const CHARACTERS_OF_A_VALUE = 50;
