import type { TimedEvent } from '../sigma/evaluate.js';
import type { Event, Scalar } from '../sigma/match/field-path.js';
import type { Pattern } from '../sigma/parse/types.js';
import { textOf } from '../sigma/match/field-values.js';
import { parseInstant } from '../sigma/match/instant.js';
import { shorten } from '../text.js';
import { sizeOf } from './node-values.js';
import { FEWER_EVENTS, MOST_EVENTS, tooManyEvents } from './read-blocks.js';
import type { Block, EventFile, Place, RuleTest, Variation } from './types.js';
import { withField } from './with-field.js';

export type Schedule =
  /** In the order of their times; equal times in the order of the test. */
  | { readonly kind: 'events'; readonly events: readonly TimedEvent[] }
  | { readonly kind: 'fault'; readonly place: Place; readonly message: string; readonly help: string };

/** Values of events, all that the tests of one file may come to: far more than any needs, and done in seconds. */
const MOST_VALUES = 3_000_000;

/** What is left of that for the tests to come. */
export interface Allowance {
  values: number;
  /** What the pattern asks of each event, counted as values: a list of ten thousand is compared with every one. */
  readonly perEvent: number;
}

export function allowanceFor(pattern: Pattern): Allowance {
  return { values: MOST_VALUES, perEvent: Math.floor(pattern.reading.text.length / CHARACTERS_OF_A_TEST) };
}

const CHARACTERS_OF_A_TEST = 500;

class Fault extends Error {
  readonly help: string;
  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}

/** The events of a test with their times (rule-tests.md, "Time of an event"). */
export function scheduleEvents(test: RuleTest, eventsOf: (path: string) => EventFile, left: Allowance): Schedule {
  const scheduled: TimedEvent[] = [];
  let clock = test.start;
  for (const block of test.blocks) {
    try {
      for (const timed of eventsOfBlock(block, { start: test.start, clock }, eventsOf, left)) {
        scheduled.push(timed);
        clock = timed.at + block.every;
      }
      if (scheduled.length > MOST_EVENTS) throw new Fault(tooManyEvents(scheduled.length), FEWER_EVENTS);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { kind: 'fault', place: block.place, message: error.message, help: error.help };
    }
  }
  return { kind: 'events', events: scheduled.sort((one, other) => one.at - other.at) };
}

interface Clock {
  readonly start: number;
  readonly clock: number;
}

function eventsOfBlock(
  block: Block,
  clock: Clock,
  eventsOf: (path: string) => EventFile,
  left: Allowance,
): readonly TimedEvent[] {
  const { content, every } = block;
  const given = block.at && (block.at.kind === 'instant' ? 0 : clock.start) + block.at.milliseconds;
  const templates = content.kind === 'event' ? [content.event] : fileEvents(content.path, eventsOf);
  const repeat = content.kind === 'event' ? content.repeat : 1;
  const variations = content.kind === 'event' ? content.variations : [];
  const varying = variations.reduce((sum, { values }) => sum + (values.kind === 'text' ? sizeOf(values.text) : 1), 0);
  // Each variation copies what it changes.
  const one = (event: Event): number => left.perEvent + sizeOf(event) * (1 + variations.length) + varying;
  left.values -= repeat * templates.reduce((sum, event) => sum + one(event), 0);
  if (left.values < 0) {
    const message = 'With this the tests of the file have more values in their events than can be looked at.';
    throw new Fault(message, FEWER_EVENTS);
  }
  const events: TimedEvent[] = [];
  let next = clock.clock;
  const add = (event: Event, isRepeated: boolean): void => {
    const set = events.length === 0 ? given : undefined;
    const at = set ?? (isRepeated ? undefined : ownTime(event)) ?? next;
    events.push({ event: withTime(event, at, set !== undefined || isRepeated), at });
    next = at + every;
  };
  if (content.kind === 'file') for (const event of templates) add(event, false);
  else for (let index = 0; index < repeat; index += 1) add(varied(content.event, content.variations, index), index > 0);
  return events;
}

function fileEvents(path: string, eventsOf: (path: string) => EventFile): readonly Event[] {
  const file = eventsOf(path);
  if (file.kind === 'fault') throw new Fault(`\`${shorten(path, 200)}\`: ${file.message}`, file.help);
  if (file.events.length > MOST_EVENTS) throw new Fault(tooManyEvents(file.events.length), FEWER_EVENTS);
  return file.events;
}

function varied(event: Event, variations: readonly Variation[], index: number): Event {
  return variations.reduce((before, { field, values }) => {
    const value =
      values.kind === 'list'
        ? values.items[index % values.items.length]
        : values.text.replaceAll('{n}', String(index + 1));
    return withField(before, field, value ?? null);
  }, event);
}

function ownTime(event: Event): number | undefined {
  const own = scalarIn(event['@timestamp']) ?? scalarIn(event['timestamp']);
  if (own === undefined) return undefined;
  const at = parseInstant(textOf(own));
  if (at !== undefined) return at;
  const help = 'Write it in ISO 8601 or as seconds since 1970, or take it out: the clock of the test gives one.';
  throw new Fault(`The timestamp ${JSON.stringify(shorten(textOf(own), 80))} of an event is no time.`, help);
}

function scalarIn(value: unknown): Scalar | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const isScalar = ['string', 'number', 'bigint', 'boolean'].includes(typeof first);
  return isScalar ? (first as Scalar) : undefined;
}

/** The year 1: before it ISO 8601 needs a sign. */
const FIRST_TIME = Date.parse('0001-01-01T00:00:00Z');
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function withTime(event: Event, at: number, isGiven: boolean): Event {
  if (!(at >= FIRST_TIME && at <= LAST_TIME)) {
    const help = 'Correct `at`, `every` or `start`.';
    throw new Fault('The time of an event lies beyond the years that a time can have.', help);
  }
  const lacks = (name: string): boolean => isGiven || scalarIn(event[name]) === undefined;
  const [plain, marked] = [lacks('timestamp'), lacks('@timestamp')];
  if (!plain && !marked) return event;
  const text = new Date(at).toISOString();
  return { ...event, ...(plain ? { timestamp: text } : {}), ...(marked ? { '@timestamp': text } : {}) };
}
