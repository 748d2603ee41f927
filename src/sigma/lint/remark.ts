import type { Place } from '../parse/types.js';
import type { Problem } from '../problem.js';
import { CHECKS } from './codes.js';
import type { LintCode, LintSeverity } from './codes.js';

/** What a check says. */
export type Remark = Problem<LintCode>;

/** A remark of the check's own severity, unless another is given. */
export function remark(
  code: LintCode,
  at: Place,
  message: string,
  help: string,
  severity: LintSeverity = CHECKS[code],
): Remark {
  const { offset, line, column } = at;
  return { code, severity, message, help, offset, line, column };
}

/** A text of the file in a sentence: shortened, and as code. */
export function quoted(text: string): string {
  return `\`${short(text)}\``;
}

/** At most sixty characters of a text of the file, which may be as long as the file. */
export function short(text: string): string {
  if (text.length <= 60) return text;
  const characters = Array.from(text.slice(0, 200));
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text;
}

/** `a`, `a and b`, `a, b and c`; of many only the first ones. */
export function listed(texts: readonly string[], word = 'and'): string {
  const shown = texts.length > 4 ? [...texts.slice(0, 3), `${texts.length - 3} more`] : texts;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1) ?? ''}`;
}
