import { readField } from '../fields/known-fields.js';
import type { FieldKind } from '../fields/known-fields.js';
import { parseNetwork } from '../parse/network.js';
import type { Entry, Value, Word } from '../parse/types.js';
import { checkRegex } from './check-regex.js';
import { timeField } from './check-time.js';
import { duplicateValues, emptyText, escapedWildcard, redundantWildcard } from './check-values.js';
import type { TextComparison } from './check-values.js';
import { quoted, remark, short } from './remark.js';
import type { Remark } from './remark.js';

/** One `field|modifier…: value` of a selection. */
export function checkEntry(entry: Entry): readonly Remark[] {
  const comparison = comparisonOf(entry);
  return [
    ...withoutField(entry),
    ...allOfOne(entry),
    ...nullInList(entry),
    ...timeField(entry),
    ...duplicateValues(entry.values, comparison === 're'),
    ...kindOfField(entry, comparison),
    ...entry.values.flatMap((value) => checkValue(value, entry, comparison)),
  ];
}

type Comparison = TextComparison | 're' | 'cidr' | 'number' | 'time' | 'text';

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  contains: 'contains',
  startswith: 'startswith',
  endswith: 'endswith',
  re: 're',
  cidr: 'cidr',
  lt: 'number',
  lte: 'number',
  gt: 'number',
  gte: 'number',
  timerange: 'time',
  day_of_week: 'time',
  day_of_year: 'time',
  public_holiday_in: 'time',
};

function comparisonOf({ modifiers }: Entry): Comparison {
  for (const { text } of modifiers) {
    const comparison = Object.hasOwn(COMPARISONS, text) ? COMPARISONS[text] : undefined;
    if (comparison !== undefined) return comparison;
  }
  return 'text';
}

function checkValue(value: Value, entry: Entry, comparison: Comparison): readonly Remark[] {
  switch (comparison) {
    case 'contains':
    case 'startswith':
    case 'endswith':
      return [
        ...escapedWildcard(value),
        ...redundantWildcard(value, comparison),
        ...emptyText(value, comparison),
        ...bareNumber(value, comparison),
      ];
    case 'text':
      return escapedWildcard(value);
    case 're':
      return checkRegex(value, entry.field === undefined ? 'part' : 'whole');
    case 'cidr':
      return hostBits(value);
    case 'number':
      return quotedNumber(value);
    case 'time':
      return [];
  }
}

function withoutField({ field, modifiers: [first, ...others] }: Entry): readonly Remark[] {
  const other = [first, ...others].find((word) => word !== undefined && word.text !== 'all');
  if (field !== undefined || other === undefined) return [];
  const message = `\`${other.text}\` without a field is not documented: keywords are looked for anywhere in \`message\`.`;
  const help = `Write a list of texts, or name the field: \`message|${other.text}\`.`;
  return [remark('keyword-modifier', other.place, message, help)];
}

function allOfOne({ modifiers, values, key }: Entry): readonly Remark[] {
  const all = modifiers.find(({ text }) => text === 'all');
  if (all === undefined || values.length > 1) return [];
  const message = `\`all\` needs a list of two or more values; ${quoted(key.text)} has one.`;
  return [remark('all-single-value', all.place, message, 'Leave `all` out, or add the other values.')];
}

function nullInList({ isList, values, field }: Entry): readonly Remark[] {
  if (!isList) return [];
  return values.flatMap(({ kind, written, place }) => {
    if (kind !== 'null') return [];
    const what = written === '' ? 'An empty item of a list is null' : 'null stands in a list';
    const message = `${what}; other readers of Sigma take null only as the one value of a field.`;
    const help = `Make a selection of its own of it, such as \`NAME_null: {${short(field?.text ?? '')}: null}\`, and join the two in the condition.`;
    return [remark('list-null', place, message, help)];
  });
}

/** A bare number, or true and false, where a text is looked for: pySigma refuses it. */
function bareNumber({ kind, written, place }: Value, modifier: TextComparison): readonly Remark[] {
  if (kind === 'text' || kind === 'null') return [];
  const message = `\`${modifier}\` is for text, and ${quoted(written)} without quotes is none; other readers of Sigma refuse it.`;
  return [remark('modifier-value-type', place, message, `Put it in single quotes: \`'${short(written)}'\`.`)];
}

function quotedNumber({ kind, text, place }: Value): readonly Remark[] {
  if (kind !== 'text' || text === null || !/^[-+]?[\d.]/.test(text)) return [];
  const message = `${quoted(text)} is a text; other readers of Sigma compare with numbers only.`;
  return [remark('modifier-value-type', place, message, `Leave the quotes out: ${quoted(text)}.`)];
}

function hostBits({ text, place }: Value): readonly Remark[] {
  const reading = text === null ? undefined : parseNetwork(text);
  if (reading?.kind !== 'network' || !reading.hasHostBits) return [];
  const { address, prefix } = reading.network;
  const meant = address.length === 4 ? ` It is read as \`${address.join('.')}/${prefix}\`.` : '';
  const message = `${quoted(text ?? '')} has bits behind its prefix, which other readers of Sigma refuse.${meant}`;
  return [remark('modifier-value-type', place, message, 'Write the first address of the network.')];
}

/** Comparisons that a field's kind makes pointless. Text and numbers are compared as text, so few are (sigma.md §10). */
function kindOfField({ field, values, modifiers }: Entry, comparison: Comparison): readonly Remark[] {
  const kind = field === undefined ? undefined : kindOf(field);
  const [value] = values;
  if (field === undefined || kind === undefined || value === undefined) return [];
  const modifier = modifiers.find(({ text }) => Object.hasOwn(COMPARISONS, text));
  const isPointless =
    (comparison === 'cidr' && (kind === 'number' || kind === 'boolean' || kind === 'date')) ||
    (comparison === 'number' && (kind === 'boolean' || kind === 'address')) ||
    (isTextual(comparison) && kind === 'number' && values.every(hasNoDigit));
  if (!isPointless || modifier === undefined) return [];
  const message = `\`${modifier.text}\` never matches here: ${quoted(field.text)} holds ${HOLDS[kind]}.`;
  return [remark('modifier-value-type', modifier.place, message, 'Use another field, or another modifier.')];
}

function kindOf({ text }: Word): FieldKind | undefined {
  const reading = readField(text);
  return reading.kind === 'listed' ? reading.facts.kind : undefined;
}

function isTextual(comparison: Comparison): boolean {
  return comparison === 'contains' || comparison === 'startswith' || comparison === 'endswith';
}

function hasNoDigit({ text }: Value): boolean {
  return text !== null && /^[^\d*?]+$/.test(text);
}

const HOLDS: Readonly<Record<FieldKind, string>> = {
  text: 'text',
  number: 'numbers',
  date: 'dates',
  boolean: 'true or false',
  address: 'addresses',
  point: 'points on the map',
  object: 'objects',
};
