import type { CommitSha, FileChange } from '../git/types.js';
import type { RuleUuid } from '../sekoia/types.js';
import { MOST_BYTES } from './file-faults.js';
import { readIdentity } from './identity.js';
import { roleOf } from './pair-files.js';
import type { PastRepository } from './past-files.js';
import type { Detection, ReadDetection, TargetKey } from './types.js';

/**
 * The metadata files, by path, of detections that came back to the branch: their UUID stands in the file, and at the base
 * it stood in none. When they left, their rule was disabled, and a file that says nothing of `enabled` would leave it off.
 * A file that was renamed or copied has not come back; one that left the target out at the base has. Where there was nothing at the base, nothing can come back.
 *
 * @param from.files what differs between base and head.
 * @throws GitError when the repository cannot be read.
 */
export async function readReturned(from: {
  readonly repository: PastRepository;
  readonly base: CommitSha;
  readonly files: readonly FileChange[];
  readonly detections: readonly ReadDetection[];
  readonly target: TargetKey | null;
}): Promise<ReadonlySet<string>> {
  const { repository, base, files, target } = from;
  const brought = new Set(files.flatMap(({ status, path }) => (status === 'added' ? [path] : [])));
  const oldPaths = new Map(
    files.flatMap(({ status, path, from: old }) => (status === 'added' ? [] : [[path, old ?? path]])),
  );
  const detections = from.detections.flatMap((read): readonly (Detection & { readonly uuid: RuleUuid })[] => {
    if (read.kind !== 'sound') return [];
    const { detection } = read;
    const mayReturn = brought.has(detection.path) || (target !== null && oldPaths.has(detection.path));
    return detection.uuid !== null && mayReturn ? [{ ...detection, uuid: detection.uuid }] : [];
  });
  if (detections.length === 0) return new Set();

  const metadata = [...oldPaths.values()].filter((path) => roleOf(path).kind === 'metadata');
  const found = await repository.findFiles(base, metadata);
  const readable = found.filter(({ mode, size }) => mode.startsWith('100') && size <= MOST_BYTES);
  const blobs = await repository.readBlobs(readable.map(({ object }) => object));
  const before = new Map(
    readable.flatMap(({ path, object }) => {
      const content = blobs.get(object);
      const identity = content === undefined ? undefined : readIdentity(path, content, target);
      return identity === undefined ? [] : [[path, identity]];
    }),
  );
  const there = new Set([...before.values()].flatMap(({ uuid, isLeftOut }) => (isLeftOut ? [] : [uuid])));
  const wasOut = ({ path }: Detection): boolean =>
    brought.has(path) || before.get(oldPaths.get(path) ?? '')?.isLeftOut === true;
  return new Set(detections.flatMap((each) => (wasOut(each) && !there.has(each.uuid) ? [each.path] : [])));
}
