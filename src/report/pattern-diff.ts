import { structuredPatch } from 'diff';
import { count, shorten } from '../text.js';

/** Texts and diffs beyond these are told in numbers alone: a hostile pattern must not cost minutes or the whole summary. */
const MOST_CHARACTERS = 200_000;
const MOST_EDITS = 1_000;
const MOST_LINES = 300;
const LONGEST_LINE = 400;
const CONTEXT = 3;

/**
 * What changes in a pattern, as lines of a unified diff without file names. Line ends are taken for the same, whatever
 * they are made of, as the comparison of rules does.
 */
export function patternDiff(from: string, to: string): readonly string[] {
  const [before, after] = [normal(from), normal(to)];
  if (before.length + after.length > MOST_CHARACTERS) return [tooLong(before, after)];
  const patch = structuredPatch('', '', before, after, '', '', { context: CONTEXT, maxEditLength: MOST_EDITS });
  if (patch === undefined) return [tooLong(before, after)];
  const lines = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => [
    `@@ -${start(oldStart, oldLines)} +${start(newStart, newLines)} @@`,
    ...changed.map((line) => shorten(line, LONGEST_LINE)),
  ]);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `… and ${count(lines.length - MOST_LINES + 1, 'more line')}`];
}

/** Of no lines it is the line before them. */
function start(first: number, lines: number): string {
  return `${lines === 0 ? first - 1 : first},${lines}`;
}

/** Without a last line end there would be a remark about it on most diffs, and no detection differs by it. */
function normal(text: string): string {
  const lines = text
    .replace(/^\ufeff/u, '')
    .replace(/\r\n?/gu, '\n')
    .replace(/\n+$/u, '');
  return lines === '' ? '' : `${lines}\n`;
}

function tooLong(before: string, after: string): string {
  const lines = (text: string): string => count(text.split('\n').length - 1, 'line');
  return `too much to show: ${lines(before)} before, ${lines(after)} after`;
}
