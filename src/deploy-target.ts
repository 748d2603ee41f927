import { holdBase } from './changes/advance.js';
import type { DeployedRef } from './changes/advance.js';
import type { Standing } from './changes/standing.js';
import type { Changes } from './changes/types.js';
import { carryOut } from './deploy/carry-out.js';
import { leaveAll } from './deploy/not-sent.js';
import type { Outcome } from './deploy/types.js';
import type { ReadDetection } from './detections/types.js';
import { metadataFiles } from './detections/metadata-files.js';
import { ActionError } from './errors.js';
import type { RunEvent } from './event.js';
import type { Repository } from './git/repository.js';
import type { Forge } from './forge/types.js';
import type { Settings } from './inputs.js';
import { pause } from './pause.js';
import { differences } from './plan/compare.js';
import type { Desired } from './plan/make-plan.js';
import type { Operation, Plan } from './plan/types.js';
import { progressTo } from './report/progress.js';
import type { Spent, Stop } from './report/types.js';
import { openTarget, planWith } from './target.js';
import type { World } from './world.js';
import type { UuidEdit, Way, WriteBack } from './writeback/types.js';

export interface TargetRun {
  readonly world: World;
  readonly settings: Settings;
  readonly apiKey: string;
  readonly event: RunEvent;
  readonly branch: string;
  readonly repository: Repository;
  readonly standing: Standing;
  readonly changes: Changes;
  readonly desired: Desired;
  readonly forge: Forge;
  readonly compare: Forge['compare'];
}

/** What a run did to a target and to the branch. */
export interface Done {
  readonly outcomes: readonly Outcome[];
  readonly writeBack: WriteBack | null;
  readonly stopped: Stop | null;
  readonly spent: Spent | null;
  readonly ref: DeployedRef;
}

export const NOTHING_DONE: Done = {
  outcomes: [],
  writeBack: null,
  stopped: null,
  spent: null,
  ref: { at: null, writable: false },
};

/**
 * One target's share of the run: catalogue -> plan -> preflight -> outcomes -> write-back. Failures of single rules are
 * outcomes; where nothing may be sent at all, every write is left and `stopped` says why.
 */
export async function deployTarget(run: TargetRun): Promise<Done> {
  const { world, desired } = run;
  const start = performance.now();
  const sekoia = openTarget(run);
  try {
    const ref = await heldRef(run);
    const plan = await planWith(sekoia, desired);
    const { way, stopped } = await preflight(run, plan);
    const outcomes =
      stopped === null
        ? await carryOut(plan, {
            sekoia,
            differences,
            isClaimed: (uuid) => desired.claims.has(uuid),
            signal: world.signal,
            sleep: (ms) => pause(ms, world.signal),
            onProgress: progressTo(world.log),
          })
        : leaveAll(plan, stopped);
    const spent = { requests: sekoia.statistics.requests, elapsedMs: performance.now() - start };
    return { outcomes, writeBack: await writeUuids(run, way, outcomes), stopped, spent, ref };
  } finally {
    await sekoia.close();
  }
}

/**
 * Whether the platform holds now what the run left there, by a fresh look; asked where another run was at work at the
 * same time. A look that fails has not seen it.
 */
export async function isInPlace(run: TargetRun, outcomes: readonly Outcome[]): Promise<boolean> {
  const made = new Map(
    outcomes.flatMap(({ operation, uuid }) =>
      'detection' in operation && uuid !== null ? [[operation.detection.path, uuid] as const] : [],
    ),
  );
  const detections = run.desired.detections.map((read): ReadDetection => {
    const uuid = read.kind === 'sound' ? made.get(read.detection.path) : undefined;
    return read.kind === 'sound' && uuid !== undefined ? { ...read, detection: { ...read.detection, uuid } } : read;
  });
  const desired = { ...run.desired, detections };
  const sekoia = openTarget(run);
  try {
    const plan = await planWith(sekoia, desired);
    return !plan.operations.some(isOpen);
  } finally {
    await sekoia.close();
  }
}

/** Whether the run sent anything that can have changed the platform. */
export function hasWritten(outcomes: readonly Outcome[]): boolean {
  return outcomes.some(({ operation, kind }) => isWrite(operation) && kind !== 'skipped');
}

/** How the UUIDs of what is about to be created will get onto the branch; if in no way, nothing may be created. */
async function preflight(
  { settings, forge, branch, event }: TargetRun,
  plan: Plan,
): Promise<{ readonly way: Way | 'none'; readonly stopped: Stop | null }> {
  const { writeBack } = settings;
  if (writeBack === 'none' || !plan.operations.some(bringsUuid)) return { way: writeBack, stopped: null };
  const { defaultBranch, head } = event;
  try {
    const way = await forge.chooseWay({ writeBack, branch, defaultBranch, head });
    return { way, stopped: null };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    return { way: writeBack, stopped: { message: error.message, help: error.help } };
  }
}

/**
 * While there is no deployed ref, it is written before anything is asked or sent, so that a run which fails or is killed
 * at any later point is made up for.
 */
async function heldRef(run: TargetRun): Promise<DeployedRef> {
  const { standing, changes, desired, event, repository, compare, world } = run;
  const looks = desired.detections.length + desired.removed.length > 0;
  if (standing.deployed !== null || !standing.isReadable || !looks) {
    return { at: standing.deployed, writable: standing.isReadable };
  }
  const base = changes.scope === 'changed' ? changes.base : event.start.kind === 'commit' ? event.start.commit : null;
  return holdBase(standing, base, event.head, { repository, compare, log: world.log });
}

function isWrite({ kind }: Operation): boolean {
  return isOpen({ kind }) && kind !== 'blocked';
}

/** Whether something is still to be done about it, by this run or a later one. */
function isOpen({ kind }: Pick<Operation, 'kind'>): boolean {
  return kind !== 'unchanged' && kind !== 'none';
}

function bringsUuid(operation: Operation): boolean {
  return operation.kind === 'create' || operation.kind === 'adopt';
}

/** Puts the UUIDs of all that got one on the branch, those of rules that failed afterwards included. */
async function writeUuids(
  { settings, world, branch, event, forge }: TargetRun,
  way: Way | 'none',
  outcomes: readonly Outcome[],
): Promise<WriteBack | null> {
  const edits = outcomes.flatMap(({ operation, uuid }): readonly UuidEdit[] =>
    (operation.kind === 'create' || operation.kind === 'adopt') && uuid !== null
      ? [{ path: operation.detection.path, uuid, replaces: operation.replaces }]
      : [],
  );
  if (edits.length === 0 || way === 'none') return null;
  return forge.saveUuids({
    way,
    branch,
    defaultBranch: event.defaultBranch,
    head: event.head,
    metadata: metadataFiles,
    edits,
    message: settings.commitMessage,
    author: settings.commitAuthor,
    random: Math.random,
    sleep: pause,
    signal: world.signal,
    deadline: world.deadline,
  });
}
