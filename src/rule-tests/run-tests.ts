import { compilePattern } from '../sigma/evaluate.js';
import type { Alert, Evaluator, TimedEvent } from '../sigma/evaluate.js';
import type { Pattern } from '../sigma/parse/types.js';
import { count, shorten } from '../text.js';
import { matchesInWords } from './matches-in-words.js';
import { allowanceFor, scheduleEvents } from './schedule.js';
import type { Allowance } from './schedule.js';
import { traceEvents } from './trace-events.js';
import type {
  EventFile,
  Expectation,
  RuleTest,
  TestCase,
  TestCounts,
  TestProblem,
  TestTrace,
  TestsReading,
} from './types.js';

export interface TestResults extends TestCounts {
  /** Those of the file, and of each test that failed or could not run. */
  readonly problems: readonly TestProblem[];
  /** Of each test that is written as it should be, where they were asked for. */
  readonly traces?: readonly TestTrace[];
}

/**
 * Runs the tests of a file. A test that cannot run has failed: nothing ever counts as "no alert" but a pattern that
 * looked at the events and raised none.
 *
 * @param asked.pattern undefined where it could not be read; its own findings say so.
 * @param asked.eventsOf the events of a file by the path that the test has.
 * @param asked.trace whether to tell what each event did.
 */
export function runTests(asked: {
  readonly reading: TestsReading;
  readonly pattern: Pattern | undefined;
  readonly eventsOf: (path: string) => EventFile;
  readonly trace?: boolean;
}): TestResults {
  const { reading, pattern, eventsOf, trace = false } = asked;
  const { problems } = reading;
  if (reading.kind === 'unreadable') return { passed: 0, failed: 1, problems };
  if (pattern === undefined) return { passed: 0, failed: reading.count, problems };
  const [first] = reading.tests;
  const [fault] = pattern.problems;
  if (first !== undefined && fault !== undefined) {
    const message = `The tests cannot run, since the pattern has an error on line ${fault.line}: ${fault.message}`;
    const help = 'Correct the pattern first.';
    const problem = notTestable(first, message, help);
    const cases = reading.tests.map((test) => caseOf(test, problem));
    return { passed: 0, failed: reading.count, cases, problems: [...problems, problem] };
  }
  const left = allowanceFor(pattern);
  const compile = compiler(pattern, left);
  const found = reading.tests.map((test) => runTest(test, compile(test), { eventsOf, left, trace }));
  const failures = found.flatMap(({ problem }) => problem ?? []);
  const traces = found.flatMap((one) => one.trace ?? []);
  const passed = found.length - failures.length;
  return {
    passed,
    failed: reading.count - passed,
    cases: reading.tests.map((test, index) => caseOf(test, found[index]?.problem)),
    problems: [...problems, ...failures].sort((one, other) => one.offset - other.offset),
    ...(trace ? { traces } : {}),
  };
}

function caseOf({ name, place }: RuleTest, problem: TestProblem | undefined): TestCase {
  if (problem === undefined) return { name, line: place.line, failure: null };
  const { code, message, help } = problem;
  return { name, line: place.line, failure: { kind: code === 'test-failed' ? 'failed' : 'not-run', message, help } };
}

/** Compiles the pattern once, but where it asks for holidays once for each test, which has its own. */
function compiler(pattern: Pattern, left: Allowance): (test: RuleTest) => Evaluator | TestProblem {
  const plain = compilePattern(pattern);
  return (test) => {
    if (plain.kind === 'needs-holidays' && test.holidays !== undefined) left.values -= pattern.reading.text.length;
    const compilation =
      plain.kind === 'needs-holidays' && test.holidays !== undefined && left.values >= 0
        ? compilePattern(pattern, { holidays: test.holidays })
        : plain;
    switch (compilation.kind) {
      case 'evaluator':
        return compilation.evaluator;
      case 'faulty':
        return notTestable(test, 'The pattern has errors.', 'Correct the pattern first.');
      case 'needs-holidays': {
        const [country = 'FR'] = compilation.countries;
        const message = `${named(test)} cannot run: the pattern asks for the public holidays of ${compilation.countries.join(', ')}.`;
        return notTestable(test, message, `Add \`holidays\` to the test, such as \`${country}: [2025-07-14]\`.`);
      }
    }
  };
}

interface Ran {
  /** Undefined when it passes. */
  readonly problem: TestProblem | undefined;
  readonly trace: TestTrace | undefined;
}

interface RunWith {
  readonly eventsOf: (path: string) => EventFile;
  readonly left: Allowance;
  readonly trace: boolean;
}

function runTest(test: RuleTest, compiled: Evaluator | TestProblem, { eventsOf, left, trace }: RunWith): Ran {
  const notRun = (problem: TestProblem): Ran => {
    const { name } = test;
    return { problem, trace: trace ? { name, hasPassed: null, events: [], more: 0 } : undefined };
  };
  if ('code' in compiled) return notRun(compiled);
  const schedule = scheduleEvents(test, eventsOf, left);
  if (schedule.kind === 'fault') {
    const { place, message, help } = schedule;
    return notRun({ ...place, severity: 'error', code: 'test-syntax', message, help });
  }
  const { events } = schedule;
  const problem = verdict(test, compiled, events);
  const hasPassed = problem === undefined;
  return { problem, trace: trace ? { name: test.name, hasPassed, ...traceEvents(compiled, events) } : undefined };
}

/** What is wrong with the test, or undefined when it passes. */
function verdict(test: RuleTest, compiled: Evaluator, events: readonly TimedEvent[]): TestProblem | undefined {
  const alerts = compiled.alertsOf(events);
  if (isAsExpected(test.expect, alerts.length)) return undefined;
  const message = [
    `${named(test)} failed: expected ${expectedInWords(test.expect)}, got ${alertsInWords(alerts, events)}.`,
    matchesInWords(compiled, events),
  ].join(' ');
  const help = 'Correct the pattern, or what the test expects.';
  return { ...test.place, severity: 'error', code: 'test-failed', message: shorten(message, LONGEST_MESSAGE), help };
}

/** An annotation has room for so much (actions/runner cuts at 4,096), and its help. */
const LONGEST_MESSAGE = 1_900;

function isAsExpected(expect: Expectation, alerts: number): boolean {
  switch (expect.kind) {
    case 'alert':
      return alerts > 0;
    case 'nothing':
      return alerts === 0;
    case 'alerts':
      return alerts === expect.count;
  }
}

function expectedInWords(expect: Expectation): string {
  switch (expect.kind) {
    case 'alert':
      return 'an alert';
    case 'nothing':
      return 'no alert';
    case 'alerts':
      return expect.count === 0 ? 'no alert' : `exactly ${count(expect.count, 'alert')}`;
  }
}

/** How many, and which events raised the first of them. */
function alertsInWords(alerts: readonly Alert[], events: readonly TimedEvent[]): string {
  if (alerts.length === 0) return 'none';
  const numbers = [...new Set(alerts.slice(0, 5).map(({ event }) => events.indexOf(event) + 1))];
  const more = alerts.length > 5 ? ', …' : '';
  return `${count(alerts.length, 'alert')} (at event ${numbers.join(', ')}${more})`;
}

function named({ name }: RuleTest): string {
  return `Test ${JSON.stringify(name)}`;
}

function notTestable({ place }: RuleTest, message: string, help: string): TestProblem {
  return { ...place, severity: 'error', code: 'test-not-testable', message, help };
}
