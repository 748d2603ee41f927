import { messageOf } from '../errors.js';
import { bringCommit } from '../git/bring-commit.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import { GitHubError } from '../github/errors.js';
import type { GitHub, PullRequest } from '../github/types.js';
import type { Log } from '../log.js';
import { pullRequestBranchName } from './pull-request-text.js';

/** UUIDs that wait in a pull request. */
export interface PendingUuids {
  /** The head of its branch, here to be read. */
  readonly commit: CommitSha;
  /** Null where the token must not see whether one is open. */
  readonly pullRequest: PullRequest | null;
}

/**
 * The open pull request of earlier runs: while it is open, its UUIDs count as the branch's. Most repositories have no such
 * branch, and then GitHub is asked nothing. A token that must not see pull requests counts the branch as waiting: a UUID too
 * many is an update, one too few is a rule that is made twice.
 */
export async function findPendingUuids(asked: {
  readonly repository: Pick<Repository, 'readRefs' | 'hasCommit' | 'fetchCommit'>;
  readonly github: () => Pick<GitHub, 'openPullRequest'>;
  readonly branch: string;
  readonly defaultBranch: string | null;
  readonly log: Log;
}): Promise<PendingUuids | null> {
  const { repository, github, branch: base, log } = asked;
  const branch = pullRequestBranchName(base, asked.defaultBranch);
  try {
    const commit = (await repository.readRefs([`refs/heads/${branch}`])).get(`refs/heads/${branch}`);
    if (commit === undefined) return null;
    const pullRequest = await openOrHidden(github, { branch, base });
    if (pullRequest === null) return null;
    if (!(await bringCommit(repository, commit))) return null;
    if (pullRequest !== 'hidden') return { commit, pullRequest };
    log.notice(
      `The token must not see whether a pull request of "${branch}" is open, so the UUIDs of that branch count. It needs \`pull-requests: read\`.`,
    );
    return { commit, pullRequest: null };
  } catch (error) {
    log.notice(`Whether UUIDs wait in a pull request could not be seen: ${messageOf(error)}`);
    return null;
  }
}

async function openOrHidden(
  github: () => Pick<GitHub, 'openPullRequest'>,
  branches: { readonly branch: string; readonly base: string },
): Promise<PullRequest | 'hidden' | null> {
  try {
    return await github().openPullRequest(branches);
  } catch (error) {
    const isHidden =
      error instanceof GitHubError && ['not-permitted', 'not-found', 'unauthorised'].includes(error.code);
    if (isHidden) return 'hidden';
    throw error;
  }
}
