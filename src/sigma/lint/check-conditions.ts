import type { Condition, DetectionDocument, Expression, Selection } from '../parse/types.js';
import { quoted, remark, short } from './remark.js';
import type { Remark } from './remark.js';

/** Conditions that hold by the grammar and do not do what they seem to. */
export function checkConditions(document: DetectionDocument): readonly Remark[] {
  return [
    ...severalConditions(document),
    ...document.conditions.flatMap((condition) => [
      ...upperCase(condition),
      ...anyOf(condition),
      ...mixed(condition),
      ...onlyNegative(condition),
      ...allOfKeywords(condition, document),
    ]),
  ];
}

function severalConditions({ conditions: [, second] }: DetectionDocument): readonly Remark[] {
  if (second === undefined) return [];
  const help = 'Write one condition, and join the parts by `or`: `(a) or (b)`.';
  return [remark('condition-undocumented', second.value.place, 'A list of conditions is not documented.', help)];
}

function upperCase({ operators }: Condition): readonly Remark[] {
  const capital = operators.find(({ text }) => text !== text.toLowerCase());
  if (capital === undefined) return [];
  const small = capital.text.toLowerCase();
  const message = `Operators are written in small letters: ${quoted(small)}, not ${quoted(capital.text)}.`;
  const help = `Write ${quoted(small)}; other readers of Sigma refuse capitals (and, or, not, of, them, all).`;
  return [remark('condition-upper-case', capital.place, message, help)];
}

function anyOf({ expression }: Condition): readonly Remark[] {
  return partsOf(expression).flatMap((part) => {
    if (part.kind !== 'of' || part.quantifier !== 'any') return [];
    const help = `Write \`1 of ${part.target.text}\`, which means the same.`;
    return [remark('condition-undocumented', part.place, '`any of` is not documented.', help)];
  });
}

function mixed({ expression }: Condition): readonly Remark[] {
  return partsOf(expression).flatMap((part) => {
    if (part.kind !== 'or') return [];
    const inner = part.operands.find(({ kind, isBracketed }) => kind === 'and' && !isBracketed);
    if (inner === undefined) return [];
    const message = '`and` and `or` stand on one level; `and` binds more tightly, which is not documented.';
    return [remark('condition-mixed', inner.place, message, 'Put brackets around the `and` part: `a or (b and c)`.')];
  });
}

function onlyNegative({ expression }: Condition): readonly Remark[] {
  if (expression === undefined || requiresSomething(expression, false)) return [];
  const message = 'Nothing has to be there for this condition to hold, so it fires on nearly every event.';
  const help = 'Add a selection of the events that are meant: `selection and not filter`.';
  return [remark('condition-only-negative', expression.place, message, help)];
}

/** Whether every way in which it holds needs a selection that matches. */
export function requiresSomething(expression: Expression, isNegated: boolean): boolean {
  switch (expression.kind) {
    case 'name':
    case 'of':
      return !isNegated;
    case 'not':
      return requiresSomething(expression.operand, !isNegated);
    case 'and':
    case 'or': {
      const { operands } = expression;
      const isEnough = (operand: Expression): boolean => requiresSomething(operand, isNegated);
      return (expression.kind === 'and') === isNegated ? operands.every(isEnough) : operands.some(isEnough);
    }
  }
}

function allOfKeywords({ expression }: Condition, { selections }: DetectionDocument): readonly Remark[] {
  return partsOf(expression).flatMap((part) => {
    if (part.kind !== 'of' || part.quantifier !== 'all') return [];
    const [name, second] = part.names;
    const selection = name === undefined || second !== undefined ? undefined : selections.get(name);
    if (selection === undefined || !isKeywordList(selection)) return [];
    const message = `${quoted(selection.name.text)} is a list of keywords, of which any one is enough: \`all of\` counts selections.`;
    const help = `Write the list below the key \`'|all'\`: \`${short(selection.name.text)}: {'|all': [a, b]}\`.`;
    return [remark('keyword-all', part.target.place, message, help)];
  });
}

function isKeywordList({ shape, alternatives }: Selection): boolean {
  return shape === 'list' && alternatives.length > 1 && alternatives.every(({ kind }) => kind === 'keyword');
}

/** An expression and all that is in it. Iterative: the parser allows five hundred levels. */
export function partsOf(expression: Expression | undefined): readonly Expression[] {
  const parts = expression === undefined ? [] : [expression];
  // The list grows while it is walked.
  for (const part of parts) {
    if (part.kind === 'not') parts.push(part.operand);
    else if (part.kind === 'and' || part.kind === 'or') for (const operand of part.operands) parts.push(operand);
  }
  return parts;
}
