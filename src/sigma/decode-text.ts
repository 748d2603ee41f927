import { Buffer, isUtf8 } from 'node:buffer';
import type { Fault } from './problem.js';

export interface DecodedText {
  /** The text less a byte order mark. */
  readonly text: string;
  readonly hasBom: boolean;
  readonly fault?: Fault<'encoding'>;
}

const SAVE_AS_UTF8 =
  'Save the file as UTF-8 (in PowerShell `Out-File -Encoding utf8`, in an editor "Save with encoding: UTF-8").';

/**
 * Bytes to text: UTF-8, with or without a byte order mark, is all that is taken (sigma.md §9, `encoding`). With a fault
 * the text holds replacement characters and is good for nothing but its line numbers.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = wideEncoding(content);
  if (wide !== undefined) {
    const message = `The file is ${wide}, not UTF-8.`;
    return { text: '', hasBom: false, fault: { code: 'encoding', message, help: SAVE_AS_UTF8, offset: 0 } };
  }
  const hasBom = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  const body = hasBom ? content.subarray(3) : content;
  const text = body.toString('utf8');
  if (!isUtf8(body)) return { text, hasBom, fault: notUtf8(body, text) };
  const nul = text.indexOf('\0');
  if (nul < 0) return { text, hasBom };
  const message = 'The file holds a NUL character, so it is not a text file.';
  return { text, hasBom, fault: { code: 'encoding', message, help: SAVE_AS_UTF8, offset: nul } };
}

/** UTF-16 and UTF-32 by their byte order marks, UTF-16 without one by the zero half of its first ASCII characters. */
function wideEncoding(content: Buffer): string | undefined {
  const [a, b, c, d] = content;
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16 (little-endian)';
  if (a === 0xfe && b === 0xff) return 'UTF-16 (big-endian)';
  if (content.length < 4 || content.length % 2 !== 0) return undefined;
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'UTF-16 (little-endian, without a byte order mark)';
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'UTF-16 (big-endian, without a byte order mark)';
  return undefined;
}

const REPLACEMENT = '\ufffd';
const REPLACEMENT_BYTES = Buffer.from(REPLACEMENT, 'utf8');

function notUtf8(body: Buffer, text: string): Fault<'encoding'> {
  let byte = 0;
  let from = 0;
  let offset = text.indexOf(REPLACEMENT);
  // A replacement character that stands in the file itself is sound; the first one that does not marks the place.
  while (offset >= 0) {
    byte += Buffer.byteLength(text.slice(from, offset), 'utf8');
    if (!body.subarray(byte, byte + 3).equals(REPLACEMENT_BYTES)) break;
    byte += 3;
    from = offset + 1;
    offset = text.indexOf(REPLACEMENT, from);
  }
  const value = (body[byte] ?? 0).toString(16).padStart(2, '0').toUpperCase();
  return {
    code: 'encoding',
    message: `The byte 0x${value} here is not UTF-8; the file was probably saved as Windows-1252 or Latin-1.`,
    help: SAVE_AS_UTF8,
    offset: Math.max(offset, 0),
  };
}
