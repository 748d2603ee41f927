import type { Changes } from '../changes/types.js';
import type { ReadDetections } from '../detections/types.js';
import type { PendingUuids } from '../writeback/pending-uuids.js';
import type { TalkingRun, TargetRun } from './types.js';

/**
 * The UUIDs that wait in a pull request of the branch. Looked for only where a UUID may be missing: in a new detection, or
 * one that left before it got its own.
 */
export async function pendingFor(
  run: Pick<TargetRun, 'pendingUuids'> & {
    readonly branch: string;
    readonly changes: Changes;
    readonly read: ReadDetections;
  },
): Promise<PendingUuids | null> {
  const { changes, read } = run;
  const isNew = read.detections.some((each) => each.kind === 'sound' && each.detection.uuid === null);
  const files = changes.scope === 'changed' ? changes.files : (changes.since?.files ?? []);
  const hasLeft = files.some(({ status }) => status === 'deleted' || status === 'renamed');
  if (!isNew && !hasLeft) return null;
  return run.pendingUuids(run.branch);
}

/** Asks for the UUIDs that wait in a pull request of a branch, once for all targets. */
export function pendingUuidsOnce({ event, forge }: TalkingRun): TargetRun['pendingUuids'] {
  const asked = new Map<string, Promise<PendingUuids | null>>();
  return (branch) => {
    const known = asked.get(branch);
    if (known !== undefined) return known;
    const found = forge.pendingUuids({ branch, defaultBranch: event.defaultBranch });
    asked.set(branch, found);
    return found;
  };
}
