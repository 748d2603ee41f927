import { compareDecimals } from '../parse/decimal.js';
import { isInNetwork } from '../parse/network.js';
import type { TextPattern } from '../parse/text-pattern.js';
import type { TimeTest, ValueTest } from '../parse/value-test.js';
import type { FieldValues } from './field-values.js';
import { anyPattern } from './text-matcher.js';
import type { WallTime, ZoneClock } from './zone-clock.js';

/** Country code → the days `YYYY-MM-DD` that are its holidays (rule-tests.md). */
export type Holidays = ReadonlyMap<string, ReadonlySet<string>>;

export interface TimeContext {
  readonly clock: ZoneClock;
  readonly holidays: Holidays;
}

/** A claim about the values of a field. */
export interface FieldTest {
  readonly holds: (values: FieldValues) => boolean;
  /** What it costs, roughly: cheap ones are asked first. */
  readonly cost: number;
}

/** `any`: some value of the field meets some test; `all`: every test is met by some value (sigma.md §3, §5). */
export function compileValues(tests: readonly ValueTest[], quantifier: 'any' | 'all', context: TimeContext): FieldTest {
  if (quantifier === 'all') return allOf(tests.map((test) => anyOf([test], context)));
  return anyOf(tests, context);
}

function allOf(tests: readonly FieldTest[]): FieldTest {
  const holds = [...tests].sort((one, other) => one.cost - other.cost).map((test) => test.holds);
  const cost = tests.reduce((sum, test) => sum + test.cost, 0);
  return { holds: (values) => holds.every((test) => test(values)), cost };
}

function anyOf(tests: readonly ValueTest[], context: TimeContext): FieldTest {
  const patterns = tests.flatMap((test) => (test.kind === 'text' ? test.patterns : []));
  const others = tests.filter((test) => test.kind !== 'text').map((test) => compileOther(test, context));
  const all = [...(patterns.length === 0 ? [] : [compileTexts(patterns)]), ...others];
  const [only] = all;
  if (only === undefined) return { holds: () => false, cost: 0 };
  if (all.length === 1) return only;
  const cost = all.reduce((sum, test) => sum + test.cost, 0);
  return { holds: (values) => all.some(({ holds }) => holds(values)), cost };
}

function compileTexts(patterns: readonly TextPattern[]): FieldTest {
  const isPlain = patterns.every((pattern) => pattern.every((part) => typeof part === 'string'));
  const test = anyPattern(patterns);
  return {
    cost: isPlain ? 1 : 2 + patterns.length,
    holds: ({ folded }) => {
      for (const text of folded) if (test(text)) return true;
      return false;
    },
  };
}

function compileOther(test: Exclude<ValueTest, { kind: 'text' }>, context: TimeContext): FieldTest {
  switch (test.kind) {
    case 'null':
      return { cost: 1, holds: ({ texts }) => texts.length === 0 };
    case 'regex': {
      const { matches, finds, size } = test.regex;
      const applies = test.covers === 'whole' ? matches : finds;
      return { cost: 100 + size, holds: ({ texts }) => texts.some(applies) };
    }
    case 'network':
      return { cost: 5, holds: ({ addresses }) => addresses.some((address) => isInNetwork(address, test.network)) };
    case 'number': {
      const compare = COMPARISONS[test.operator];
      return {
        cost: 3,
        holds: ({ numbers }) => numbers.some((number) => compare(compareDecimals(number, test.bound))),
      };
    }
    case 'time': {
      const holds = compileTime(test.time, context.holidays);
      return { cost: 20, holds: ({ instants }) => instants.some((instant) => holds(context.clock(instant))) };
    }
  }
}

const COMPARISONS: Readonly<Record<'lt' | 'lte' | 'gt' | 'gte', (difference: number) => boolean>> = {
  lt: (difference) => difference < 0,
  lte: (difference) => difference <= 0,
  gt: (difference) => difference > 0,
  gte: (difference) => difference >= 0,
};

/** sigma.md §7 */
function compileTime(test: TimeTest, holidays: Holidays): (time: WallTime) => boolean {
  switch (test.kind) {
    case 'timerange': {
      const { from, to } = test;
      return from < to
        ? ({ minuteOfDay }) => minuteOfDay >= from && minuteOfDay < to
        : ({ minuteOfDay }) => minuteOfDay >= from || minuteOfDay < to;
    }
    case 'weekday':
      return ({ weekday }) => weekday === test.day;
    case 'day-of-year':
      return ({ month, day }) => month === test.month && day === test.day;
    case 'holiday': {
      const days = holidays.get(test.country);
      return ({ date }) => days?.has(date) ?? false;
    }
  }
}
