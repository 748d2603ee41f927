import type { Disturbance } from '../changes/advance.js';
import { pathOfRead } from '../detections/types.js';
import { metadataPathOf } from '../plan/types.js';
import type { Report, ReportInput } from '../report/types.js';
import type { WriteBack } from '../writeback/types.js';
import { reportOf } from './target-parts.js';
import type { TargetRun } from './types.js';

/** What one way through came to for a target. */
export interface Pass {
  readonly run: TargetRun;
  readonly told: ReportInput;
  readonly disturbed: Disturbance | null;
}

/** The one report of all targets, with what another run did meanwhile. */
export function endReport(passes: readonly Pass[]): Report {
  return reportOf(passes.map((each) => ({ run: each.run, told: endOf(each) })));
}

function endOf({ told, disturbed }: Pass): ReportInput {
  if (disturbed === null) return told;
  const message = 'another run deployed to the same target at the same time, and may have written after this one';
  const help =
    'Run the workflow again on the newest commit: it looks at everything that both runs touched. A `concurrency` group with `cancel-in-progress: false` keeps runs of one branch apart.';
  return { ...told, stopped: told.stopped ?? { message, help } };
}

/** What the one commit holds of a target; a `uuid` that only moves and could not is a note, since it is not lost. */
export function writtenFor(
  { target }: TargetRun,
  writeBack: WriteBack | null,
  { notes, outcomes }: ReportInput,
): Pick<ReportInput, 'writeBack' | 'notes'> {
  if (target.key === null || writeBack === null) return { writeBack, notes };
  const results = writeBack.results.filter(({ edit }) => edit.target?.name === target.name);
  const brought = new Set(
    outcomes.flatMap(({ operation }) =>
      operation.kind === 'create' || operation.kind === 'adopt' ? [operation.detection.path] : [],
    ),
  );
  const isLeft = results.some(({ kind, edit }) => kind === 'lost' && !brought.has(edit.path));
  return { writeBack: { ...writeBack, results }, notes: isLeft ? [...notes, LEFT] : notes };
}

const LEFT =
  'The plain `uuid` of some files could not be moved to `uuids`; it counts as it is, and the next run moves it.';

/**
 * The older of two runs that were at work at once, once it has deployed the newer one's commit after its own: what the
 * second way through says of a file counts.
 */
export function bothOf(first: Pass, again: Pass): Pass {
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
  return { run: again.run, told, disturbed: again.disturbed };
}

function writtenByBoth(first: WriteBack | null, again: WriteBack | null): WriteBack | null {
  if (first === null || again === null) return again ?? first;
  return { ...again, commit: again.commit ?? first.commit, results: [...first.results, ...again.results] };
}
