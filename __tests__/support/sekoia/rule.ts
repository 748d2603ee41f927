import { randomUUID } from 'node:crypto';
import { ALERT_TYPES, DATASOURCES, uuidOf } from './reference-data.js';
import type { AlertType, Entity, ServedRule, WriteBody } from './shapes.js';

const ALERT_TYPE_BY_UUID: ReadonlyMap<string, AlertType> = new Map(ALERT_TYPES.map((type) => [type.uuid, type]));

/** The alert types that a write may name, by UUID in lower case. */
export function knownAlertTypes(): ReadonlyMap<string, AlertType> {
  return ALERT_TYPE_BY_UUID;
}

/** A rule with nothing decided about it yet. */
export function newRule(community: string, at: string, author: string): ServedRule {
  const type = ALERT_TYPES[0];
  if (type === undefined) throw new Error('The stand-in has no alert types.');
  return {
    uuid: randomUUID(),
    instance_uuid: randomUUID(),
    enabled: true,
    community_uuid: community,
    name: 'A rule made by a person',
    type: 'sigma',
    private: true,
    is_private: true,
    description: '',
    payload: 'detection:\n  selection:\n    event.category: process\n  condition: selection\n',
    severity: 50,
    effort: 2,
    ...expandedType(type),
    tags: [],
    source: 'Stand-in community',
    verified: false,
    lifecycle: 'active',
    related_object_refs: [],
    datasources: [],
    event_fields: [],
    similarity_strategy: [],
    parameters: [],
    all_entities: true,
    entities: [],
    all_assets: true,
    assets: [],
    last_compilation_success: null,
    last_compilation_message: null,
    last_compilation_at: null,
    goal: '',
    false_positives: '',
    references: '',
    available_for_subcommunities: false,
    created_at: at,
    created_by: author,
    created_by_type: 'apikey',
    updated_at: at,
    updated_by: author,
    updated_by_type: 'apikey',
  };
}

/** What a write decides of a rule. */
export type WrittenFields = Pick<
  ServedRule,
  Exclude<keyof WriteBody, 'alert_type_uuid'> | 'alert_type' | 'alert_category'
>;

/** The asymmetries of §3.2: names and UUIDs go in, objects come out. */
export function writtenFields(
  body: WriteBody,
  entities: ReadonlyMap<string, Entity>,
  community: string,
): WrittenFields {
  const { alert_type_uuid, ...same } = body;
  const type = ALERT_TYPE_BY_UUID.get(alert_type_uuid.toLowerCase());
  if (type === undefined) throw new Error(`The alert type ${alert_type_uuid} was not validated.`);
  return {
    ...same,
    community_uuid: community,
    ...expandedType(type),
    tags: body.tags.map((name) => ({ uuid: uuidOf(`tag ${name}`), name })),
    datasources: body.datasources.map((uuid) => ({
      uuid,
      name: DATASOURCES.find((each) => each.uuid === uuid)?.name ?? '',
    })),
    entities: body.entities.map((uuid) => entities.get(uuid) ?? unknownEntity(uuid, community)),
    parameters: body.parameters.map((each) => ({ uuid: null, name: null, ...each, default: null, description: '' })),
  };
}

function expandedType({ category_name, ...type }: AlertType): Pick<ServedRule, 'alert_type' | 'alert_category'> {
  return { alert_type: type, alert_category: { uuid: type.category_uuid, name: category_name } };
}

function unknownEntity(uuid: string, community: string): Entity {
  return {
    uuid,
    name: '',
    entity_id: '',
    alerts_generation: uuidOf('generation mode'),
    description: '',
    community_uuid: community,
    number_of_intakes: 0,
  };
}
