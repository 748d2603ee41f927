import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from '../../../src/sigma/evaluate.js';
import type { Event } from '../../../src/sigma/match/field-path.js';
import { detection, parse } from '../patterns.js';

/** Parses, and does with the pattern whatever it allows; nothing may throw, and every place has to be in the text. */
function survives(source: string | Uint8Array): void {
  const pattern = parse(source);
  const lines = pattern.reading.text.split('\n');
  for (const { line, column, offset, message, help } of pattern.problems) {
    expect(lines.length).toBeGreaterThanOrEqual(line);
    expect((lines[line - 1] ?? '').length + 1).toBeGreaterThanOrEqual(column);
    expect(offset).toBeLessThanOrEqual(pattern.reading.text.length);
    expect([message, help]).not.toContain('');
  }
  const compilation = compilePattern(pattern, { holidays: new Map() });
  expect(compilation.kind).toBe(pattern.problems.length > 0 ? 'faulty' : 'evaluator');
  if (compilation.kind !== 'evaluator') return;
  const { matches, explain, alertsOf } = compilation.evaluator;
  for (const event of EVENTS) {
    matches(event);
    explain(event);
  }
  alertsOf(EVENTS.map((event, index) => ({ event, at: index })));
}

const EVENTS: readonly Event[] = [
  {},
  { message: 'a', a: 'x', timestamp: '2025-01-06T10:00:00Z' },
  { a: [1, ['x', { b: null }]], 'a.b': 'y', message: ['*', '\\', '😀'] },
  { '': '', a: { b: { c: '10.0.0.1' } }, timestamp: 0 },
];

const WORDS = [
  ...['detection', 'condition', 'selection', 'correlation', 'action', 'type', 'rule', 'rules', 'timespan', 'group-by'],
  ...[
    'name',
    'title',
    'timezone',
    'aliases',
    'field',
    'ordered',
    'event_count',
    'value_count',
    'temporal',
    'gte',
    'gt',
  ],
  ...[
    'a',
    'b',
    'a.b',
    'a|contains',
    'a|re',
    'a|cidr',
    'a|gt',
    '|all',
    'timestamp|timerange',
    'a|base64offset|contains',
  ],
  ...['and', 'or', 'not', '1 of', 'all of', 'them', 'a and b', '(a)', 'a*', '*', '?', '\\', '(', '|', '<<', '~', 'NO'],
  ...[
    '5m',
    '10',
    '0x10',
    '10.0.0.0/8',
    '20:00-06:00',
    'Europe/Paris',
    '',
    ' ',
    '😀',
    '\ud800',
    '__proto__',
    'constructor',
  ],
];

const word = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.string() });

/** Anything that JSON can say with these words: the shapes that hand-written readers forget. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.integer(),
    fc.constantFrom(null, true, 1.5),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

const document = fc.oneof(
  json,
  fc.record({ detection: fc.oneof(json, fc.record({ condition: word, selection: json, a: json })), name: word }),
  fc.record({
    action: fc.constant('correlation'),
    type: fc.oneof(word, fc.constantFrom('event_count', 'value_count', 'temporal')),
    rule: fc.oneof(json, word),
    timespan: fc.oneof(word, fc.constant('5m')),
    condition: fc.oneof(json, fc.constant({ gte: 2 })),
    'group-by': json,
    aliases: json,
  }),
);

describe('the parser ends without throwing', () => {
  it('on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), survives), { numRuns: 500 });
  });

  it('on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), survives), { numRuns: 500 });
  });

  it('on any sequence of the words and signs of patterns', () => {
    const piece = fc.oneof(
      word,
      fc.constantFrom(
        '\n',
        '\n  ',
        '\n    ',
        ': ',
        '- ',
        '---\n',
        '"',
        "'",
        '[',
        ']',
        '{',
        '}',
        ', ',
        '&x ',
        '*x ',
        '|\n',
        '#',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        survives(pieces.join(''));
      }),
      { numRuns: 500 },
    );
  });

  it('on documents of any shape', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), (documents) => {
        survives(documents.map((one) => JSON.stringify(one)).join('\n---\n'));
      }),
      { numRuns: 500 },
    );
  });

  it('on any condition', () => {
    const token = fc.constantFrom(
      'a',
      'b_1',
      'b_2',
      'and',
      'or',
      'not',
      '(',
      ')',
      '1',
      'all',
      'of',
      'them',
      'b_*',
      'AND',
      '|',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const selections = { a: { a: 'x' }, b_1: { b: 'y' }, b_2: ['z'] };
        survives(JSON.stringify({ detection: { ...selections, condition: tokens.join(' ') } }));
      }),
      { numRuns: 800 },
    );
  });

  it('on any key and value', () => {
    const key = fc.array(
      fc.constantFrom('a', '|', 'contains', 'all', 're', 'base64', 'wide', 'cidr', 'gt', 'day_of_week'),
      { maxLength: 6 },
    );
    const value = fc.oneof(
      word,
      fc.string({ unit: fc.constantFrom('(', ')', '[', ']', '?', '*', '+', '\\', 'a', '1', '|', '{', '}', '^', ',') }),
    );
    fc.assert(
      fc.property(key, fc.array(value, { minLength: 1, maxLength: 3 }), (keys, values) => {
        survives(detection(JSON.stringify({ [keys.join('')]: values })));
      }),
      { numRuns: 800 },
    );
  });
});

describe('a pattern made to be slow', () => {
  const MIB = 1_000_000;
  const fill = (unit: string): string => unit.repeat(Math.floor(MIB / unit.length));
  const selections = (count: number): string =>
    Array.from({ length: count }, (_, index) => `  s${index}: x\n`).join('');
  it.each<[what: string, text: string]>([
    ['a condition of brackets', `detection:\n  a: x\n  condition: '${fill('(')}'\n`],
    ['a condition of not', `detection:\n  a: x\n  condition: ${fill('not ')}a\n`],
    ['a condition of unknown names', `detection:\n  a: x\n  condition: ${fill('b or ')}b\n`],
    ['a folded condition', `detection:\n  a: x\n  condition: >\n${fill('    a and\n')}    a\n`],
    ['a condition in double quotes', `detection:\n  a: x\n  condition: "${fill('\\x61 or ')}a"\n`],
    [
      'patterns over selections',
      `detection:\n${selections(20_000)}  condition: ${Array.from({ length: 20_000 }, (_, i) => `1 of s*${i}*`).join(' or ')}\n`,
    ],
    [
      'selections with errors',
      `detection:\n${Array.from({ length: 40_000 }, (_, i) => `  s${i}: {}\n`).join('')}  condition: a\n`,
    ],
    [
      'unknown modifiers',
      detection(
        fill('f|q: x\n')
          .split('\n')
          .map((line, i) => line.replace('f', `f${i}`))
          .slice(0, 60_000)
          .join('\n'),
      ),
    ],
    ['regexes', detection(`f|re:\n${Array.from({ length: 40_000 }, (_, i) => `  - '(x{500}){2}${i}'`).join('\n')}`)],
    ['one large regex', detection(`f|re: '${fill('x{1000}')}'`)],
    ['a deep regex', detection(`f|re: '${'('.repeat(400_000)}${')'.repeat(400_000)}'`)],
    ['modifiers', detection(`f${fill('|x')}: y`)],
    [
      'correlations in a row',
      Array.from(
        { length: 299 },
        (_, i) =>
          `{name: c${i}, action: correlation, type: event_count, rule: [${Array.from({ length: 100 }, (_, j) => `c${(i + j + 1) % 299}`).join(', ')}], timespan: 1s, condition: {gte: 1}}`,
      ).join('\n---\n'),
    ],
  ])('takes seconds at most: %s', (_what, text) => {
    const start = process.cpuUsage();
    survives(text);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(15);
  });
});
