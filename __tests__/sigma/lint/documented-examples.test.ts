import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CHECKS, LINT_CODES, READING_CODES } from '../../../src/sigma/lint/codes.js';
import { lint, wholePattern } from './lint.js';

const root = path.resolve(import.meta.dirname, '../../..');
const page = await readFile(path.join(root, 'docs/checks.md'), 'utf8');

function sectionOf(code: string): string {
  return page.split(`\n### \`${code}\`\n`)[1]?.split(/^##/mu)[0] ?? '';
}

function examplesOf(code: string, kind: 'Bad' | 'Good'): string[] {
  const part = sectionOf(code).split(/^(?=(?:Bad|Good)\b)/mu);
  return part
    .filter((each) => each.startsWith(kind))
    .flatMap((each) => Array.from(each.matchAll(/^```(?:text|yaml)\n([\s\S]*?)^```$/gmu), ([, text]) => text ?? ''))
    .map((text) => wholePattern(text.replaceAll('⍽', '\u00a0').replaceAll('⇥', '\t')));
}

function codesIn(text: string): string[] {
  return lint(text).map(({ code }) => code);
}

describe('the page of checks', () => {
  it.each(LINT_CODES)('names the severity of %s', (code) => {
    expect(sectionOf(code)).toMatch(new RegExp(`^\\n${CHECKS[code] === 'error' ? 'Error' : 'Warning'}\\. `, 'u'));
  });

  it.each(LINT_CODES)('has a bad example of %s that has it, and no other error', (code) => {
    const examples = examplesOf(code, 'Bad');
    expect(examples).not.toEqual([]);
    for (const example of examples) {
      expect(codesIn(example)).toContain(code);
      expect(lint(example).filter((problem) => problem.severity === 'error' && problem.code !== code)).toEqual([]);
    }
  });

  it.each(LINT_CODES)('has a good example of %s with which nothing is wrong', (code) => {
    const examples = examplesOf(code, 'Good');
    expect(examples).not.toEqual([]);
    for (const example of examples) expect(lint(example)).toEqual([]);
  });

  // What an encoding or a size does cannot be shown.
  const shown = Object.keys(READING_CODES).filter((code) => code !== 'encoding' && code !== 'yaml-too-big');
  it.each(shown)('has a bad example of %s that has it', (code) => {
    const examples = examplesOf(code, 'Bad');
    expect(examples).not.toEqual([]);
    for (const example of examples) expect(codesIn(example)).toContain(code);
    for (const example of examplesOf(code, 'Good')) expect(codesIn(example)).not.toContain(code);
  });
});
