import { readField } from '../fields/known-fields.js';
import { suggestFields } from '../fields/suggest-fields.js';
import type { Pattern, PatternDocument, Word } from '../parse/types.js';
import { entriesIn } from './check-selections.js';
import { listed, quoted, remark } from './remark.js';
import type { Remark } from './remark.js';

/** Looking for a likely name takes time, and nobody reads that many. */
const MOST_SUGGESTIONS = 100;

/** Names of fields against the platform's taxonomy (sigma.md §10), each where it first stands. */
export function checkFields({ documents }: Pattern): readonly Remark[] {
  const told = new Set<string>();
  const remarks: Remark[] = [];
  for (const word of documents.flatMap(fieldsIn)) {
    if (told.has(word.text)) continue;
    told.add(word.text);
    const found = checkField(word, remarks.length < MOST_SUGGESTIONS);
    if (found !== undefined) remarks.push(found);
  }
  return remarks;
}

function fieldsIn(document: PatternDocument): readonly Word[] {
  if (document.kind === 'detection') return entriesIn(document).flatMap(({ field }) => field ?? []);
  const aliases = new Set(document.aliases.map(({ name }) => name.text));
  return [
    // Others in `group-by` have a check of their own.
    ...document.groupBy.filter(({ text }) => !aliases.has(text) && readField(text).kind === 'listed'),
    ...(document.field === undefined || aliases.has(document.field.text) ? [] : [document.field]),
    ...document.aliases.flatMap(({ fields }) => fields.map(({ field }) => field)),
  ];
}

function checkField({ text, place }: Word, isSuggesting: boolean): Remark | undefined {
  const reading = readField(text);
  switch (reading.kind) {
    case 'platform':
    case 'child':
      return undefined;
    case 'listed':
      return neverFilled(text, place, reading.facts);
    case 'unknown':
      return isSuggesting ? unknown(text, place) : remark('field-unknown', place, unknownMessage(text), NO_SUGGESTION);
  }
}

function neverFilled(
  name: string,
  place: Word['place'],
  { kind, formats, isPlatforms }: { kind: string; formats: number; isPlatforms: boolean },
): Remark | undefined {
  // What stands below an object counts for itself.
  if (formats > 0 || isPlatforms || kind === 'object') return undefined;
  const message = `The platform knows the field ${quoted(name)}, and no intake format fills it in its samples.`;
  const help = 'Look up in an event of the intake where the value stands; a rule on this field may never match.';
  return remark('field-never-filled', place, message, help);
}

const NO_SUGGESTION =
  'Look up the name in an event of the platform; a rule on a field that no event has never matches.';

function unknown(name: string, place: Word['place']): Remark {
  const { kind, names } = suggestFields(name);
  if (names.length === 0) return remark('field-unknown', place, unknownMessage(name), NO_SUGGESTION);
  const near = listed(names.map(quoted), 'or');
  if (kind === 'case') {
    const message = `There is no field ${quoted(name)}; names are case-sensitive. Did you mean ${near}?`;
    return remark('field-case', place, message, `Write ${near}.`);
  }
  return remark('field-unknown', place, `${unknownMessage(name)} Did you mean ${near}?`, `Write ${near}.`);
}

function unknownMessage(name: string): string {
  return `The platform does not know the field ${quoted(name)}.`;
}
