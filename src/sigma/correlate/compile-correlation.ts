import type { CorrelationDocument } from '../parse/types.js';
import { groupFields, groupsOf, keyOf } from './groups.js';
import type { Group, TextsOf } from './groups.js';
import { windowsOf } from './windows.js';
import type { GroupWindow } from './windows.js';

/** Something that a correlation counts: an event that matched rules of it, or the alert of a chained correlation. */
export interface Incident {
  /** Milliseconds. */
  readonly at: number;
  /** The names of the rules that it is an incident of. */
  readonly rules: ReadonlySet<string>;
  readonly textsOf: TextsOf;
}

/** How far a group has come with an incident. */
export interface GroupProgress {
  readonly group: Group;
  /** Events, values, rules or steps in the window. */
  readonly reached: number;
  readonly isSatisfied: boolean;
}

/** A correlation at work on one stream. */
export interface Correlator {
  /**
   * Takes the next incident, never older than the one before, and gives the groups in which the correlation is
   * satisfied by it. Such a group starts anew (sigma.md §8).
   *
   * @param seen hears of every group that the incident belongs to.
   */
  readonly observe: (incident: Incident, seen?: (progress: GroupProgress) => void) => readonly Group[];
  /** How many groups are remembered. */
  readonly size: () => number;
}

/** Compiles a correlation without problems into a maker of correlators. */
export function compileCorrelation(document: CorrelationDocument): () => Correlator {
  const { rules, type, field } = document;
  const span = document.timespan?.milliseconds ?? 0;
  const openWindow = windowsOf(document);
  const fields = rules.map(({ text }) => groupFields(document, text));
  const counted = type === 'value_count' ? field?.text : undefined;

  const occurrencesOf = (incident: Incident): ReadonlyMap<string, Occurred> => {
    const occurred = new Map<string, { group: Group; rules: number[] }>();
    for (const [index, { text }] of rules.entries()) {
      if (!incident.rules.has(text)) continue;
      for (const group of groupsOf(fields[index] ?? [], incident.textsOf)) {
        const key = keyOf(group);
        const known = occurred.get(key);
        if (known === undefined) occurred.set(key, { group, rules: [index] });
        else known.rules.push(index);
      }
    }
    return occurred;
  };

  return () => {
    const groups = rememberedGroups(span);
    return {
      size: groups.size,
      observe: (incident, seen) => {
        const { at, textsOf } = incident;
        const values = counted === undefined ? [] : textsOf(counted);
        if (counted !== undefined && values.length === 0) return [];
        const satisfied: Group[] = [];
        for (const [key, occurred] of occurrencesOf(incident)) {
          const window = groups.touch(key, at) ?? openWindow();
          const isSatisfied = window.add({ at, rules: occurred.rules, values });
          seen?.({ group: occurred.group, reached: window.reached(at), isSatisfied });
          if (isSatisfied) satisfied.push(occurred.group);
          else groups.keep(key, at, window);
        }
        return satisfied;
      },
    };
  };
}

interface Occurred {
  readonly group: Group;
  readonly rules: readonly number[];
}

interface RememberedGroups {
  /** Takes a group out, to be kept again if it is still needed. */
  readonly touch: (key: string, at: number) => GroupWindow | undefined;
  readonly keep: (key: string, at: number, window: GroupWindow) => void;
  readonly size: () => number;
}

/** Groups in the order of their last incident; those for which that is a timespan ago are forgotten. */
function rememberedGroups(span: number): RememberedGroups {
  const groups = new Map<string, { readonly last: number; readonly window: GroupWindow }>();
  return {
    touch: (key, at) => {
      for (const [oldest, { last }] of groups) {
        if (last >= at - span) break;
        groups.delete(oldest);
      }
      const found = groups.get(key);
      groups.delete(key);
      return found?.window;
    },
    keep: (key, last, window) => {
      groups.set(key, { last, window });
    },
    size: () => groups.size,
  };
}
