import type { Detection, ReadDetection } from '../detections/types.js';
import type { Rule, RuleUuid } from '../sekoia/types.js';
import type { Survey } from '../sekoia/survey.js';
import { makePlan } from './make-plan.js';
import type { Drift, FieldChange, Obstacle, Operation, Plan } from './types.js';

export interface DriftFound {
  /** What bringing the platform back to the files takes; nothing is created, adopted, disabled or deleted by it. */
  readonly plan: Plan;
  /** By the path of the metadata file. */
  readonly drifts: ReadonlyMap<string, Drift>;
  /** Rules of the community's own that no file has, by name. */
  readonly strangers: readonly Rule[];
  /** Whether the platform said which rules are Sekoia's own; if not, nobody can tell strangers. */
  readonly knowsStrangers: boolean;
}

/**
 * Where the platform differs from the files although the branch did not change. Pure: nothing is read or written here.
 *
 * @param isPending whether the detection has a change that is not deployed yet: what differs then is no drift.
 */
export function findDrift(
  branch: {
    readonly detections: readonly ReadDetection[];
    /** Which files have which rule, the whole branch over and what waits to get onto it. */
    readonly claims: ReadonlyMap<RuleUuid, readonly string[]>;
    /** What stands in the way of a comparison already, by metadata path. */
    readonly held?: ReadonlyMap<string, Obstacle>;
  },
  survey: Survey,
  isPending: (path: string) => boolean,
): DriftFound {
  const catalogue = { byUuid: survey.byUuid, byName: new Map<string, never>() };
  const policy = { adopt: 'never', onMissing: 'fail', onRemoved: 'keep', maxRemovals: 0 } as const;
  const { operations } = makePlan(
    { ...branch, removed: [], formerNames: new Map(), returned: new Set(), policy },
    catalogue,
  );
  const drifts = new Map<string, Drift>();
  const judged = operations.map((operation) => {
    const left = leftAlone(operation, isPending);
    if (left !== null) return left;
    if (operation.kind === 'update') drifts.set(operation.detection.path, changed(operation));
    if (!isMissing(operation)) return operation;
    drifts.set(operation.path, { kind: 'missing' });
    return { ...operation, obstacle: { ...operation.obstacle, help: MISSING_HELP } };
  });
  const isElsewhere = operations.some((each) => each.kind === 'blocked' && each.obstacle?.code === 'all-gone');
  const knowsStrangers = !isElsewhere && survey.rows.every(({ saysVerified }) => saysVerified);
  return {
    plan: { operations: judged },
    drifts,
    strangers: knowsStrangers ? strangersAmong(survey.rows, branch.claims) : [],
    knowsStrangers,
  };
}

/** The UUIDs to look at: drafts are never deployed, and what has findings cannot be compared. */
export function rulesToSurvey(detections: readonly ReadDetection[]): readonly RuleUuid[] {
  return detections.flatMap((read) =>
    read.kind === 'sound' && !read.detection.draft && read.detection.uuid !== null ? [read.detection.uuid] : [],
  );
}

const MISSING_HELP =
  'Somebody deleted it there. Deploy once with `on-missing: recreate` and `scope: all` to create it anew, or remove the detection.';

/** What is not for a comparison of the two: a deployment is still to come. */
function leftAlone(operation: Operation, isPending: (path: string) => boolean): Operation | null {
  if (operation.kind === 'create') {
    return none(operation.detection, 'it has no UUID: its rule comes, or is found by its name, when it is deployed');
  }
  if (operation.kind === 'update' && isPending(operation.detection.path)) {
    return none(operation.detection, 'its files changed, which is not deployed yet: what differs is no drift');
  }
  if (isMissing(operation) && isPending(operation.path)) {
    const { path, name, uuid } = operation;
    const reason = 'its files changed, which is not deployed yet; its rule is not on the platform';
    return { kind: 'none', path, name, uuid, reason };
  }
  return null;
}

function none({ path, name, uuid }: Detection, reason: string): Operation {
  return { kind: 'none', path, name, uuid, reason };
}

type Missing = Operation & { readonly kind: 'blocked'; readonly obstacle: object };

function isMissing(operation: Operation): operation is Missing {
  return operation.kind === 'blocked' && operation.obstacle?.code === 'rule-gone';
}

function changed({ rule, changes }: Operation & { readonly kind: 'update' | 'adopt' }): Drift {
  const { updatedAt, updatedBy, updatedByType } = rule;
  return {
    kind: 'changed',
    changes: changes.map(({ field, from, to }): FieldChange => ({ field, from: to, to: from })),
    hand: { at: updatedAt, by: updatedBy, byType: updatedByType },
  };
}

function strangersAmong(rows: readonly Rule[], claims: ReadonlyMap<RuleUuid, unknown>): readonly Rule[] {
  return rows
    .filter(({ uuid, verified }) => !verified && !claims.has(uuid))
    .sort((one, other) => compareText(one.write.name, other.write.name) || compareText(one.uuid, other.uuid));
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
