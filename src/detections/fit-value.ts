import { isDeepStrictEqual } from 'node:util';

/** Lists whose order says nothing: what stays of them keeps the place that the file gives it. */
const SETS: ReadonlySet<string> = new Set(['tags', 'related_object_refs', 'datasources', 'entities', 'assets']);

/**
 * The platform's value of a field in the form that the file gives it: what means the same keeps the file's own spelling
 * (order of sets, letter case of UUIDs, line ends and final line ends of texts, keys that an entry leaves out).
 */
export function fitValue(field: string, mine: unknown, theirs: unknown): unknown {
  if (typeof theirs === 'string') return typeof mine === 'string' ? fitText(mine, theirs) : theirs;
  if (!Array.isArray(theirs) || !Array.isArray(mine)) return theirs;
  if (SETS.has(field)) return fitSet(mine, theirs);
  return theirs.map((entry: unknown) => fitEntry(mine, entry));
}

export function fitText(mine: string, theirs: string): string {
  const lines = theirs
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '');
  if (lines === '') return '';
  const whole = `${lines}${/(?:\r?\n)*$/.exec(mine)?.[0].replace(/\r/g, '') ?? ''}`;
  return /\r\n/.test(mine) ? whole.replace(/\n/g, '\r\n') : whole;
}

function fitSet(mine: readonly unknown[], theirs: readonly unknown[]): readonly unknown[] {
  const same = (one: unknown, other: unknown): boolean => one === other || sameUuid(one, other);
  const kept = mine.filter((entry) => theirs.some((other) => same(entry, other)));
  return [...kept, ...theirs.filter((entry) => !mine.some((other) => same(entry, other)))];
}

const UUID = /^\s*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*$/i;

function sameUuid(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string' || !UUID.test(one)) return false;
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** An entry of the file that says the same, with fewer keys perhaps; else the platform's, with the keys of its twin. */
function fitEntry(mine: readonly unknown[], theirs: unknown): unknown {
  if (!isMap(theirs)) return theirs;
  const twins = mine.filter(isMap).filter((entry) => isTwin(entry, theirs));
  const same = twins.find((entry) => Object.keys(entry).every((key) => sameScalar(entry[key], theirs[key])));
  if (same !== undefined) return same;
  const [twin] = twins;
  if (twin === undefined) return theirs;
  const keys = Object.keys(twin).filter((key) => key in theirs);
  return Object.fromEntries(keys.map((key) => [key, theirs[key]]));
}

/** Event fields are known by `field`, parameters by `uuid` or `name`. */
function isTwin(mine: Entry, theirs: Entry): boolean {
  return ['field', 'uuid', 'name'].some((key) => typeof mine[key] === 'string' && sameScalar(mine[key], theirs[key]));
}

function sameScalar(mine: unknown, theirs: unknown): boolean {
  if (isDeepStrictEqual(mine ?? '', theirs ?? '') || sameUuid(mine, theirs)) return true;
  return typeof mine === 'string' && typeof theirs === 'string' && fitText(mine, theirs) === mine;
}

type Entry = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
