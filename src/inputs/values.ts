import { closest, distance } from 'fastest-levenshtein';
import { shorten } from '../text.js';
import { InputError } from './errors.js';

/** What is read from an input or from a member of one; `what` names it in messages, such as "The input mode". */

/** @throws InputError when the text, unless empty, is none of the values */
export function oneOf<Value extends string>(
  what: string,
  text: string,
  allowed: readonly Value[],
  fallback: Value,
): Value {
  if (text === '') return fallback;
  const found = allowed.find((candidate) => candidate === text);
  if (found !== undefined) return found;
  throw new InputError(
    'unknown-value',
    `${what} is "${shorten(text, 80)}", which is not a value it can have.`,
    `Use one of ${allowed.join(', ')}.${didYouMean(text, allowed)}`,
  );
}

/** ` Did you mean NAME?` where one of the words is near enough, else nothing. */
export function didYouMean(text: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return '';
  const word = text.toLowerCase().slice(0, 80);
  const nearest = closest(word, allowed);
  return distance(word, nearest) <= Math.max(2, nearest.length / 2) ? ` Did you mean ${nearest}?` : '';
}

/** YAML 1.2 core: `true`, `True`, `TRUE` and their opposites. @throws InputError */
export function yesOrNo(what: string, text: string, fallback: boolean): boolean {
  if (text === '') return fallback;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  throw new InputError(
    'unknown-value',
    `${what} is "${shorten(text, 80)}", which is not a value it can have.`,
    'Use true or false.',
  );
}

/** A header carries visible ASCII only; the text is never shown. @throws InputError */
export function secretIn(what: string, text: string): string {
  if (/[^\x21-\x7e]/.test(text)) {
    throw new InputError(
      'bad-secret',
      `${what} holds white space, control characters or letters beyond ASCII inside.`,
      'Paste the key into the secret again, as one line without quotes or blanks.',
    );
  }
  return text;
}

/** Without empty ones and the blanks around them. */
export function linesIn(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Folders or globs, `!` excludes. @throws InputError when every line excludes */
export function rootsIn(what: string, lines: readonly string[], fallback: readonly string[]): readonly string[] {
  if (lines.length === 0) return fallback;
  if (lines.every((line) => line.startsWith('!'))) {
    throw new InputError(
      'bad-text',
      `${what} only excludes (every line starts with "!"), so no detection could ever be found.`,
      'Add the folder or glob that holds the detections, such as "detections", as the first line.',
    );
  }
  return lines;
}
