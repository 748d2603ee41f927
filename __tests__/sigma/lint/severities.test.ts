import { describe, expect, it } from '@jest/globals';
import type { LintCode, LintSeverity } from '../../../src/sigma/lint/codes.js';
import type { LintProblem } from '../../../src/sigma/lint/lint-pattern.js';
import { isWithoutEffect, withSeverities } from '../../../src/sigma/lint/severities.js';
import type { CheckRule } from '../../../src/sigma/lint/severities.js';

function problem(code: LintProblem['code'], severity: LintSeverity): LintProblem {
  return { code, severity, message: '', help: '', offset: 0, line: 1, column: 1 };
}

/** `timespan: off` */
function rules(...lines: readonly string[]): CheckRule[] {
  return lines.map((line) => {
    const [code, severity] = line.split(': ');
    return { code: code as LintCode | '*', severity: severity as CheckRule['severity'] };
  });
}

const problems = [
  problem('yaml-tab', 'error'),
  problem('timespan', 'error'),
  problem('timespan', 'warning'),
  problem('yaml-comment', 'warning'),
];

describe('what becomes of problems', () => {
  it.each<[lines: string[], told: string[]]>([
    [[], ['yaml-tab error', 'timespan error', 'timespan warning', 'yaml-comment warning']],
    [['timespan: warning'], ['yaml-tab error', 'timespan warning', 'timespan warning', 'yaml-comment warning']],
    [['timespan: error'], ['yaml-tab error', 'timespan error', 'timespan error', 'yaml-comment warning']],
    [['timespan: off'], ['yaml-tab error', 'yaml-comment warning']],
    [['*: off'], ['yaml-tab error']],
    [
      ['*: off', 'yaml-comment: error'],
      ['yaml-tab error', 'yaml-comment error'],
    ],
    [['yaml-comment: error', '*: off'], ['yaml-tab error']],
    [
      ['timespan: off', 'timespan: warning'],
      ['yaml-tab error', 'timespan warning', 'timespan warning', 'yaml-comment warning'],
    ],
  ])('by the rules %j', (lines, told) => {
    expect(withSeverities(problems, rules(...lines)).map(({ code, severity }) => `${code} ${severity}`)).toEqual(told);
  });
});

describe('a rule without effect', () => {
  it.each<[line: string, before: string[], after: string[], answer: boolean]>([
    ['timespan: off', [], [], false],
    ['timespan: warning', [], [], false],
    ['yaml-comment: warning', [], [], true],
    ['yaml-comment: warning', ['*: off'], [], false],
    ['yaml-comment: off', ['*: off'], [], true],
    ['field-unknown: off', [], [], true],
    ['timespan: off', [], ['timespan: error'], true],
  ])('%s behind %j and before %j: %s', (line, before, after, answer) => {
    const [rule] = rules(line);
    expect(isWithoutEffect(rule!, { problems, before: rules(...before), after: rules(...after) })).toBe(answer);
  });
});
