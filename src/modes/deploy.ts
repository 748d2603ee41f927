import { advance } from '../changes/advance.js';
import type { Disturbance } from '../changes/advance.js';
import { findChanges } from '../changes/find-changes.js';
import { readStanding } from '../changes/standing.js';
import type { Changes } from '../changes/types.js';
import { deployTarget, hasWritten, heldRef, isInPlace, wayOf, writeUuids } from '../deploy-target.js';
import type { DeployRun, WayFound } from '../deploy-target.js';
import { readDesired } from '../desired-state.js';
import type { ReadDetections } from '../detections/types.js';
import type { RunEvent } from '../event.js';
import type { CommitSha } from '../git/types.js';
import type { Repository } from '../git/repository.js';
import { exitCode, makeReport } from '../report/make-report.js';
import { publish } from '../report/publish.js';

import { scopeInWords } from '../report/words.js';
import { targetBefore } from '../target.js';
import type { UuidEdit, WriteBack } from '../writeback/types.js';
import { uuidEditsOf } from '../writeback/uuid-edits.js';
import { readAuthors } from './authors.js';
import { bothOf, endReport, writtenFor } from './deploy-report.js';
import type { Pass } from './deploy-report.js';
import { nothingFor } from './nothing.js';
import { pendingFor } from './pending.js';
import { readAsked } from './read.js';
import { inRings } from './rings.js';
import { refsReader, startOf } from './standings.js';
import { begin, next, oneByOne, sideBySide } from './steps.js';
import type { Going, Step } from './steps.js';
import { targetRunsOf } from './target-runs.js';
import type { TalkingRun, TargetRun } from './types.js';

/** Brings the platform to what the head commit says: what was reviewed is what is deployed. */
export async function deploy(run: TalkingRun): Promise<0 | 1> {
  const first = await pass(run, targetRunsOf(run));
  return publish(endReport(await passAgain(run, first)), run.world);
}

/** Where a newer run finished meanwhile, its commit is deployed once more, over what this one wrote. */
async function passAgain(run: TalkingRun, first: readonly Pass[]): Promise<readonly Pass[]> {
  const heads = new Set(first.flatMap(({ disturbed }) => (disturbed?.kind === 'newer' ? [disturbed.commit] : [])));
  const again = new Map<string, Pass>();
  for (const head of heads) {
    const names = first.flatMap(({ disturbed, run: { target } }) =>
      disturbed?.kind === 'newer' && disturbed.commit === head ? [target.name] : [],
    );
    const newer = { ...run, event: { ...run.event, head } };
    const runs = targetRunsOf(newer).filter(({ target }) => names.includes(target.name));
    for (const each of await pass(newer, runs)) again.set(each.run.target.name, each);
  }
  return first.map((each) => {
    const second = again.get(each.run.target.name);
    return second === undefined ? each : bothOf(each, second);
  });
}

/** One way from the deployed commit to the head, for every target. */
async function pass(run: TalkingRun, runs: readonly TargetRun[]): Promise<readonly Pass[]> {
  const branch = branchOf(run.event);
  const refs = refsReader(runs, branch);
  const findWay = wayOf(run, branch);
  const prepared = await oneByOne(begin(runs), (step) => next(step, ({ run }) => prepare(run, branch, refs)));
  const sent = await inRings(prepared, (going) => send(going, findWay));
  const edits = sent.flatMap(editsOf);
  const writeBack = await writeUuids(run, branch, edits, findWay);
  return sideBySide(sent, async (step): Promise<Pass> => {
    const done = await next(withWriteBack(step, writeBack), settle);
    return { run: done.run, told: done.told, disturbed: done.kind === 'going' ? done.work : null };
  });
}

/** A target of which all is read that git has. */
interface Prepared {
  readonly deploy: DeployRun;
  readonly read: ReadDetections;
  readonly changes: Changes;
}

async function prepare(run: TargetRun, branch: string, refs: Pick<Repository, 'readRefs'>): Promise<Step<Prepared>> {
  const { event, repository, compare, target } = run;
  const { log } = run.world;
  const standing = await readStanding({
    repository: { ...repository, ...refs },
    compare,
    event,
    branch,
    target: target.name,
    after: targetBefore(target),
    log,
  });
  if (standing.overtaken !== null) {
    const scope = `Nothing was deployed: ${standing.overtaken}.`;
    return { kind: 'ended', run, told: { ...nothingFor(event), scope } };
  }
  const start = startOf(run, standing);
  const { deployed } = standing;
  const changes = await findChanges({ repository, event: { ...event, start }, deployed, log });
  noticeOtherSettings(changes, run);
  const source = run.sourceAt(event.head);
  const read = await readAsked(run, { source, changes });
  const pending = await pendingFor({ ...run, branch, changes, read });
  const desired = await readDesired({ ...run, source, standing, changes, read, pending, target: target.key });
  const told = {
    ...nothingFor(event),
    scope: scopeInWords(changes),
    read: { ...read, detections: desired.detections },
    notes: read.notes,
    waiting: pending?.pullRequest ?? null,
  };
  const from = target.key === null ? run : { ...run, event: { ...event, start } };
  const ref = await heldRef({ ...from, branch, standing, changes, desired });
  const deploy = { ...run, branch, standing, changes, desired, ref };
  return { kind: 'going', run, told, work: { deploy, read, changes } };
}

async function send({ run, told, work }: Going<Prepared>, findWay: () => Promise<WayFound>): Promise<Step<Prepared>> {
  const done = await deployTarget(work.deploy, findWay);
  return { kind: 'going', run, told: { ...told, ...done }, work };
}

function editsOf(step: Step<Prepared>): readonly UuidEdit[] {
  return step.kind === 'going' ? uuidEditsOf(step.told.outcomes, step.run.target.key) : [];
}

function withWriteBack<Work>(step: Step<Work>, writeBack: WriteBack | null): Step<Work> {
  return step.kind === 'ended'
    ? step
    : { ...step, told: { ...step.told, ...writtenFor(step.run, writeBack, step.told) } };
}

/** Moves the deployed ref of a target whose detections are all in place. */
async function settle({ run, told, work }: Going<Prepared>): Promise<Step<Disturbance | null>> {
  const { event, repository, compare, world } = run;
  // A cancelled run has seconds left, and they are for the report.
  if (world.signal.aborted) return { kind: 'ended', run, told };
  const { standing, ref } = work.deploy;
  const { outcomes, writeBack } = told;
  const disturbed = await advance(
    {
      ref: standing.ref,
      from: ref,
      to: newestOf(writeBack, event.head),
      isComplete: exitCode(makeReport(told)) === 0,
      hasWritten: hasWritten(outcomes),
      isInPlace: () => isInPlace(work.deploy, outcomes),
    },
    { repository, compare, log: world.log },
  );
  // Last, since nothing waits for it.
  const { changes, read } = work;
  const authors = await readAuthors({ repository, event, changes, read, signal: world.signal, log: world.log });
  return { kind: 'going', run, told: { ...told, authors }, work: disturbed };
}

function newestOf(writeBack: WriteBack | null, head: CommitSha): CommitSha {
  return writeBack?.parent === head && writeBack.commit !== null ? writeBack.commit : head;
}

/** The diff cannot see another key, region or folder; the workflow's file may hold one. */
function noticeOtherSettings(changes: Changes, { world }: TargetRun): void {
  if (changes.scope !== 'changed') return;
  if (!changes.files.some(({ path }) => path.startsWith('.github/workflows/'))) return;
  world.log.notice(
    'Workflows changed. If the key, the region or the folders of this action did, run it once with `scope: all`.',
  );
}

function branchOf({ branch }: RunEvent): string {
  if (branch === null) throw new Error('a run that deploys stands on a branch');
  return branch;
}
