import { readRule } from '../../src/sekoia/wire.js';
import type { Rule, RuleUuid, WriteRule } from '../../src/sekoia/types.js';
import { ALERT_TYPE, pattern } from '../support/detections.js';

export function uuid(number: number): RuleUuid {
  return `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000` as RuleUuid;
}

/** A rule as it is read of an answer of the platform. */
export function ruleOf(fields: Readonly<Record<string, unknown>> = {}): Rule {
  return readRule({ ...WHOLE, ...fields })!;
}

const WRITE: WriteRule = {
  name: 'A rule of ours',
  type: 'sigma',
  description: '',
  payload: pattern(),
  severity: 40,
  effort: 2,
  alert_type_uuid: ALERT_TYPE,
  enabled: true,
  tags: [],
  related_object_refs: [],
  datasources: [],
  event_fields: [],
  parameters: [],
  all_entities: true,
  entities: [],
  all_assets: true,
  assets: [],
  goal: '',
  false_positives: '',
  similarity_strategy: [],
};

const WHOLE = { ...WRITE, uuid: uuid(1), verified: false, alert_type: { uuid: ALERT_TYPE } };
