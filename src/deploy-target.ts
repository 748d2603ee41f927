import { holdBase } from './changes/advance.js';
import type { DeployedRef } from './changes/advance.js';
import type { Standing } from './changes/standing.js';
import type { Changes } from './changes/types.js';
import { carryOut } from './deploy/carry-out.js';
import { leaveAll } from './deploy/not-sent.js';
import { statesOf } from './deploy/subcommunities.js';
import type { Outcome } from './deploy/types.js';
import type { ReadDetection } from './detections/types.js';
import { metadataFiles } from './detections/metadata-files.js';
import { ActionError } from './errors.js';
import type { Settings } from './inputs.js';
import type { TalkingRun, TargetRun } from './modes/types.js';
import { pause } from './pause.js';
import { differences } from './plan/compare.js';
import type { Desired } from './plan/make-plan.js';
import type { Operation } from './plan/types.js';
import { progressTo } from './report/progress.js';
import type { Spent, Stop } from './report/types.js';
import { stopOf } from './stop-of.js';
import { looksAtSomething, openTarget, planWith, requireCommunity } from './target.js';
import type { UuidEdit, Way, WriteBack } from './writeback/types.js';

/** A target of which it is known what is to be done. */
export interface DeployRun extends TargetRun {
  readonly branch: string;
  readonly standing: Standing;
  readonly changes: Changes;
  readonly desired: Desired;
  readonly ref: DeployedRef;
}

/** What a run did to a target. */
export interface Done {
  readonly outcomes: readonly Outcome[];
  readonly stopped: Stop | null;
  readonly spent: Spent | null;
}

/** How the UUIDs of what is about to be created will get onto the branch; if in no way, nothing may be created. */
export interface WayFound {
  readonly way: Way | 'none';
  readonly stopped: Stop | null;
}

/**
 * One target's share of the run: catalogue -> plan -> preflight -> outcomes. Failures of single rules are outcomes; where
 * nothing may be sent at all, every write is left and `stopped` says why.
 *
 * @param findWay asked for before the first rule is created
 * @throws SekoiaError where the platform cannot be asked, in a run without targets; of one of many it is told as a stop
 */
export async function deployTarget(run: DeployRun, findWay: () => Promise<WayFound>): Promise<Done> {
  const { world, desired, target } = run;
  const start = performance.now();
  const sekoia = openTarget(run);
  const spent = (): Spent => ({ requests: sekoia.statistics.requests, elapsedMs: performance.now() - start });
  try {
    if (looksAtSomething(desired)) await requireCommunity(sekoia, target);
    const plan = await planWith(sekoia, desired);
    const { stopped } = plan.operations.some(bringsUuid) ? await findWay() : { stopped: null };
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
    return { outcomes, stopped, spent: spent() };
  } catch (thrown) {
    if (target.key === null) throw thrown;
    return { outcomes: [], stopped: stopOf(thrown, world.log), spent: spent() };
  } finally {
    await sekoia.close();
  }
}

/**
 * Whether the platform holds now what the run left there, by a fresh look; asked where another run was at work at the
 * same time. A look that fails has not seen it.
 */
export async function isInPlace(run: DeployRun, outcomes: readonly Outcome[]): Promise<boolean> {
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
  return outcomes.some(
    ({ operation, kind }) => (isWrite(operation) || statesOf(operation).length > 0) && kind !== 'skipped',
  );
}

/** Looks for the way of the UUIDs once, when the first target is about to create a rule. */
export function wayOf({ settings, forge, event }: TalkingRun, branch: string): () => Promise<WayFound> {
  const { writeBack } = settings;
  const { defaultBranch, head } = event;
  const find = async (): Promise<WayFound> => {
    if (writeBack === 'none') return { way: 'none', stopped: null };
    try {
      const way = await forge.chooseWay({ writeBack, branch, defaultBranch, head });
      return { way, stopped: null };
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      return { way: writeBack, stopped: { message: error.message, help: error.help } };
    }
  };
  let found: Promise<WayFound> | undefined;
  return () => (found ??= find());
}

/**
 * While there is no deployed ref, it is written before anything is asked or sent, so that a run which fails or is killed
 * at any later point is made up for. A target that goes on from another's ref gets its own there.
 */
export async function heldRef(run: Omit<DeployRun, 'ref'>): Promise<DeployedRef> {
  const { standing, changes, desired, event, repository, compare, world } = run;
  const { deployed, inherited, isReadable } = standing;
  const by = { repository, compare, log: world.log };
  if (inherited !== undefined) return holdBase({ ...standing, deployed: null }, deployed, event.head, by);
  if (deployed !== null || !isReadable || !looksAtSomething(desired)) return { at: deployed, writable: isReadable };
  const base = changes.scope === 'changed' ? changes.base : event.start.kind === 'commit' ? event.start.commit : null;
  return holdBase(standing, base, event.head, by);
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

/** Puts UUIDs on the branch, those of all targets in one commit. */
export async function writeUuids(
  { settings, world, event, forge }: TalkingRun,
  branch: string,
  edits: readonly UuidEdit[],
  findWay: () => Promise<WayFound>,
): Promise<WriteBack | null> {
  if (edits.length === 0) return null;
  const { way } = await foundOrAsked(findWay, settings);
  if (way === 'none') return null;
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

/** Without a word on the way it is tried as it was asked for: then the edits are lost one by one, each with the reason. */
async function foundOrAsked(findWay: () => Promise<WayFound>, { writeBack }: Settings): Promise<WayFound> {
  try {
    return await findWay();
  } catch {
    return { way: writeBack, stopped: null };
  }
}
