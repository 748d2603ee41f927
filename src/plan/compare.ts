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
  // STIX ids end in a UUID.
  related_object_refs: sameUuids,
  datasources: sameUuids,
  event_fields: sameEventFields,
  parameters: sameParameters,
  all_entities: sameScalar,
  entities: sameUuids,
  all_assets: sameScalar,
  assets: sameUuids,
  goal: sameText,
  false_positives: sameText,
  similarity_strategy: sameLists,
  available_for_subcommunities: sameWhereSaid,
} satisfies Record<Compared, Equality>;

/** What a file wants of the community no answer has in this form: `obstacleToUpdate` compares it. */
type Compared = Exclude<keyof WriteRule, 'community_uuid'>;

const FIELDS = Object.keys(EQUALITIES) as readonly Compared[];

function same(field: Compared, from: WriteRule, to: WriteRule): boolean {
  return (EQUALITIES[field] as (a: unknown, b: unknown) => boolean)(from[field], to[field]);
}

/** Null and absent are empty: files say null, and answers may leave a field out (sekoia-api.md §3.2). */
type Text = string | null | undefined;
type List<Item> = readonly Item[] | null | undefined;

function sameText(a: Text, b: Text): boolean {
  return normalText(a) === normalText(b);
}

function normalText(text: Text): string {
  return (text ?? '')
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n+$/, '');
}

function sameScalar(a: number | boolean, b: number | boolean): boolean {
  return canonical(a) === canonical(b) || String(a) === String(b);
}

/** An answer need not hold it, and a file neither (sekoia-api.md §3.2). */
function sameWhereSaid(a: boolean | undefined, b: boolean | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function sameUuid(a: Text, b: Text): boolean {
  return normalUuid(a) === normalUuid(b);
}

function normalUuid(uuid: Text): string {
  return (uuid ?? '').trim().toLowerCase();
}

function sameUuids(a: List<string>, b: List<string>): boolean {
  return sameSet(a?.map(normalUuid), b?.map(normalUuid));
}

function sameSet(a: List<string>, b: List<string>): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((item) => right.has(item));
}

/** The order is that of the columns of an alert, so it counts. */
function sameEventFields(a: List<EventField>, b: List<EventField>): boolean {
  const [left, right] = [a ?? [], b ?? []];
  return (
    left.length === right.length &&
    left.every(
      (item, index) => item.field === right[index]?.field && sameText(item.description, right[index].description),
    )
  );
}

/** Two parameters are one where all that both name (uuid, name) is equal; a file may name only one of them. */
function sameParameters(a: List<RuleParameter>, b: List<RuleParameter>): boolean {
  const [ours, theirs] = [a ?? [], b ?? []];
  return (
    ours.length === theirs.length &&
    ours.every((left) => theirs.some((right) => sameParameterKeys(left, right) && sameJson(left.value, right.value)))
  );
}

function sameParameterKeys(a: RuleParameter, b: RuleParameter): boolean {
  const sameName = isAbsent(a.name) || isAbsent(b.name) || a.name === b.name;
  const sameId = isAbsent(a.uuid) || isAbsent(b.uuid) || sameUuid(a.uuid, b.uuid);
  return sameName && sameId;
}

function sameLists(a: List<unknown>, b: List<unknown>): boolean {
  return sameJson(a ?? [], b ?? []);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
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
  if (typeof value === 'string' && isNumber(value)) return String(Number(value));
  return JSON.stringify(value ?? null);
}

/** A number as a person writes it (`5`, `5.0`), and no more digits than a number can tell apart. */
function isNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15;
}
