import type { Scalar } from 'yaml';

/** What a scalar means to a YAML 1.1 reader, and the text that is compared with events (null compares with nothing). */
export type ScalarMeaning =
  | { readonly kind: 'text' | 'boolean' | 'integer' | 'float' | 'date'; readonly text: string }
  | { readonly kind: 'null'; readonly text: null };

/**
 * The meaning of a scalar node in a pattern: quoted and block scalars are text, plain ones are what PyYAML makes of
 * them (sigma.md §2).
 */
export function scalarMeaning(node: Scalar): ScalarMeaning {
  const source = node.source ?? '';
  const isPlain = node.type === undefined || node.type === 'PLAIN';
  if (!isPlain || node.tag === 'tag:yaml.org,2002:str' || node.tag === '!') return { kind: 'text', text: source };
  return plainScalar(source);
}

// Most scalars are text by their first character: none of those below begins with another one.
const MAY_BE_OTHER = /^(?:[-+.~\d]|[nyotfNYOTF]|$)/;

// PyYAML's resolver (YAML 1.1 with its own omissions: no single-letter booleans, a float needs its point, an exponent
// its sign, `0o` and upper-case `0X` are text).
const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]+|0|[1-9][0-9_]*(?::[0-5]?[0-9])*)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DATE =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** The meaning of a plain scalar as PyYAML reads it. `source` is its text with folded lines and without blanks around. */
export function plainScalar(source: string): ScalarMeaning {
  if (!MAY_BE_OTHER.test(source)) return { kind: 'text', text: source };
  if (NULL.test(source)) return { kind: 'null', text: null };
  if (TRUE.test(source)) return { kind: 'boolean', text: 'true' };
  if (FALSE.test(source)) return { kind: 'boolean', text: 'false' };
  if (INTEGER.test(source)) return integer(source);
  if (FLOAT.test(source)) return { kind: 'float', text: floatText(source) };
  // Never compared as a number: Infinity would equal what it should not.
  if (NOT_FINITE.test(source)) return { kind: 'float', text: source };
  if (DATE.test(source)) return { kind: 'date', text: source };
  return { kind: 'text', text: source };
}

function integer(source: string): ScalarMeaning {
  const sign = source.startsWith('-') ? -1n : 1n;
  const digits = source.replaceAll('_', '').replace(/^[-+]/, '');
  // `0x_` and `0b_` match PyYAML's pattern and then fail in it; there is no number to compare with.
  if (/^0[bx]$/.test(digits)) return { kind: 'text', text: source };
  return { kind: 'integer', text: String(sign * magnitude(digits)) };
}

function magnitude(digits: string): bigint {
  if (digits.includes(':')) return digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`);
  return BigInt(digits);
}

function floatText(source: string): string {
  const digits = source.replaceAll('_', '').toLowerCase();
  const negative = digits.startsWith('-');
  const parts = digits.replace(/^[-+]/, '').split(':');
  const value = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number.isFinite(value) ? decimal(negative ? -value : value) : source;
}

/** The shortest decimal spelling of a finite number, without an exponent. */
export function decimal(value: number): string {
  const short = String(value);
  if (!short.includes('e')) return short;
  const [mantissa = '', exponent = '0'] = short.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
