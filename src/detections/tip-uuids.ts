import type { Buffer } from 'node:buffer';
import type { CommitSha, TreeFile } from '../git/types.js';
import type { RuleUuid } from '../sekoia/types.js';
import { MOST_BYTES } from './file-faults.js';
import { readIdentity } from './identity.js';
import type { ReadDetection, ReadDetections, Removed, TargetKey } from './types.js';

export interface UuidsFrom {
  readonly repository: {
    findFiles(commit: CommitSha, paths: readonly string[]): Promise<readonly TreeFile[]>;
    readBlobs(objects: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  };
  /** The branch's newer tip, the head of an open pull request: the first one that has a UUID counts. */
  readonly commits: readonly CommitSha[];
  readonly detections: readonly ReadDetection[];
  readonly claims: ReadDetections['claims'];
  readonly target: TargetKey | null;
}

/**
 * Gives sound detections without UUID the one that their metadata file got in a newer commit, such as another run's
 * write-back. Only the values change, never a file. A UUID that another file has, or that two would get, is left out:
 * which file is meant is not for the action to say.
 *
 * @throws GitError when a commit cannot be read.
 */
export async function takeUuidsFrom(from: UuidsFrom): Promise<readonly ReadDetection[]> {
  const wanted = from.detections.flatMap((read) =>
    read.kind === 'sound' && read.detection.uuid === null ? [read.detection] : [],
  );
  if (wanted.length === 0 || from.commits.length === 0) return from.detections;

  const found = new Map<string, RuleUuid>();
  for (const commit of from.commits) {
    const missing = wanted.filter(({ path }) => !found.has(path));
    for (const [path, uuid] of await uuidsAt(commit, missing, from)) found.set(path, uuid);
  }
  const isTaken = (uuid: RuleUuid): boolean =>
    from.claims.has(uuid) || [...found.values()].filter((each) => each === uuid).length > 1;
  return from.detections.map((read) => {
    const uuid = read.kind === 'sound' ? found.get(read.detection.path) : undefined;
    if (read.kind !== 'sound' || uuid === undefined || isTaken(uuid)) return read;
    return { ...read, detection: { ...read.detection, uuid } };
  });
}

/**
 * The same for detections that left the branch before the UUID of their rule reached it: it stands in the pull request, and
 * the rule must not stay behind unknown.
 *
 * @throws GitError when the commit cannot be read.
 */
export async function takeRemovedUuidsFrom(from: {
  readonly repository: UuidsFrom['repository'];
  readonly commit: CommitSha;
  readonly removed: readonly Removed[];
  readonly claims: ReadDetections['claims'];
  readonly target: TargetKey | null;
}): Promise<readonly Removed[]> {
  const unknown = from.removed.filter(({ uuid }) => uuid === null);
  const found = await uuidsAt(from.commit, unknown, from);
  return from.removed.map((one) => {
    const uuid = one.uuid === null ? found.get(one.path) : undefined;
    return uuid === undefined || from.claims.has(uuid) ? one : { ...one, uuid };
  });
}

async function uuidsAt(
  commit: CommitSha,
  detections: readonly { readonly path: string }[],
  { repository, target }: Pick<UuidsFrom, 'repository' | 'target'>,
): Promise<ReadonlyMap<string, RuleUuid>> {
  if (detections.length === 0) return new Map();
  const found = await repository.findFiles(
    commit,
    detections.map(({ path }) => path),
  );
  const files = found.filter(({ mode, size }) => (mode === '100644' || mode === '100755') && size <= MOST_BYTES);
  const blobs = await repository.readBlobs(files.map(({ object }) => object));
  return new Map(
    files.flatMap(({ path, object }): readonly (readonly [string, RuleUuid])[] => {
      const content = blobs.get(object);
      const uuid = content === undefined ? undefined : readIdentity(path, content, target)?.uuid;
      return uuid === undefined || uuid === null ? [] : [[path, uuid]];
    }),
  );
}
