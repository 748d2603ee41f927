import type { DetectionDocument, Entry, Expression } from '../parse/types.js';
import { requiresSomething } from './check-conditions.js';
import { quoted, remark, short } from './remark.js';
import type { Remark } from './remark.js';
import { MOST_CONDITIONS, isAlwaysThere } from './required-fields.js';
import type { Requirements } from './required-fields.js';

/**
 * Fields of a negated selection that an event may lack: a comparison with a missing field is false, so its negation is
 * true (documented by Sekoia; sigma.md §5). Each field once a document.
 */
export function checkNegations(document: DetectionDocument, { ofConditions }: Requirements): readonly Remark[] {
  const told = new Set<string>();
  const remarks: Remark[] = [];
  const expressions = document.conditions.flatMap(({ expression }) => expression ?? []);
  for (const [index, expression] of expressions.slice(0, MOST_CONDITIONS).entries()) {
    // With no positive part at all the condition has a finding of its own.
    if (!requiresSomething(expression, false)) continue;
    for (const name of negatedNames(expression)) {
      for (const entry of entriesOf(document, name)) {
        const { field } = entry;
        if (field === undefined || ofConditions[index]?.has(field.text) || isAlwaysThere(field.text)) continue;
        if (told.has(field.text) || entry.values.some(isAboutPresence)) continue;
        told.add(field.text);
        remarks.push(alsoFires(field.text, name, entry));
      }
    }
  }
  return remarks;
}

function alsoFires(field: string, name: string, { key }: Entry): Remark {
  const message = `The condition negates ${quoted(name)}, so the rule also fires on events without ${quoted(field)}.`;
  const help = `If that is not wanted, add \`${short(field)}: '*'\` to a selection that has to match.`;
  return remark('negation-missing-field', key.place, message, help);
}

function entriesOf({ selections }: DetectionDocument, name: string): readonly Entry[] {
  const alternatives = selections.get(name)?.alternatives ?? [];
  return alternatives.flatMap((alternative) => (alternative.kind === 'map' ? alternative.entries : []));
}

/** `null`, `''` and `'*'` ask whether there is a value; who writes them has thought of it. */
function isAboutPresence({ text }: Entry['values'][number]): boolean {
  return text === null || text === '' || text === '*';
}

/** The selections under an odd number of `not`. Iterative: the parser allows five hundred levels. */
function negatedNames(expression: Expression): readonly string[] {
  const open: { readonly part: Expression; readonly isNegated: boolean }[] = [{ part: expression, isNegated: false }];
  const names = new Set<string>();
  // The names of one pattern are one list, however often it stands in the condition.
  const lists = new Set<readonly string[]>();
  for (const { part, isNegated } of open) {
    if (part.kind === 'not') open.push({ part: part.operand, isNegated: !isNegated });
    else if (part.kind === 'and' || part.kind === 'or') {
      for (const operand of part.operands) open.push({ part: operand, isNegated });
    } else if (isNegated && part.kind === 'name') names.add(part.name);
    else if (isNegated && part.kind === 'of') lists.add(part.names);
  }
  for (const list of lists) for (const name of list) names.add(name);
  return [...names];
}
