import { COMMON_NAMES } from '../fields/common-names.js';
import { knownFields } from '../fields/known-fields.js';
import type { DetectionDocument, Entry, Keyword, PatternProblem, Selection } from '../parse/types.js';
import { partsOf } from './check-conditions.js';
import { duplicateValues, escapedWildcard } from './check-values.js';
import { quoted, remark } from './remark.js';
import type { Remark } from './remark.js';

/** The selections of a detection: their names, whether they are used, and those that are not maps of fields. */
export function checkSelections(document: DetectionDocument, problems: readonly PatternProblem[]): readonly Remark[] {
  return [
    ...unused(document, problems),
    ...[...document.selections.values()].flatMap((selection) => [
      ...badName(selection),
      ...mixed(selection),
      ...checkKeywords(selection),
    ]),
  ];
}

/** Every entry of every selection. */
export function entriesIn({ selections }: DetectionDocument): readonly Entry[] {
  return [...selections.values()].flatMap(({ alternatives }) =>
    alternatives.flatMap((alternative) => (alternative.kind === 'map' ? alternative.entries : [])),
  );
}

const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'not', 'of', 'them', 'all', 'any', '1']);

function badName({ name: { text, place } }: Selection): readonly Remark[] {
  if (RESERVED.has(text)) {
    const message = `A selection named ${quoted(text)} cannot be named in a condition, where that is an operator.`;
    return [remark('selection-name', place, message, 'Give it another name.', 'error')];
  }
  if (!/^[A-Za-z0-9_-]+$/.test(text)) {
    const message = `The name ${quoted(text)} has characters that other readers of Sigma do not take.`;
    return [remark('selection-name', place, message, 'Use letters, digits, `_` and `-`.')];
  }
  if (!text.startsWith('not')) return [];
  const message = `The name ${quoted(text)} begins with \`not\`, which some readers of Sigma take for the operator.`;
  return [remark('selection-name', place, message, 'Give it a name that begins with another word.')];
}

const CONDITION_FAULTS: ReadonlySet<string> = new Set([
  ...['condition-missing', 'condition-syntax', 'condition-unknown-name', 'condition-empty-pattern'],
  ...['condition-unsupported'],
]);

/** Told only of a document whose conditions are sound: with a misspelt name one of them is always left over. */
function unused({ conditions, selections }: DetectionDocument, problems: readonly PatternProblem[]): readonly Remark[] {
  const isSound = conditions.length > 0 && conditions.every(({ expression }) => expression !== undefined);
  if (!isSound || problems.some(({ code }) => CONDITION_FAULTS.has(code))) return [];
  const used = new Set<string>();
  // The names of one pattern are one list, however often it stands in the condition.
  const lists = new Set<readonly string[]>();
  for (const part of conditions.flatMap(({ expression }) => partsOf(expression))) {
    if (part.kind === 'name') used.add(part.name);
    else if (part.kind === 'of') lists.add(part.names);
  }
  for (const list of lists) for (const name of list) used.add(name);
  return [...selections.values()].flatMap(({ name: { text, place } }) => {
    if (used.has(text) || RESERVED.has(text)) return [];
    const help = 'Use it in the condition, or remove it.';
    return [remark('selection-unused', place, `The condition does not use the selection ${quoted(text)}.`, help)];
  });
}

function mixed({ shape, alternatives, name }: Selection): readonly Remark[] {
  const [first] = alternatives;
  const other = shape === 'list' ? alternatives.find(({ kind }) => kind !== first?.kind) : undefined;
  if (other === undefined) return [];
  const message = `The selection ${quoted(name.text)} mixes texts with maps of fields; any one of them is enough.`;
  const help = 'Make two selections of it: one of keywords, one of fields.';
  return [remark('selection-mixed', other.place, message, help)];
}

function checkKeywords({ alternatives }: Selection): readonly Remark[] {
  const keywords = alternatives.filter((alternative): alternative is Keyword => alternative.kind === 'keyword');
  if (keywords.length === 0) return [];
  const values = keywords.map(({ value }) => value);
  return [
    ...values.flatMap((value) => [...escapedWildcard(value), ...emptyKeyword(value), ...fieldLike(value)]),
    ...duplicateValues(values),
  ];
}

function emptyKeyword({ text, place }: Keyword['value']): readonly Remark[] {
  if (text !== '') return [];
  const message = 'An empty keyword occurs in every message.';
  return [remark('value-empty', place, message, 'Write the text that is looked for, or remove it.')];
}

/** `process.name: cmd.exe` in quotes, or `event.code=4720`. */
function fieldLike({ text, place }: Keyword['value']): readonly Remark[] {
  const [, name = '', modifiers = '', sign] =
    /^([\w@.-]{1,200})((?:\|\w+)*)\s*([:=])(?!:)/.exec((text ?? '').slice(0, 500)) ?? [];
  if (sign === undefined || !isField(name, modifiers !== '' || sign === ':')) return [];
  const message = `The keyword ${quoted(text ?? '')} is looked for as a text in \`message\`; it looks like a field and its value.`;
  const help = `Write it as an entry if the field is meant: \`${name}${modifiers}: value\`, without quotes around the whole.`;
  return [remark('keyword-field-like', place, message, help)];
}

/** Log lines are full of `user=root`, so a name without dot has to stand as only a field does. */
function isField(name: string, isKeyLike: boolean): boolean {
  if (name.includes('.')) return knownFields().has(name);
  const letters = name.toLowerCase().replace(/[_-]/g, '');
  return isKeyLike && /[a-z][A-Z]/.test(name) && COMMON_NAMES.has(letters);
}
