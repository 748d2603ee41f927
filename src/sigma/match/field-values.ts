import { parseDecimal } from '../parse/decimal.js';
import type { Decimal } from '../parse/decimal.js';
import { parseAddress } from '../parse/network.js';
import type { Address } from '../parse/network.js';
import { decimal } from '../plain-scalar.js';
import type { Scalar } from './field-path.js';
import { fold } from './fold.js';
import { parseInstant } from './instant.js';

/** The values of one field of one event, each reading of them made once however many rules ask for it. */
export class FieldValues {
  /** Numbers in their shortest decimal form, booleans as `true` and `false` (sigma.md §5). */
  readonly texts: readonly string[];
  #folded: readonly string[] | undefined;
  #numbers: readonly Decimal[] | undefined;
  #addresses: readonly Address[] | undefined;
  #instants: readonly number[] | undefined;

  constructor(values: readonly Scalar[]) {
    this.texts = values.map(textOf);
  }

  get folded(): readonly string[] {
    return (this.#folded ??= this.texts.map(fold));
  }

  /** Of those that are decimal numbers. */
  get numbers(): readonly Decimal[] {
    return (this.#numbers ??= readable(this.texts, parseDecimal));
  }

  /** Of those that are IP addresses. */
  get addresses(): readonly Address[] {
    return (this.#addresses ??= readable(this.texts, parseAddress));
  }

  /** Of those that are times, in milliseconds since 1970. */
  get instants(): readonly number[] {
    return (this.#instants ??= readable(this.texts, parseInstant));
  }
}

/** `5` and `5.0` are one number, and one text. */
export function textOf(value: Scalar): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Object.is(value, -0) ? '0' : decimal(value);
    default:
      return String(value);
  }
}

function readable<T>(texts: readonly string[], read: (text: string) => T | undefined): readonly T[] {
  return texts.map(read).filter((value) => value !== undefined);
}
