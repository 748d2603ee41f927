import { findChanges } from '../changes/find-changes.js';
import { startOfMerge } from '../changes/merge-base.js';
import { readPlace, startFrom } from '../changes/standing.js';
import type { Standing } from '../changes/standing.js';
import type { Changes } from '../changes/types.js';
import { showAll } from '../deploy/not-sent.js';
import { readDesired } from '../desired-state.js';
import { commitSource } from '../detections/commit-source.js';
import type { RunEvent } from '../event.js';
import { attentionIn } from '../plan/attention.js';
import { makeReport } from '../report/make-report.js';
import { publish } from '../report/publish.js';
import { scopeInWords } from '../report/words.js';
import { DEFAULT_TARGET, openTarget, planWith } from '../target.js';
import { readAuthors } from './authors.js';
import { commentOn } from './comment-on.js';
import { nothingFor } from './nothing.js';
import { pendingFor } from './pending.js';
import { readAsked } from './read.js';
import type { TalkingRun } from './types.js';

/** Shows what a deployment would do: the same checks, reads and planning, and not one write. */
export async function plan(run: TalkingRun): Promise<0 | 1> {
  const { world, settings, repository } = run;
  const begun = performance.now();
  const { standing, changes, event } = await rangeOf(run);
  const source = commitSource(repository, event.head);
  const read = await readAsked(settings, { source, changes });
  const branch = event.into ?? event.branch;
  const pending = branch === null ? null : await pendingFor({ ...run, branch, changes, read });
  const desired = await readDesired({ world, settings, event, repository, source, standing, changes, read, pending });

  const sekoia = openTarget(run);
  try {
    const planned = await planWith(sekoia, desired);
    const report = makeReport({
      ...nothingFor(event),
      scope: scopeInWords(changes),
      read: { ...read, detections: desired.detections },
      outcomes: showAll(planned),
      attention: attentionIn(planned),
      notes: [...read.notes, CANNOT_TELL],
      authors: await readAuthors({ repository, event, changes, read, signal: world.signal, log: world.log }),
      spent: { requests: sekoia.statistics.requests, elapsedMs: performance.now() - begun },
    });
    return await publish(report, { ...world, comment: (told) => commentOn(told, run) });
  } finally {
    await sekoia.close();
  }
}

interface Range {
  readonly standing: Standing;
  readonly changes: Changes;
  /** The event as what is planned starts. */
  readonly event: RunEvent;
}

/** On the branch that deploys: what the next deployment has to do. Elsewhere: what merging brings to it. */
async function rangeOf({ world, event, repository, forge }: TalkingRun): Promise<Range> {
  const { log } = world;
  const branch = event.into ?? event.branch;
  const standing = branch === null ? NOWHERE : await readPlace({ repository, branch, target: DEFAULT_TARGET, log });
  if (event.branch !== null && event.branch === event.into) {
    const { deployed } = standing;
    const start = startFrom(standing, event.start);
    return { standing, event, changes: await findChanges({ repository, event: { ...event, start }, deployed, log }) };
  }
  const start = await startOfMerge({ repository, mergeBase: forge.mergeBase, event });
  // What is deployed has no part in what the merge changes, and what came and went in it was never on the branch.
  const merged = { ...event, start };
  const changes = await findChanges({ repository, event: merged, log });
  return { standing: { ...standing, deployed: null }, event: merged, changes };
}

const NOWHERE: Standing = { ref: '', deployed: null, tip: null, isReadable: false, overtaken: null };

const CANNOT_TELL =
  'A plan cannot tell whether Sekoia compiles a new pattern, nor whether the key may write: that shows when it is deployed.';
