import type { Evaluator, TimedEvent } from '../sigma/evaluate.js';
import type { Explanation } from '../sigma/match/explain.js';
import { count, shorten } from '../text.js';

/** Events that are told, and selections of each. */
const MOST_EVENTS = 20;
const MOST_NAMES = 10;

/**
 * Which selections matched which events, in the order of their times: the first 20, neighbours of which the same is to
 * be said together.
 */
export function matchesInWords(evaluator: Evaluator, events: readonly TimedEvent[]): string {
  if (events.length === 0) return 'The test has no events.';
  const told = events.slice(0, MOST_EVENTS).map(({ event }) => selectionsInWords(evaluator.explain(event)));
  const runs: { from: number; to: number; what: string }[] = [];
  for (const [index, what] of told.entries()) {
    const last = runs.at(-1);
    if (last?.what === what) last.to = index + 1;
    else runs.push({ from: index + 1, to: index + 1, what });
  }
  const parts = runs.map(({ from, to, what }) =>
    from === to ? `event ${from}: ${what}` : `events ${from}-${to}: ${what}`,
  );
  const more = events.length - told.length;
  return `Selections that matched: ${parts.join('; ')}${more > 0 ? `; and ${count(more, 'more event')}` : ''}.`;
}

function selectionsInWords(explanations: readonly Explanation[]): string {
  const names = selectionNames(explanations);
  if (names.length === 0) return 'none';
  const shown = names.slice(0, MOST_NAMES).map((name) => shorten(name, 60));
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The selections that matched, each behind the name of its detection where there are several. */
export function selectionNames(explanations: readonly Explanation[]): readonly string[] {
  return explanations.flatMap(({ document, selections }) => {
    // With several detections a selection alone says too little.
    const prefix = explanations.length > 1 && document.name !== undefined ? `${document.name.text}.` : '';
    return selections.filter(({ matches }) => matches).map(({ selection }) => `${prefix}${selection.name.text}`);
  });
}
