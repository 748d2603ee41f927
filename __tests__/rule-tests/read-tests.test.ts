import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { eventPathsOf, readTests } from '../../src/rule-tests/read-tests.js';
import { withField } from '../../src/rule-tests/with-field.js';

const schema = JSON.parse(
  await readFile(new URL('../../schema/tests.schema.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, unknown>> & { examples: readonly unknown[] };
// That `required` stands where no property is described is how a choice between keys is written.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
const isValid = ajv.compile(schema);

/** `code line:column` of each problem, after how many of the tests can run. */
function told(text: string, format: 'yaml' | 'json' = 'yaml'): string[] {
  const reading = readTests(Buffer.from(text), format);
  const sound = reading.kind === 'read' ? `${reading.tests.length} of ${reading.count}` : 'unreadable';
  return [sound, ...reading.problems.map(({ code, line, column }) => `${code} ${line}:${column}`)];
}

const one = (rest: string): string => `tests:\n  - name: t\n    expect: alert\n${rest}\n`;
const item = (text: string): string => one(`    events:\n      - ${text}`);

describe('a tests file', () => {
  it.each([
    ['JSON', '{"tests": [{"name": "t", "expect": {"alerts": 0}, "events": []}]}'],
    [
      'every key',
      one('    start: 2025-01-06T10:00:00+01:00\n    holidays: {FR: [2025-07-14], NO: []}\n    events: a/b.json'),
    ],
    ['blocks', item("{of: {a: 1}, repeat: 10000, every: 0s, at: 5m, vary: {a: [1, null], b: 'x{n}'}}")],
    ['blocks of files', item("{from: '../x.json', every: 250ms, at: '2025-01-06T10:00:00Z'}")],
    ['aliases', one('    events: [&e {a: 1}, *e]')],
    ['dotted, nested and mixed events', item('{a.b: 1, c: {d.e: [1, {f: null}]}}')],
  ])('may have %s, and the schema says so too', (_what, text) => {
    expect(told(text)).toEqual(['1 of 1']);
    expect([isValid(parse(text)), isValid.errors]).toEqual([true, null]);
  });

  it.each([
    ['nothing', '', '1:1'],
    ['a list', '- a', '1:1'],
    ['no tests', '{}', '1:1'],
    ['tests that are no list', 'tests: 5', '1:8'],
    ['an empty list', 'tests: []', '1:8'],
    ['too many', `tests: [${Array(1001).fill('{}').join(', ')}]`, '1:8'],
  ])('with %s is unreadable', (_what, text, place) => {
    expect(told(text)).toEqual(['unreadable', `test-syntax ${place}`]);
    expect(isValid(parse(text))).toBe(false);
  });

  it.each([
    ['that is no YAML', 'tests: [', 'test-syntax 1:9'],
    ['with a key twice', 'tests: []\ntests: []\n', 'test-syntax 2:1'],
    ['of two documents', `${item('{a: 1}')}---\ntests: []\n`, 'test-syntax 7:1'],
    ['that is too deep', `tests: ${'['.repeat(80)}`, 'yaml-too-big 1:72'],
  ])('%s is unreadable', (_what, text, problem) => {
    expect(told(text)).toEqual(['unreadable', problem]);
  });

  it('that ends in .json has to be JSON', () => {
    expect(told('{"tests": [{"name": "t", "expect": "alert", "events": [],}]}', 'json')).toEqual([
      'unreadable',
      'test-syntax 1:58',
    ]);
  });

  it.each([
    ['a test that is no map', 'tests: [5]', ['1:9']],
    ['a missing name', 'tests:\n  - {expect: alert, events: []}', ['2:5']],
    ['missing everything', 'tests:\n  - {}', ['2:5', '2:5', '2:5']],
    ['an unknown key', one('    event: []\n    events: []'), ['4:5']],
    ['a name that is no text', 'tests:\n  - {name: 5, expect: alert, events: []}', ['2:12']],
    ['a name too long', `tests:\n  - {name: ${'x'.repeat(201)}, expect: alert, events: []}`, ['2:12']],
    ['an unknown expectation', 'tests:\n  - {name: t, expect: alerts, events: []}', ['2:23']],
    ['a negative number', 'tests:\n  - {name: t, expect: {alerts: -1}, events: []}', ['2:23']],
    ['an expectation with more', 'tests:\n  - {name: t, expect: {alerts: 1, of: x}, events: []}', ['2:35']],
    ['a start without zone', one('    start: 2025-01-06T10:00:00\n    events: []'), ['4:12']],
    ['holidays that are no days', one('    holidays: {FR: [2025-02-30]}\n    events: []'), ['4:20']],
    ['events that are no list', one('    events: {a: 1}'), ['4:13']],
    ['an event that is no map', item('5'), ['5:9']],
    ['repeat without of', item('{repeat: 5, a: 1}'), ['5:10']],
    ['of and from', item('{of: {a: 1}, from: x.json}'), ['5:10']],
    ['repeat of a file', item('{from: x.json, repeat: 2}'), ['5:24']],
    ['vary of a file', item('{from: x.json, vary: {a: b}}'), ['5:24']],
    ['of no map', item('{of: 5}'), ['5:14']],
    ['an unknown key of a block', item('{of: {}, times: 5}'), ['5:18']],
    ['repeat of nothing', item('{of: {}, repeat: 0}'), ['5:26']],
    ['repeat of too many', item('{of: {}, repeat: 10001}'), ['5:26']],
    ['a duration without unit', item('{of: {}, every: 5}'), ['5:25']],
    ['a duration with a sign', item('{of: {}, every: -5s}'), ['5:25']],
    ['a time that is none', item('{of: {}, at: noon}'), ['5:22']],
    ['vary over nothing', item('{of: {}, vary: {a: []}}'), ['5:28']],
    ['a path with backslashes', one("    events: 'a\\b.json'"), ['4:13']],
  ])('has an error for %s, and the schema too', (_what, text, places) => {
    expect(told(text)).toEqual(['0 of 1', ...places.map((place) => `test-syntax ${place}`)]);
    expect(isValid(parse(text))).toBe(false);
  });

  it('has an error for a name twice, too many events, and merge keys', () => {
    const twice = 'tests:\n  - {name: a, expect: alert, events: []}\n  - {name: a, expect: alert, events: []}\n';
    expect(told(twice)).toEqual(['1 of 2', 'test-syntax 3:12']);
    expect(told(item('{of: {}, repeat: 10000}\n      - {}'))).toEqual(['0 of 1', 'test-syntax 5:7']);
    expect(told(item('{a: {<<: {b: 1}}}'))).toEqual(['0 of 1', 'test-syntax 5:14']);
  });

  it('names each of its event files once', () => {
    const text = one('    events: [{from: b.json}, {a: 1}, {from: a.json}, {from: b.json}]');
    expect(eventPathsOf(readTests(Buffer.from(text), 'yaml'))).toEqual(['b.json', 'a.json']);
  });
});

describe('the schema of tests files', () => {
  it('is sound, stands alone, and its example fulfils it', () => {
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(JSON.stringify(schema)).not.toMatch(/"\$ref":"(?!#\/)/);
    for (const example of schema.examples) {
      expect(isValid(example)).toBe(true);
      expect(told(JSON.stringify(example), 'json')).toEqual(['1 of 1']);
    }
  });
});

describe('a field that varies', () => {
  it.each([
    ['is replaced where it is nested', { a: { b: { c: 1 }, d: 2 } }, { a: { b: { c: 9 }, d: 2 } }],
    ['is replaced where it is dotted', { 'a.b': { c: 1 } }, { 'a.b': { c: 9 } }],
    ['is replaced wherever it is', { 'a.b.c': 1, a: { 'b.c': 2 } }, { 'a.b.c': 9, a: { 'b.c': 9 } }],
    ['is replaced inside lists', { a: [{ b: { c: 1 } }, { b: { x: 1 } }] }, { a: [{ b: { c: 9 } }, { b: { x: 1 } }] }],
    ['is added as a dotted key', { a: { x: 1 } }, { a: { x: 1 }, 'a.b.c': 9 }],
  ])('%s', (_what, event, wanted) => {
    const before = JSON.stringify(event);
    expect(withField(event, 'a.b.c', 9)).toEqual(wanted);
    expect(JSON.stringify(event)).toBe(before);
  });

  it('is removed by null', () => {
    expect(withField({ a: { b: 1, c: 2 }, 'a.b': 3 }, 'a.b', null)).toEqual({ a: { c: 2 } });
    expect(withField({ x: 1 }, 'a.b', null)).toEqual({ x: 1 });
  });

  it('may have a name that objects have anyway', () => {
    expect(Object.hasOwn(withField({}, '__proto__', 1), '__proto__')).toBe(true);
    expect(Object.hasOwn(withField({}, 'constructor', 1), 'constructor')).toBe(true);
  });
});
