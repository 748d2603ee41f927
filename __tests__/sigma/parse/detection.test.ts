import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../../../src/sigma/parse/types.js';
import { detection, onlyDetection, parse, problems } from '../patterns.js';

function entryOf(selection: string): Entry {
  const pattern = parse(detection(selection));
  expect(pattern.problems).toEqual([]);
  const [alternative] = onlyDetection(pattern).selections.get('selection')?.alternatives ?? [];
  if (alternative?.kind !== 'map' || alternative.entries[0] === undefined) throw new Error('no entry');
  return alternative.entries[0];
}

describe('a selection', () => {
  it('keeps key, field, modifiers and values with their places and their spelling', () => {
    expect(entryOf("a.b|contains|all:\n  - 'x''y'\n  - 0x10")).toMatchObject({
      key: { text: 'a.b|contains|all', place: { line: 3, column: 5 } },
      field: { text: 'a.b' },
      modifiers: [
        { text: 'contains', place: { line: 3, column: 9 } },
        { text: 'all', place: { line: 3, column: 18 } },
      ],
      quantifier: 'all',
      isList: true,
      values: [
        { text: "x'y", written: "'x''y'", style: 'single-quoted', kind: 'text', place: { line: 4, column: 9 } },
        { text: '16', written: '0x10', style: 'plain', kind: 'integer', place: { line: 5, column: 9 } },
      ],
    });
  });

  it('may have a key in quotes, with blanks, or with the name of something that objects have', () => {
    expect(entryOf('"a b|contains": x')).toMatchObject({
      field: { text: 'a b' },
      modifiers: [{ place: { column: 10 } }],
    });
    expect(entryOf('__proto__: x').field?.text).toBe('__proto__');
    const pattern = parse('detection:\n  constructor: x\n  condition: constructor\n');
    expect(pattern.problems).toEqual([]);
    expect(parse('detection:\n  a: x\n  condition: constructor\n').problems).toHaveLength(1);
  });

  it('follows aliases and merge keys, own entries before merged ones', () => {
    const text = 'detection:\n  a: &a {f: 1, g: 2}\n  b:\n    <<: *a\n    g: 3\n  c: *a\n  condition: 1 of them\n';
    const { selections } = onlyDetection(parse(text));
    const entries = (name: string): string[] =>
      (selections.get(name)?.alternatives ?? []).flatMap((one) =>
        one.kind === 'map' ? one.entries.map(({ key, values }) => `${key.text}=${values[0]?.text ?? ''}`) : [],
      );
    expect([entries('b'), entries('c')]).toEqual([
      ['g=3', 'f=1'],
      ['f=1', 'g=2'],
    ]);
  });

  it.each([
    ['nothing', 'detection:\n  a:\n  condition: a\n', 'selection-shape 2:5'],
    ['null', 'detection:\n  a: ~\n  condition: a\n', 'selection-shape 2:6'],
    ['an empty map', detection('{}'), 'selection-shape 3:5'],
    ['an empty list', detection('[]'), 'selection-shape 3:5'],
    ['an empty item', detection('- \n- b: 1'), 'selection-shape 3:7'],
    ['a list in a list', detection('- - x'), 'selection-shape 3:7'],
    ['an empty map in a list', detection('- {}'), 'selection-shape 3:7'],
    ['a map as a value', detection('a:\n  b: 1'), 'selection-shape 4:7'],
    ['a map in the values', detection('a:\n  - b: 1'), 'selection-shape 4:9'],
    ['a list in the values', detection('a:\n  - [x]'), 'selection-shape 4:9'],
    ['no values', detection('a: []'), 'selection-shape 3:8'],
    ['an empty keyword', detection("'|all': [x, ~]"), 'selection-shape 3:17'],
  ])('has an error: %s', (_what, text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });
});

describe('modifiers', () => {
  it.each([
    'f|contains|all: [x, y]',
    'f|all|contains: [x, y]',
    'f|base64|contains: x',
    'f|wide|base64offset|contains: x',
    'f|wide: x',
    'f|base64: x',
    'f|startswith: x*y',
    "f|re: '.*'",
    'f|re|all: [a, b]',
    'f|cidr: [10.0.0.0/8, "2001:db8::/32", 10.0.0.1, 10.1.2.3/8]',
    'f|gte: 1.5',
    "f|lt: '-3'",
    'f|contains: 5',
    "'|all': [x, y]",
    "'|contains|all': [x, y]",
    "'|re': x",
    'timestamp|timerange: [20:00-06:00, 1:00-2:00]',
    'timestamp|day_of_week: [monday, sunday]',
    'timestamp|day_of_year: [12-24, 02-29]',
    'timestamp|public_holiday_in: [FR, US]',
    // What the linter warns about: the value is `false`.
    'timestamp|public_holiday_in: NO',
  ])('are fine: %s', (selection) => {
    expect(problems(detection(selection))).toEqual([]);
  });

  it.each([
    ['f|Contains: x', 'modifier-unknown 3:7'],
    ['f|containz|all: x', 'modifier-unknown 3:7'],
    ['f|: x', 'modifier-unknown 3:7'],
    ['f|contains|: x', 'modifier-unknown 3:16'],
    ['f|exists: true', 'modifier-unsupported 3:7'],
    ['f|re|i: x', 'modifier-unsupported 3:10'],
    ['f|windash|contains: x', 'modifier-unsupported 3:7'],
    ['f|neq: x', 'modifier-unsupported 3:7'],
    ['f|constructor: x', 'modifier-unknown 3:7'],
    ['f|contains|base64: x', 'modifier-chain 3:16'],
    ['f|contains|startswith: x', 'modifier-chain 3:16'],
    ['f|contains|contains: x', 'modifier-chain 3:16'],
    ['f|re|contains: x', 'modifier-chain 3:10'],
    ['f|gt|lt: 1', 'modifier-chain 3:10'],
    ['f|base64|re: x', 'modifier-chain 3:14'],
    ['f|base64|wide: x', 'modifier-chain 3:14'],
    ['f|all|all: [x, y]', 'modifier-chain 3:11'],
    ["'|gt': 1", 'modifier-chain 3:7'],
    ['f|gt: x', 'modifier-value 3:11'],
    ['f|gt: 1e5', 'modifier-value 3:11'],
    ['f|cidr: 10.0.0.0/33', 'modifier-value 3:13'],
    ['f|cidr: 10.1', 'modifier-value 3:13'],
    ['f|cidr: 010.0.0.1', 'modifier-value 3:13'],
    ['f|base64: a*b', 'modifier-value 3:15'],
    ['f|contains: ~', 'modifier-value 3:17'],
    ['f|re:', 'modifier-value 3:10'],
    ['f|re: a(?!b)', 'regex-syntax 3:11'],
    ['timestamp|timerange: 20:00', 'time-value 3:26'],
    ['timestamp|timerange: 25:00-06:00', 'time-value 3:26'],
    ['timestamp|timerange: 06:00-06:00', 'time-value 3:26'],
    ['timestamp|day_of_week: Monday', 'time-value 3:28'],
    ['timestamp|day_of_year: 02-30', 'time-value 3:28'],
    ['timestamp|public_holiday_in: fr', 'time-value 3:34'],
    ['timestamp|public_holiday_in: [FR, UK]', 'time-value 3:39'],
  ])('have an error: %s', (selection, problem) => {
    expect(problems(detection(selection))).toEqual([problem]);
  });

  it('name what is near, and the construct that RE2 lacks', () => {
    const text = (selection: string): string => JSON.stringify(parse(detection(selection)).problems[0]);
    expect(text('f|containz: x')).toContain('`contains`');
    expect(text("f|re: 'a(?=b)'")).toContain('a look-ahead');
    expect(text("f|re: '(?<!a)b'")).toContain('a negative look-behind');
    expect(text("f|re: '(a)\\1'")).toContain('a back-reference');
    expect(text("f|re: '(?>a)'")).toContain('an atomic group');
    expect(text("f|re: 'a++'")).toContain('Possessive');
  });
});

describe('a document', () => {
  it.each([
    ['a list', '- a\n', 'document-kind 1:1'],
    ['a text', 'hello\n', 'document-kind 1:1'],
    ['neither kind', 'title: x\n', 'document-kind 1:1'],
    ['both kinds', 'detection: {a: x, condition: a}\ncorrelation: {}\n', 'document-kind 1:1'],
    ['both spellings', 'action: correlation\ncorrelation: {}\n', 'document-kind 2:1'],
    ['action: global', 'action: global\ndetection: {a: x, condition: a}\n', 'document-kind 1:1'],
    ['detection without a map', 'detection: x\n', 'document-kind 1:12'],
    ['correlation without a map', 'correlation: x\n', 'document-kind 1:14'],
    ['an unknown zone', `timezone: Europe/Pari\n${detection('a: x')}`, 'time-zone 1:11'],
    ['an offset as zone', `timezone: +01:00\n${detection('a: x')}`, 'time-zone 1:11'],
    ['no zone', `timezone:\n${detection('a: x')}`, 'time-zone 1:10'],
  ])('has an error: %s', (_what, text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it('is told by its name, which is no one else’s', () => {
    const named = (name: string): string => `name: ${name}\n${detection('a: x')}`;
    expect(problems(`${named('x')}---\n${named('y')}---\n${named('x')}`)).toEqual(['document-name-duplicate 13:7']);
  });
});
