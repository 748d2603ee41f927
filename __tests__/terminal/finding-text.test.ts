import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellsOf, textOf, widthOf } from '../../src/terminal/cells.js';
import { excerptOf } from '../../src/terminal/excerpt.js';
import { findingText } from '../../src/terminal/finding-text.js';
import { painter } from '../../src/terminal/paint.js';

const PLAIN = { paint: painter(false), width: 60, show: (path: string) => path };
const FINDING = {
  path: 'detections/a_sigma.yml',
  line: 2,
  column: 14,
  severity: 'error',
  code: 'condition-unknown-name',
  message: 'There is no `x`.',
  help: 'Add it.\n  Or not.',
} as const;

describe('a finding on a terminal', () => {
  it('is a place to jump to, the line with a mark, and what to do', () => {
    const text = 'a: 1\n  condition: selektion\r\nb: 2\n';
    expect(findingText(FINDING, { ...PLAIN, text })).toEqual([
      'detections/a_sigma.yml:2:14: error condition-unknown-name: There is no `x`.',
      '  2 |   condition: selektion',
      '    |              ^',
      '  help: Add it. Or not.',
    ]);
  });

  it.each([
    ['the file cannot be had', undefined],
    ['the line is not there', 'a\n'],
    ['the line is empty', 'a\n\nb'],
  ])('has no line where %s', (_, text) => {
    expect(findingText(FINDING, { ...PLAIN, text })).toHaveLength(2);
  });

  it('makes foreign text harmless wherever it stands', () => {
    const hostile = '\u001b[2J\n::error::x\u202e';
    const finding = { ...FINDING, path: hostile, message: hostile, help: hostile, code: hostile };
    const printed = findingText(finding, { ...PLAIN, text: `x\n${hostile.replace('\n', '')}` }).join('\n');
    // eslint-disable-next-line no-control-regex -- these must not be there
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^\s*::/mu);
  });

  it('is coloured where colours are wanted', () => {
    const [first] = findingText(FINDING, { ...PLAIN, paint: painter(true), text: undefined });
    expect(first).toContain('\u001b[31merror\u001b[39m');
  });
});

describe('an excerpt', () => {
  it.each([
    ['tabs', '\tab\tcd', 5, '→   ab→ cd', '        ^'],
    ['the tab itself', 'a\tb', 2, 'a→  b', ' ^'],
    ['wide characters', '漢字: x', 5, '漢字: x', '      ^'],
    ['a wide character', '漢字', 2, '漢字', '  ^^'],
    ['pictures', '👩‍👩‍👧 x', 10, '👩‍👩‍👧 x', '   ^'],
    ['composed letters', 'e\u0301: x', 5, 'e\u0301: x', '   ^'],
    ['escape sequences', 'a\u001b[2Jb', 2, 'a\\u001b[2Jb', ' ^^^^^^'],
    ['text that is turned around', 'a\u202eb', 3, 'a\\u202eb', '       ^'],
    ['commands to a runner', 'a ##[error]b', 12, 'a ## [error]b', '            ^'],
    ['the end of the line', 'ab', 9, 'ab', '  ^'],
  ])('marks the spot behind %s', (_, line, column, shown, mark) => {
    expect(excerptOf(line, column, 60)).toEqual({ line: shown, mark });
  });

  it('cuts a long line around the mark', () => {
    const line = `${'a'.repeat(200)}HERE${'b'.repeat(200)}`;
    const { line: shown, mark } = excerptOf(line, 201, 40);
    expect(shown).toMatch(/^…a+HEREb+…$/u);
    expect(shown).toHaveLength(40);
    expect(shown.slice(mark.length - 1, mark.length + 3)).toBe('HERE');
  });

  it('shows the start of a long line whole where the mark is there', () => {
    expect(excerptOf(`ab${'c'.repeat(500)}`, 2, 20)).toEqual({ line: `ab${'c'.repeat(16)}…`, mark: ' ^' });
  });

  it('is quick with a line of a megabyte', () => {
    const start = performance.now();
    excerptOf('漢'.repeat(1 << 20), 500_000, 80);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('fits the width, and marks the character, whatever the line is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.nat(400),
        fc.integer({ min: 30, max: 90 }),
        (line, column, width) => {
          const { line: shown, mark } = excerptOf(line.replaceAll('\n', ''), column, width);
          expect(widthOf(cellsOf(shown))).toBeLessThanOrEqual(width + 1);
          expect(mark).toMatch(/^ *\^+$/);
          expect(mark.length).toBeLessThanOrEqual(width + 12);
        },
      ),
    );
  });

  it('shows every character of a line that fits', () => {
    expect(textOf(cellsOf('process.name: é漢'))).toBe('process.name: é漢');
  });
});
