import { findChanges } from '../changes/find-changes.js';
import { startOfMerge } from '../changes/merge-base.js';
import { readPlace } from '../changes/standing.js';
import type { Standing } from '../changes/standing.js';
import type { Changes } from '../changes/types.js';
import { showAll } from '../deploy/not-sent.js';
import { announceStates, statesOf } from '../deploy/subcommunities.js';
import { readDesired } from '../desired-state.js';
import type { ReadDetections } from '../detections/types.js';
import type { RunEvent } from '../event.js';
import type { Repository } from '../git/repository.js';
import { attentionIn } from '../plan/attention.js';
import type { Desired } from '../plan/make-plan.js';
import type { Operation } from '../plan/types.js';
import { publish } from '../report/publish.js';
import type { Spent } from '../report/types.js';
import { scopeInWords } from '../report/words.js';
import { stopOf } from '../stop-of.js';
import { looksAtSomething, openTarget, planWith, requireCommunity, targetBefore } from '../target.js';
import { readAuthors } from './authors.js';
import { commentOn } from './comment-on.js';
import { nothingFor } from './nothing.js';
import { pendingFor } from './pending.js';
import { readAsked } from './read.js';
import { isNew, NEVER_DEPLOYED, refsReader, startOf } from './standings.js';
import { begin, next, oneByOne, sideBySide } from './steps.js';
import type { Going, Step } from './steps.js';
import { reportOf } from './target-parts.js';
import { targetRunsOf } from './target-runs.js';
import type { TalkingRun, TargetRun } from './types.js';

/** Shows what a deployment would do: the same checks, reads and planning, and not one write. */
export async function plan(run: TalkingRun): Promise<0 | 1> {
  const runs = targetRunsOf(run);
  const refs = refsReader(runs, run.event.into ?? run.event.branch ?? '');
  const read = await oneByOne(begin(runs), (step) => next(step, ({ run }) => readFor(run, refs)));
  const planned = await sideBySide(read, (step) => next(step, planFor));
  return publish(reportOf(planned), { ...run.world, comment: (told) => commentOn(told, run) });
}

/** A target of which all is read that git has. */
interface ReadTarget {
  readonly changes: Changes;
  readonly read: ReadDetections;
  readonly desired: Desired;
  /** When it began. */
  readonly begun: number;
}

async function readFor(run: TargetRun, refs: Pick<Repository, 'readRefs'>): Promise<Step<ReadTarget>> {
  const { target } = run;
  const begun = performance.now();
  const { standing, changes, event } = await rangeOf(run, refs);
  const source = run.sourceAt(event.head);
  const read = await readAsked(run, { source, changes });
  const branch = event.into ?? event.branch;
  const pending = branch === null ? null : await pendingFor({ ...run, branch, changes, read });
  const desired = await readDesired({ ...run, event, source, standing, changes, read, pending, target: target.key });
  const told = {
    ...nothingFor(event),
    scope: scopeInWords(changes),
    read: { ...read, detections: desired.detections },
    notes: read.notes,
  };
  return { kind: 'going', run, told, work: { changes, read, desired, begun } };
}

async function planFor({ run, told, work }: Going<ReadTarget>): Promise<Step<null>> {
  const { world, event, repository, target } = run;
  const { changes, read, desired, begun } = work;
  const sekoia = openTarget(run);
  const spent = (): Spent => ({ requests: sekoia.statistics.requests, elapsedMs: performance.now() - begun });
  try {
    if (looksAtSomething(desired)) await requireCommunity(sekoia, target);
    const planned = await planWith(sekoia, desired);
    const all = {
      ...told,
      outcomes: showAll(planned).map(announceStates),
      attention: attentionIn(planned),
      notes: [...read.notes, CANNOT_TELL, ...(planned.operations.some(setsStates) ? [CANNOT_COMPARE] : [])],
      authors: await readAuthors({ repository, event, changes, read, signal: world.signal, log: world.log }),
      spent: spent(),
    };
    return { kind: 'going', run, told: all, work: null };
  } catch (thrown) {
    if (target.key === null) throw thrown;
    return { kind: 'ended', run, told: { ...told, stopped: stopOf(thrown, world.log), spent: spent() } };
  } finally {
    await sekoia.close();
  }
}

function setsStates(operation: Operation): boolean {
  return statesOf(operation).length > 0;
}

interface Range {
  readonly standing: Standing;
  readonly changes: Changes;
  /** The event as what is planned starts. */
  readonly event: RunEvent;
}

/** On the branch that deploys: what the next deployment has to do. Elsewhere: what merging brings to it. */
async function rangeOf(run: TargetRun, refs: Pick<Repository, 'readRefs'>): Promise<Range> {
  const { world, event, repository, forge, target } = run;
  const { log } = world;
  const branch = event.into ?? event.branch;
  const place = { repository: refs, target: target.name, after: targetBefore(target), log };
  const standing = branch === null ? NOWHERE : await readPlace({ ...place, branch });
  if (event.branch !== null && event.branch === event.into) {
    const { deployed } = standing;
    const start = startOf(run, standing);
    return { standing, event, changes: await findChanges({ repository, event: { ...event, start }, deployed, log }) };
  }
  const start = await startOfMerge({ repository, mergeBase: forge.mergeBase, event });
  // What is deployed has no part in what the merge changes, and what came and went in it was never on the branch.
  const merged = { ...event, start: isNew(run, standing) ? NEVER_DEPLOYED : start };
  const changes = await findChanges({ repository, event: merged, log });
  return { standing: { ...standing, deployed: null }, event: merged, changes };
}

const NOWHERE: Standing = { ref: '', deployed: null, tip: null, isReadable: false, overtaken: null };

const CANNOT_TELL =
  'A plan cannot tell whether Sekoia compiles a new pattern, nor whether the key may write: that shows when it is deployed.';

const CANNOT_COMPARE =
  'Nor can it tell whether rules run in sub-communities: a deployment sets each state that `subcommunities` names, also of rules that are unchanged otherwise.';
