import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Node, Scalar, YAMLMap, YAMLSeq } from 'yaml';

type Targets = ReadonlyMap<Alias, Node>;

export interface MapEntry {
  readonly key: Scalar;
  /** Aliases followed. */
  readonly value: Node | null;
}

/** The node behind aliases. */
export function behindAliases(node: Node | null | undefined, targets: Targets): Node | null {
  let found = node ?? null;
  while (found !== null && isAlias(found)) found = targets.get(found) ?? null;
  return found;
}

/** The entries of a map in the order of the text, then those that its merge keys (`<<`) bring and it lacks itself. */
export function entriesOf(map: YAMLMap, targets: Targets): readonly MapEntry[] {
  const own: MapEntry[] = [];
  const merged: MapEntry[] = [];
  for (const { key, value } of map.items as { key: Node; value: Node | null }[]) {
    if (!isScalar(key)) continue;
    if (isMergeKey(key)) merged.push(...mergedEntries(value, targets));
    else own.push({ key, value: behindAliases(value, targets) });
  }
  if (merged.length === 0) return own;
  const seen = new Set(own.map(({ key }) => key.source));
  const inherited = merged.filter(({ key }) => {
    const isNew = !seen.has(key.source);
    seen.add(key.source);
    return isNew;
  });
  return [...own, ...inherited];
}

/** The items of a list, aliases followed. */
export function itemsOf(list: YAMLSeq, targets: Targets): readonly (Node | null)[] {
  return (list.items as (Node | null)[]).map((item) => behindAliases(item, targets));
}

function isMergeKey(key: Scalar): boolean {
  return key.source === '<<' && (key.type === 'PLAIN' || key.type === undefined);
}

/** An earlier map of a list wins; a map within a merge has merge keys of its own. */
function mergedEntries(value: Node | null, targets: Targets): readonly MapEntry[] {
  const node = behindAliases(value, targets);
  if (isMap(node)) return entriesOf(node, targets);
  if (isSeq(node)) return itemsOf(node, targets).flatMap((item) => mergedEntries(item, targets));
  return [];
}
