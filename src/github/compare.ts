import type { CommitSha } from '../git/types.js';
import { type Api, member } from './api.js';
import { GitHubError } from './errors.js';
import type { Relation } from './types.js';

/** Without a common ancestor, or where a commit is not known (any more), GitHub answers 404. */
export async function compare(api: Api, base: CommitSha, head: CommitSha): Promise<Relation | null> {
  const { octokit, owner, repo } = api;
  try {
    return await api.ask({
      doing: `compare ${base} with ${head}`,
      effect: 'repeatable',
      send: () =>
        octokit.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
          owner,
          repo,
          basehead: `${base}...${head}`,
          // Only the status is wanted, not the commits.
          per_page: 1,
        }),
      read: (answer) => relationOf(member(member(answer, 'data'), 'status')),
    });
  } catch (error) {
    if (error instanceof GitHubError) return null;
    throw error;
  }
}

function relationOf(status: unknown): Relation | undefined {
  return status === 'identical' || status === 'ahead' || status === 'behind' || status === 'diverged'
    ? status
    : undefined;
}
