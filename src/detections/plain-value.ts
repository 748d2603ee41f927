import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Node, Pair, YAMLMap } from 'yaml';

/**
 * The JavaScript value of a metadata node by YAML 1.2, aliases and merge keys (`<<`) written out. The reader has bounded
 * what that comes to (sigma/read-yaml.ts).
 */
export function plainValue(node: Node | null | undefined, targets: ReadonlyMap<Alias, Node>): unknown {
  if (node === null || node === undefined) return null;
  if (isAlias(node)) return plainValue(targets.get(node), targets);
  if (isSeq(node)) return (node.items as (Node | null)[]).map((item) => plainValue(item, targets));
  // Object.fromEntries defines own properties, so a key `__proto__` is an ordinary one.
  if (isMap(node)) return Object.fromEntries(entriesOf(node, targets));
  return isScalar(node) ? node.value : null;
}

/** The value behind aliases, for its kind and its members. */
export function behindAliases(node: Node | null | undefined, targets: ReadonlyMap<Alias, Node>): Node | undefined {
  let found = node ?? undefined;
  while (found !== undefined && isAlias(found)) found = targets.get(found);
  return found;
}

/** The member of that name which stands in the map itself. */
export function memberOf(map: YAMLMap, name: string): Pair<Node, Node | null> | undefined {
  return membersOf(map).find(({ key }) => keyOf(key) === name);
}

export function membersOf(map: YAMLMap): readonly Pair<Node, Node | null>[] {
  return map.items as Pair<Node, Node | null>[];
}

export function keyOf(key: Node): string {
  return isScalar(key) ? String(key.value) : '';
}

function entriesOf(map: YAMLMap, targets: ReadonlyMap<Alias, Node>): ReadonlyMap<string, unknown> {
  const own = new Map<string, unknown>();
  const merged = new Map<string, unknown>();
  for (const { key, value } of membersOf(map)) {
    if (isMergeKey(key)) {
      for (const [name, inherited] of mergedEntries(value, targets)) if (!merged.has(name)) merged.set(name, inherited);
    } else own.set(keyOf(key), plainValue(value, targets));
  }
  return new Map([...own, ...[...merged].filter(([name]) => !own.has(name))]);
}

export function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

/** The entries of a merge key's value, a map or a list of maps (of which an earlier one wins). */
function mergedEntries(value: Node | null, targets: ReadonlyMap<Alias, Node>): readonly (readonly [string, unknown])[] {
  const node = behindAliases(value, targets);
  if (isMap(node)) return [...entriesOf(node, targets)];
  if (isSeq(node)) return (node.items as Node[]).flatMap((item) => mergedEntries(item, targets));
  return [];
}
