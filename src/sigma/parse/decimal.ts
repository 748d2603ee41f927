const DECIMAL = /^(?<sign>[-+]?)(?:(?<whole>\d+)(?:\.(?<fraction>\d*))?|\.(?<bare>\d+))$/;

/** A decimal number of any length, so that nothing is rounded and nothing is infinite (sigma.md §2). */
export interface Decimal {
  /** Only where it is exact; NaN where the digits have to be compared. */
  readonly value: number;
  readonly isNegative: boolean;
  /** Without leading zeros. */
  readonly whole: string;
  /** Without trailing zeros. */
  readonly fraction: string;
}

// 15 digits survive the way through a double.
const EXACT_DIGITS = 15;

/** Reads `10`, `-1.5`, `.5`; undefined for other text, an exponent included. */
export function parseDecimal(text: string): Decimal | undefined {
  const groups = DECIMAL.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const whole = (groups['whole'] ?? '').replace(/^0+/, '');
  const fraction = (groups['fraction'] ?? groups['bare'] ?? '').replace(/0+$/, '');
  const isZero = whole === '' && fraction === '';
  const isNegative = groups['sign'] === '-' && !isZero;
  const value = whole.length + fraction.length <= EXACT_DIGITS ? Number(text) : NaN;
  return { value, isNegative, whole, fraction };
}

/** Less than, equal to, or greater than 0 as the first number is to the second. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  const difference = one.value - other.value;
  if (!Number.isNaN(difference)) return difference;
  if (one.isNegative !== other.isNegative) return one.isNegative ? -1 : 1;
  const size = compareSizes(one, other);
  return one.isNegative ? -size : size;
}

function compareSizes(one: Decimal, other: Decimal): number {
  if (one.whole.length !== other.whole.length) return one.whole.length - other.whole.length;
  if (one.whole !== other.whole) return one.whole < other.whole ? -1 : 1;
  if (one.fraction === other.fraction) return 0;
  return one.fraction < other.fraction ? -1 : 1;
}
