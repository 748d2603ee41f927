import type { Scalar } from 'yaml';

/**
 * Where each index of a scalar's text stands in the file: quotes, escapes, folded lines and the indentation of text
 * blocks lie between. Both sides have the same characters other than blanks in the same order, so those are counted.
 */
export function scalarOffsets(node: Scalar, text: string): (index: number) => number {
  const source = node.source ?? '';
  const [start, end] = node.range ?? [0, 0];
  const isQuoted = node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE';
  const quotes = isQuoted ? 1 : 0;
  if (end - start === source.length + 2 * quotes) return (index) => start + quotes + index;

  const offsets = solidOffsets(node.type, text.slice(start, end)).map((offset) => start + offset);
  const before = solidsBefore(source);
  return (index) => offsets[before(index)] ?? Math.max(start, end - quotes);
}

/** How many characters other than blanks stand before an index. */
function solidsBefore(source: string): (index: number) => number {
  const counts: number[] = [0];
  for (let at = 0; at < source.length; at += 1) counts.push((counts[at] ?? 0) + (isBlank(source.charAt(at)) ? 0 : 1));
  return (index) => counts[Math.min(index, source.length)] ?? 0;
}

function solidOffsets(type: Scalar['type'], raw: string): number[] {
  if (type === 'QUOTE_DOUBLE') return doubleQuoted(raw);
  const found: number[] = [];
  const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
  const isSingle = type === 'QUOTE_SINGLE';
  const first = isBlock ? raw.indexOf('\n') + 1 : isSingle ? 1 : 0;
  for (let at = first; at < raw.length; at += 1) {
    if (isBlank(raw.charAt(at))) continue;
    found.push(at);
    // A quote in single quotes is written twice.
    if (isSingle && raw.charAt(at) === "'") at += 1;
  }
  return found;
}

// What an escape sequence means other than one character that is no blank (YAML 1.2.2 §5.7).
const BLANK_ESCAPES = new Set(['t', '\t', 'n', 'v', 'f', 'r', ' ', 'N', '_', 'L', 'P', '\n', '\r']);
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function doubleQuoted(raw: string): number[] {
  const found: number[] = [];
  for (let at = 1; at < raw.length - 1; at += 1) {
    const character = raw.charAt(at);
    if (isBlank(character)) continue;
    if (character !== '\\') {
      found.push(at);
      continue;
    }
    const escape = raw.charAt(at + 1);
    const digits = HEX_DIGITS[escape] ?? 0;
    const written = raw.slice(at + 2, at + 2 + digits);
    const meant = digits === 0 ? '' : codePoint(written);
    if (digits === 0 && !BLANK_ESCAPES.has(escape)) found.push(at);
    // A code point beyond the first plane is two UTF-16 units.
    for (const unit of meant.split('')) if (!isBlank(unit)) found.push(at);
    at += 1 + digits;
  }
  return found;
}

function codePoint(hex: string): string {
  const code = Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function isBlank(character: string): boolean {
  return /\s|\u0085/.test(character);
}
