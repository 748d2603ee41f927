import { advance } from '../changes/advance.js';
import type { Disturbance } from '../changes/advance.js';
import { findChanges } from '../changes/find-changes.js';
import { readStanding, startFrom } from '../changes/standing.js';
import type { Changes } from '../changes/types.js';
import { deployTarget, hasWritten, isInPlace } from '../deploy-target.js';
import { readDesired } from '../desired-state.js';
import { commitSource } from '../detections/commit-source.js';
import { pathOfRead } from '../detections/types.js';
import type { RunEvent } from '../event.js';
import { metadataPathOf } from '../plan/types.js';
import { exitCode, makeReport } from '../report/make-report.js';
import { publish } from '../report/publish.js';
import type { Report, ReportInput } from '../report/types.js';
import { scopeInWords } from '../report/words.js';
import { DEFAULT_TARGET } from '../target.js';
import type { WriteBack } from '../writeback/types.js';
import { readAuthors } from './authors.js';
import { nothingFor } from './nothing.js';
import { pendingFor } from './pending.js';
import { readAsked } from './read.js';
import type { TalkingRun } from './types.js';

/** Brings the platform to what the head commit says: what was reviewed is what is deployed. */
export async function deploy(run: TalkingRun): Promise<0 | 1> {
  const first = await pass(run);
  if (first.disturbed?.kind !== 'newer') return publish(reportOf(first), run.world);
  const head = first.disturbed.commit;
  const again = await pass({ ...run, event: { ...run.event, head } });
  return publish(reportOf(bothOf(first, again)), run.world);
}

/** What one way through came to. */
interface Pass {
  readonly told: ReportInput;
  readonly disturbed: Disturbance | null;
}

/** One way from the deployed commit to the head. */
async function pass(run: TalkingRun): Promise<Pass> {
  const { world, settings, event, repository, compare } = run;
  const { log } = world;
  const branch = branchOf(event);
  const standing = await readStanding({ repository, compare, event, branch, target: DEFAULT_TARGET, log });
  if (standing.overtaken !== null) {
    const scope = `Nothing was deployed: ${standing.overtaken}.`;
    return { told: { ...nothingFor(event), scope }, disturbed: null };
  }
  const start = startFrom(standing, event.start);
  const { deployed } = standing;
  const changes = await findChanges({ repository, event: { ...event, start }, deployed, log });
  noticeOtherSettings(changes, run);
  const source = commitSource(repository, event.head);
  const read = await readAsked(settings, { source, changes });
  const pending = await pendingFor({ ...run, branch, changes, read });
  const desired = await readDesired({ ...run, source, standing, changes, read, pending, target: null });
  const target = { ...run, branch, standing, changes, desired };
  const done = await deployTarget(target);
  const told = {
    ...nothingFor(event),
    ...done,
    scope: scopeInWords(changes),
    read: { ...read, detections: desired.detections },
    notes: read.notes,
    waiting: pending?.pullRequest ?? null,
  };
  // A cancelled run has seconds left, and they are for the report.
  if (world.signal.aborted) return { told, disturbed: null };
  const { writeBack, ref, outcomes } = done;
  const disturbed = await advance(
    {
      ref: standing.ref,
      from: ref,
      to: writeBack?.parent === event.head && writeBack.commit !== null ? writeBack.commit : event.head,
      isComplete: exitCode(makeReport(told)) === 0,
      hasWritten: hasWritten(outcomes),
      isInPlace: () => isInPlace(target, outcomes),
    },
    { repository, compare, log },
  );
  // Last, since nothing waits for it.
  const authors = await readAuthors({ repository, event, changes, read, signal: world.signal, log });
  return { told: { ...told, authors }, disturbed };
}

function reportOf({ told, disturbed }: Pass): Report {
  if (disturbed === null) return makeReport(told);
  const message = 'another run deployed to the same target at the same time, and may have written after this one';
  const help =
    'Run the workflow again on the newest commit: it looks at everything that both runs touched. A `concurrency` group with `cancel-in-progress: false` keeps runs of one branch apart.';
  return makeReport({ ...told, stopped: told.stopped ?? { message, help } });
}

/**
 * The older of two runs that were at work at once, once it has deployed the newer one's commit after its own: what the
 * second way through says of a file counts.
 */
function bothOf(first: Pass, again: Pass): Pass {
  const seen = new Set(again.told.outcomes.map(({ operation }) => metadataPathOf(operation)));
  const read = new Set(again.told.read.detections.map(pathOfRead));
  const isNew = (path: string): boolean => !seen.has(path) && !read.has(path);
  // Both runs created it: the rule that no file got the UUID of has to be told, whatever the file is now.
  const lost = new Set(
    first.told.writeBack?.results.flatMap(({ kind, edit }) => (kind === 'lost' ? [edit.path] : [])) ?? [],
  );
  const told: ReportInput = {
    ...again.told,
    read: {
      ...again.told.read,
      findings: [...first.told.read.findings.filter(({ path }) => isNew(path)), ...again.told.read.findings],
    },
    outcomes: [
      ...first.told.outcomes.filter(({ operation }) => {
        const path = metadataPathOf(operation);
        return isNew(path) || lost.has(path);
      }),
      ...again.told.outcomes,
    ],
    writeBack: writtenByBoth(first.told.writeBack, again.told.writeBack),
    notes: [
      ...again.told.notes,
      `A newer run finished while this one was at work, so its commit ${again.told.head} was deployed once more, over what this run wrote.`,
    ],
  };
  return { told, disturbed: again.disturbed };
}

function writtenByBoth(first: WriteBack | null, again: WriteBack | null): WriteBack | null {
  if (first === null || again === null) return again ?? first;
  return { ...again, commit: again.commit ?? first.commit, results: [...first.results, ...again.results] };
}

/** The diff cannot see another key, region or folder; the workflow's file may hold one. */
function noticeOtherSettings(changes: Changes, { world }: TalkingRun): void {
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
