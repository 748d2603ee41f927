import type { Changes } from '../changes/types.js';
import type { ReadDetections } from '../detections/types.js';
import type { PendingUuids } from '../writeback/pending-uuids.js';
import type { TalkingRun } from './types.js';

/**
 * The UUIDs that wait in a pull request of the branch. Looked for only where a UUID may be missing: in a new detection, or
 * one that left before it got its own.
 */
export async function pendingFor(
  run: TalkingRun & { readonly branch: string; readonly changes: Changes; readonly read: ReadDetections },
): Promise<PendingUuids | null> {
  const { changes, read } = run;
  const isNew = read.detections.some((each) => each.kind === 'sound' && each.detection.uuid === null);
  const files = changes.scope === 'changed' ? changes.files : (changes.since?.files ?? []);
  const hasLeft = files.some(({ status }) => status === 'deleted' || status === 'renamed');
  if (!isNew && !hasLeft) return null;
  return pendingUuids(run, run.branch);
}

/** The UUIDs that wait in a pull request of the branch, whatever the run looks at. */
export function pendingUuids({ event, forge }: TalkingRun, branch: string): Promise<PendingUuids | null> {
  return forge.pendingUuids({ branch, defaultBranch: event.defaultBranch });
}
