import type { Finding } from '../detections/types.js';
import { printable } from '../text.js';
import { excerptOf } from './excerpt.js';
import type { Paint } from './paint.js';

export interface FindingLook {
  readonly paint: Paint;
  readonly width: number;
  /** How the path of a file is written from where the person is. */
  readonly show: (path: string) => string;
  /** The text of the file that it stands in; undefined where that is not to be had. */
  readonly text: string | undefined;
}

/**
 * A finding as editors and terminals can jump to it, `path:line:column: severity code: message`, then its line with a
 * mark under the spot, and what to do.
 */
export function findingText(finding: Finding, { paint, width, show, text }: FindingLook): readonly string[] {
  const { path, line, column, severity, code, message, help } = finding;
  const colour = severity === 'error' ? paint.red : paint.yellow;
  const place = paint.bold(printable(`${show(path)}:${line}:${column}`));
  return [
    `${place}: ${colour(severity)} ${paint.cyan(printable(code))}: ${printable(message)}`,
    ...excerptLines({ line, column }, { paint, width, text }),
    ...(help === '' ? [] : [`  ${paint.dim('help:')} ${printable(help.replace(/\s*\n\s*/gu, ' '))}`]),
  ];
}

function excerptLines(
  { line, column }: Pick<Finding, 'line' | 'column'>,
  { paint, width, text }: Pick<FindingLook, 'paint' | 'width' | 'text'>,
): readonly string[] {
  const source = text === undefined ? undefined : lineOf(text, line);
  // A file that is wrong as a whole has its first line as its place: there is nothing to mark in an empty one.
  if (source === undefined || source.trim() === '') return [];
  const number = String(line);
  const gutter = paint.dim(`  ${number} | `);
  const excerpt = excerptOf(source, column, width - number.length - 5);
  return [`${gutter}${excerpt.line}`, `${paint.dim(`  ${' '.repeat(number.length)} | `)}${paint.red(excerpt.mark)}`];
}

/** As the places of findings count lines: from 1, ended by line feeds. */
function lineOf(text: string, line: number): string | undefined {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return undefined;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
}
