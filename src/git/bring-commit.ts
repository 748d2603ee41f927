import type { Repository } from './repository.js';
import type { CommitSha } from './types.js';

/** Whether the commit is here, or could be fetched. @throws GitError when the server cannot be reached */
export async function bringCommit(
  repository: Pick<Repository, 'hasCommit' | 'fetchCommit'>,
  commit: CommitSha,
): Promise<boolean> {
  return (await repository.hasCommit(commit)) || (await repository.fetchCommit(commit));
}
