import type { AlertType, WriteBody } from './shapes.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;
// Wording seen live (sekoia-api.md §1.5) for a name where a UUID belongs.
const NOT_A_UUID = 'UUID input should be a string, bytes or UUID object';

/** Why a value is refused; null when it is not. */
type Check = (value: unknown) => string | null;

interface Field {
  readonly check: Check;
  /** What an omitted field becomes; undefined: it must be there. */
  readonly default?: unknown;
}

export type Validated =
  | { readonly kind: 'valid'; readonly body: WriteBody }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string[]>> };

/** Checks a create or update against §3.1. `defaults` are what omitted optional fields become. */
export function validateWrite(
  value: unknown,
  mode: 'strict' | 'lax',
  alertTypes: ReadonlyMap<string, AlertType>,
  defaults: Readonly<Record<string, unknown>> = {},
): Validated {
  if (!isObject(value)) return { kind: 'invalid', errors: { _schema: ['Input should be a valid dictionary'] } };
  const errors: Record<string, string[]> = {};
  const body: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(FIELDS)) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given === undefined) {
      if (field.default === undefined) errors[name] = ['Field required'];
      else body[name] = defaults[name] ?? field.default;
      continue;
    }
    const refusal = field.check(given);
    if (refusal === null) body[name] = given;
    else errors[name] = [refusal];
  }
  if (mode === 'strict') {
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(FIELDS, name)) errors[name] = ['Extra inputs are not permitted'];
    }
  }
  const type = body['alert_type_uuid'];
  if (typeof type === 'string' && !alertTypes.has(type.toLowerCase())) {
    errors['alert_type_uuid'] = ['Unknown alert type'];
  }
  if (Object.keys(errors).length > 0) return { kind: 'invalid', errors };
  return { kind: 'valid', body: body as unknown as WriteBody };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Lengths count characters, not UTF-16 units (§8, 8). Messages are pydantic's.
function text(least: number, most: number): Check {
  return (value) => {
    if (typeof value !== 'string') return 'Input should be a valid string';
    const length = Array.from(value).length;
    if (length < least) return `String should have at least ${least} characters`;
    return length > most ? `String should have at most ${most} characters` : null;
  };
}

function integer(least: number, most: number): Check {
  return (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return 'Input should be a valid integer';
    if (value < least) return `Input should be greater than or equal to ${least}`;
    return value > most ? `Input should be less than or equal to ${most}` : null;
  };
}

const uuid: Check = (value) => (typeof value === 'string' && UUID.test(value) ? null : NOT_A_UUID);
const boolean: Check = (value) => (typeof value === 'boolean' ? null : 'Input should be a valid boolean');
const anything: Check = (value) => (value === null ? 'Input should not be null' : null);

function orNull(check: Check): Check {
  return (value) => (value === null ? null : check(value));
}

function list(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'Input should be a valid list';
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      const refusal = check(item);
      if (refusal !== null) return `Item ${index}: ${refusal}`;
    }
    return null;
  };
}

function record(checks: Readonly<Record<string, Check>>, optional: readonly string[]): Check {
  return (value) => {
    if (!isObject(value)) return 'Input should be a valid dictionary';
    for (const [name, check] of Object.entries(checks)) {
      const refusal = value[name] === undefined ? 'Field required' : check(value[name]);
      if (refusal !== null) return `${name}: ${refusal}`;
    }
    const extra = Object.keys(value).find((name) => !(name in checks) && !optional.includes(name));
    return extra === undefined ? null : `${extra}: Extra inputs are not permitted`;
  };
}

/** 1 character or more: the schema's 5 is noise, `AWS` is a real tag (§3.2). */
const tag = text(1, 100);

const FIELDS: Readonly<Record<keyof WriteBody, Field>> = {
  name: { check: text(5, 100) },
  type: { check: (value) => (value === 'sigma' ? null : "Input should be 'sigma'") },
  description: { check: orNull(text(0, 1000)) },
  payload: { check: text(1, Infinity) },
  severity: { check: integer(0, 100) },
  effort: { check: integer(1, 4) },
  alert_type_uuid: { check: uuid },
  enabled: { check: boolean },
  community_uuid: { check: text(0, 36), default: '' },
  tags: { check: list(tag), default: [] },
  related_object_refs: { check: list(text(1, 200)), default: [] },
  datasources: { check: list(uuid), default: [] },
  event_fields: { check: list(record({ field: text(1, 500), description: text(0, 1000) }, [])), default: [] },
  parameters: { check: list(record({ value: anything }, ['uuid', 'name'])), default: [] },
  all_entities: { check: boolean, default: false },
  entities: { check: list(uuid), default: [] },
  all_assets: { check: boolean, default: false },
  assets: { check: list(uuid), default: [] },
  goal: { check: text(0, Infinity), default: '' },
  false_positives: { check: text(0, Infinity), default: '' },
  similarity_strategy: { check: list(anything), default: [] },
  available_for_subcommunities: { check: boolean, default: false },
};
