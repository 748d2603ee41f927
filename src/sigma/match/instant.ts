const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:(Z|z)|([-+])(\d\d):?(\d\d)?)?)?$/;

/** Integers above this are milliseconds, others seconds. */
const SECONDS_UP_TO = 1e11;
/** The years 1 to 9999. */
const FIRST_INSTANT = -62_135_596_800_000;
const LAST_INSTANT = 253_402_300_799_999;

/**
 * Milliseconds since 1970 of a time in an event: ISO 8601, in UTC when it has no zone, or an integer of seconds or
 * milliseconds; undefined for other text (sigma.md §7).
 */
export function parseInstant(text: string): number | undefined {
  if (/^[-+]?\d{1,17}$/.test(text)) {
    const number = Number(text);
    return withinYears(Math.abs(number) > SECONDS_UP_TO ? number : number * 1_000);
  }
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = ''] = match;
  const wall = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = wall;
  if (mo < 1 || mo > 12 || d < 1 || h > 24 || mi > 59 || s > 60 || (h === 24 && mi + s > 0)) return undefined;
  const date = new Date(0);
  // Date.UTC would take the years 0 to 99 for those of the last century.
  date.setUTCFullYear(y, mo - 1, d);
  if (date.getUTCDate() !== d) return undefined;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const local = date.getTime() + ((h * 60 + mi) * 60 + s) * 1_000 + milliseconds;
  return withinYears(local - offsetOf(match[9], match[10], match[11]));
}

function withinYears(instant: number): number | undefined {
  return instant >= FIRST_INSTANT && instant <= LAST_INSTANT ? instant : undefined;
}

function offsetOf(sign = '+', hours = '0', minutes = '0'): number {
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -size : size;
}
