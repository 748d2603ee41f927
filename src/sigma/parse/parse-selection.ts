import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { entriesOf, itemsOf } from './maps.js';
import type { MapEntry } from './maps.js';
import { readModifiers } from './modifiers.js';
import type { ModifierChain } from './modifiers.js';
import type { Regexes } from './regexes.js';
import type { Source } from './source.js';
import type { Alternative, Entry, EntryMap, Keyword, Place, Selection, Value, Word } from './types.js';
import type { ValueTest } from './value-test.js';
import { keywordTest, readValueTest } from './value-tests.js';

/** Reads one selection (sigma.md §3). */
export function parseSelection({ key, value }: MapEntry, source: Source, regexes: Regexes): Selection {
  const name = source.word(key);
  const place = value === null ? name.place : source.placeOf(value);
  if (isMap(value)) return { name, place, shape: 'map', alternatives: present([parseMap(value, source, regexes)]) };
  if (isSeq(value)) return { name, place, shape: 'list', alternatives: parseList(name, value, source, regexes) };
  if (isScalar(value))
    return { name, place, shape: 'scalar', alternatives: present([parseKeyword(source.value(value), source)]) };
  emptySelection(name.text, place, source);
  return { name, place, shape: 'faulty', alternatives: [] };
}

function emptySelection(name: string, place: Place, source: Source): void {
  const help = 'Write a map of fields and values, or a list of texts that are looked for in `message`.';
  source.report('selection-shape', place, `The selection \`${name}\` is empty.`, help);
}

function parseList(name: Word, list: YAMLSeq, source: Source, regexes: Regexes): readonly Alternative[] {
  const items = itemsOf(list, source.reading.targets);
  if (items.length === 0) emptySelection(name.text, source.placeOf(list), source);
  return present(
    items.map((item) => {
      if (isMap(item)) return parseMap(item, source, regexes);
      if (isScalar(item)) return parseKeyword(source.value(item), source);
      const message = `The list of the selection \`${name.text}\` holds ${isSeq(item) ? 'another list' : 'an empty item'}.`;
      const place = source.placeOf(item ?? list);
      source.report('selection-shape', place, message, 'An item is a map of fields and values, or a text.');
      return undefined;
    }),
  );
}

function parseKeyword(value: Value, source: Source): Keyword | undefined {
  if (value.text !== null) return { kind: 'keyword', place: value.place, value, test: keywordTest(value.text) };
  const help = 'Write a map of fields and values, or a list of texts that are looked for in `message`.';
  source.report('selection-shape', value.place, 'A selection, or an item of one, is empty here.', help);
  return undefined;
}

function parseMap(map: YAMLMap, source: Source, regexes: Regexes): EntryMap | undefined {
  const entries = entriesOf(map, source.reading.targets);
  const place = source.placeOf(map);
  if (entries.length > 0) {
    return { kind: 'map', place, entries: entries.map((entry) => parseEntry(entry, source, regexes)) };
  }
  source.report(
    'selection-shape',
    place,
    'This map of fields is empty.',
    'Write `field: value` entries, or remove it.',
  );
  return undefined;
}

function parseEntry({ key, value }: MapEntry, source: Source, regexes: Regexes): Entry {
  const whole = source.word(key);
  const [fieldText = '', ...names] = whole.text.split('|');
  const field = fieldText === '' && names.length > 0 ? undefined : { text: fieldText, place: whole.place };
  const modifiers = wordsBehind(fieldText, names, source.placesIn(key));
  const chain = readModifiers(modifiers, field, source);
  const values = parseValues(value, whole, source);
  return {
    key: whole,
    field,
    modifiers,
    quantifier: modifiers.some(({ text }) => text === 'all') ? 'all' : 'any',
    isList: isSeq(value),
    values,
    tests: chain === undefined ? [] : testsOf(values, chain, field !== undefined, source, regexes),
  };
}

function wordsBehind(field: string, names: readonly string[], placeOf: (index: number) => Place): readonly Word[] {
  let index = field.length + 1;
  return names.map((text) => {
    const word = { text, place: placeOf(index) };
    index += text.length + 1;
    return word;
  });
}

/** None unless all are sound: an entry is compared as a whole, or not at all. */
function testsOf(
  values: readonly Value[],
  chain: ModifierChain,
  hasField: boolean,
  source: Source,
  regexes: Regexes,
): readonly ValueTest[] {
  const tests = present(values.map((value) => readValueTest(value, { chain, hasField, source, regexes })));
  return tests.length === values.length ? tests : [];
}

function parseValues(node: Node | null, key: Word, source: Source): readonly Value[] {
  if (isSeq(node)) {
    const items = itemsOf(node, source.reading.targets);
    if (items.length === 0) {
      const help = 'Write at least one value, or remove the entry.';
      source.report('selection-shape', source.placeOf(node), `The list of values of \`${key.text}\` is empty.`, help);
    }
    return present(items.map((item) => parseValue(item, key, source)));
  }
  return present([parseValue(node, key, source)]);
}

function parseValue(node: Node | null, key: Word, source: Source): Value | undefined {
  if (isScalar(node)) return source.value(node);
  if (node === null) return { place: key.place, kind: 'null', text: null, written: '', style: 'plain' };
  const kind = isMap(node) ? 'map' : 'list';
  const message = `A ${kind} stands where a value of \`${key.text}\` was expected.`;
  const help = isMap(node)
    ? 'Write nested fields with dots, such as `process.name: cmd.exe`.'
    : 'Write all values in one list.';
  source.report('selection-shape', source.placeOf(node), message, help);
  return undefined;
}

function present<T>(items: readonly (T | undefined)[]): readonly T[] {
  return items.filter((item) => item !== undefined);
}
