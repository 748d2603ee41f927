import type { TimeModifier } from './modifiers.js';
import { didYouMean } from './nearest.js';
import type { Value } from './types.js';
import type { TimeTest } from './value-test.js';

/** Why a value is no time, and what to write. */
export interface TimeFault {
  readonly message: string;
  readonly help: string;
}

export type TimeReading = { readonly kind: 'time'; readonly time: TimeTest } | ({ readonly kind: 'fault' } & TimeFault);

/** Reads the value of a time modifier (sigma.md §7). */
export function readTimeValue(modifier: TimeModifier, value: Value): TimeReading {
  const text = value.text ?? '';
  switch (modifier) {
    case 'timerange':
      return readRange(text, value);
    case 'day_of_week':
      return readWeekday(text);
    case 'day_of_year':
      return readDayOfYear(text);
    case 'public_holiday_in':
      return readCountry(text, value);
  }
}

function fault(message: string, help: string): TimeReading {
  return { kind: 'fault', message, help };
}

const RANGE = /^(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)$/;
const RANGE_HELP = 'Write the start and the end as `HH:MM-HH:MM`, such as `20:00-06:00`.';

function readRange(text: string, { written }: Value): TimeReading {
  const [, ...parts] = RANGE.exec(text) ?? [];
  const [fromHour = 99, fromMinute = 99, toHour = 99, toMinute = 99] = parts.map(Number);
  if (Math.max(fromHour, toHour) > 23 || Math.max(fromMinute, toMinute) > 59) {
    return fault(`\`${shown(written)}\` is no range of times.`, RANGE_HELP);
  }
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  if (from === to) {
    return fault(
      `The range \`${text}\` begins and ends at the same time.`,
      'Leave the entry out if every time is meant.',
    );
  }
  return { kind: 'time', time: { kind: 'timerange', from, to } };
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function readWeekday(text: string): TimeReading {
  const day = WEEKDAYS.indexOf(text);
  if (day >= 0) return { kind: 'time', time: { kind: 'weekday', day } };
  return fault(
    `\`${shown(text)}\` is no day of the week.${didYouMean(text, WEEKDAYS)}`,
    `Write one of ${WEEKDAYS.join(', ')}, in small letters.`,
  );
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function readDayOfYear(text: string): TimeReading {
  const [, month = 0, day = 0] = (/^(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (day >= 1 && day <= (DAYS[month - 1] ?? 0)) return { kind: 'time', time: { kind: 'day-of-year', month, day } };
  return fault(`\`${shown(text)}\` is no day of a year.`, 'Write the month and the day as `MM-DD`, such as `12-24`.');
}

/** Codes that the runtime has a name for, and that ISO 3166 has withdrawn, or only keeps free. */
const NO_COUNTRIES = new Set(
  'AC AN BU CP CQ CS CT DD DG DY EA EU EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ QO RH SU TA TP UK UN VD WK XA XB XK YD YU ZR ZZ'.split(
    ' ',
  ),
);

let regions: Intl.DisplayNames | undefined;

function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || NO_COUNTRIES.has(code)) return false;
  regions ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  return regions.of(code) !== undefined;
}

function readCountry(text: string, { kind }: Value): TimeReading {
  // `NO` without quotes: the value has become `false`, about which the linter has a finding of its own.
  if (kind === 'boolean') return { kind: 'time', time: { kind: 'holiday', country: text } };
  if (isCountry(text)) return { kind: 'time', time: { kind: 'holiday', country: text } };
  return fault(
    `\`${shown(text)}\` is no country code.`,
    'Write the two capitals of ISO 3166, such as `FR`, `DE` or `GB`.',
  );
}

function shown(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
