import type { YamlReading } from '../read-yaml.js';
import { remark } from './remark.js';
import type { Remark } from './remark.js';

// Bidirectional controls, invisible letters and fillers, blanks that are no blanks, tags. The joiners are looked at
// apart: emoji and several scripts need them.
const HIDDEN =
  /[\u00a0\u00ad\u061c\u115f\u1160\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffb]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu;

const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const BLANK = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/u;
const JOINER = /[\u200c\u200d]/u;

/**
 * Characters that nobody sees, that look like a blank and are none, or that show text in another order than it is
 * compared in; one remark a line. In values, keys and comments alike.
 */
export function checkInvisible({ text, position }: YamlReading): readonly Remark[] {
  // Most patterns are ASCII.
  if (!/[^\n -~]/.test(text)) return [];
  const remarks: Remark[] = [];
  let line = 0;
  for (const { 0: character, index: offset } of text.matchAll(HIDDEN)) {
    if (JOINER.test(character) && joins(text, offset)) continue;
    const place = { offset, ...position(offset) };
    if (place.line === line) continue;
    line = place.line;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const help = `Remove it; if it is what the rule looks for, set \`invisible-character: off\` for this detection.`;
    remarks.push(remark('invisible-character', place, `The character U+${code} ${doing(character)}.`, help));
  }
  return remarks;
}

function joins(text: string, offset: number): boolean {
  return text.charCodeAt(offset - 1) > 0x7f && text.charCodeAt(offset + 1) > 0x7f;
}

function doing(character: string): string {
  if (BIDIRECTIONAL.test(character)) return 'here changes the order in which the text around it is shown';
  return BLANK.test(character) ? 'here looks like a blank and is none' : 'here is invisible';
}
