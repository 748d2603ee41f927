import { isMap, isSeq } from 'yaml';
import type { Node } from 'yaml';
import type { Holidays } from '../sigma/match/compile-values.js';
import { itemsOf } from '../sigma/parse/maps.js';
import type { Problem } from '../sigma/problem.js';
import { readYaml } from '../sigma/read-yaml.js';
import { jsonError } from './json.js';
import { membersOf, valueOf } from './node-values.js';
import type { Member } from './node-values.js';
import { readBlocks } from './read-blocks.js';
import { isDay, parseZonedTime } from './times.js';
import { knownMembers, quoted, sourceOf, textIn } from './tests-source.js';
import type { Source } from './tests-source.js';
import type { Expectation, RuleTest, TestProblem, TestsReading } from './types.js';

/** Bounds of rule-tests.md. */
const MOST_TESTS = 1_000;
const LONGEST_NAME = 200;

/** A Monday. */
const DEFAULT_START = Date.UTC(2025, 0, 6, 10);

/**
 * Reads a tests file: one document of YAML 1.2, or JSON. A test that is not as it should be is a problem and takes none
 * of the others with it. Nothing is thrown.
 */
export function readTests(content: Uint8Array, format: 'yaml' | 'json'): TestsReading {
  const reading = readYaml(content, format);
  const source = sourceOf(reading);
  const { text, documents, problems } = reading;
  if (problems.length > 0) return { kind: 'unreadable', problems: problems.map(asTestProblem) };
  const unreadable = (at: Node | number, message: string, help: string): TestsReading => {
    source.report(at, message, help);
    return { kind: 'unreadable', problems: source.problems };
  };
  const badJson = format === 'json' ? jsonError(text) : undefined;
  if (badJson !== undefined) return unreadable(badJson.offset, badJson.message, 'Correct the JSON.');

  const [document, second] = documents;
  const root = document?.contents;
  if (!root) return unreadable(0, 'The tests file is empty.', WRITE_TESTS);
  if (second?.contents) {
    const help = 'Remove the `---` line, and put all tests into one list.';
    return unreadable(second.contents, 'A tests file is one document, and here a second one begins.', help);
  }
  if (!isMap(root)) return unreadable(root, 'The tests file does not hold a map.', WRITE_TESTS);
  const members = knownMembers(root, ['tests'], 'a tests file', source);
  const tests = members.get('tests');
  if (tests === undefined) return unreadable(root, '`tests` is missing.', WRITE_TESTS);
  if (!isSeq(tests.value)) return unreadable(tests.written, '`tests` has to be a list.', WRITE_TESTS);
  const items = itemsOf(tests.value, reading.targets);
  if (items.length === 0) return unreadable(tests.written, '`tests` is empty.', WRITE_TESTS);
  if (items.length > MOST_TESTS) {
    const message = `\`tests\` has ${items.length.toLocaleString('en')} tests, and ${MOST_TESTS.toLocaleString('en')} are the most.`;
    return unreadable(tests.written, message, 'Remove some of them.');
  }
  const names = new Map<string, number>();
  const written = tests.value.items as Node[];
  const sound = items.flatMap((item, index) => readTest(item, written[index] ?? tests.written, names, source));
  return { kind: 'read', tests: sound, count: items.length, problems: source.problems };
}

const WRITE_TESTS = 'Write `tests:` and below it a list of tests with `name`, `expect` and `events`.';

/** The paths of event files that the tests name, as they are written. */
export function eventPathsOf(reading: TestsReading): readonly string[] {
  if (reading.kind === 'unreadable') return [];
  const contents = reading.tests.flatMap(({ blocks }) => blocks.map(({ content }) => content));
  return [...new Set(contents.flatMap((content) => (content.kind === 'file' ? [content.path] : [])))];
}

function asTestProblem({ code, ...problem }: Problem): TestProblem {
  return { ...problem, code: code === 'yaml-too-big' || code === 'encoding' ? code : 'test-syntax' };
}

const TEST_KEYS = ['name', 'expect', 'events', 'start', 'holidays'];

/** The test, or nothing where it cannot run. */
function readTest(node: Node | null, written: Node, names: Map<string, number>, source: Source): readonly RuleTest[] {
  if (!isMap(node)) {
    source.report(written, 'A test has to be a map.', 'Give it `name`, `expect` and `events`.');
    return [];
  }
  const before = source.problems.length;
  const members = knownMembers(node, TEST_KEYS, 'a test', source);
  const need = (key: string): Member | undefined => {
    const member = members.get(key);
    if (member === undefined) source.report(written, `\`${key}\` is missing in this test.`, `Add \`${key}\`.`);
    return member;
  };
  const name = readName(need('name'), names, source);
  const expectMember = need('expect');
  const expect = expectMember && readExpectation(expectMember, source);
  const events = need('events');
  const blocks = events === undefined ? [] : readBlocks(events, source);
  const start = readStart(members.get('start'), source);
  const holidays = readHolidays(members.get('holidays'), source);
  if (source.problems.length > before || expectMember === undefined || expect === undefined) return [];
  return [{ name, expect, place: source.placeOf(expectMember.key), start, holidays, blocks }];
}

function readName(member: Member | undefined, names: Map<string, number>, source: Source): string {
  if (member === undefined) return '';
  const name = textIn(member.value);
  const length = name === undefined ? 0 : Array.from(name).length;
  if (name === undefined || length < 1 || length > LONGEST_NAME) {
    const message = `The name of a test has to be text of 1 to ${LONGEST_NAME} characters.`;
    source.report(member.written, message, 'Say in a few words what the test is about.');
    return '';
  }
  const { line } = source.placeOf(member.written);
  const first = names.get(name);
  if (first === undefined) names.set(name, line);
  else source.report(member.written, `The test on line ${first} has this name too.`, 'Give each test its own name.');
  return name;
}

function readExpectation({ value, written }: Member, source: Source): Expectation | undefined {
  const text = textIn(value);
  if (text === 'alert' || text === 'nothing') return { kind: text };
  if (isMap(value)) {
    const before = source.problems.length;
    const alerts = knownMembers(value, ['alerts'], '`expect`', source).get('alerts');
    const count = alerts === undefined ? undefined : valueOf(alerts.value, source.reading.targets);
    if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return { kind: 'alerts', count };
    if (source.problems.length > before) return undefined;
  }
  source.report(written, '`expect` has to be `alert`, `nothing`, or `{alerts: N}` with a whole number.', WRITE_EXPECT);
  return undefined;
}

const WRITE_EXPECT = 'Write `alert` for one alert or more, `nothing` for none, `{alerts: 2}` for exactly two.';

function readStart(member: Member | undefined, source: Source): number {
  if (member === undefined) return DEFAULT_START;
  const start = parseZonedTime(textIn(member.value) ?? '');
  if (start === undefined) source.report(member.written, '`start` is no time with a zone.', WRITE_TIME);
  return start ?? DEFAULT_START;
}

const WRITE_TIME = 'Write it like 2025-01-06T10:00:00Z or 2025-01-06T11:00:00+01:00.';

function readHolidays(member: Member | undefined, source: Source): Holidays | undefined {
  if (member === undefined) return undefined;
  const { value, written } = member;
  if (!isMap(value)) {
    source.report(written, '`holidays` has to be a map of country codes to lists of days.', WRITE_HOLIDAYS);
    return undefined;
  }
  const { targets } = source.reading;
  return new Map(
    membersOf(value, targets).map((country) => {
      const days = isSeq(country.value) ? country.value.items.map((day) => valueOf(day as Node | null, targets)) : [];
      const isSound = isSeq(country.value) && days.every((day) => typeof day === 'string' && isDay(day));
      if (!isSound) {
        source.report(country.written, `The holidays of ${quoted(country.name)} are no list of days.`, WRITE_HOLIDAYS);
      }
      return [country.name, new Set(days.map(String))];
    }),
  );
}

const WRITE_HOLIDAYS = 'Write them like `FR: [2025-07-14]`.';
