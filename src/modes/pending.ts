import type { Changes } from '../changes/types.js';
import type { ReadDetections } from '../detections/types.js';
import { findPendingUuids } from '../writeback/pending-uuids.js';
import type { PendingUuids } from '../writeback/pending-uuids.js';
import type { TalkingRun } from './types.js';

/**
 * The UUIDs that wait in a pull request of the branch. Looked for only where a UUID may be missing: in a new detection, or
 * one that left before it got its own.
 */
export async function pendingFor({
  repository,
  event,
  github,
  world,
  branch,
  changes,
  read,
}: TalkingRun & {
  readonly branch: string;
  readonly changes: Changes;
  readonly read: ReadDetections;
}): Promise<PendingUuids | null> {
  const isNew = read.detections.some((each) => each.kind === 'sound' && each.detection.uuid === null);
  const files = changes.scope === 'changed' ? changes.files : (changes.since?.files ?? []);
  const hasLeft = files.some(({ status }) => status === 'deleted' || status === 'renamed');
  if (!isNew && !hasLeft) return null;
  return findPendingUuids({
    repository,
    github: github.open,
    branch,
    defaultBranch: event.defaultBranch,
    log: world.log,
  });
}
