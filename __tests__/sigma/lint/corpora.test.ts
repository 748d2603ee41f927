import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { lint, told } from './lint.js';

const shared = path.resolve(import.meta.dirname, '../../../../shared');
if (!existsSync(shared)) console.warn(`skipped: the patterns of ${shared}, which is not there`);
const describeShared = existsSync(shared) ? describe : describe.skip;

function files(folder: string, ending: string): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return all.filter((name) => name.endsWith(ending)).sort();
}

describeShared('a case from the field', () => {
  const cases = path.join(shared, 'cases');
  const bad = (line: string): string[] => [`10:11 ${line}`];
  const timespans: [string, string[]][] = Array.from({ length: 11 }, (_, index) => [
    `27-timespans/bad${index}_sigma.yml`,
    bad('error timespan'),
  ]);
  it.each<[file: string, told: string[]]>([
    ['01-tabs-from-the-official-docs/night_admin_sigma.yml', ['5:1 error yaml-tab']],
    ['03-norway-holiday/holiday_sigma.yml', ['7:9 warning yaml-value-changed']],
    [
      '05-hash-that-looks-like-a-float/badfile_sigma.yml',
      ['4:9 warning yaml-value-changed', '5:9 warning yaml-value-changed'],
    ],
    ['06-backslash-star-is-a-literal-star/sys32_a_sigma.yml', ['3:16 warning value-escaped-wildcard']],
    ['06-backslash-star-is-a-literal-star/sys32_b_sigma.yml', []],
    ['08-windows-path-in-double-quotes/a_sigma.yml', ['3:28 error yaml-escape']],
    ['08-windows-path-in-double-quotes/b_sigma.yml', ['3:34 warning yaml-control-character']],
    ['09-plain-scalar-starting-with-star-or-at/a_sigma.yml', ['3:27 error yaml-plain-value']],
    ['09-plain-scalar-starting-with-star-or-at/b_sigma.yml', ['3:26 error yaml-plain-value']],
    ['10-condition-one-level-too-high/lvl_sigma.yml', ['4:1 error condition-missing']],
    [
      '12-upper-case-operators/up_sigma.yml',
      ['5:5 warning negation-missing-field', '6:24 warning condition-upper-case'],
    ],
    ['17-all-with-one-value/one_sigma.yml', ['3:35 warning all-single-value']],
    ['18-null-inside-a-list/nl_sigma.yml', ['7:9 warning list-null', '8:8 warning list-null']],
    ['20-negated-filter-on-a-missing-field/neg_sigma.yml', ['5:5 warning negation-missing-field']],
    ['20-negated-filter-on-a-missing-field/neg_guard_sigma.yml', []],
    ['21-regex-must-cover-the-whole-field/a_sigma.yml', ['3:30 warning regex-whole-field']],
    ['21-regex-must-cover-the-whole-field/b_sigma.yml', []],
    ['22-regex-with-lookahead/a_sigma.yml', ['3:22 error regex-syntax']],
    ['22-regex-with-lookahead/b_sigma.yml', ['3:22 error regex-syntax']],
    ['22-regex-with-lookahead/c_sigma.yml', ['3:22 error regex-syntax']],
    ['22-regex-with-lookahead/d_sigma.yml', []],
    ['24-more-than-one-document/bf_sigma.yml', ['12:11 warning group-by-may-be-missing']],
    ...timespans,
    ['27-timespans/ok0_sigma.yml', []],
    ['27-timespans/ok1_sigma.yml', []],
    ['27-timespans/ok2_sigma.yml', []],
    ['27-timespans/ok3_sigma.yml', []],
    ['27-timespans/ok4_sigma.yml', bad('warning timespan')],
    [
      '35-field-the-platform-does-not-know/fld_sigma.yml',
      [
        '4:5 warning field-unknown',
        '5:5 warning field-unknown',
        '5:27 warning yaml-value-changed',
        '6:5 warning field-unknown',
        '7:5 warning field-case',
        '20:10 warning group-by-may-be-missing',
      ],
    ],
  ])('gets its answer: %s', (file, expected) => {
    expect(told(readFileSync(path.join(cases, file)))).toEqual(expected);
  });

  it('is told the names that were meant', () => {
    const text = readFileSync(path.join(cases, '35-field-the-platform-does-not-know/fld_sigma.yml'));
    const meant = lint(text).flatMap(({ code, message }) => (code.startsWith('field-') ? [message] : []));
    expect(meant).toEqual([
      expect.stringMatching(/`process\.commandline`.*`process\.command_line`/),
      expect.stringMatching(/`CommandLine`.*`process\.command_line`/),
      expect.stringMatching(/`source\.prot`.*`source\.port`/),
      expect.stringMatching(/`Process\.Name`.*`process\.name`/),
    ]);
  });

  it.each([
    ['a', /negative look-ahead/],
    ['b', /look-behind/],
    ['c', /back-reference/],
  ])('is told the construct that RE2 lacks: %s', (name, message) => {
    const [problem] = lint(readFileSync(path.join(cases, `22-regex-with-lookahead/${name}_sigma.yml`)));
    expect(problem?.message).toMatch(message);
  });
});

describeShared('a pattern that the platform accepts', () => {
  const errorsIn = (text: string | Uint8Array): string[] =>
    lint(text).flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));

  const sekoia = path.join(shared, 'corpora/sekoia');
  it.each(files(sekoia, '.yml'))('has no error: sekoia/%s', (file) => {
    const text = readFileSync(path.join(sekoia, file), 'utf8');
    const correlation = /^correlation: \|/m.test(text)
      ? (parse(text) as { correlation: string }).correlation
      : undefined;
    const isBroken = file.endsWith('win_powershell_load_regkey.yml');
    expect(new Set(errorsIn(correlation ?? text))).toEqual(new Set(isBroken ? ['yaml-duplicate-key'] : []));
  });

  const detections = path.join(shared, 'corpora/detections');
  it.each(files(detections, '_sigma.yml'))('has no error: %s', (file) => {
    expect(errorsIn(readFileSync(path.join(detections, file)))).toEqual([]);
  });

  it('has no other error among the rules of SigmaHQ than modifiers that are not supported', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sigmahq-'));
    try {
      execFileSync('tar', ['xzf', path.join(shared, 'corpora/sigmahq-rules.tar.gz'), '-C', folder]);
      const count: Record<string, number> = {};
      const rules = files(folder, '.yml').filter((file) => file.startsWith('sigmahq/rules'));
      for (const file of rules) {
        for (const code of errorsIn(readFileSync(path.join(folder, file)))) count[code] = (count[code] ?? 0) + 1;
      }
      expect(rules).toHaveLength(3780);
      expect(count).toEqual({ 'modifier-unsupported': 151 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
