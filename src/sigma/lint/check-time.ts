import type { DetectionDocument, Entry, Word } from '../parse/types.js';
import { entriesIn } from './check-selections.js';
import { quoted, remark } from './remark.js';
import type { Remark } from './remark.js';

const TIME_MODIFIERS: ReadonlySet<string> = new Set(['timerange', 'day_of_week', 'day_of_year', 'public_holiday_in']);

function timeModifier({ modifiers }: Entry): Word | undefined {
  return modifiers.find(({ text }) => TIME_MODIFIERS.has(text));
}

/** The time modifiers are documented for `timestamp` only (sigma.md §7). */
export function timeField(entry: Entry): readonly Remark[] {
  const modifier = timeModifier(entry);
  const { field } = entry;
  if (modifier === undefined || field === undefined || field.text === 'timestamp') return [];
  const message = `\`${modifier.text}\` is documented for \`timestamp\` only, not for ${quoted(field.text)}.`;
  return [remark('time-field', field.place, message, `Write \`timestamp|${modifier.text}\`.`)];
}

/** A zone that nothing reads, or in other letters than the database has it. A name of no zone is the parser's to tell. */
export function checkTimeZone(document: DetectionDocument): readonly Remark[] {
  const { timezone } = document;
  if (timezone === undefined) return [];
  const canonical = canonicalZone(timezone.text);
  if (canonical === undefined) return [];
  if (!entriesIn(document).some((entry) => timeModifier(entry) !== undefined)) {
    const message = '`timezone` does nothing here: no entry of this document has a time modifier.';
    return [remark('time-zone', timezone.place, message, 'Remove it.', 'warning')];
  }
  if (canonical === timezone.text || canonical.toLowerCase() !== timezone.text.toLowerCase()) return [];
  const message = `The time zone ${quoted(timezone.text)} is spelt \`${canonical}\`.`;
  return [remark('time-zone', timezone.place, message, `Write \`${canonical}\`.`, 'warning')];
}

function canonicalZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
