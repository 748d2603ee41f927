import type { CorrelationDocument } from '../parse/types.js';

/** What happened at one time in one group of a correlation. */
export interface Occurrence {
  /** Milliseconds. */
  readonly at: number;
  /** Which of the correlation's rules occurred, by index, ascending. */
  readonly rules: readonly number[];
  /** The texts of the counted field; empty unless values are counted. */
  readonly values: readonly string[];
}

/** What a correlation remembers of one group. */
export interface GroupWindow {
  /** Takes an occurrence, never older than the one before. True when the correlation is satisfied by it. */
  readonly add: (occurrence: Occurrence) => boolean;
  /** How far it has come with the last occurrence, at that time: events, values, rules or steps of `needed`. */
  readonly reached: (at: number) => number;
}

/** What a window has to reach. */
export function needed({ type, condition, rules }: CorrelationDocument): number {
  return type === 'event_count' || type === 'value_count' ? (condition?.atLeast ?? 1) : rules.length;
}

/**
 * A maker of windows for the groups of a correlation. A window slides with the events: the last and the first of those
 * that count are the timespan apart at most. None keeps more than that takes (sigma.md §8, pruning).
 */
export function windowsOf({ type, condition, rules, timespan, isOrdered }: CorrelationDocument): () => GroupWindow {
  const span = timespan?.milliseconds ?? 0;
  const atLeast = condition?.atLeast ?? 1;
  switch (type) {
    case 'event_count':
      return () => eventCount(atLeast, span);
    case 'value_count':
      return () => valueCount(atLeast, span);
    case 'temporal':
    case undefined:
      return isOrdered ? () => orderedSteps(rules.length, span) : () => anyOrder(rules.length, span);
  }
}

/** Keeps the times of the last N - 1 events. */
function eventCount(atLeast: number, span: number): GroupWindow {
  const times: number[] = [];
  let first = 0;
  return {
    add: ({ at }) => {
      times.push(at);
      while ((times[first] ?? at) < at - span) first += 1;
      // Moving the rest to the front is worth it once half of the list is behind us.
      if (first * 2 > times.length) {
        times.splice(0, first);
        first = 0;
      }
      return times.length - first >= atLeast;
    },
    reached: () => times.length - first,
  };
}

/** Keeps the last time of each value, in the order of these times. */
function valueCount(atLeast: number, span: number): GroupWindow {
  const lastTimes = new Map<string, number>();
  return {
    add: ({ at, values }) => {
      for (const value of values) {
        lastTimes.delete(value);
        lastTimes.set(value, at);
      }
      for (const [value, time] of lastTimes) {
        if (time >= at - span) break;
        lastTimes.delete(value);
      }
      return lastTimes.size >= atLeast;
    },
    reached: () => lastTimes.size,
  };
}

/** Keeps the last time of each rule. */
function anyOrder(count: number, span: number): GroupWindow {
  const lastTimes = new Array<number>(count).fill(-Infinity);
  return {
    add: ({ at, rules }) => {
      for (const rule of rules) lastTimes[rule] = at;
      return lastTimes.every((time) => time >= at - span);
    },
    reached: (at) => lastTimes.filter((time) => time >= at - span).length,
  };
}

/**
 * Keeps, for each step, the latest time at which a chain that has come this far began. Steps are taken from the last to
 * the first, so that one event is never two of them.
 */
function orderedSteps(count: number, span: number): GroupWindow {
  const starts = new Array<number>(count).fill(-Infinity);
  return {
    add: ({ at, rules }) => {
      let isComplete = false;
      for (let index = rules.length - 1; index >= 0; index -= 1) {
        const step = rules[index] ?? 0;
        const start = step === 0 ? at : (starts[step - 1] ?? -Infinity);
        if (start < at - span) continue;
        starts[step] = start;
        if (step === count - 1) isComplete = true;
      }
      return isComplete;
    },
    reached: (at) => starts.findLastIndex((start) => start >= at - span) + 1,
  };
}
