import type { Event } from '../sigma/match/field-path.js';
import type { Holidays } from '../sigma/match/compile-values.js';
import type { Problem, ReadingCode } from '../sigma/problem.js';

/** What is said of a tests file and its tests; each is an error, and none can be switched off. */
export type TestCode = 'test-syntax' | 'test-failed' | 'test-not-testable';

/** In the tests file. A file that is too big or in another encoding has the codes of reading. */
export type TestProblem = Problem<Extract<ReadingCode, 'yaml-too-big' | 'encoding'> | TestCode>;

/** Where something begins in the tests file. */
export interface Place {
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

export type Expectation =
  /** One alert or more. */
  { readonly kind: 'alert' } | { readonly kind: 'nothing' } | { readonly kind: 'alerts'; readonly count: number };

/** One test that is written as it should be. */
export interface RuleTest {
  readonly name: string;
  readonly expect: Expectation;
  /** Of its `expect`. */
  readonly place: Place;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly holidays: Holidays | undefined;
  readonly blocks: readonly Block[];
}

/** Events that follow each other in even steps; an event that is no block is one of a single event. */
export interface Block {
  readonly place: Place;
  readonly content:
    | {
        readonly kind: 'event';
        readonly event: Event;
        readonly repeat: number;
        readonly variations: readonly Variation[];
      }
    /** The path as the test has it. */
    | { readonly kind: 'file'; readonly path: string };
  /** Milliseconds. */
  readonly every: number;
  /** The time of its first event. */
  readonly at: Moment | undefined;
}

export type Moment =
  | { readonly kind: 'after-start'; readonly milliseconds: number }
  | { readonly kind: 'instant'; readonly milliseconds: number };

/** What a field holds from one repetition to the next. */
export interface Variation {
  /** A dotted path. */
  readonly field: string;
  readonly values:
    | { readonly kind: 'list'; readonly items: readonly unknown[] }
    /** Each `{n}` in it is the number of the repetition, from 1. */
    | { readonly kind: 'text'; readonly text: string };
}

export type TestsReading =
  | {
      readonly kind: 'read';
      /** Those that can run, in the order of the file. */
      readonly tests: readonly RuleTest[];
      /** How many stand in the file, those that cannot run included. */
      readonly count: number;
      readonly problems: readonly TestProblem[];
    }
  /** There is no list of tests in it. */
  | { readonly kind: 'unreadable'; readonly problems: readonly TestProblem[] };

/** The events of a file, or why there are none. */
export type EventFile =
  | { readonly kind: 'events'; readonly events: readonly Event[] }
  | { readonly kind: 'fault'; readonly message: string; readonly help: string };

export interface TestCounts {
  readonly passed: number;
  /** Those that could not run included. */
  readonly failed: number;
  /** The tests file; missing where there is none to name. */
  readonly file?: string;
  /** Those that are written as they should be, in the order of the file. */
  readonly cases?: readonly TestCase[];
}

/** What came of one test. */
export interface TestCase {
  readonly name: string;
  /** Of its `expect`, in the tests file. */
  readonly line: number;
  /** Null where it passed. */
  readonly failure: { readonly kind: 'failed' | 'not-run'; readonly message: string; readonly help: string } | null;
}

/** What came of one test, and what its events did. */
export interface TestTrace {
  readonly name: string;
  /** Null where the test could not run. */
  readonly hasPassed: boolean | null;
  /** In the order of their times, the first ones only. */
  readonly events: readonly EventTrace[];
  /** How many events follow those. */
  readonly more: number;
}

/** What the pattern made of one event. */
export interface EventTrace {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The selections that matched; with several detections, each behind the name of its own. */
  readonly selections: readonly string[];
  /** The detections that matched as a whole, by name; empty names for those without. */
  readonly detections: readonly string[];
  /** The groups of correlations that it belongs to. */
  readonly windows: readonly WindowTrace[];
  /** How many alerts it raised. */
  readonly alerts: number;
}

export interface WindowTrace {
  readonly correlation: string;
  /** `name=value`; empty without `group-by`. */
  readonly group: readonly string[];
  readonly reached: number;
  readonly needed: number;
  readonly isSatisfied: boolean;
}
