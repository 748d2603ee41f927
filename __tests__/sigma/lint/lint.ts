import { Buffer } from 'node:buffer';
import { lintPattern } from '../../../src/sigma/lint/lint-pattern.js';
import type { LintProblem } from '../../../src/sigma/lint/lint-pattern.js';
import { parsePattern } from '../../../src/sigma/parse/parse-pattern.js';
import { readYaml } from '../../../src/sigma/read-yaml.js';

export function lint(text: string | Uint8Array): readonly LintProblem[] {
  return lintPattern(parsePattern(readYaml(typeof text === 'string' ? Buffer.from(text) : text, 'pattern')));
}

/** `3:5 warning selection-unused`, one for each problem. */
export function told(text: string | Uint8Array): string[] {
  return lint(text).map(({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`);
}

/**
 * A whole pattern from a part of one: without `detection:` (or a correlation) it stands inside of it, and without
 * `condition:` inside of a selection.
 */
export function wholePattern(part: string): string {
  if (/^(?:detection|action|correlation):/m.test(part)) return part;
  const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');
  const body = /^condition:/m.test(part) ? part : `selection:\n${indented(part)}\ncondition: selection`;
  return `detection:\n${indented(body)}\n`;
}
