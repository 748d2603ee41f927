import { isMap, isSeq } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import type { Event } from '../sigma/match/field-path.js';
import { itemsOf } from '../sigma/parse/maps.js';
import { membersOf, valueOf } from './node-values.js';
import type { Member } from './node-values.js';
import { parseDuration, parseZonedTime } from './times.js';
import { knownMembers, quoted, textIn } from './tests-source.js';
import type { Source } from './tests-source.js';
import type { Block, Moment, Place, Variation } from './types.js';

/** The most events of a test (rule-tests.md). */
export const MOST_EVENTS = 10_000;
const DEFAULT_EVERY = 1_000;

/** The list of items of a test, or the path of a file in its place. What is wrong is reported, and left out. */
export function readBlocks({ value, written }: Member, source: Source): readonly Block[] {
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
