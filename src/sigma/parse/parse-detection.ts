import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { entriesOf, itemsOf } from './maps.js';
import type { MapEntry } from './maps.js';
import { didYouMean } from './nearest.js';
import { parseCondition } from './parse-condition.js';
import { parseSelection } from './parse-selection.js';
import type { Regexes } from './regexes.js';
import { selectionNames } from './selection-names.js';
import type { SelectionNames } from './selection-names.js';
import type { Source } from './source.js';
import { isTimeZone } from './time-zone.js';
import type { Condition, DetectionDocument, Word } from './types.js';

/** Reads a document with `detection` (sigma.md §1–§4). */
export function parseDetection(
  map: YAMLMap,
  name: Word | undefined,
  source: Source,
  regexes: Regexes,
): DetectionDocument {
  const root = entriesOf(map, source.reading.targets);
  const body = root.find(({ key }) => key.source === 'detection');
  const entries = bodyEntries(body, source);
  const selections = (entries ?? [])
    .filter(({ key }) => key.source !== 'condition')
    .map((entry) => parseSelection(entry, source, regexes));
  const names = selectionNames(selections.map((selection) => selection.name.text));
  return {
    kind: 'detection',
    place: source.placeOf(map),
    keys: root.map(({ key }) => source.word(key)),
    name,
    timezone: readTimeZone(root, source),
    selections: new Map(selections.map((selection) => [selection.name.text, selection])),
    conditions: entries === undefined ? [] : readConditions(body, entries, root, names, source),
  };
}

function bodyEntries(body: MapEntry | undefined, source: Source): readonly MapEntry[] | undefined {
  if (isMap(body?.value)) return entriesOf(body.value, source.reading.targets);
  const place = source.placeOf(body?.value ?? body?.key ?? null);
  const help = 'Write the selections and the `condition` below it, indented.';
  source.report('document-kind', place, '`detection` has to be a map of selections with a condition.', help);
  return undefined;
}

function readConditions(
  body: MapEntry | undefined,
  entries: readonly MapEntry[],
  root: readonly MapEntry[],
  names: SelectionNames,
  source: Source,
): readonly Condition[] {
  const entry = entries.find(({ key }) => key.source === 'condition');
  const value = entry?.value ?? null;
  if (entry === undefined || value === null || isEmptyScalar(value)) {
    reportMissing(entry ?? body, entries, root, source);
    return [];
  }
  const items = isSeq(value) ? itemsOf(value, source.reading.targets) : [value];
  if (items.length === 0) reportMissing(entry, entries, root, source);
  return items.flatMap((item) => {
    if (isScalar(item) && !isEmptyScalar(item)) return [parseCondition(item, names, source)];
    const help = 'Write the names of selections, joined by `and`, `or` and `not`.';
    source.report('condition-syntax', source.placeOf(item ?? value), 'A condition has to be a text.', help);
    return [];
  });
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && (node.source ?? '').trim() === '';
}

function reportMissing(
  at: MapEntry | undefined,
  entries: readonly MapEntry[],
  root: readonly MapEntry[],
  source: Source,
): void {
  const misplaced = root.find(({ key }) => key.source === 'condition');
  if (misplaced !== undefined) {
    const place = source.placeOf(misplaced.key);
    const message = `The \`condition\` on line ${place.line} is one level too high: it belongs inside \`detection\`.`;
    source.report('condition-missing', place, message, 'Indent it like the selections.');
    return;
  }
  const keys = entries.map(({ key }) => key.source ?? '');
  const near = entries.length === 0 || keys.includes('condition') ? '' : nearCondition(keys);
  const help =
    'Add `condition: NAME` beside the selections, with the names of selections joined by `and`, `or` and `not`.';
  source.report('condition-missing', source.placeOf(at?.key ?? null), `The detection has no condition.${near}`, help);
}

/** A key that is `condition` misspelt. */
function nearCondition(keys: readonly string[]): string {
  const misspelt = keys.find((key) => didYouMean(key, ['condition']) !== '');
  return misspelt === undefined ? '' : ` Did you mean \`condition\` by \`${misspelt}\`?`;
}

function readTimeZone(root: readonly MapEntry[], source: Source): Word | undefined {
  const entry = root.find(({ key }) => key.source === 'timezone');
  if (entry === undefined) return undefined;
  const word = isScalar(entry.value) ? source.word(entry.value) : undefined;
  if (word !== undefined && isTimeZone(word.text)) return word;
  const place = word?.place ?? source.placeOf(entry.value ?? entry.key);
  const near = word === undefined ? '' : didYouMean(word.text, Intl.supportedValuesOf('timeZone'));
  const what =
    word === undefined || word.text === '' ? '`timezone` has no name.' : `\`${word.text}\` is no time zone.${near}`;
  source.report('time-zone', place, what, 'Write a name of the tz database, such as `Europe/Paris`.');
  return word;
}
