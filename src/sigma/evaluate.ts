import { compileCorrelation } from './correlate/compile-correlation.js';
import type { GroupProgress, Incident } from './correlate/compile-correlation.js';
import type { Group } from './correlate/groups.js';
import { innerFirst } from './correlate/order.js';
import { needed } from './correlate/windows.js';
import { compileDetection } from './match/compile-detection.js';
import type { Detector } from './match/compile-detection.js';
import type { Holidays } from './match/compile-values.js';
import { FieldTable } from './match/event-view.js';
import type { EventView } from './match/event-view.js';
import { compileExplainer } from './match/explain.js';
import type { Explanation } from './match/explain.js';
import type { Event } from './match/field-path.js';
import { parseInstant } from './match/instant.js';
import type { CorrelationDocument, Pattern, PatternDocument, PatternProblem } from './parse/types.js';

export interface EvaluationOptions {
  /** Needed by patterns with `public_holiday_in`: country code → its holidays, `YYYY-MM-DD` in the pattern's zone. */
  readonly holidays?: Holidays;
  /** Shared by the patterns that look at the same events; else the pattern has one of its own. */
  readonly fields?: FieldTable;
}

export type Compilation =
  | { readonly kind: 'evaluator'; readonly evaluator: Evaluator }
  /** The pattern has errors. */
  | { readonly kind: 'faulty'; readonly problems: readonly PatternProblem[] }
  /** The pattern asks for public holidays, and no dates were given. */
  | { readonly kind: 'needs-holidays'; readonly countries: readonly string[] };

/** A pattern, ready for events. */
export interface Evaluator {
  readonly pattern: Pattern;
  readonly fields: FieldTable;
  /** Whether an alerting detection matches the event. Correlations need a stream. */
  readonly matches: (event: Event) => boolean;
  /** As `matches`, for an event that several evaluators of one table look at. */
  readonly matchesView: (view: EventView) => boolean;
  /** What each detection of the pattern says of the event, selection by selection. */
  readonly explain: (event: Event) => readonly Explanation[];
  /**
   * A new stream, to which events are given in the order of their times.
   *
   * @param seen hears of every group of a correlation that an event belongs to, in the order of the evaluation.
   */
  readonly openStream: (seen?: (window: WindowProgress) => void) => AlertStream;
  /** The alerts of events in any order: they are sorted by time first, and equal times keep their order. */
  readonly alertsOf: (events: Iterable<TimedEvent>) => readonly Alert[];
}

export interface TimedEvent {
  readonly event: Event;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Alert {
  /** The detection or correlation that raised it. */
  readonly document: PatternDocument;
  /** The event that matched, or completed the correlation. */
  readonly event: TimedEvent;
  /** The correlation's group; empty without `group-by`, and for detections. */
  readonly group: readonly GroupValue[];
}

/** How far the window of one group of a correlation has come with an event. */
export interface WindowProgress {
  readonly document: CorrelationDocument;
  /** Empty without `group-by`. */
  readonly group: readonly GroupValue[];
  readonly reached: number;
  readonly needed: number;
  readonly isSatisfied: boolean;
}

export interface GroupValue {
  /** A name of `group-by`: a field or an alias. */
  readonly name: string;
  readonly value: string;
}

export interface AlertStream {
  /** The alerts that the event raises. Throws a RangeError for one that is older than the one before. */
  readonly push: (event: TimedEvent) => readonly Alert[];
  /** How many groups of correlations are remembered; what lies behind the windows is not. */
  readonly rememberedGroups: () => number;
}

/** Compiles a pattern (sigma.md §3–§8). Only one without errors can be evaluated: the rest never counts as "no alert". */
export function compilePattern(pattern: Pattern, options: EvaluationOptions = {}): Compilation {
  if (pattern.problems.length > 0) return { kind: 'faulty', problems: pattern.problems };
  const countries = holidayCountries(pattern);
  if (countries.length > 0 && options.holidays === undefined) return { kind: 'needs-holidays', countries };

  const fields = options.fields ?? new FieldTable();
  const context = { fields, holidays: options.holidays ?? new Map() };
  const documents = pattern.documents.filter((document) => document.kind === 'detection');
  const detectors = documents.map((document) => compileDetection(document, context));
  const roots = new Set(pattern.roots);
  const alerting = detectors.filter(({ document }) => roots.has(document));
  const matchesView = (view: EventView): boolean => alerting.some((detector) => detector.matches(view));
  const openStream = streamOpener(pattern, detectors, fields);
  let explainers: readonly ((view: EventView) => Explanation)[] | undefined;
  const evaluator: Evaluator = {
    pattern,
    fields,
    matchesView,
    matches: (event) => matchesView(fields.view(event)),
    explain: (event) => {
      explainers ??= documents.map((document) => compileExplainer(document, context));
      const view = fields.view(event);
      return explainers.map((explain) => explain(view));
    },
    openStream,
    alertsOf: (events) => {
      const { push } = openStream();
      return [...events].sort((one, other) => one.at - other.at).flatMap(push);
    },
  };
  return { kind: 'evaluator', evaluator };
}

/** The time that an event bears, in milliseconds since 1970: `@timestamp`, else `timestamp`. */
export function timeOf(event: Event): number | undefined {
  const fields = new FieldTable();
  // Either stands for the other when only one is there.
  const [text] = fields.view(event).field(fields.slotOf('@timestamp')).texts;
  return text === undefined ? undefined : parseInstant(text);
}

function holidayCountries({ documents }: Pattern): readonly string[] {
  const countries = new Set<string>();
  for (const document of documents) {
    if (document.kind === 'correlation') continue;
    for (const { alternatives } of document.selections.values()) {
      for (const alternative of alternatives) {
        const tests = alternative.kind === 'map' ? alternative.entries.flatMap((entry) => entry.tests) : [];
        for (const test of tests)
          if (test.kind === 'time' && test.time.kind === 'holiday') countries.add(test.time.country);
      }
    }
  }
  return [...countries];
}

function streamOpener(pattern: Pattern, detectors: readonly Detector[], fields: FieldTable): Evaluator['openStream'] {
  const roots = new Set(pattern.roots);
  const correlations = innerFirst(pattern).map((document) => ({ document, open: compileCorrelation(document) }));
  const referrers = referrersOf(correlations.map(({ document }) => document));

  return (seen) => {
    const correlators = correlations.map(({ document, open }) => ({ document, correlator: open() }));
    let last = -Infinity;
    const push = (event: TimedEvent): readonly Alert[] => {
      const { at } = event;
      // Also false for what is no number.
      if (!(at >= last)) throw new RangeError('Events have to be given in the order of their times.');
      last = at;
      const view = fields.view(event.event);
      const matched = detectors.filter((detector) => detector.matches(view)).map(({ document }) => document);
      const alerts: Alert[] = matched
        .filter((document) => roots.has(document))
        .map((document) => ({ document, event, group: [] }));
      if (matched.length === 0 || correlators.length === 0) return alerts;

      const names = new Set(matched.map(({ name }) => name?.text ?? ''));
      const textsOf = (field: string): readonly string[] => view.field(fields.slotOf(field)).texts;
      const raised = new Map<CorrelationDocument, Incident[]>();
      for (const { document, correlator } of correlators) {
        // What the event itself is comes before the alerts that it completed.
        const own = document.rules.some(({ text }) => names.has(text)) ? [{ at, rules: names, textsOf }] : [];
        for (const incident of [...own, ...(raised.get(document) ?? [])]) {
          const report = seen && progressReporter(document, seen);
          for (const group of correlator.observe(incident, report)) {
            if (roots.has(document)) alerts.push({ document, event, group: valuesOf(document, group) });
            for (const referrer of referrers.get(document.name?.text ?? '') ?? []) {
              const incidents = raised.get(referrer) ?? [];
              raised.set(referrer, [...incidents, chainedIncident(document, at, group)]);
            }
          }
        }
      }
      return alerts;
    };
    return {
      push,
      rememberedGroups: () => correlators.reduce((sum, { correlator }) => sum + correlator.size(), 0),
    };
  };
}

function progressReporter(
  document: CorrelationDocument,
  seen: (window: WindowProgress) => void,
): (progress: GroupProgress) => void {
  return ({ group, reached, isSatisfied }) => {
    seen({ document, group: valuesOf(document, group), reached, needed: needed(document), isSatisfied });
  };
}

function valuesOf({ groupBy }: CorrelationDocument, group: Group): readonly GroupValue[] {
  return groupBy.map(({ text }, index) => ({ name: text, value: group[index] ?? '' }));
}

function referrersOf(
  correlations: readonly CorrelationDocument[],
): ReadonlyMap<string, readonly CorrelationDocument[]> {
  const referrers = new Map<string, Set<CorrelationDocument>>();
  for (const document of correlations) {
    for (const { text } of document.rules) referrers.set(text, (referrers.get(text) ?? new Set()).add(document));
  }
  return new Map([...referrers].map(([name, documents]) => [name, [...documents]]));
}

/** A correlation's alert as an event: it carries its group under the names of its `group-by` (sigma.md §8). */
function chainedIncident({ name, groupBy }: CorrelationDocument, at: number, group: Group): Incident {
  const texts = new Map(groupBy.map(({ text }, index) => [text, [group[index] ?? '']]));
  return { at, rules: new Set([name?.text ?? '']), textsOf: (field) => texts.get(field) ?? [] };
}
