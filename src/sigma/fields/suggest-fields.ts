import { distance } from 'fastest-levenshtein';
import { COMMON_NAMES } from './common-names.js';
import { knownFields } from './known-fields.js';

export interface Suggestions {
  /** `case`: the names differ from the one asked for in their letter case only. */
  readonly kind: 'case' | 'likely';
  /** At most three, the likeliest first. */
  readonly names: readonly string[];
}

const MOST = 3;

/** The fields that a name was probably meant to be, by the first way that finds any (sigma.md §10). */
export function suggestFields(name: string): Suggestions {
  const before = found.get(name);
  if (before !== undefined) return before;
  const suggestions = lookUp(name);
  if (found.size < MOST_REMEMBERED) found.set(name, suggestions);
  return suggestions;
}

/** The rules of one source use the same few names. */
const found = new Map<string, Suggestions>();
const MOST_REMEMBERED = 5_000;
const LONGEST_NAME = 200;

function lookUp(name: string): Suggestions {
  if (name.length > LONGEST_NAME) return { kind: 'likely', names: [] };
  const index = (names ??= indexNames());
  const otherCase = index.byLowerCase.get(name.toLowerCase());
  if (otherCase !== undefined) return { kind: 'case', names: best(otherCase) };
  const ways = [commonName, sameLetters, eventData, likeSegment, sameEnd];
  for (const way of ways) {
    const likely = way(name, index);
    if (likely.length > 0) return { kind: 'likely', names: likely };
  }
  return { kind: 'likely', names: [] };
}

interface NameIndex {
  readonly byLowerCase: ReadonlyMap<string, readonly string[]>;
  readonly byLetters: ReadonlyMap<string, readonly string[]>;
  /** By number of segments. */
  readonly bySegments: ReadonlyMap<number, readonly (readonly string[])[]>;
}

let names: NameIndex | undefined;

function indexNames(): NameIndex {
  // Sub-fields for full-text search; the field itself is the one to name.
  const all = [...knownFields().keys()].filter((name) => !name.endsWith('.text'));
  return {
    byLowerCase: grouped(all, (name) => name.toLowerCase()),
    byLetters: grouped(all, lettersOf),
    bySegments: new Map(
      [...grouped(all, (name) => name.split('.').length)].map(([length, group]) => [
        length,
        group.map((name) => name.split('.')),
      ]),
    ),
  };
}

function grouped<Key>(all: readonly string[], keyOf: (name: string) => Key): Map<Key, string[]> {
  const groups = new Map<Key, string[]>();
  for (const name of all) {
    const key = keyOf(name);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [name]);
    else group.push(name);
  }
  return groups;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

function commonName(name: string): readonly string[] {
  const fields = COMMON_NAMES.get(lettersOf(name)) ?? [];
  return fields.filter((field) => knownFields().has(field)).slice(0, MOST);
}

function sameLetters(name: string, { byLetters }: NameIndex): readonly string[] {
  return best(byLetters.get(lettersOf(name)) ?? []);
}

/** What Windows calls EventData stands below `action.properties`; other products put it below `winlog.event_data`. */
function eventData(name: string, { byLowerCase }: NameIndex): readonly string[] {
  const inner = /^(?:(?:winlog\.)?event_?data\.)?(?<last>[^.]+)$/i.exec(name)?.groups?.['last'];
  if (inner === undefined) return [];
  const common = inner === name ? [] : commonName(inner);
  return common.length > 0 ? common : best(byLowerCase.get(`action.properties.${inner.toLowerCase()}`) ?? []);
}

const MOST_EDITS = 2;

/** One segment differs by two letters at most. */
function likeSegment(name: string, { bySegments }: NameIndex): readonly string[] {
  const wanted = name.toLowerCase().split('.');
  const near: { name: string; edits: number }[] = [];
  for (const segments of bySegments.get(wanted.length) ?? []) {
    const edits = editsOfOneSegment(wanted, segments);
    if (edits !== undefined) near.push({ name: segments.join('.'), edits });
  }
  const nearest = near.reduce((least, { edits }) => Math.min(least, edits), MOST_EDITS);
  return best(near.filter(({ edits }) => edits === nearest).map((each) => each.name));
}

function editsOfOneSegment(wanted: readonly string[], segments: readonly string[]): number | undefined {
  let different = -1;
  for (let index = 0; index < wanted.length; index += 1) {
    if (wanted[index] === segments[index] || wanted[index] === segments[index]?.toLowerCase()) continue;
    if (different >= 0) return undefined;
    different = index;
  }
  const one = wanted[different] ?? '';
  const other = segments[different]?.toLowerCase() ?? '';
  if (Math.abs(one.length - other.length) > MOST_EDITS) return undefined;
  const edits = distance(one, other);
  // Of a segment of two or three letters little would be left.
  return edits <= (one.length > 3 ? MOST_EDITS : 1) ? edits : undefined;
}

/** The same last segment in the same set of fields: `process.sha256` is `process.hash.sha256`. */
function sameEnd(name: string, { bySegments }: NameIndex): readonly string[] {
  const wanted = name.toLowerCase().split('.');
  const [set, last] = [wanted[0], lettersOf(wanted.at(-1) ?? '')];
  if (wanted.length < 2) return [];
  const same: string[] = [];
  for (const group of bySegments.values()) {
    for (const segments of group) {
      if (segments[0] === set && lettersOf(segments.at(-1) ?? '') === last) same.push(segments.join('.'));
    }
  }
  return best(same);
}

/** Those that most formats fill come first, then the shorter names. */
function best(fields: readonly string[]): readonly string[] {
  const known = knownFields();
  const formats = (name: string): number => known.get(name)?.formats ?? 0;
  return [...fields]
    .sort((one, other) => formats(other) - formats(one) || one.length - other.length || (one < other ? -1 : 1))
    .slice(0, MOST);
}
