import { parseInstant } from '../sigma/match/instant.js';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `20s`, `5m`, `250ms`; undefined for other text. */
export function parseDuration(text: string): number | undefined {
  const match = /^([0-9]+)(ms|s|m|h|d)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
}

const LONGEST_TIME = 64;

/** Milliseconds since 1970 of a time in ISO 8601 with its zone; undefined for other text. */
export function parseZonedTime(text: string): number | undefined {
  if (text.length > LONGEST_TIME) return undefined;
  const isZoned = /[Tt ]\d\d:\d\d[^-+Zz]*(?:[Zz]|[-+]\d\d:?(?:\d\d)?)$/.test(text);
  return isZoned ? parseInstant(text) : undefined;
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && parseInstant(text) !== undefined;
}
