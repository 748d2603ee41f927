import { readPathHistory } from './changes/path-history.js';
import type { Standing } from './changes/standing.js';
import type { Changes } from './changes/types.js';
import { formerNames, readRemoved, rulesLeftOut } from './detections/read-removed.js';
import { readReturned } from './detections/returned.js';
import { parseRoots } from './detections/roots.js';
import { takeRemovedUuidsFrom, takeUuidsFrom } from './detections/tip-uuids.js';
import type { FileSource, ReadDetections, TargetKey } from './detections/types.js';
import type { RunEvent } from './event.js';
import { bringCommit } from './git/bring-commit.js';
import type { Repository } from './git/repository.js';
import type { CommitSha } from './git/types.js';
import type { Settings } from './inputs.js';
import type { Desired } from './plan/make-plan.js';
import type { World } from './world.js';
import type { PendingUuids } from './writeback/pending-uuids.js';

export interface DesiredFrom {
  readonly world: World;
  readonly settings: Settings;
  readonly event: RunEvent;
  readonly repository: Repository;
  readonly source: FileSource;
  readonly standing: Standing;
  readonly changes: Changes;
  readonly read: ReadDetections;
  /** Whose view was read. */
  readonly target: TargetKey | null;
  /** The open pull request of earlier runs: its UUIDs count as the branch's. */
  readonly pending: PendingUuids | null;
}

/**
 * What the branch asks of the platform: its detections, with the UUIDs that reached the branch after this run's
 * checkout, the detections that left it, and the names that a detection may stand under since a run that failed.
 */
export async function readDesired(from: DesiredFrom): Promise<Desired> {
  const { world, settings, event, repository, source, standing, changes, read, pending, target } = from;
  const policy = {
    adopt: settings.adopt,
    onMissing: settings.onMissing,
    onRemoved: settings.onRemoved,
    maxRemovals: settings.maxRemovals,
  };
  const since = changes.scope === 'changed' ? changes : changes.since;
  const { head } = event;
  const history =
    since === null
      ? null
      : await readPathHistory({
          repository,
          ref: standing.inherited ?? standing.ref,
          base: since.base,
          before: event.start.kind === 'commit' ? event.start.commit : null,
          head,
          folders: parseRoots(settings.detections).folders,
          log: world.log,
        });

  const detections = await takeUuidsFrom({
    repository,
    commits: await newerCommits(from),
    detections: read.detections,
    claims: read.claims,
    target,
  });
  const claims = withUuidsOf(detections, read.claims);
  if (since === null) {
    const removed = rulesLeftOut(read.leftOut, claims);
    return { detections, removed, formerNames: new Map(), returned: new Set(), claims, policy };
  }
  const { base, files } = since;
  const left = await readRemoved({
    repository,
    head,
    base,
    files,
    versions: history,
    roots: settings.detections,
    source,
    claims,
    target,
    leftOut: read.leftOut,
  });
  const removed =
    pending === null
      ? left
      : await takeRemovedUuidsFrom({ repository, commit: pending.commit, removed: left, claims: read.claims, target });
  const names = await formerNames({ repository, detections, base, versions: history, target });
  const returned = await readReturned({ repository, base, files, detections, target });
  return { detections, removed, formerNames: names, returned, claims, policy };
}

/** A UUID that a detection got from a newer commit is taken as well. */
function withUuidsOf(detections: ReadDetections['detections'], claims: ReadDetections['claims']): typeof claims {
  const all = new Map(claims);
  for (const read of detections) {
    if (read.kind !== 'sound' || read.detection.uuid === null || all.has(read.detection.uuid)) continue;
    all.set(read.detection.uuid, [read.detection.path]);
  }
  return all;
}

/** Where UUIDs may stand that the checked-out commit does not have yet; asked for only when one is missing. */
async function newerCommits({ read, standing, event, repository, pending }: DesiredFrom): Promise<CommitSha[]> {
  const isNew = read.detections.some((each) => each.kind === 'sound' && each.detection.uuid === null);
  if (!isNew) return [];
  const { tip } = standing;
  const waiting = pending === null ? [] : [pending.commit];
  if (tip === null || tip === event.head) return waiting;
  return (await bringCommit(repository, tip)) ? [tip, ...waiting] : waiting;
}
