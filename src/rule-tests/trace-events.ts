import type { Evaluator, TimedEvent, WindowProgress } from '../sigma/evaluate.js';
import type { EventTrace, WindowTrace } from './types.js';
import { selectionNames } from './matches-in-words.js';

/** Events of a test that are traced: nobody reads more. */
const MOST_EVENTS = 200;

/** What the pattern makes of each event of a stream; the first 200. */
export function traceEvents(
  evaluator: Evaluator,
  events: readonly TimedEvent[],
): { readonly events: readonly EventTrace[]; readonly more: number } {
  const seen: WindowProgress[] = [];
  const { push } = evaluator.openStream((window) => seen.push(window));
  const traced = events.slice(0, MOST_EVENTS).map((event): EventTrace => {
    const explained = evaluator.explain(event.event);
    const alerts = push(event).length;
    return {
      at: event.at,
      selections: selectionNames(explained),
      detections: explained.filter(({ matches }) => matches).map(({ document }) => document.name?.text ?? ''),
      windows: seen.splice(0).map(windowTrace),
      alerts,
    };
  });
  return { events: traced, more: events.length - traced.length };
}

function windowTrace({ document, group, reached, needed, isSatisfied }: WindowProgress): WindowTrace {
  return {
    correlation: document.name?.text ?? '',
    group: group.map(({ name, value }) => `${name}=${value}`),
    reached,
    needed,
    isSatisfied,
  };
}
