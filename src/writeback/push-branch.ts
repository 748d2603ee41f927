import { GitError } from '../git/errors.js';
import type { Repository } from '../git/repository.js';
import type { Attempt, Tip, WritableBranch } from './branch.js';

/** The account that GitHub shows for commits of workflows. */
export const DEFAULT_AUTHOR = {
  name: 'github-actions[bot]',
  mail: '41898282+github-actions[bot]@users.noreply.github.com',
} as const;

/**
 * The branch by git and a plain push: for servers without GraphQL, SSH deploy keys, or an author of one's own. Commits
 * are made from objects alone, the work tree is not touched (action-engineering.md §2.3).
 */
export function pushBranch(options: {
  readonly repository: Pick<Repository, 'fetchTip' | 'commitFiles' | 'push'>;
  readonly branch: string;
  /** Null: the bot of GitHub Actions. */
  readonly author: { readonly name: string; readonly mail: string } | null;
}): WritableBranch {
  const { repository, branch } = options;
  const author = options.author ?? DEFAULT_AUTHOR;
  return {
    name: branch,
    tip: async (): Promise<Tip> => {
      try {
        return { kind: 'at', commit: await repository.fetchTip(branch) };
      } catch (error) {
        if (error instanceof GitError && error.code === 'fetch-failed') return { kind: 'no-answer', error, waitMs: 0 };
        throw error;
      }
    },
    commit: async (parent, files, message): Promise<Attempt> => {
      const commit = await repository.commitFiles({ parent, files, message, author });
      try {
        const result = await repository.push(commit, branch);
        return result === 'pushed' ? { kind: 'committed', commit } : { kind: 'moved' };
      } catch (error) {
        // A connection that broke off says nothing about what the server did before.
        if (error instanceof GitError && error.code === 'push-failed') return { kind: 'no-answer', error, waitMs: 0 };
        throw error;
      }
    },
  };
}
