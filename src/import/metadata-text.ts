import type { TargetKey } from '../detections/types.js';
import type { Rule, WriteRule } from '../sekoia/types.js';

/** How the metadata file of a rule says who it is, and which checks it eases. */
export interface Identity {
  /** Null: the file has `uuid`; else `uuids` with one member, and `only` with its name. */
  readonly target: Pick<TargetKey, 'name'> | null;
  /** Codes of checks of patterns. */
  readonly eased: readonly string[];
}

/**
 * The text of the metadata file of a rule: JSON, its members in a fixed order. Left out is what a new rule gets by itself
 * and an update leaves alone, and what the platform did not say. Members of sets are sorted, since the platform may list
 * them in any order.
 */
export function metadataText(rule: Rule, { target, eased }: Identity): string {
  const { write, missing, uuid } = rule;
  const fields = Object.entries(FIELDS).flatMap(([field, valueOf]) => {
    const value = missing.includes(field as keyof WriteRule) ? undefined : valueOf(write);
    return value === undefined ? [] : [[field, value] as const];
  });
  const members = Object.fromEntries([
    ...fields,
    ...(eased.length === 0 ? [] : [['checks', eased.map((code) => ({ code, severity: 'warning', reason: REASON }))]]),
    // A rule of one customer's is not meant for the others.
    ...(target === null
      ? [['uuid', uuid]]
      : [
          ['only', [target.name]],
          ['uuids', { [target.name]: uuid }],
        ]),
  ]) as unknown;
  return `${visible(JSON.stringify(members, null, 2))}\n`;
}

const REASON = 'Imported with the rule, which Sekoia holds as it is.';

type ValueOf = (rule: WriteRule) => unknown;

/** The members in their order; undefined: left out. */
const FIELDS = {
  name: ({ name }) => name,
  description: ({ description }) => filled(description),
  // A new rule runs unless its file says otherwise.
  enabled: ({ enabled }) => (enabled ? undefined : false),
  severity: ({ severity }) => severity,
  effort: ({ effort }) => effort,
  alert_type_uuid: ({ alert_type_uuid: uuid }) => uuid,
  goal: ({ goal }) => filled(goal),
  false_positives: ({ false_positives: text }) => filled(text),
  tags: ({ tags }) => set(tags),
  related_object_refs: ({ related_object_refs: refs }) => set(refs),
  datasources: ({ datasources }) => set(datasources),
  event_fields: ({ event_fields: fields }) => filled(fields),
  parameters: ({ parameters }) => filled(parameters),
  similarity_strategy: ({ similarity_strategy: strategy }) => filled(strategy),
  // A list limits the rule to it, and so says that it is not for all.
  all_entities: ({ all_entities: all, entities }) => (all || entities.length > 0 ? undefined : false),
  entities: ({ all_entities: all, entities }) => (all ? undefined : set(entities)),
  all_assets: ({ all_assets: all, assets }) => (all || assets.length > 0 ? undefined : false),
  assets: ({ all_assets: all, assets }) => (all ? undefined : set(assets)),
  available_for_subcommunities: ({ available_for_subcommunities: isForAll }) => (isForAll === true ? true : undefined),
  // `sigma`, always: a rule of another type is not imported. The community is that of the key.
} satisfies Record<Exclude<keyof WriteRule, 'payload' | 'type' | 'community_uuid'>, ValueOf>;

function filled<Value extends string | readonly unknown[]>(value: Value): Value | undefined {
  return value.length === 0 ? undefined : value;
}

function set(items: readonly string[]): readonly string[] | undefined {
  return filled([...new Set(items)].sort());
}

/** Characters that nobody sees, that reorder what is shown, or that readers of YAML refuse, by their numbers. */
function visible(json: string): string {
  return json.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const HIDDEN = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g;
