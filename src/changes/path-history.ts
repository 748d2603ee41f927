import type { Repository } from '../git/repository.js';
import type { CommitSha, PathVersion } from '../git/types.js';
import type { Log } from '../log.js';

/**
 * Every version that paths below the folders had between the base and the head, newest first. Asked for only where runs
 * before this one did not finish (the base is older than what the event names): a file that came and went since then
 * shows in no comparison of two commits. Null where it is not needed, or where the server does not hand it out.
 *
 * @throws GitError when the server cannot be reached: what left the branch would be forgotten for good.
 */
export async function readPathHistory(of: {
  readonly repository: Pick<Repository, 'fetchSince' | 'pathVersions'>;
  /** The deployed ref, which names the base on the server. */
  readonly ref: string;
  readonly base: CommitSha;
  /** The tip before the event; null when it names none. */
  readonly before: CommitSha | null;
  readonly head: CommitSha;
  readonly folders: readonly string[];
  readonly log: Log;
}): Promise<readonly PathVersion[] | null> {
  const { repository, ref, base, before, head, folders, log } = of;
  if (base === head || base === before) return null;
  if (await repository.fetchSince(ref, head)) return repository.pathVersions(base, head, folders);
  log.info('The commits since the last deployment are not to be had; only its two ends are compared.');
  return null;
}
