import { decodeText } from '../sigma/decode-text.js';
import type { Event } from '../sigma/match/field-path.js';
import { parseJson } from './json.js';
import type { EventFile } from './types.js';

/** Reads a file of events: a JSON array of them, a single one, or one JSON event a line. Nothing is thrown. */
export function readEventFile(content: Uint8Array): EventFile {
  const { text, fault } = decodeText(content);
  if (fault !== undefined) return { kind: 'fault', message: fault.message, help: fault.help };
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const written = lines.filter(({ line }) => line !== '');
  const [first, second] = written;
  if (first === undefined) return faulty('The file is empty.');
  // A line that is JSON by itself, and more behind it, can only be the first of several.
  if (second !== undefined && parseJson(first.line).kind === 'value') return eventsOfLines(written);
  const whole = parseJson(text);
  if (whole.kind === 'fault') {
    return faulty(`Line ${text.slice(0, whole.offset).split('\n').length}: ${whole.message}`);
  }
  const events: readonly unknown[] = Array.isArray(whole.value) ? whole.value : [whole.value];
  const other = events.findIndex((event) => !isEvent(event));
  if (other < 0) return { kind: 'events', events: events.filter(isEvent) };
  return faulty(Array.isArray(whole.value) ? `Its item ${other + 1} is no event.` : 'It holds no event.');
}

function eventsOfLines(lines: readonly { readonly line: string; readonly number: number }[]): EventFile {
  const events: Event[] = [];
  for (const { line, number } of lines) {
    const parsed = parseJson(line);
    if (parsed.kind === 'fault') return faulty(`Line ${number}: ${parsed.message}`);
    if (!isEvent(parsed.value)) return faulty(`Line ${number} is no event.`);
    events.push(parsed.value);
  }
  return { kind: 'events', events };
}

function isEvent(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faulty(message: string): EventFile {
  const help = 'The file has to hold a JSON array of events, one JSON event, or one JSON event a line.';
  return { kind: 'fault', message, help };
}
