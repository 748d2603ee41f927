import { GitError } from '../git/errors.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { Relation } from '../github/types.js';

type History = Pick<Repository, 'isAncestor' | 'fetchHistory' | 'mergeBaseOf' | 'readRefs'>;

/**
 * Where a head stands to a base, by the history itself. A clone a few commits deep is asked first, and brings the rest
 * where that does not tell. Null where the server does not hand it out.
 */
export async function compareByGit(repository: History, base: CommitSha, head: CommitSha): Promise<Relation | null> {
  return orNull(async () => {
    const near = await relationHere(repository, base, head);
    if (near !== null) return near;
    return (await repository.fetchHistory([base, head])) ? relationHere(repository, base, head) : null;
  });
}

/** The newest commit that a branch of the server and a head have in common; null where that cannot be seen. */
export async function mergeBaseByGit(repository: History, branch: string, head: CommitSha): Promise<CommitSha | null> {
  return orNull(async () => {
    const ref = `refs/heads/${branch}`;
    const tip = (await repository.readRefs([ref])).get(ref);
    // A history that is cut off may hide a newer one.
    if (tip === undefined || !(await repository.fetchHistory([tip, head]))) return null;
    return repository.mergeBaseOf(tip, head);
  });
}

async function relationHere(repository: History, base: CommitSha, head: CommitSha): Promise<Relation | null> {
  if (base === head) return 'identical';
  const isAhead = await repository.isAncestor(base, head);
  if (isAhead === true) return 'ahead';
  const isBehind = await repository.isAncestor(head, base);
  if (isBehind === true) return 'behind';
  return isAhead === false && isBehind === false ? 'diverged' : null;
}

async function orNull<Value>(ask: () => Promise<Value | null>): Promise<Value | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}
