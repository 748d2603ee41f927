import type { TestCase, TestCounts } from '../rule-tests/types.js';
import type { Finding } from '../detections/types.js';
import { printable } from '../text.js';
import type { Report, Row } from './types.js';

/**
 * The rule tests as JUnit XML, which GitLab, Jenkins, Azure DevOps and Bitbucket read: a suite for each tests file, a case
 * for each test with its file and line (attributes that Jenkins passes over). A test that could not run is an error, one
 * that came out otherwise than expected a failure.
 */
export function junit({ rows }: Pick<Report, 'rows'>): string {
  const suites = suitesOf(rows);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    open('testsuites', { name: 'sekoia-detections', ...sumOf(suites) }),
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

interface Case extends TestCase {
  readonly file: string;
}

/** A detection may be told of once for each target: its tests are the same. */
function suitesOf(rows: readonly Row[]): readonly Suite[] {
  const suites = new Map<string, Suite>();
  for (const row of rows) {
    if (row.tests === undefined) continue;
    const file = row.tests.file ?? row.path;
    suites.set(file, { name: file, cases: casesOf(row, row.tests, file) });
  }
  return [...suites.values()];
}

function casesOf(row: Row, { failed, cases = [] }: TestCounts, file: string): readonly Case[] {
  const own = cases.map((each): Case => ({ ...each, file }));
  const missing = failed - own.filter(({ failure }) => failure !== null).length;
  if (missing <= 0) return own;
  // Tests that are not written as they should be have no name that is known.
  const faults = row.findings.filter(({ severity }) => severity === 'error');
  const told = faults.filter(({ code }) => code.startsWith('test-') && code !== 'test-failed');
  return [...own, notRun(file, told[0] ?? faults[0], missing)];
}

function notRun(file: string, fault: Finding | undefined, tests: number): Case {
  return {
    file,
    name: tests === 1 ? 'a test that cannot run' : `${tests} tests that cannot run`,
    line: fault?.line ?? 1,
    failure: {
      kind: 'not-run',
      message: fault?.message ?? 'The tests could not run.',
      help: fault?.help ?? '',
    },
  };
}

function suiteLines(suite: Suite): readonly string[] {
  const { name, cases } = suite;
  return [
    open('testsuite', { name, ...sumOf([suite]), skipped: 0 }, '  '),
    ...cases.flatMap((each) => caseLines(each)),
    '  </testsuite>',
  ];
}

function caseLines({ file, name, line, failure }: Case): readonly string[] {
  const attributes = { name, classname: file, file, line, time: 0 };
  if (failure === null) return [open('testcase', attributes, '    ').replace(/>$/u, '/>')];
  const kind = failure.kind === 'not-run' ? 'error' : 'failure';
  const text = `${file}:${line}: ${failure.message}${failure.help === '' ? '' : `\n${failure.help}`}`;
  return [
    open('testcase', attributes, '    '),
    `${open(kind, { message: failure.message, type: failure.kind }, '      ')}${escaped(text)}</${kind}>`,
    '    </testcase>',
  ];
}

function sumOf(suites: readonly Suite[]): Readonly<Record<string, number>> {
  const cases = suites.flatMap((suite) => suite.cases);
  const count = (kind: string): number => cases.filter(({ failure }) => failure?.kind === kind).length;
  return { tests: cases.length, failures: count('failed'), errors: count('not-run'), time: 0 };
}

function open(tag: string, attributes: Readonly<Record<string, string | number>>, indent = ''): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  return `${indent}<${tag}${written.join('')}>`;
}

/**
 * Text of an element or attribute (XML 1.0, sections 2.2 and 2.4). Characters that XML has no place for, and those that
 * hide text, stand as visible escapes; line ends of ours stay.
 */
function escaped(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line).replace(/\p{Surrogate}|[\ufffe\uffff]/gu, '\ufffd'))
    .join('\n')
    .replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('\n', '&#10;');
}
