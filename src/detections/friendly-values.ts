import { attackPatternOf } from './attack-patterns.js';

/**
 * Words for severities. The numbers are those that the levels of Sigma get elsewhere (sekoia-api.md §5.2), but `high` is
 * where the web app's own "High" begins (75; "Medium" is 50 to 74, "Low" 0 to 49): a word and its label say the same.
 */
export const SEVERITIES = { informational: 10, low: 30, medium: 50, high: 75, critical: 90 } as const;

/** Words for efforts (sekoia-api.md §5.3). */
export const EFFORTS = { elementary: 1, intermediate: 2, advanced: 3, master: 4 } as const;

const WORDS: Readonly<Record<string, Readonly<Record<string, number>>>> = { severity: SEVERITIES, effort: EFFORTS };

type Members = Readonly<Record<string, unknown>>;

/**
 * The members of a metadata file with the values that the platform takes: words as numbers, techniques as STIX ids among
 * `related_object_refs`. `alert_type` is left out: its UUID is known once the platform was asked.
 */
export function sentValues(members: Members): Members {
  const sent = Object.entries(members)
    .filter(([key]) => key !== 'attack' && key !== 'alert_type')
    .map(([key, value]) => [key, numberFor(key, value)] as const);
  const refs = Object.hasOwn(members, 'attack')
    ? [['related_object_refs', union(members['related_object_refs'], members['attack'])] as const]
    : [];
  return Object.fromEntries([...sent, ...refs]);
}

/** What a metadata file calls its alert type; null where it has a UUID, or nothing. */
export function alertTypeOf(members: Members): string | null {
  const written = members['alert_type'];
  return typeof written === 'string' ? written : null;
}

/** The texts of a list; everything else is for the schema to tell. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function numberFor(key: string, value: unknown): unknown {
  const words = Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
  return typeof value === 'string' && words !== undefined && Object.hasOwn(words, value) ? words[value] : value;
}

/** The ids as the file has them, then those of its techniques that are not among them. */
function union(refs: unknown, techniques: unknown): readonly string[] {
  const own = textsOf(refs);
  const known = new Set(own.map((id) => id.toLowerCase()));
  const added = textsOf(techniques).flatMap((technique) => attackPatternOf(technique) ?? []);
  return [...own, ...new Set(added.filter((id) => !known.has(id)))];
}
