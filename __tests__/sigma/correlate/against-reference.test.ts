import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluator } from '../patterns.js';

/** A correlation, and what happened, as plainly as can be. */
interface Rule {
  readonly type: 'event_count' | 'value_count' | 'temporal';
  readonly ordered: boolean;
  readonly rules: readonly string[];
  readonly seconds: number;
  readonly atLeast: number;
  readonly isGrouped: boolean;
}

interface Happening {
  readonly second: number;
  /** The letters of the rules that it matches. */
  readonly is: string;
  readonly group?: string;
  readonly value?: string;
}

/**
 * The alerts of sigma.md §8 by brute force: for each group everything since its last alert is kept, and at each event
 * looked through from the start.
 */
function referenceAlerts(rule: Rule, happenings: readonly Happening[]): string[] {
  const sorted = [...happenings].sort((one, other) => one.second - other.second);
  const past = new Map<string, Happening[]>();
  return sorted.flatMap((happening) => {
    const counts = rule.rules.some((name) => happening.is.includes(name));
    const group = rule.isGrouped ? happening.group : '';
    if (!counts || group === undefined) return [];
    if (rule.type === 'value_count' && happening.value === undefined) return [];
    const all = [...(past.get(group) ?? []), happening];
    const window = all.filter(({ second }) => happening.second - second <= rule.seconds);
    const isSatisfied = holds(rule, window);
    past.set(group, isSatisfied ? [] : all);
    return isSatisfied ? [`${happening.second}:${group}`] : [];
  });
}

function holds(rule: Rule, window: readonly Happening[]): boolean {
  if (rule.type === 'event_count') return window.length >= rule.atLeast;
  if (rule.type === 'value_count') return new Set(window.map(({ value }) => value)).size >= rule.atLeast;
  if (!rule.ordered) return rule.rules.every((name) => window.some(({ is }) => is.includes(name)));
  return isSequence(rule.rules, window);
}

/** Whether the names occur in this order in different happenings. */
function isSequence(names: readonly string[], window: readonly Happening[]): boolean {
  const [first, ...rest] = names;
  if (first === undefined) return true;
  return window.some(({ is }, index) => is.includes(first) && isSequence(rest, window.slice(index + 1)));
}

function patternOf(rule: Rule): string {
  const detections = ['a', 'b', 'c'].map((name) => ({
    name,
    detection: { s: { 'is|contains': name }, condition: 's' },
  }));
  const correlation = {
    action: 'correlation',
    type: rule.type,
    rule: rule.rules,
    timespan: `${rule.seconds}s`,
    ...(rule.type === 'temporal' ? { ordered: rule.ordered } : { condition: { gte: rule.atLeast } }),
    ...(rule.type === 'value_count' ? { field: 'value' } : {}),
    ...(rule.isGrouped ? { 'group-by': 'group' } : {}),
  };
  return [...detections, correlation].map((one) => JSON.stringify(one)).join('\n---\n');
}

const rule: fc.Arbitrary<Rule> = fc.record({
  type: fc.constantFrom('event_count', 'value_count', 'temporal'),
  ordered: fc.boolean(),
  rules: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }),
  seconds: fc.integer({ min: 1, max: 10 }),
  atLeast: fc.integer({ min: 0, max: 4 }),
  isGrouped: fc.boolean(),
});

const happening: fc.Arbitrary<Happening> = fc.record(
  {
    second: fc.integer({ min: 0, max: 40 }),
    is: fc.constantFrom('a', 'b', 'c', 'ab', 'bc', 'abc', 'x'),
    group: fc.constantFrom('g', 'G', 'h'),
    value: fc.constantFrom('1', '2', '3', '4'),
  },
  { requiredKeys: ['second', 'is'] },
);

describe('correlations', () => {
  it('raise the alerts of the reference on any stream', () => {
    fc.assert(
      fc.property(rule, fc.array(happening, { maxLength: 40 }), (one, happenings) => {
        const events = happenings.map((event) => ({ event: { ...event }, at: event.second * 1_000 }));
        const alerts = evaluator(patternOf(one))
          .alertsOf(events)
          .filter(({ document }) => document.kind === 'correlation')
          .map(({ event, group }) => `${event.at / 1_000}:${group[0]?.value ?? ''}`);
        expect(alerts).toEqual(referenceAlerts(one, happenings));
      }),
      { numRuns: 1_500 },
    );
  });
});
