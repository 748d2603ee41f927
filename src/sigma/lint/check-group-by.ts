import { readField } from '../fields/known-fields.js';
import { suggestFields } from '../fields/suggest-fields.js';
import type { CorrelationDocument, Pattern, PatternDocument, Word } from '../parse/types.js';
import { countedBy } from './check-documents.js';
import { listed, quoted, remark, short } from './remark.js';
import type { Remark } from './remark.js';
import { isAlwaysThere, requirementsOf } from './required-fields.js';

/** What a correlation groups by: fields of the taxonomy, or aliases for them. */
export function checkGroupBy(document: CorrelationDocument, pattern: Pattern): readonly Remark[] {
  const counted = countedBy(document, pattern);
  const known: Known = new Map();
  return document.groupBy.slice(0, MOST_NAMES).flatMap((word) => {
    const group = groupOf(word, document);
    const chained = notCarried(group, counted);
    if (chained.length > 0) return chained;
    const isCarried = counted.some((each) => each.document.kind === 'correlation' && carries(each.document, word.text));
    const unknown = group.fields !== undefined || isCarried ? [] : unknownName(word);
    return unknown.length > 0 ? unknown : mayBeMissing(group, counted, known);
  });
}

/** Nobody groups by that many. */
const MOST_NAMES = 20;

type Counted = ReturnType<typeof countedBy>;

interface Group {
  readonly word: Word;
  /** Of an alias: what it reads for each rule. */
  readonly fields: ReadonlyMap<string, Word> | undefined;
}

function groupOf(word: Word, { aliases }: CorrelationDocument): Group {
  const alias = aliases.find(({ name }) => name.text === word.text);
  return { word, fields: alias && new Map(alias.fields.map(({ rule, field }) => [rule.text, field])) };
}

/** What is read for a rule; undefined where an alias says nothing. */
function fieldFor(rule: Word, { word, fields }: Group): Word | undefined {
  return fields === undefined ? word : fields.get(rule.text);
}

function carries({ groupBy }: CorrelationDocument, name: string): boolean {
  return groupBy.slice(0, MOST_NAMES).some(({ text }) => text === name);
}

/** The alert of a correlation carries what it was grouped by, under those names (sigma.md §8). */
function notCarried(group: Group, counted: Counted): readonly Remark[] {
  const { word } = group;
  const lacking = counted.flatMap(({ rule, document: inner }) => {
    const field = fieldFor(rule, group);
    return inner.kind === 'correlation' && field !== undefined && !carries(inner, field.text) ? [rule.text] : [];
  });
  if (lacking.length === 0) return [];
  const names = listed(lacking.map(quoted));
  const message = `The alerts of ${names} do not carry ${quoted(word.text)}, by which this correlation groups.`;
  const help = `Add ${quoted(word.text)} to \`group-by\` there, or leave it out here.`;
  return [remark('correlation-chain-group', word.place, message, help)];
}

function unknownName({ text, place }: Word): readonly Remark[] {
  if (readField(text).kind !== 'unknown') return [];
  const { names } = suggestFields(text);
  const near = names.length === 0 ? '' : ` Did you mean ${listed(names.map(quoted), 'or')}?`;
  const message = `${quoted(text)} is neither a field that the platform knows nor an alias of this correlation.${near}`;
  const help = `Write the name of a field, or say below \`aliases\` which field ${quoted(text)} is for each rule.`;
  return [remark('group-by-unknown', place, message, help)];
}

/** The fields that each event of a document has; undefined when that cannot be said. */
type Known = Map<PatternDocument, ReadonlySet<string> | undefined>;

function mayBeMissing(group: Group, counted: Counted, known: Known): readonly Remark[] {
  const lacking = counted.flatMap(({ rule, document: inner }) => {
    const field = fieldFor(rule, group);
    return field === undefined || requires(inner, field.text, known) ? [] : [{ rule: rule.text, field }];
  });
  const [first] = lacking;
  if (first === undefined) return [];
  const names = listed(lacking.map(({ rule }) => quoted(rule)));
  const { text, place } = first.field;
  const message = `Events of ${names} may lack ${quoted(text)}; whether those count, and in which group, is not documented.`;
  const help = `Add \`${short(text)}: '*'\` to a selection that has to match.`;
  return [remark('group-by-may-be-missing', place, message, help)];
}

/** A correlation's alerts always carry their group. */
function requires(document: PatternDocument, field: string, known: Known): boolean {
  if (document.kind === 'correlation' || isAlwaysThere(field)) return true;
  if (!known.has(document)) {
    const { fields, ofConditions } = requirementsOf(document);
    known.set(document, ofConditions.length === 0 ? undefined : fields);
  }
  return known.get(document)?.has(field) ?? true;
}

/** Aliases that nothing groups by, and entries for rules that are not counted. */
export function checkAliases({ aliases, groupBy, rules }: CorrelationDocument): readonly Remark[] {
  const grouping = new Set(groupBy.map(({ text }) => text));
  const counted = new Set(rules.map(({ text }) => text));
  return aliases.flatMap(({ name, fields }) => {
    if (!grouping.has(name.text)) {
      const message = `Nothing groups by the alias ${quoted(name.text)}.`;
      return [remark('alias-unused', name.place, message, 'Add it to `group-by`, or remove it.')];
    }
    const foreign = counted.size === 0 ? undefined : fields.find(({ rule }) => !counted.has(rule.text));
    if (foreign === undefined) return [];
    const { rule } = foreign;
    const message = `The alias ${quoted(name.text)} names a field for ${quoted(rule.text)}, which this correlation does not count.`;
    return [remark('alias-incomplete', rule.place, message, 'Use the names that stand in `rule`.')];
  });
}
