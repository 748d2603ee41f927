import { isScalar } from 'yaml';
import type { MapEntry } from './maps.js';
import type { Source } from './source.js';
import type { Place, Timespan } from './types.js';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const LONGEST = UNITS.d;
const HELP = 'Write a whole number and `s`, `m` or `h`, such as `5m` or `24h`; 24 hours are the most.';

/** The window of a correlation (sigma.md §8). */
export function readTimespan(entry: MapEntry | undefined, at: Place, source: Source): Timespan | undefined {
  if (entry === undefined) {
    const help = 'Add `timespan`: how far the first event and the last may lie apart, such as `5m`.';
    source.report('correlation-key', at, 'The correlation has no `timespan`.', help);
    return undefined;
  }
  const word = isScalar(entry.value) ? source.word(entry.value) : undefined;
  const place = word?.place ?? source.placeOf(entry.value ?? entry.key);
  const fault = (message: string): Timespan | undefined => {
    source.report('timespan', place, message, HELP);
    return undefined;
  };
  const { digits, unit } = /^(?<digits>[0-9]+)(?<unit>[smhd])$/.exec(word?.text ?? '')?.groups ?? {};
  if (word === undefined || digits === undefined)
    return fault(`\`${(word?.text ?? '').slice(0, 60)}\` is no timespan.`);
  const known = unit as Timespan['unit'];
  const milliseconds = Number(digits) * UNITS[known];
  if (milliseconds === 0) return fault(`The timespan \`${word.text}\` is zero.`);
  if (milliseconds > LONGEST) return fault(`The timespan \`${word.text.slice(0, 60)}\` is longer than 24 hours.`);
  return { word, unit: known, milliseconds };
}
