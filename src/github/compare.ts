import { asCommitSha, type CommitSha } from '../git/types.js';
import { type Api, member, textOf } from './api.js';
import { GitHubError } from './errors.js';
import type { Ahead, AheadCommit, Relation } from './types.js';

/** Without a common ancestor, or where a commit is not known (any more), GitHub answers 404. */
export function compare(api: Api, base: CommitSha, head: CommitSha): Promise<Relation | null> {
  return compared(api, base, head, (data) => relationOf(member(data, 'status')));
}

/** Of a branch and a commit. */
export function mergeBase(api: Api, branch: string, head: CommitSha): Promise<CommitSha | null> {
  return compared(api, branch, head, (data) => asCommitSha(textOf(member(member(data, 'merge_base_commit'), 'sha'))));
}

async function compared<Value>(
  api: Api,
  base: string,
  head: CommitSha,
  read: (data: unknown) => Value | undefined,
): Promise<Value | null> {
  try {
    // Only what is said of the whole is wanted, not the commits.
    return await askToCompare(api, base, head, 1, read);
  } catch (error) {
    if (error instanceof GitHubError) return null;
    throw error;
  }
}

/** Commits that one answer tells of; GitHub gives no more than 250. */
const COMMITS = 250;

export async function commitsAhead(api: Api, base: CommitSha, head: CommitSha): Promise<Ahead | null> {
  try {
    return await askToCompare(api, base, head, COMMITS, aheadOf);
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'not-found') return null;
    throw error;
  }
}

function askToCompare<Value>(
  api: Api,
  base: string,
  head: CommitSha,
  commits: number,
  read: (data: unknown) => Value | undefined,
): Promise<Value> {
  const { octokit, owner, repo } = api;
  return api.ask({
    doing: `compare ${base} with ${head}`,
    effect: 'repeatable',
    send: () =>
      octokit.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
        owner,
        repo,
        basehead: `${base}...${head}`,
        per_page: commits,
      }),
    read: (answer) => read(member(answer, 'data')),
  });
}

function aheadOf(data: unknown): Ahead | undefined {
  const relation = relationOf(member(data, 'status'));
  const mergeBase = asCommitSha(textOf(member(member(data, 'merge_base_commit'), 'sha')));
  const commits = member(data, 'commits');
  if (relation === undefined || mergeBase === undefined || !Array.isArray(commits)) return undefined;
  return {
    relation,
    mergeBase,
    commits: commits.map(commitOf),
    isWhole: member(data, 'total_commits') === commits.length,
  };
}

function commitOf(told: unknown): AheadCommit {
  const commit = member(told, 'commit');
  const timeOf = (role: string): number => Date.parse(textOf(member(member(commit, role), 'date')) ?? '');
  return {
    message: textOf(member(commit, 'message')) ?? '',
    authoredAt: timeOf('author'),
    committedAt: timeOf('committer'),
  };
}

function relationOf(status: unknown): Relation | undefined {
  return status === 'identical' || status === 'ahead' || status === 'behind' || status === 'diverged'
    ? status
    : undefined;
}
