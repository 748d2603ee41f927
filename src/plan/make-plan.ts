import type { Detection, ReadDetection } from '../detections/types.js';
import { ActionError, messageOf } from '../errors.js';
import type { Catalogue, Rule, RuleUuid, WriteRule } from '../sekoia/types.js';
import { differences } from './compare.js';
import { newRule, overlay } from './desired.js';
import type { Obstacle, Operation, Plan } from './types.js';

/** What has to be read from the platform before anything can be planned. */
export interface Wanted {
  readonly uuids: readonly RuleUuid[];
  readonly names: readonly string[];
}

/** Rules of detections that have one, and rules of the same name for those that have none. */
export function wantedFor(detections: readonly ReadDetection[]): Wanted {
  const deployable = detections.flatMap((read) =>
    read.kind === 'sound' && !read.detection.draft ? [read.detection] : [],
  );
  return {
    uuids: deployable.flatMap(({ uuid }) => (uuid === null ? [] : [uuid])),
    names: deployable.flatMap(({ uuid, name }) => (uuid === null ? [name] : [])),
  };
}

/** One operation a detection, in the order of the detections. Pure: nothing is read or written here. */
export function makePlan(detections: readonly ReadDetection[], catalogue: Catalogue): Plan {
  const claimed = claimedUuids(detections);
  return { operations: detections.map((read) => planOne(read, catalogue, claimed)) };
}

function planOne(read: ReadDetection, catalogue: Catalogue, claimed: ReadonlySet<RuleUuid>): Operation {
  if (read.kind === 'faulty') return blockedByFindings(read);
  const { detection } = read;
  if (detection.draft) return { kind: 'none', detection, reason: 'draft: checked, not deployed' };
  return detection.uuid === null
    ? planNew(detection, catalogue, claimed)
    : planKnown(detection, detection.uuid, catalogue);
}

/** [KNOWN] The file has a UUID: its rule is updated in place, or left alone when nothing would change. */
function planKnown(detection: Detection, uuid: RuleUuid, catalogue: Catalogue): Operation {
  const lookup = catalogue.byUuid.get(uuid);
  if (lookup === undefined) return blocked(detection, notLookedUp(`rule ${uuid}`));
  if (lookup.kind === 'failed') return blocked(detection, obstacleOf(lookup.error));
  return planUpdate(detection, lookup.value);
}

/** [NEW] The file has no UUID: a rule of exactly its name is adopted, else one is created. */
function planNew(detection: Detection, catalogue: Catalogue, claimed: ReadonlySet<RuleUuid>): Operation {
  const lookup = catalogue.byName.get(detection.name);
  if (lookup === undefined) return blocked(detection, notLookedUp(`the name "${detection.name}"`));
  if (lookup.kind === 'failed') return blocked(detection, obstacleOf(lookup.error));

  const candidates = lookup.value.filter((rule) => !rule.verified && !claimed.has(rule.uuid));
  const [only, ...others] = candidates;
  if (only === undefined) return { kind: 'create', detection, body: newRule(detection) };
  if (others.length > 0) return blocked(detection, ambiguous(detection, candidates));

  const planned = planUpdate(detection, only);
  switch (planned.kind) {
    case 'unchanged':
      return { kind: 'adopt', detection, rule: only, body: overlay(only.write, detection), changes: [] };
    case 'update':
      if (only.createdByType !== 'apikey') return blocked(detection, madeByAPerson(detection, only));
      return { ...planned, kind: 'adopt' };
    default:
      return planned;
  }
}

function planUpdate(detection: Detection, rule: Rule): Operation {
  const obstacle = obstacleToUpdate(detection, rule);
  if (obstacle !== null) return blocked(detection, obstacle, rule.uuid);
  const body = overlay(rule.write, detection);
  const changes = differences(rule.write, body);
  return changes.length === 0
    ? { kind: 'unchanged', detection, rule }
    : { kind: 'update', detection, rule, body, changes };
}

function obstacleToUpdate(detection: Detection, rule: Rule): Obstacle | null {
  if (rule.verified) {
    return {
      code: 'rule-verified',
      message: `rule ${rule.uuid} "${rule.write.name}" is one of Sekoia's own (verified) rules, which cannot be edited`,
      help: 'Remove `uuid` from the metadata file to deploy the detection as a rule of your own.',
    };
  }
  if (rule.write.type !== 'sigma') {
    return {
      code: 'rule-type',
      message: `rule ${rule.uuid} "${rule.write.name}" is of type "${rule.write.type}", and a rule cannot change its type`,
      help: 'Check the `uuid` in the metadata file; remove it to deploy the detection as a new rule.',
    };
  }
  const unread = rule.missing.filter((field) => ALWAYS_READ.has(field) && !isGiven(detection, field));
  if (unread.length > 0) {
    return {
      code: 'rule-incomplete',
      message: `Sekoia's answer for rule ${rule.uuid} does not hold ${unread.join(', ')}, so an update could reset them`,
      help: 'Nothing was sent. Try again later; if it stays so, report it, the API may have changed.',
    };
  }
  return null;
}

/** Writable fields that every full answer holds (sekoia-api.md §3.2, those marked as required); the others may be absent when empty. */
const ALWAYS_READ: ReadonlySet<keyof WriteRule> = new Set<keyof WriteRule>([
  'name',
  'type',
  'payload',
  'severity',
  'effort',
  'alert_type_uuid',
  'enabled',
  'related_object_refs',
  'datasources',
  'event_fields',
  'parameters',
  'all_entities',
  'all_assets',
]);

function isGiven(detection: Detection, field: keyof WriteRule): boolean {
  return field === 'payload' || field in detection.fields;
}

function claimedUuids(detections: readonly ReadDetection[]): ReadonlySet<RuleUuid> {
  return new Set(
    detections.flatMap((read) => {
      const uuid = read.kind === 'sound' ? read.detection.uuid : read.uuid;
      return uuid === null ? [] : [uuid];
    }),
  );
}

function blockedByFindings(read: ReadDetection & { kind: 'faulty' }): Operation {
  const { path, name, uuid, errors } = read;
  return { kind: 'blocked', path, name, uuid, findings: errors, obstacle: null };
}

function blocked(detection: Detection, obstacle: Obstacle, uuid = detection.uuid): Operation {
  return { kind: 'blocked', path: detection.path, name: detection.name, uuid, findings: [], obstacle };
}

function obstacleOf(error: Error): Obstacle {
  return error instanceof ActionError
    ? { code: error.code, message: error.message, help: error.help }
    : { code: 'internal-error', message: messageOf(error), help: 'This is a fault of the action: please report it.' };
}

function notLookedUp(what: string): Obstacle {
  return {
    code: 'internal-error',
    message: `${what} was not looked up`,
    help: 'This is a fault of the action: please report it.',
  };
}

function ambiguous(detection: Detection, candidates: readonly Rule[]): Obstacle {
  const list = candidates.map((rule) => `${rule.uuid} (${originOf(rule)})`).join(', ');
  return {
    code: 'adopt-ambiguous',
    message: `${candidates.length} rules on the platform are named "${detection.name}": ${list}`,
    help: 'Put the UUID of the right one into the metadata file as `uuid`, or rename the detection; nothing was created.',
  };
}

function madeByAPerson(detection: Detection, rule: Rule): Obstacle {
  return {
    code: 'adopt-foreign',
    message: `a rule named "${detection.name}" exists with other content: ${rule.uuid} (${originOf(rule)})`,
    help: `To take it over, put "uuid": "${rule.uuid}" into the metadata file; else rename the detection. Nothing was created.`,
  };
}

function originOf(rule: Rule): string {
  const by = rule.createdByType === 'avatar' ? 'a person' : rule.createdByType === 'apikey' ? 'an API key' : 'unknown';
  return `created by ${by}${rule.createdAt === null ? '' : ` at ${rule.createdAt}`}`;
}
