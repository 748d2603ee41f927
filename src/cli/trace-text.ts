import type { EventTrace, TestTrace, WindowTrace } from '../rule-tests/types.js';
import type { Paint } from '../terminal/paint.js';
import { count, printable, shorten } from '../text.js';

const MOST_NAMES = 20;
const MOST_WINDOWS = 10;

/** What the events of a test did, a line each, and a line for each window that they count in. */
export function traceText({ name, hasPassed, events, more }: TestTrace, paint: Paint): readonly string[] {
  const verdict =
    hasPassed === null ? paint.red('could not run') : hasPassed ? paint.green('passed') : paint.red('failed');
  return [
    `${printable(shorten(name, 200))}: ${verdict}`,
    ...events.flatMap((event, index) => eventLines(event, index + 1, paint)),
    ...(more > 0 ? [`  and ${count(more, 'more event')}`] : []),
  ];
}

function eventLines(event: EventTrace, number: number, paint: Paint): readonly string[] {
  const { at, selections, detections, windows, alerts } = event;
  const matched = detections.length === 0 ? paint.dim('no match') : paint.cyan(`match${namesOf(detections)}`);
  const names = selections.length === 0 ? 'none' : listed(selections, MOST_NAMES);
  const raised = alerts === 0 ? '' : `  ${paint.bold(paint.yellow(alerts === 1 ? 'ALERT' : `${alerts} ALERTS`))}`;
  const more = windows.length - MOST_WINDOWS;
  return [
    `  event ${number}  ${paint.dim(timeOf(at))}  ${matched}  selections: ${printable(names)}${raised}`,
    ...windows.slice(0, MOST_WINDOWS).map((window) => `      ${windowLine(window)}`),
    ...(more > 0 ? [`      and ${count(more, 'more group')}`] : []),
  ];
}

/** Of patterns with one detection without a name there is nothing to add. */
function namesOf(detections: readonly string[]): string {
  const named = detections.filter((name) => name !== '');
  return named.length === 0 ? '' : ` ${printable(listed(named, MOST_NAMES))}`;
}

function windowLine({ correlation, group, reached, needed, isSatisfied }: WindowTrace): string {
  const name = correlation === '' ? 'correlation' : `correlation ${shorten(correlation, 60)}`;
  const of = group.length === 0 ? '' : ` [${group.map((each) => shorten(each, 80)).join(', ')}]`;
  return printable(`${name}${of}: ${reached} of ${needed} in the window${isSatisfied ? ', satisfied' : ''}`);
}

function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => shorten(name, 60));
  return `${shown.join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`;
}

function timeOf(milliseconds: number): string {
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : 'no time';
}
