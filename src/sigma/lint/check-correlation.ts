import type { CorrelationDocument, Pattern, Word } from '../parse/types.js';
import { quoted, remark } from './remark.js';
import type { Remark } from './remark.js';

/** A correlation's own keys (sigma.md §1, §8). What is missing or unreadable is the parser's to tell. */
export function checkCorrelation(document: CorrelationDocument, pattern: Pattern): readonly Remark[] {
  return [
    ...spelling(document, pattern),
    ...keysOfOtherTypes(document),
    ...severalRules(document),
    ...lowCount(document),
    ...days(document),
  ];
}

/** Keys of Sigma 2 in the documented spelling, and the reverse. */
function spelling(document: CorrelationDocument, pattern: Pattern): readonly Remark[] {
  const { spelling: own, correlationKeys: keys, writtenType, field, condition } = document;
  const wrong = own === 'action' ? WRONG_IN_ACTION : WRONG_IN_BLOCK;
  const remarks = keys.flatMap(({ text, place }) => {
    const meant = Object.hasOwn(wrong, text) ? wrong[text] : undefined;
    return meant === undefined ? [] : [remark('correlation-spelling', place, meant, HELP[own])];
  });
  const isInside = field !== undefined && !keys.some(({ text }) => text === 'field');
  if (own === 'action' && isInside && condition !== undefined) {
    const message = '`field` stands inside the condition, as in Sigma 2; here it is a key of the correlation.';
    remarks.push(remark('correlation-spelling', field.place, message, HELP[own]));
  }
  if (own === 'action' && writtenType?.text === 'temporal_ordered') {
    const message = '`temporal_ordered` is the type of Sigma 2; here it is `temporal` with `ordered: true`.';
    remarks.push(remark('correlation-type', writtenType.place, message, HELP[own], 'warning'));
  }
  // Two keys for one thing are an error already.
  return pattern.problems.some(({ code }) => code === 'correlation-key') ? [] : remarks;
}

const WRONG_IN_ACTION: Readonly<Record<string, string>> = {
  rules: '`rules` is the spelling of Sigma 2; with `action: correlation` the key is `rule`.',
};
const WRONG_IN_BLOCK: Readonly<Record<string, string>> = {
  rule: '`rule` is the spelling of `action: correlation`; below `correlation:` the key is `rules`.',
  field: '`field` stands inside `condition` below `correlation:`.',
  ordered: '`ordered` is the spelling of `action: correlation`; below `correlation:` the type is `temporal_ordered`.',
};
const HELP = {
  action: 'Use the spelling that Sekoia documents throughout.',
  block: 'Use one spelling throughout; `action: correlation` is the one that Sekoia documents.',
} as const;

function keysOfOtherTypes({ type, correlationKeys }: CorrelationDocument): readonly Remark[] {
  if (type === undefined) return [];
  const key = (name: string): Word | undefined => correlationKeys.find(({ text }) => text === name);
  const [field, ordered, condition] = [key('field'), key('ordered'), key('condition')];
  const remarks: Remark[] = [];
  if (field !== undefined && type !== 'value_count') {
    const help = 'Remove it, or make the type `value_count`.';
    remarks.push(remark('correlation-key', field.place, `\`field\` is for value_count, not for ${type}.`, help));
  }
  if (ordered !== undefined && type !== 'temporal') {
    const help = 'Remove it, or make the type `temporal`.';
    remarks.push(remark('correlation-key', ordered.place, `\`ordered\` is for temporal, not for ${type}.`, help));
  }
  if (condition !== undefined && type === 'temporal') {
    const message = 'A temporal correlation has no condition; each of its rules has to occur.';
    remarks.push(remark('correlation-key', condition.place, message, 'Remove it.', 'warning'));
  }
  return remarks;
}

function severalRules({ type, rules: [, second] }: CorrelationDocument): readonly Remark[] {
  if (second === undefined || type === undefined || type === 'temporal') return [];
  const message = `What several rules in one ${type} do is not documented; here their events count together.`;
  const help = 'Make one detection of them (list of maps, or `or` in its condition), or make the type `temporal`.';
  return [remark('correlation-several-rules', second.place, message, help)];
}

function lowCount({ condition, type }: CorrelationDocument): readonly Remark[] {
  if (condition === undefined || condition.atLeast > 1) return [];
  const { operator, value } = condition;
  const message = `\`${operator.text}: ${value.text ?? ''}\` holds with the first event, so nothing is counted.`;
  const help =
    type === 'value_count' ? 'Raise it: two different values are `gte: 2`.' : 'Raise it: two events are `gte: 2`.';
  return [remark('correlation-condition', value.place, message, help, 'warning')];
}

function days({ timespan }: CorrelationDocument): readonly Remark[] {
  if (timespan?.unit !== 'd') return [];
  const hours = timespan.milliseconds / 3_600_000;
  const message = `The unit \`d\` of ${quoted(timespan.word.text)} is not documented.`;
  return [remark('timespan', timespan.word.place, message, `Write \`${hours}h\`.`, 'warning')];
}
