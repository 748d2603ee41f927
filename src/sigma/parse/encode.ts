import { Buffer } from 'node:buffer';
import type { Encoder } from './modifiers.js';
import { literalText } from './text-pattern.js';
import type { TextPattern } from './text-pattern.js';

/**
 * Applies encoders to a value (sigma.md §6). Several patterns are alternatives (`base64offset`). Undefined when a value
 * with wildcards would have to be encoded in base 64.
 */
export function encode(pattern: TextPattern, encoders: readonly Encoder[]): readonly TextPattern[] | undefined {
  const isWide = encoders.includes('wide');
  const base = encoders.find((encoder) => encoder !== 'wide');
  if (base === undefined)
    return [isWide ? pattern.map((part) => (typeof part === 'string' ? widened(part) : part)) : pattern];
  const text = literalText(pattern);
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, isWide ? 'utf16le' : 'utf8');
  const texts = base === 'base64' ? [bytes.toString('base64')] : [0, 1, 2].map((shift) => shiftedBase64(bytes, shift));
  return texts.map((encoded) => (encoded === '' ? [] : [encoded]));
}

function widened(text: string): string {
  return text
    .split('')
    .map((unit) => `${unit}\0`)
    .join('');
}

const HEAD = [0, 2, 3] as const;
const TAIL = [0, 3, 2] as const;

/** What of the bytes' encoding is the same whatever stands around them, when they begin `shift` bytes into a triple. */
function shiftedBase64(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift, ' '), bytes]).toString('base64');
  return encoded.slice(HEAD[shift], encoded.length - (TAIL[(bytes.length + shift) % 3] ?? 0));
}
