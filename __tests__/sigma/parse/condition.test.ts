import { describe, expect, it } from '@jest/globals';
import type { Expression } from '../../../src/sigma/parse/types.js';
import { conditionOver, onlyDetection, parse, problems } from '../patterns.js';

const NAMES = ['a', 'b', 'c', 'x_1', 'x_2', '_hidden', 'orgs', 'android', 'notables', 'of_interest', 'them2'];

/** The condition with every bracket written out. */
function shape(expression: Expression | undefined): string {
  switch (expression?.kind) {
    case 'and':
    case 'or':
      return `(${expression.operands.map(shape).join(` ${expression.kind} `)})`;
    case 'not':
      return `not ${shape(expression.operand)}`;
    case 'name':
      return expression.name;
    case 'of':
      return `${expression.quantifier} of [${expression.names.join(' ')}]`;
    case undefined:
      return 'nothing';
  }
}

function shapeOf(condition: string, names = NAMES): string {
  const pattern = parse(conditionOver(names, condition));
  expect(pattern.problems).toEqual([]);
  return shape(onlyDetection(pattern).conditions[0]?.expression);
}

describe('a condition', () => {
  it.each([
    ['a', 'a'],
    ['a or b and c', '(a or (b and c))'],
    ['a and b or c', '((a and b) or c)'],
    ['not a and b', '(not a and b)'],
    ['not (a and b)', 'not (a and b)'],
    ['not not a', 'not not a'],
    ['(a or b) and not c', '((a or b) and not c)'],
    ['a or b or c', '(a or b or c)'],
    ['((a))', 'a'],
    ['(a)and(b)', '(a and b)'],
    ['a\n  and\tb', '(a and b)'],
    ['orgs and android or notables and of_interest', '((orgs and android) or (notables and of_interest))'],
    ['1 of x_*', '1 of [x_1 x_2]'],
    ['all of x_*', 'all of [x_1 x_2]'],
    ['any of *_*1', 'any of [x_1]'],
    ['1 of a', '1 of [a]'],
    ['not 1 of x_* and a', '(not 1 of [x_1 x_2] and a)'],
    ['all of *', `all of [${NAMES.join(' ')}]`],
    ['1 of them', `1 of [${NAMES.filter((name) => name !== '_hidden').join(' ')}]`],
    ['them2 and _hidden', '(them2 and _hidden)'],
    ['a AND NOT b', '(a and not b)'],
    ['ALL OF x_* OR 1 OF THEM', `(all of [x_1 x_2] or 1 of [${NAMES.filter((name) => name !== '_hidden').join(' ')}])`],
  ])('%j means %s', (condition, meaning) => {
    expect(shapeOf(condition)).toBe(meaning);
  });

  it('reads capitals as a name when a selection has that very name', () => {
    expect(shapeOf('a and AND', ['a', 'AND'])).toBe('(a and AND)');
    expect(shapeOf('a AND NOT', ['a', 'NOT'])).toBe('(a and NOT)');
  });

  it('keeps its brackets, its operators as written, and the place of each part', () => {
    const [condition] = onlyDetection(parse("detection:\n  a: x\n  condition: 'a AND\n    (a or a)'\n")).conditions;
    expect(condition?.operators.map(({ text, place }) => [text, place.line, place.column])).toEqual([
      ['AND', 3, 17],
      ['or', 4, 8],
    ]);
    expect(condition?.expression).toMatchObject({
      kind: 'and',
      isBracketed: false,
      operands: [
        { kind: 'name', place: { line: 3, column: 15 } },
        { kind: 'or', isBracketed: true, place: { line: 4, column: 6 } },
      ],
    });
  });

  it('may be a list of texts', () => {
    expect(onlyDetection(parse('detection:\n  a: x\n  b: y\n  condition: [a, not b]\n')).conditions).toHaveLength(2);
  });
});

describe('an error in a condition', () => {
  const column = 14;
  it.each([
    ['a and or b', 'condition-syntax', 6],
    ['a b', 'condition-syntax', 2],
    ['a and', 'condition-syntax', 5],
    ['and a', 'condition-syntax', 0],
    ['(a', 'condition-syntax', 0],
    ['a)', 'condition-syntax', 1],
    ['(a b)', 'condition-syntax', 3],
    ['()', 'condition-syntax', 1],
    ['not', 'condition-syntax', 3],
    ['a and not', 'condition-syntax', 9],
    ['1 of', 'condition-syntax', 4],
    ['1 of (a)', 'condition-syntax', 5],
    ['1 of and', 'condition-syntax', 5],
    ['all', 'condition-syntax', 0],
    ['them', 'condition-syntax', 0],
    ['of a', 'condition-syntax', 0],
    ['x_*', 'condition-unknown-name', 0],
    ['a and selektion', 'condition-unknown-name', 6],
    ['1 of selektion', 'condition-unknown-name', 5],
    ['A', 'condition-unknown-name', 0],
    ['1 of y_*', 'condition-empty-pattern', 5],
    ['2 of x_*', 'condition-unsupported', 0],
    ['a | count() > 5', 'condition-unsupported', 2],
    ['a|count() > 5', 'condition-unsupported', 0],
    ['a near b', 'condition-unsupported', 2],
    ['count(a) > 5', 'condition-unsupported', 0],
  ])('%j is %s', (condition, code, index) => {
    const names = NAMES.map((name) => `  ${name}: x`).join('\n');
    const line = 3 + NAMES.length - 1;
    const text = `detection:\n${names}\n  condition: ${condition}\n`;
    // A name alone with a star is told as what it is: grammar.
    const wanted = condition === 'x_*' ? 'condition-syntax' : code;
    expect(problems(text)).toEqual([`${wanted} ${line}:${column + index}`]);
  });

  it.each([
    ['single quotes', "condition: 'a and ''b'", 'condition-unknown-name 3:21'],
    ['double quotes', 'condition: "a \\x61nd \\u0061 or zz"', 'condition-unknown-name 3:34'],
    ['a literal block', 'condition: |\n    a\n    and zz', 'condition-unknown-name 5:9'],
    ['a folded block', 'condition: >-\n    a\n\n    and zz', 'condition-unknown-name 6:9'],
    ['a plain text of two lines', 'condition: a\n    and zz', 'condition-unknown-name 4:9'],
    ['a list', 'condition:\n    - a\n    - a or', 'condition-syntax 5:11'],
  ])('has its column inside %s', (_what, condition, problem) => {
    expect(problems(`detection:\n  a: x\n  ${condition}\n`)).toEqual([problem]);
  });

  it.each([
    ['missing', 'detection:\n  a: x\n', 'condition-missing 1:1'],
    ['empty', 'detection:\n  a: x\n  condition:\n', 'condition-missing 3:3'],
    ["''", "detection:\n  a: x\n  condition: ''\n", 'condition-missing 3:3'],
    ['an empty list', 'detection:\n  a: x\n  condition: []\n', 'condition-missing 3:3'],
    ['a map', 'detection:\n  a: x\n  condition: {a: b}\n', 'condition-syntax 3:14'],
    ['at the root', 'detection:\n  a: x\ncondition: a\n', 'condition-missing 3:1'],
  ])('%s', (_what, text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it('names what was probably meant', () => {
    const message = (condition: string): string | undefined =>
      parse(conditionOver(NAMES, condition)).problems[0]?.message;
    expect(message('oggs')).toContain('`orgs`');
    expect(message('1 of y_*')).toContain('`x_*`');
  });

  it('tells each unknown name, and bounds the depth', () => {
    expect(parse(conditionOver(['a'], 'b and c')).problems).toHaveLength(2);
    const deep = (levels: number): string => `${'('.repeat(levels)}a${')'.repeat(levels)}`;
    expect(parse(conditionOver(['a'], deep(500))).problems).toEqual([]);
    expect(parse(conditionOver(['a'], deep(501))).problems).toMatchObject([{ code: 'condition-syntax' }]);
    expect(parse(conditionOver(['a'], `${'not '.repeat(501)}a`)).problems).toMatchObject([
      { code: 'condition-syntax' },
    ]);
  });
});
