import { asRuleUuid, asUuid } from './types.js';
import type { Compilation, EventField, Rule, RuleParameter, WriteRule } from './types.js';

/**
 * The rule in an answer, brought into the write shape (sekoia-api.md §3.2); null when the answer has no usable UUID.
 * All else is read leniently: what is absent or null becomes the schema's default.
 */
export function readRule(body: unknown): Rule | null {
  if (!isObject(body)) return null;
  // Some versions say `id` (§2.1).
  const uuid = asRuleUuid(body['uuid']) ?? asRuleUuid(body['id']);
  if (uuid === undefined) return null;
  return {
    uuid,
    verified: body['verified'] === true,
    saysVerified: typeof body['verified'] === 'boolean',
    write: readWritable(body),
    community: asUuid(body['community_uuid']) ?? null,
    missing: READABLE.filter((field) => !(field in body) && !(field === 'alert_type_uuid' && 'alert_type' in body)),
    compilation: readCompilation(body),
    createdAt: textOrNull(body['created_at']),
    createdBy: textOrNull(body['created_by']),
    createdByType: textOrNull(body['created_by_type']),
    updatedAt: textOrNull(body['updated_at']),
    updatedBy: textOrNull(body['updated_by']),
    updatedByType: textOrNull(body['updated_by_type']),
  };
}

/** The body of a create or an update: exactly the fields of §3.1, never `uuid`. */
export function writeBody(rule: WriteRule): string {
  return JSON.stringify(Object.fromEntries(WRITABLE.map((field) => [field, rule[field]])));
}

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(?:(Z)|([+-])(\d\d):?(\d\d)?)?$/iu;

/**
 * A server's time as microseconds since 1970 (exact: they fit a number until the year 2255), or null when the text is
 * none. Both of §3.2's forms: ISO 8601 with a zone, and `2021-06-23 09:13:22.077939`, which is UTC.
 */
export function parseServerTime(text: string): number | null {
  const parts = TIME.exec(text.trim());
  if (parts === null) return null;
  const at = (index: number): number => Number(parts[index] ?? '0');
  const ms = Date.UTC(at(1), at(2) - 1, at(3), at(4), at(5), at(6));
  const date = new Date(ms);
  // Date.UTC carries the 31st of April over to May.
  if (date.getUTCMonth() !== at(2) - 1 || date.getUTCDate() !== at(3) || at(4) > 23 || at(5) > 59 || at(6) > 59) {
    return null;
  }
  const offsetMinutes = (parts[9] === '-' ? -1 : 1) * (at(10) * 60 + at(11));
  const microseconds = Number((parts[7] ?? '').slice(0, 6).padEnd(6, '0'));
  return (ms - offsetMinutes * 60_000) * 1000 + microseconds;
}

type Json = Readonly<Record<string, unknown>>;

// A record, so that a field added to WriteRule cannot be forgotten here.
const WRITABLE = Object.keys({
  name: true,
  type: true,
  description: true,
  payload: true,
  severity: true,
  effort: true,
  alert_type_uuid: true,
  enabled: true,
  tags: true,
  related_object_refs: true,
  datasources: true,
  event_fields: true,
  parameters: true,
  all_entities: true,
  entities: true,
  all_assets: true,
  assets: true,
  goal: true,
  false_positives: true,
  similarity_strategy: true,
  available_for_subcommunities: true,
  community_uuid: true,
} satisfies Record<keyof WriteRule, true>) as readonly (keyof WriteRule)[];

/** The community that an answer names is where the rule is, not what a file wants. */
const READABLE = WRITABLE.filter((field) => field !== 'community_uuid');

function readWritable(body: Json): WriteRule {
  const alertType = body['alert_type'];
  const isShared = body['available_for_subcommunities'];
  return {
    name: text(body['name']),
    type: text(body['type']) || 'sigma',
    description: text(body['description']),
    payload: text(body['payload']),
    severity: number(body['severity'], 0),
    effort: number(body['effort'], 1),
    alert_type_uuid: text(isObject(alertType) ? alertType['uuid'] : (alertType ?? body['alert_type_uuid'])),
    enabled: flag(body['enabled']),
    tags: strings(body['tags'], 'name'),
    related_object_refs: strings(body['related_object_refs'], 'uuid'),
    datasources: strings(body['datasources'], 'uuid'),
    event_fields: list(body['event_fields']).flatMap(readEventField),
    parameters: list(body['parameters']).flatMap(readParameter),
    all_entities: flag(body['all_entities']),
    entities: strings(body['entities'], 'uuid'),
    all_assets: flag(body['all_assets']),
    assets: strings(body['assets'], 'uuid'),
    goal: text(body['goal']),
    false_positives: text(body['false_positives']),
    similarity_strategy: list(body['similarity_strategy']),
    ...(isShared === undefined || isShared === null ? {} : { available_for_subcommunities: flag(isShared) }),
  };
}

function readEventField(entry: unknown): readonly EventField[] {
  if (!isObject(entry)) return [];
  // The published schema misspells the key (§3.2).
  return [{ field: text(entry['field']), description: text(entry['description'] ?? entry['ndescription']) }];
}

/** Without `default` and `description`, which only answers have. */
function readParameter(entry: unknown): readonly RuleParameter[] {
  if (!isObject(entry)) return [];
  const { uuid, name } = entry;
  return [
    {
      ...(typeof uuid === 'string' ? { uuid } : {}),
      ...(typeof name === 'string' ? { name } : {}),
      value: 'value' in entry ? entry['value'] : (entry['default'] ?? null),
    },
  ];
}

function readCompilation(body: Json): Compilation {
  const success = body['last_compilation_success'];
  return {
    success: typeof success === 'boolean' ? success : null,
    message: textOrNull(body['last_compilation_message']),
    at: textOrNull(body['last_compilation_at']),
  };
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: unknown, otherwise: number): number {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : otherwise;
}

/** The schema writes a default as the text "false" (§3.2). */
function flag(value: unknown): boolean {
  return value === true || value === 'true';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Strings as they are, objects by one of their members. */
function strings(value: unknown, member: string): readonly string[] {
  return list(value)
    .map((entry) => (isObject(entry) ? entry[member] : entry))
    .filter((entry) => typeof entry === 'string');
}
