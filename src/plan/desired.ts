import type { Detection, FileFields } from '../detections/types.js';
import { asUuid } from '../sekoia/types.js';
import type { WriteRule } from '../sekoia/types.js';

/** What a field holds when neither the file nor the platform says anything (sekoia-api.md §3.1). */
const EMPTY = {
  type: 'sigma',
  description: '',
  tags: [],
  related_object_refs: [],
  datasources: [],
  event_fields: [],
  parameters: [],
  entities: [],
  assets: [],
  goal: '',
  false_positives: '',
  similarity_strategy: [],
} as const satisfies Partial<WriteRule>;

/**
 * The rule that a new detection asks for. `all_entities` and `all_assets` are sent true unless the file says
 * otherwise: the API's own default is false, which reads as "applies to nothing" (sekoia-api.md §3.1, "Scope trap").
 */
export function newRule(detection: Detection): WriteRule {
  return overlay(
    {
      ...EMPTY,
      name: '',
      payload: '',
      severity: 0,
      effort: 1,
      alert_type_uuid: '',
      enabled: true,
      all_entities: true,
      all_assets: true,
    },
    detection,
  );
}

/**
 * The rule as it stands with the fields of the file laid over it. What the file does not have stays as the platform
 * has it, since people edit there too; an explicit null, `''` or `[]` clears a field. `community_uuid` is the file's alone.
 */
export function overlay(current: WriteRule, detection: Detection): WriteRule {
  const { fields } = detection;
  const community = asUuid(fields.community_uuid);
  return {
    ...current,
    ...withoutNulls(fields),
    all_entities: appliesToAll(fields.all_entities, fields.entities, current.all_entities),
    all_assets: appliesToAll(fields.all_assets, fields.assets, current.all_assets),
    payload: detection.pattern,
    ...(community === undefined ? {} : { community_uuid: community }),
  };
}

function withoutNulls(fields: FileFields): Partial<WriteRule> {
  const entries = Object.entries(fields).map(([field, value]) => [field, value ?? EMPTY[field as keyof typeof EMPTY]]);
  return Object.fromEntries(entries) as Partial<WriteRule>;
}

/** A list in the file limits the rule to it, an emptied list lifts the limit; no list leaves things as they are. */
function appliesToAll(
  all: boolean | null | undefined,
  list: readonly string[] | null | undefined,
  current: boolean,
): boolean {
  if (typeof all === 'boolean') return all;
  if (list === undefined) return current;
  return list === null || list.length === 0;
}
