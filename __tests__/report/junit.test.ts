import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { junit } from '../../src/report/junit.js';
import type { Row } from '../../src/report/types.js';
import type { TestCase, TestCounts } from '../../src/rule-tests/types.js';
import type { Finding } from '../../src/detections/types.js';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** By a parser that takes well-formed XML 1.0 alone. */
function parsed(xml: string): Element {
  const parser = new SaxesParser({ xmlns: false });
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    open.at(-1)!.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  return top.children[0]!;
}

function row(path: string, tests: TestCounts | undefined, findings: Row['findings'] = []): Row {
  return { path, findings, ...(tests === undefined ? {} : { tests }) } as Row;
}

const passed: TestCase = { name: 'sees it', line: 3, failure: null };
const failed: TestCase = {
  name: 'sees nothing else',
  line: 9,
  failure: { kind: 'failed', message: 'Test "x" failed: expected no alert, got 2 alerts.', help: 'Correct it.' },
};

describe('JUnit XML', () => {
  it('has a suite for each tests file, and a case for each test with its place', () => {
    const tests = { passed: 1, failed: 1, file: 'detections/a_tests.yml', cases: [passed, failed] };
    const [suite, ...others] = parsed(
      junit({ rows: [row('detections/a.json', tests), row('detections/b.json', undefined)] }),
    ).children;
    expect(others).toEqual([]);
    expect(suite!.attributes).toMatchObject({ name: 'detections/a_tests.yml', tests: '2', failures: '1', errors: '0' });
    const [first, second] = suite!.children;
    expect(first).toMatchObject({ attributes: { name: 'sees it', file: 'detections/a_tests.yml', line: '3' } });
    expect(first!.children).toEqual([]);
    expect(second!.children).toEqual([
      expect.objectContaining({
        name: 'failure',
        attributes: { message: failed.failure!.message, type: 'failed' },
        text: `detections/a_tests.yml:9: ${failed.failure!.message}\nCorrect it.`,
      }),
    ]);
  });

  it('says of tests that cannot run what is wrong, and counts them as errors', () => {
    const fault: Finding = {
      path: 'a_tests.yml',
      line: 4,
      column: 3,
      severity: 'error',
      code: 'test-syntax',
      message: 'No `expect`.',
      help: 'Write one.',
    };
    const tests = { passed: 1, failed: 2, file: 'a_tests.yml', cases: [passed] };
    const document = parsed(junit({ rows: [row('a.json', tests, [fault])] }));
    expect(document.attributes).toMatchObject({ tests: '2', failures: '0', errors: '1' });
    expect(document.children[0]!.children[1]).toMatchObject({
      attributes: { name: '2 tests that cannot run', line: '4' },
      children: [{ name: 'error', attributes: { message: 'No `expect`.' } }],
    });
  });

  it('tells of a detection once, however many targets it has', () => {
    const tests = { passed: 1, failed: 0, file: 'a_tests.yml', cases: [passed] };
    expect(parsed(junit({ rows: [row('a.json', tests), row('a.json', tests)] })).attributes).toMatchObject({
      tests: '1',
    });
  });

  it('is XML without any test', () => {
    expect(parsed(junit({ rows: [] })).attributes).toMatchObject({ tests: '0' });
  });

  it('stays well-formed whatever a test is called and says', () => {
    const hostile = [
      '<b>&"\'',
      ']]>',
      '\u0000\u0008\u001b[31m',
      '\ufffe\uffff',
      '\ud800',
      '\u202eevil',
      'a\r\nb\tc',
      '::error::x',
    ];
    const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(text, text, text, (name, message, file) => {
        const cases = [{ name, line: 1, failure: { kind: 'not-run', message, help: message } } as const];
        const document = parsed(junit({ rows: [row('a', { passed: 0, failed: 1, file, cases })] }));
        expect(document.children[0]!.children).toHaveLength(1);
      }),
    );
  });
});
