import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { readAliases } from './correlation-aliases.js';
import { readCountCondition } from './count-condition.js';
import { entriesOf, itemsOf } from './maps.js';
import type { MapEntry } from './maps.js';
import { didYouMean } from './nearest.js';
import type { Source } from './source.js';
import { readTimespan } from './timespan.js';
import type { CorrelationDocument, CorrelationType, Place, Word } from './types.js';

const TYPES: readonly CorrelationType[] = ['event_count', 'value_count', 'temporal'];

/** Reads a correlation in either spelling (sigma.md §1, §8). */
export function parseCorrelation(
  map: YAMLMap,
  spelling: 'action' | 'block',
  name: Word | undefined,
  source: Source,
): CorrelationDocument | undefined {
  const root = entriesOf(map, source.reading.targets);
  const head = root.find(({ key }) => key.source === (spelling === 'block' ? 'correlation' : 'action'));
  const block = blockOf(root, spelling, head, source);
  if (block === undefined) return undefined;
  const keys = new Map(block.map((entry) => [entry.key.source ?? '', entry]));
  const at = source.placeOf(head?.key ?? map);

  const writtenType = readWord(keys.get('type'), source);
  const type = readType(writtenType, at, source);
  const condition = keys.get('condition');
  const isCount = type === 'event_count' || type === 'value_count';
  return {
    kind: 'correlation',
    place: source.placeOf(map),
    keys: root.map(({ key }) => source.word(key)),
    name,
    spelling,
    correlationKeys: block.map(({ key }) => source.word(key)),
    type,
    writtenType,
    isOrdered: readOrdered(keys.get('ordered'), source) || writtenType?.text === 'temporal_ordered',
    rules: readRules(keys, at, source),
    timespan: readTimespan(keys.get('timespan'), at, source),
    groupBy: keys.has('group-by') ? readNames(keys.get('group-by'), source) : [],
    field:
      type === 'value_count'
        ? readField(keys.get('field'), condition, at, source)
        : readWord(keys.get('field'), source),
    condition: isCount ? readCountCondition(condition, type, at, source) : undefined,
    aliases: readAliases(keys.get('aliases'), source),
  };
}

function blockOf(
  root: readonly MapEntry[],
  spelling: 'action' | 'block',
  head: MapEntry | undefined,
  source: Source,
): readonly MapEntry[] | undefined {
  if (spelling === 'action') return root;
  if (isMap(head?.value)) return entriesOf(head.value, source.reading.targets);
  const place = source.placeOf(head?.value ?? head?.key ?? null);
  // Rules of Sekoia's catalogue hold their documents as a text in this place.
  const isText = isScalar(head?.value) && (head.value.source ?? '').includes('\n');
  const help = isText
    ? 'Write the documents of that text themselves, at the root of the file.'
    : 'Write `type`, `rules`, `timespan` and `condition` below it, indented.';
  source.report('document-kind', place, '`correlation` has to be a map.', help);
  return undefined;
}

function readType(word: Word | undefined, at: Place, source: Source): CorrelationType | undefined {
  if (word === undefined || word.text === '') {
    missing('type', `one of ${TYPES.join(', ')}`, word?.place ?? at, source);
    return undefined;
  }
  if (word.text === 'temporal_ordered') return 'temporal';
  const type = TYPES.find((known) => known === word.text);
  if (type === undefined) {
    const message = `There is no correlation of type \`${word.text}\`.${didYouMean(word.text, TYPES)}`;
    source.report('correlation-type', word.place, message, `The types are ${TYPES.join(', ')}.`);
  }
  return type;
}

function readRules(keys: ReadonlyMap<string, MapEntry>, at: Place, source: Source): readonly Word[] {
  const rule = keys.get('rule');
  const rules = keys.get('rules');
  if (rule !== undefined && rules !== undefined) {
    const message = 'Both `rule` and `rules` stand in one correlation.';
    source.report('correlation-key', source.placeOf(rules.key), message, 'Write all names in one of them.');
    return [];
  }
  const entry = rule ?? rules;
  if (entry === undefined) {
    missing('rule', 'the name of a document of this pattern, or a list of names', at, source);
    return [];
  }
  return readNames(entry, source);
}

/** A name or a list of names, at least one. */
function readNames(entry: MapEntry | undefined, source: Source): readonly Word[] {
  const value = entry?.value ?? null;
  const items = isSeq(value) ? itemsOf(value, source.reading.targets) : [value];
  const key = entry?.key.source ?? '';
  if (items.length === 0) {
    source.report('correlation-key', source.placeOf(value), `The list of \`${key}\` is empty.`, 'Write a name.');
  }
  return items.flatMap((item) => {
    const word = nameIn(item, source);
    if (word !== undefined) return [word];
    const place = source.placeOf(item ?? value ?? entry?.key ?? null);
    source.report('correlation-key', place, `\`${key}\` has to be a name or a list of names.`, 'Write a name.');
    return [];
  });
}

function nameIn(node: Node | null, source: Source): Word | undefined {
  return isScalar(node) && node.source !== '' ? source.word(node) : undefined;
}

function readWord(entry: MapEntry | undefined, source: Source): Word | undefined {
  if (entry === undefined) return undefined;
  const word = nameIn(entry.value, source);
  if (word !== undefined) return word;
  const key = entry.key.source ?? '';
  const place = source.placeOf(entry.value ?? entry.key);
  if (key !== 'type') source.report('correlation-key', place, `\`${key}\` has to be a text.`, 'Write one name.');
  return key === 'type' ? { text: '', place } : undefined;
}

function readOrdered(entry: MapEntry | undefined, source: Source): boolean {
  if (entry === undefined) return false;
  const value = isScalar(entry.value) ? source.value(entry.value) : undefined;
  if (value?.kind === 'boolean') return value.text === 'true';
  const place = source.placeOf(entry.value ?? entry.key);
  source.report(
    'correlation-key',
    place,
    '`ordered` has to be true or false.',
    'Write `ordered: true`, without quotes.',
  );
  return false;
}

/** Sigma 2 writes the field inside the condition. */
function readField(
  entry: MapEntry | undefined,
  condition: MapEntry | undefined,
  at: Place,
  source: Source,
): Word | undefined {
  const inside = isMap(condition?.value)
    ? entriesOf(condition.value, source.reading.targets).find(({ key }) => key.source === 'field')
    : undefined;
  const found = entry ?? inside;
  if (found === undefined) missing('field', 'the name of the field whose values are counted', at, source);
  return readWord(found, source);
}

function missing(key: string, what: string, at: Place, source: Source): void {
  source.report('correlation-key', at, `The correlation has no \`${key}\`.`, `Add \`${key}\`: ${what}.`);
}
