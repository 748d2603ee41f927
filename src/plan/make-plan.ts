import type { Detection, ReadDetection, Removed } from '../detections/types.js';
import type { Catalogue, Rule, RuleUuid, WriteRule } from '../sekoia/types.js';
import { candidatesFor, madeByAPerson, wantedByOthers } from './adoption.js';
import { differences } from './compare.js';
import { newRule, overlay } from './desired.js';
import { allGone, obstacleOf, obstacleToUpdate, ruleGone } from './obstacles.js';
import { planRemovals } from './removals.js';
import type { Obstacle, Operation, Plan, Policy } from './types.js';

/** What a plan is made of. */
export interface Desired {
  readonly detections: readonly ReadDetection[];
  /** Those that left the branch. */
  readonly removed: readonly Removed[];
  /** Other names that a detection without UUID may stand under on the platform, by metadata path. */
  readonly formerNames: ReadonlyMap<string, readonly string[]>;
  /** Metadata files of detections that left the branch once and are back. */
  readonly returned: ReadonlySet<string>;
  /** Which files have which rule, the whole branch over. */
  readonly claims: ReadonlyMap<RuleUuid, readonly string[]>;
  readonly policy: Policy;
  /** What stands in the way of a detection already, by metadata path. */
  readonly held?: ReadonlyMap<string, Obstacle>;
}

/** What has to be read from the platform. */
export interface Wanted {
  readonly uuids: readonly RuleUuid[];
  readonly names: readonly string[];
}

/** Rules of detections that have one, of detections that left, and rules of the same name for those without. */
export function wantedFor({ detections, removed, formerNames, policy }: Desired): Wanted {
  const deployable = detections.flatMap(deployableOf);
  const leaving = policy.onRemoved === 'keep' ? [] : removed;
  return {
    uuids: [...deployable, ...leaving].flatMap(({ uuid }) => (uuid === null ? [] : [uuid])),
    names:
      policy.adopt === 'never'
        ? []
        : deployable.flatMap((detection) => (detection.uuid === null ? namesOf(detection, formerNames) : [])),
  };
}

/** What has to be read besides, once the catalogue told which rules are gone: each may have been recreated before. */
export function wantedForGone({ detections, policy }: Desired, catalogue: Catalogue): Wanted {
  const names = detections
    .flatMap(deployableOf)
    .filter(({ uuid }) => uuid !== null && catalogue.byUuid.get(uuid)?.kind === 'gone')
    .map(({ name }) => name);
  const looks = policy.onMissing === 'recreate' && policy.adopt === 'safe' && !everyRuleIsGone(catalogue);
  return { uuids: [], names: looks ? names : [] };
}

/** One operation a detection, in their order, then those that left. Pure: nothing is read or written here. */
export function makePlan(desired: Desired, catalogue: Catalogue): Plan {
  const { detections, removed, claims, policy } = desired;
  const planned = eachRuleOnce(detections.map((read) => planOne(read, desired, catalogue)));
  const taken = new Set([...claims.keys(), ...planned.flatMap(ruleOf)]);
  return { operations: [...planned, ...planRemovals(removed, catalogue, policy, taken)] };
}

/** A rule that two detections would take over is left alone by both: which of them is meant is for a person to say. */
function eachRuleOnce(planned: readonly Operation[]): readonly Operation[] {
  const adopters = new Map<RuleUuid, string[]>();
  for (const operation of planned) {
    if (operation.kind !== 'adopt') continue;
    const { uuid } = operation.rule;
    adopters.set(uuid, [...(adopters.get(uuid) ?? []), operation.detection.path]);
  }
  return planned.map((operation) => {
    if (operation.kind !== 'adopt') return operation;
    const { detection, rule } = operation;
    const others = (adopters.get(rule.uuid) ?? []).filter((path) => path !== detection.path);
    return others.length === 0 ? operation : blocked(detection, wantedByOthers(detection, rule, others));
  });
}

function planOne(read: ReadDetection, desired: Desired, catalogue: Catalogue): Operation {
  if (read.kind === 'faulty') {
    const { path, name, uuid, errors } = read;
    return { kind: 'blocked', path, name, uuid, findings: errors, obstacle: null };
  }
  const { detection } = read;
  const { path, name, uuid } = detection;
  if (detection.draft) return { kind: 'none', path, name, uuid, reason: 'draft: checked, not deployed' };
  const obstacle = desired.held?.get(path);
  if (obstacle !== undefined) return blocked(detection, obstacle);
  return uuid === null ? planNew(detection, desired, catalogue) : planKnown(detection, uuid, desired, catalogue);
}

/** [KNOWN] The file has a UUID: its rule is updated in place, or left alone when nothing would change. */
function planKnown(detection: Detection, uuid: RuleUuid, desired: Desired, catalogue: Catalogue): Operation {
  const lookup = catalogue.byUuid.get(uuid);
  switch (lookup?.kind) {
    case undefined:
      return blocked(detection, obstacleOf(new Error(`rule ${uuid} was not looked up`)));
    case 'failed':
      return blocked(detection, obstacleOf(lookup.error));
    case 'found':
      return planUpdate(detection, withReturn(lookup.value, detection, desired), null);
    case 'gone':
      return planGone(detection, uuid, desired, catalogue);
  }
}

/** A rule that was disabled when its detection left is wanted again, unless the file says otherwise. */
function withReturn(rule: Rule, { path, fields }: Detection, { returned }: Desired): WantedFrom {
  const enabled = rule.write.enabled || (returned.has(path) && fields.enabled === undefined);
  return { rule, from: { ...rule.write, enabled } };
}

/** A rule, and what the fields of the file are laid over. */
interface WantedFrom {
  readonly rule: Rule;
  readonly from: WriteRule;
}

/** [GONE] Its rule was deleted on the platform: a failure, or a new rule whose UUID takes the old one's place. */
function planGone(detection: Detection, uuid: RuleUuid, desired: Desired, catalogue: Catalogue): Operation {
  if (everyRuleIsGone(catalogue)) return blocked(detection, allGone(uuid));
  if (desired.policy.onMissing === 'fail') return blocked(detection, ruleGone(uuid));
  return createOrAdopt(detection, [detection.name], uuid, desired, catalogue);
}

/** [NEW] The file has no UUID: a rule of exactly its name is adopted, else one is created. */
function planNew(detection: Detection, desired: Desired, catalogue: Catalogue): Operation {
  return createOrAdopt(detection, namesOf(detection, desired.formerNames), null, desired, catalogue);
}

function createOrAdopt(
  detection: Detection,
  names: readonly string[],
  replaces: RuleUuid | null,
  { claims, policy }: Desired,
  catalogue: Catalogue,
): Operation {
  const create: Operation = { kind: 'create', detection, body: newRule(detection), replaces };
  if (policy.adopt === 'never') return create;
  const candidates = candidatesFor(detection, names, catalogue, (uuid) => claims.has(uuid));
  switch (candidates.kind) {
    case 'none':
      return create;
    case 'failed':
      return blocked(detection, obstacleOf(candidates.error));
    case 'obstacle':
      return blocked(detection, candidates.obstacle);
    case 'one':
      return planAdoption(detection, candidates.rule, replaces);
  }
}

function planAdoption(detection: Detection, rule: Rule, replaces: RuleUuid | null): Operation {
  const planned = planUpdate(detection, { rule, from: rule.write }, replaces);
  switch (planned.kind) {
    case 'unchanged':
      return { kind: 'adopt', detection, rule, body: overlay(rule.write, detection), changes: [], replaces };
    case 'update':
      if (rule.createdByType !== 'apikey') return blocked(detection, madeByAPerson(detection, rule));
      return { ...planned, kind: 'adopt' };
    default:
      return planned;
  }
}

function planUpdate(detection: Detection, { rule, from }: WantedFrom, replaces: RuleUuid | null): Operation {
  const obstacle = obstacleToUpdate(detection, rule);
  if (obstacle !== null) return blocked(detection, obstacle, rule.uuid);
  const body = overlay(from, detection);
  const changes = differences(rule.write, body);
  return changes.length === 0
    ? { kind: 'unchanged', detection, rule }
    : { kind: 'update', detection, rule, body, changes, replaces };
}

function deployableOf(read: ReadDetection): readonly Detection[] {
  return read.kind === 'sound' && !read.detection.draft ? [read.detection] : [];
}

function namesOf({ name, path }: Detection, formerNames: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...new Set([name, ...(formerNames.get(path) ?? [])])];
}

/** One gone rule is a deletion; two and more, and not one that is there, is most likely the wrong community. */
function everyRuleIsGone({ byUuid }: Catalogue): boolean {
  return byUuid.size >= 2 && [...byUuid.values()].every(({ kind }) => kind === 'gone');
}

function ruleOf(operation: Operation): readonly RuleUuid[] {
  return operation.kind === 'update' || operation.kind === 'adopt' || operation.kind === 'unchanged'
    ? [operation.rule.uuid]
    : [];
}

function blocked(detection: Detection, obstacle: Obstacle, uuid = detection.uuid): Operation {
  return { kind: 'blocked', path: detection.path, name: detection.name, uuid, findings: [], obstacle };
}
