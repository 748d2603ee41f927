import { readField } from '../fields/known-fields.js';
import { suggestFields } from '../fields/suggest-fields.js';
import type { CorrelationDocument, Pattern, PatternDocument, Word } from '../parse/types.js';
import { countedBy } from './check-documents.js';
import { listed, quoted, remark } from './remark.js';
import type { Remark } from './remark.js';
import { isAlwaysThere, requirementsOf } from './required-fields.js';

/** What a correlation groups by: fields of the taxonomy, or aliases for them. */
export function checkGroupBy(document: CorrelationDocument, pattern: Pattern): readonly Remark[] {
  const counted = countedBy(document, pattern);
  return document.groupBy.flatMap((word) => {
    const isAlias = document.aliases.some(({ name }) => name.text === word.text);
    const chained = notCarried(word, isAlias, counted, document);
    if (chained.length > 0) return chained;
    const isCarried = counted.some((each) => each.document.kind === 'correlation' && carries(each.document, word.text));
    const unknown = isAlias || isCarried ? [] : unknownName(word);
    return unknown.length > 0 ? unknown : mayBeMissing(word, document, counted);
  });
}

type Counted = ReturnType<typeof countedBy>;

function carries({ groupBy }: CorrelationDocument, name: string): boolean {
  return groupBy.some(({ text }) => text === name);
}

/** The alert of a correlation carries what it was grouped by, under those names (sigma.md §8). */
function notCarried(word: Word, isAlias: boolean, counted: Counted, document: CorrelationDocument): readonly Remark[] {
  const lacking = counted.flatMap(({ rule, document: inner }) => {
    const read = isAlias ? fieldFor(document, word.text, rule.text)?.text : word.text;
    return inner.kind === 'correlation' && read !== undefined && !carries(inner, read) ? [rule.text] : [];
  });
  if (lacking.length === 0) return [];
  const names = listed([...new Set(lacking)].map(quoted));
  const message = `The alerts of ${names} do not carry ${quoted(word.text)}, by which this correlation groups.`;
  const help = `Add \`${word.text}\` to \`group-by\` there, or leave it out here.`;
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

function mayBeMissing(word: Word, document: CorrelationDocument, counted: Counted): readonly Remark[] {
  const lacking = counted.flatMap(({ rule, document: inner }) => {
    const isAlias = document.aliases.some(({ name }) => name.text === word.text);
    const field = isAlias ? fieldFor(document, word.text, rule.text) : word;
    return field === undefined || requires(inner, field.text) ? [] : [{ rule: rule.text, field }];
  });
  const [first] = lacking;
  if (first === undefined) return [];
  const names = listed([...new Set(lacking.map(({ rule }) => rule))].map(quoted));
  const { text, place } = first.field;
  const message = `Events of ${names} may lack ${quoted(text)}; whether those count, and in which group, is not documented.`;
  const help = `Add \`${text}: '*'\` to a selection that has to match.`;
  return [remark('group-by-may-be-missing', place, message, help)];
}

/** A correlation's alerts always carry their group. */
function requires(document: PatternDocument, field: string): boolean {
  if (document.kind === 'correlation' || isAlwaysThere(field)) return true;
  const { fields, ofConditions } = requirementsOf(document);
  return ofConditions.length === 0 || fields.has(field);
}

function fieldFor({ aliases }: CorrelationDocument, alias: string, rule: string): Word | undefined {
  const fields = aliases.find(({ name }) => name.text === alias)?.fields ?? [];
  return fields.find((each) => each.rule.text === rule)?.field;
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
