import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { shorten } from '../text.js';
import type { Event } from '../sigma/match/field-path.js';
import type { Holidays } from '../sigma/match/compile-values.js';
import { itemsOf } from '../sigma/parse/maps.js';
import type { Problem } from '../sigma/problem.js';
import { readYaml } from '../sigma/read-yaml.js';
import type { YamlReading } from '../sigma/read-yaml.js';
import { jsonError } from './json.js';
import { membersOf, valueOf } from './node-values.js';
import type { Member } from './node-values.js';
import { isDay, parseDuration, parseZonedTime } from './times.js';
import type { Block, Expectation, Moment, Place, RuleTest, TestProblem, TestsReading, Variation } from './types.js';

/** Bounds of rule-tests.md. */
export const MOST_EVENTS = 10_000;
const MOST_TESTS = 1_000;
const LONGEST_NAME = 200;

/** A Monday. */
const DEFAULT_START = Date.UTC(2025, 0, 6, 10);
const DEFAULT_EVERY = 1_000;

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

/** The text being read, and what was found wrong with it. */
interface Source {
  readonly reading: YamlReading;
  readonly problems: TestProblem[];
  readonly report: (at: Node | number, message: string, help: string) => void;
  readonly placeOf: (node: Node) => Place;
}

function sourceOf(reading: YamlReading): Source {
  const problems: TestProblem[] = [];
  const place = (offset: number): Place => ({ offset, ...reading.position(offset) });
  return {
    reading,
    problems,
    placeOf: (node) => place(offsetOf(node)),
    report: (at, message, help) => {
      const where = place(typeof at === 'number' ? at : offsetOf(at));
      problems.push({ ...where, code: 'test-syntax', severity: 'error', message, help });
    },
  };
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** The members of a map by name; a key that is none of the known ones is a problem. */
function knownMembers(
  map: YAMLMap,
  known: readonly string[],
  what: string,
  source: Source,
): ReadonlyMap<string, Member> {
  const members = membersOf(map, source.reading.targets);
  for (const { name, key } of members) {
    if (known.includes(name)) continue;
    const keys = known.map((each) => `\`${each}\``).join(', ');
    source.report(key, `${quoted(name)} is no key of ${what}.`, `The keys are ${keys}.`);
  }
  return new Map(members.map((member) => [member.name, member]));
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

function readBlocks({ value, written }: Member, source: Source): readonly Block[] {
  const path = textIn(value);
  if (path !== undefined) {
    const content = { kind: 'file', path: readPath(path, written, source) } as const;
    return [{ place: source.placeOf(written), content, every: DEFAULT_EVERY, at: undefined }];
  }
  if (!isSeq(value)) {
    source.report(written, '`events` has to be a list of events, or the path of a file.', WRITE_EVENTS);
    return [];
  }
  const nodes = value.items as Node[];
  const blocks = itemsOf(value, source.reading.targets).flatMap((item, index) =>
    readItem(item, nodes[index] ?? written, source),
  );
  const total = blocks.reduce((sum, { content }) => sum + (content.kind === 'event' ? content.repeat : 0), 0);
  if (total > MOST_EVENTS) source.report(written, tooManyEvents(total), FEWER_EVENTS);
  return blocks;
}

const WRITE_EVENTS = 'Write `events:` and below it a list, such as `- {event.code: 4625}`.';
export const FEWER_EVENTS = 'Make two tests of it, or repeat less.';

export function tooManyEvents(total: number): string {
  return `This test has ${total.toLocaleString('en')} events, and ${MOST_EVENTS.toLocaleString('en')} are the most.`;
}

const BLOCK_KEYS = ['of', 'from', 'repeat', 'every', 'at', 'vary'];

function readItem(item: Node | null, written: Node, source: Source): readonly Block[] {
  if (!isMap(item)) {
    source.report(written, 'An event has to be a map.', WRITE_EVENTS);
    return [];
  }
  const members = membersOf(item, source.reading.targets);
  const place = source.placeOf(written);
  if (members.some(({ name }) => name === 'of' || name === 'from')) return readBlock(item, place, source);
  const stray = members.find(({ name }) => BLOCK_KEYS.includes(name));
  if (stray !== undefined) {
    const help = 'Put the event itself below `of`.';
    source.report(stray.key, `\`${stray.name}\` stands here without \`of\` or \`from\`.`, help);
    return [];
  }
  const content = { kind: 'event', event: readEvent(item, source), repeat: 1, variations: [] } as const;
  return [{ place, content, every: DEFAULT_EVERY, at: undefined }];
}

function readBlock(item: YAMLMap, place: Place, source: Source): readonly Block[] {
  const members = knownMembers(item, BLOCK_KEYS, 'a block of events', source);
  const of = members.get('of');
  const from = members.get('from');
  const every = readEvery(members.get('every'), source);
  const at = readMoment(members.get('at'), source);
  if (from !== undefined) {
    for (const key of ['of', 'repeat', 'vary']) {
      const other = members.get(key);
      if (other === undefined) continue;
      const help = `Remove \`${key}\`, or make two blocks of it.`;
      source.report(other.key, `\`${key}\` cannot stand beside \`from\`.`, help);
    }
    const path = textIn(from.value);
    if (path === undefined) source.report(from.written, '`from` has to be the path of a file.', WRITE_PATH);
    const content = { kind: 'file', path: readPath(path ?? '.', from.written, source) } as const;
    return [{ place: source.placeOf(from.written), content, every, at }];
  }
  if (of === undefined) return [];
  if (!isMap(of.value)) {
    source.report(of.written, '`of` has to be one event, a map.', 'Write it like `of: {event.code: 4625}`.');
    return [];
  }
  const content = {
    kind: 'event',
    event: readEvent(of.value, source),
    repeat: readRepeat(members.get('repeat'), source),
    variations: readVariations(members.get('vary'), source),
  } as const;
  return [{ place, content, every, at }];
}

/** The event itself. Merge keys are refused: unmerged they would be a field that nobody meant. */
function readEvent(map: YAMLMap, source: Source): Event {
  const visit = (node: Node | null): void => {
    if (isSeq(node)) for (const item of node.items) visit(item as Node | null);
    if (!isMap(node)) return;
    for (const { name, key, written } of membersOf(node, source.reading.targets)) {
      if (name === '<<' && key.type === 'PLAIN') {
        source.report(key, 'YAML 1.2 has no merge keys (`<<`).', 'Write the fields out, or use `vary`.');
      }
      visit(written === key ? null : written);
    }
  };
  visit(map);
  return valueOf(map, source.reading.targets) as Event;
}

function readPath(path: string, written: Node, source: Source): string {
  if (path.trim() === '' || /[\\\0]/.test(path)) {
    source.report(written, `${quoted(path)} is no path of a file with \`/\` as separator.`, WRITE_PATH);
  }
  return path;
}

const WRITE_PATH = 'Write a path from the folder of the tests file, such as `samples/login.json`.';

function readRepeat(member: Member | undefined, source: Source): number {
  if (member === undefined) return 1;
  const value = valueOf(member.value, source.reading.targets);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_EVENTS) return value;
  const message = `\`repeat\` has to be a whole number from 1 to ${MOST_EVENTS.toLocaleString('en')}.`;
  source.report(member.written, message, 'Write it like `repeat: 10`.');
  return 1;
}

function readEvery(member: Member | undefined, source: Source): number {
  if (member === undefined) return DEFAULT_EVERY;
  const every = parseDuration(textIn(member.value) ?? '');
  if (every === undefined) source.report(member.written, '`every` is no duration.', WRITE_DURATION);
  return every ?? DEFAULT_EVERY;
}

const WRITE_DURATION = 'Write a whole number with its unit: `250ms`, `20s`, `5m`, `2h` or `1d`.';

function readMoment(member: Member | undefined, source: Source): Moment | undefined {
  if (member === undefined) return undefined;
  const text = textIn(member.value) ?? '';
  const duration = parseDuration(text);
  if (duration !== undefined) return { kind: 'after-start', milliseconds: duration };
  const instant = parseZonedTime(text);
  if (instant !== undefined) return { kind: 'instant', milliseconds: instant };
  const help = 'Write the time since `start`, such as `8m`, or a time such as 2025-01-06T10:08:00Z.';
  source.report(member.written, '`at` is neither a duration nor a time with a zone.', help);
  return undefined;
}

function readVariations(member: Member | undefined, source: Source): readonly Variation[] {
  if (member === undefined) return [];
  const { targets } = source.reading;
  if (!isMap(member.value)) {
    source.report(member.written, '`vary` has to be a map of fields to lists or texts.', WRITE_VARY);
    return [];
  }
  return membersOf(member.value, targets).flatMap(({ name: field, value, written }): readonly Variation[] => {
    const text = textIn(value);
    if (text !== undefined) return [{ field, values: { kind: 'text', text } }];
    if (isSeq(value) && value.items.length > 0) {
      return [{ field, values: { kind: 'list', items: valueOf(value, targets) as readonly unknown[] } }];
    }
    const message = `${quoted(field)} has to vary over a list with at least one value, or be a text.`;
    source.report(written, message, WRITE_VARY);
    return [];
  });
}

const WRITE_VARY = "Write it like `vary: {user.name: [alice, bob]}` or `vary: {user.name: 'user{n}'}`.";

/** The text of a scalar that is text. */
function textIn(node: Node | null): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

function quoted(text: string): string {
  return `\`${shorten(text, 80)}\``;
}
