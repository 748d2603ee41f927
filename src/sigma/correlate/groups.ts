import type { CorrelationDocument } from '../parse/types.js';

/** A group of a correlation: the texts of its `group-by`, in that order. Compared exactly (sigma.md §8). */
export type Group = readonly string[];

/** Of lists in group fields, this many combinations are followed. */
const MOST_COMBINATIONS = 64;

/** Anything that can be asked for the texts of a field: an event, or the alert of a chained correlation. */
export type TextsOf = (field: string) => readonly string[];

/** The field that stands for each name of `group-by` in events of that rule: its own, when the name is an alias. */
export function groupFields({ groupBy, aliases }: CorrelationDocument, rule: string): readonly string[] {
  return groupBy.map(({ text }) => {
    const alias = aliases.find(({ name }) => name.text === text);
    return alias?.fields.find((field) => field.rule.text === rule)?.field.text ?? text;
  });
}

/**
 * The groups that an event belongs to: one for each combination of its values, none when a field is missing.
 */
export function groupsOf(fields: readonly string[], textsOf: TextsOf): readonly Group[] {
  let groups: readonly Group[] = [[]];
  for (const field of fields) {
    const texts = [...new Set(textsOf(field))];
    groups = groups.flatMap((group) => texts.map((text) => [...group, text])).slice(0, MOST_COMBINATIONS);
  }
  return groups;
}

/** A key that no other group has. */
export function keyOf(group: Group): string {
  return group.length === 1 ? (group[0] ?? '') : JSON.stringify(group);
}
