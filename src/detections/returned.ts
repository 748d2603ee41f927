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
 * A file that was renamed or copied has not come back. Where there was nothing at the base, nothing can come back.
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
  const { repository, base, files } = from;
  const brought = new Set(files.flatMap(({ status, path }) => (status === 'added' ? [path] : [])));
  const detections = from.detections.flatMap((read): readonly (Detection & { readonly uuid: RuleUuid })[] => {
    if (read.kind !== 'sound') return [];
    const { detection } = read;
    return detection.uuid !== null && brought.has(detection.path) ? [{ ...detection, uuid: detection.uuid }] : [];
  });
  if (detections.length === 0) return new Set();

  const before = files.flatMap(({ status, path, from: old }) => (status === 'added' ? [] : [old ?? path]));
  const metadata = before.filter((path) => roleOf(path).kind === 'metadata');
  const found = await repository.findFiles(base, metadata);
  const readable = found.filter(({ mode, size }) => mode.startsWith('100') && size <= MOST_BYTES);
  const blobs = await repository.readBlobs(readable.map(({ object }) => object));
  const there = new Set(
    readable.map(({ path, object }) => {
      const content = blobs.get(object);
      return content === undefined ? null : (readIdentity(path, content, from.target)?.uuid ?? null);
    }),
  );
  return new Set(detections.flatMap(({ path, uuid }) => (there.has(uuid) ? [] : [path])));
}
