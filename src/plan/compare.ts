import type { EventField, RuleParameter, WriteRule } from '../sekoia/types.js';
import type { FieldChange } from './types.js';

/**
 * The fields in which two rules differ by meaning. The order of tags and other sets, line ends, blanks at line ends and
 * final line ends of texts, letter case of UUIDs, a number against the same number as text, and null against absent or
 * empty are no difference: the platform may bring any of them into a form of its own (sekoia-api.md §8.11, §8.38).
 */
export function differences(from: WriteRule, to: WriteRule): readonly FieldChange[] {
  return FIELDS.filter((field) => !same(field, from, to)).map((field) => ({ field, from: from[field], to: to[field] }));
}

type Equality = (a: never, b: never) => boolean;

/** How each field is compared; the order is that of every list of changes a reader sees. */
const EQUALITIES = {
  name: sameText,
  type: sameText,
  enabled: sameScalar,
  severity: sameScalar,
  effort: sameScalar,
  alert_type_uuid: sameUuid,
  description: sameText,
  payload: sameText,
  tags: sameSet,
  related_object_refs: sameSet,
  datasources: sameUuids,
  event_fields: sameEventFields,
  parameters: sameParameters,
  all_entities: sameScalar,
  entities: sameUuids,
  all_assets: sameScalar,
  assets: sameUuids,
  goal: sameText,
  false_positives: sameText,
  similarity_strategy: sameJson,
} satisfies Record<keyof WriteRule, Equality>;

const FIELDS = Object.keys(EQUALITIES) as readonly (keyof WriteRule)[];

function same(field: keyof WriteRule, from: WriteRule, to: WriteRule): boolean {
  return (EQUALITIES[field] as (a: unknown, b: unknown) => boolean)(from[field], to[field]);
}

function sameText(a: string | null, b: string | null): boolean {
  return normalText(a) === normalText(b);
}

function normalText(text: string | null): string {
  return (text ?? '')
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n+$/, '');
}

function sameScalar(a: number | boolean, b: number | boolean): boolean {
  return String(a) === String(b);
}

function sameUuid(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function sameUuids(a: readonly string[], b: readonly string[]): boolean {
  return sameSet(
    a.map((uuid) => uuid.trim().toLowerCase()),
    b.map((uuid) => uuid.trim().toLowerCase()),
  );
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((item) => right.has(item));
}

/** The order is that of the columns of an alert, so it counts. */
function sameEventFields(a: readonly EventField[], b: readonly EventField[]): boolean {
  return (
    a.length === b.length &&
    a.every((item, index) => item.field === b[index]?.field && sameText(item.description, b[index].description))
  );
}

/** Two parameters are one where all that both name (uuid, name) is equal; a file may name only one of them. */
function sameParameters(a: readonly RuleParameter[], b: readonly RuleParameter[]): boolean {
  return (
    a.length === b.length &&
    a.every((left) => b.some((right) => sameParameterKeys(left, right) && sameJson(left.value, right.value)))
  );
}

function sameParameterKeys(a: RuleParameter, b: RuleParameter): boolean {
  const sameName = a.name === undefined || b.name === undefined || a.name === b.name;
  const sameId = a.uuid === undefined || b.uuid === undefined || sameUuid(a.uuid, b.uuid);
  return sameName && sameId;
}

function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with sorted keys, without nulls in maps, and with numeric texts as numbers. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  if (typeof value === 'string' && value.trim() !== '' && String(Number(value)) === value) return value;
  return JSON.stringify(value ?? null);
}
