import type { Detection, FileFields, ReadDetection } from '../../src/detections/types.js';
import type { Desired } from '../../src/plan/make-plan.js';
import type { Policy } from '../../src/plan/types.js';
import type { Catalogue, Lookup, Rule, RuleLookup, RuleUuid, WriteRule } from '../../src/sekoia/types.js';

/** Values for the tests of pure parts. */
export const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11' as RuleUuid;
export const OTHER_UUID = '6a2f1e6c-2f3a-4d0e-8b64-7d8f0f7f2c22' as RuleUuid;
export const ALERT_TYPE = '599f4b1a-dd60-43fe-8ee9-07d3c5d00ded';
export const PATTERN = 'detection:\n  selection:\n    process.name: a.exe\n  condition: selection\n';

export function detection(given: Partial<Detection> & { readonly with?: FileFields } = {}): Detection {
  const { with: extra, ...rest } = given;
  const name = rest.name ?? 'Suspicious process';
  return {
    path: 'detections/a.json',
    patternPath: 'detections/a_sigma.yml',
    name,
    uuid: null,
    draft: false,
    fields: { name, severity: 40, effort: 2, alert_type_uuid: ALERT_TYPE, ...extra },
    pattern: PATTERN,
    ...rest,
  };
}

export function writeRule(given: Partial<WriteRule> = {}): WriteRule {
  return {
    name: 'Suspicious process',
    type: 'sigma',
    description: '',
    payload: PATTERN,
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
    ...given,
  };
}

export function rule(given: Partial<Rule> = {}, write: Partial<WriteRule> = {}): Rule {
  return {
    uuid: UUID,
    verified: false,
    write: writeRule(write),
    missing: [],
    compilation: { success: true, message: '', at: '2026-09-01T10:00:02.000000Z' },
    createdAt: '2026-09-01T10:00:00.000000Z',
    createdByType: 'apikey',
    updatedAt: '2026-09-01T10:00:00.000000Z',
    updatedBy: null,
    updatedByType: 'apikey',
    ...given,
  };
}

export function catalogue(rules: readonly Rule[], failures: ReadonlyMap<string, Error> = new Map()): Catalogue {
  const names = new Map<string, Lookup<readonly Rule[]>>();
  for (const { write } of rules) {
    names.set(write.name, { kind: 'found', value: rules.filter((other) => other.write.name === write.name) });
  }
  const byUuid = new Map<RuleUuid, RuleLookup>(rules.map((found) => [found.uuid, { kind: 'found', value: found }]));
  for (const [key, error] of failures) {
    byUuid.set(key as RuleUuid, { kind: 'failed', error });
    names.set(key, { kind: 'failed', error });
  }
  return { byUuid, byName: names };
}

/** A platform that has none of these rules. */
export function gone(uuids: readonly RuleUuid[]): Catalogue {
  return { byUuid: new Map(uuids.map((uuid) => [uuid, { kind: 'gone' }])), byName: new Map() };
}

export function desired(
  detections: readonly ReadDetection[],
  given: Partial<Omit<Desired, 'policy'>> & { readonly policy?: Partial<Policy> } = {},
): Desired {
  return {
    detections,
    removed: [],
    formerNames: new Map(),
    returned: new Set(),
    claims: new Map(),
    ...given,
    policy: { adopt: 'safe', onMissing: 'fail', onRemoved: 'disable', maxRemovals: 10, ...given.policy },
  };
}
