import { FIELD_TABLE } from './table.js';

export type FieldKind = 'text' | 'number' | 'date' | 'boolean' | 'address' | 'point' | 'object';

export interface FieldFacts {
  readonly kind: FieldKind;
  /** How many intake formats fill it in their samples. */
  readonly formats: number;
  /** On Sekoia's own list: filled by the platform, whatever the format. */
  readonly isPlatforms: boolean;
}

/** What a name is to the platform, in this order (sigma.md §10). */
export type FieldReading =
  /** In the taxonomy. */
  | { readonly kind: 'listed'; readonly facts: FieldFacts }
  /** Set by the platform itself on every event, or on those that it enriches. */
  | { readonly kind: 'platform' }
  /** Below a field that holds objects of any shape. */
  | { readonly kind: 'child' }
  | { readonly kind: 'unknown' };

export function readField(name: string): FieldReading {
  const facts = knownFields().get(name);
  if (facts !== undefined) return { kind: 'listed', facts };
  if (isPlatformName(name)) return { kind: 'platform' };
  if (name.length > LONGEST_NAME) return { kind: 'unknown' };
  return isChildOfObject(name) ? { kind: 'child' } : { kind: 'unknown' };
}

const LONGEST_NAME = 500;

/** Every name of the taxonomy. Read from the table at the first call. */
export function knownFields(): ReadonlyMap<string, FieldFacts> {
  return (fields ??= readTable(FIELD_TABLE));
}

let fields: ReadonlyMap<string, FieldFacts> | undefined;

function isPlatformName(name: string): boolean {
  return name === 'timestamp' || name.startsWith('sekoiaio.') || name.startsWith('alert.');
}

function isChildOfObject(name: string): boolean {
  for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
    if (knownFields().get(name.slice(0, end))?.kind === 'object') return true;
  }
  return false;
}

const KINDS: Readonly<Record<string, FieldKind>> = {
  k: 'text',
  n: 'number',
  d: 'date',
  b: 'boolean',
  i: 'address',
  g: 'point',
  o: 'object',
};

/** The form of a line stands above the table. */
function readTable(table: string): ReadonlyMap<string, FieldFacts> {
  const read = new Map<string, FieldFacts>();
  const segments: string[] = [];
  for (const line of table.split('\n')) {
    if (line === '') continue;
    const blank = line.lastIndexOf(' ');
    const isPlatforms = line.endsWith('!');
    const formats = line.slice(blank + 2, isPlatforms ? -1 : undefined);
    segments.length = Number.parseInt(line.charAt(0), 36);
    segments.push(...line.slice(1, blank).split('.'));
    const kind = KINDS[line.charAt(blank + 1)] ?? 'text';
    read.set(segments.join('.'), { kind, formats: Number(formats), isPlatforms });
  }
  return read;
}
