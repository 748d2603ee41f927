import { ActionError, messageOf } from '../errors.js';
import { bringCommit } from '../git/bring-commit.js';
import { GitError } from '../git/errors.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { Log } from '../log.js';
import type { Attempt, WritableBranch } from './branch.js';
import { WriteBackError } from './errors.js';
import { mergeRequestBranch } from './merge-request-branch.js';
import type { PendingUuids } from './pending-uuids.js';
import { pullRequestBranchName } from './pull-request-text.js';
import { pushBranch } from './push-branch.js';
import { withSecondWay } from './save-uuids.js';
import type { SaveRequest } from './save-uuids.js';
import type { EditResult, UuidEdit, Way, WriteBack } from './types.js';
import { writeBack } from './write-back.js';

/**
 * Merge requests that a server makes of a push.
 *
 * `push-options`: GitLab's `merge_request.create` and its like (docs.gitlab.com, "Push options").
 */
export type MergeRequests = 'push-options';

/** What write-backs by git alone need. */
export interface ByGit {
  readonly repository: Repository;
  /** Null where the server makes none. */
  readonly mergeRequests: MergeRequests | null;
  /** What to do where a push is not let in, one or two sentences. */
  readonly pushHelp: string;
  readonly log: Log;
}

/** Author and committer where neither the input nor git's settings name one. */
export const GIT_AUTHOR = { name: 'sekoia-detections', mail: 'noreply@example.invalid' } as const;

/**
 * Makes sure, before the first rule is created, that the server lets a push in. Rules of the branch cannot be asked for by
 * git: they show with the push, and a merge request takes the UUIDs then, where the server makes them.
 *
 * @throws WriteBackError `token-read-only`, `pull-request-refused`; GitError where the server cannot be reached.
 */
export async function chooseWayByGit(
  { repository, mergeRequests, pushHelp }: ByGit,
  asked: {
    readonly writeBack: Way;
    readonly branch: string;
    readonly defaultBranch: string | null;
    readonly head: CommitSha;
  },
): Promise<Way> {
  const { writeBack, branch, defaultBranch, head } = asked;
  const isProposed = writeBack === 'pull-request';
  if (isProposed && mergeRequests === null) throw noMergeRequests('write-back', 'Set `write-back: push`, or `none`.');
  try {
    await repository.provePush(head, isProposed ? pullRequestBranchName(branch, defaultBranch) : branch);
  } catch (error) {
    if (!(error instanceof GitError) || error.code !== 'push-refused') throw error;
    const message = `This run cannot push, so the UUIDs of new rules could not be saved. ${error.message}`;
    throw new WriteBackError('token-read-only', message, pushHelp, { cause: error });
  }
  // There is no API to commit through.
  return isProposed ? 'pull-request' : 'push';
}

/** @param input the one that asked for it. */
export function noMergeRequests(input: string, help: string): WriteBackError {
  return new WriteBackError(
    'pull-request-refused',
    `\`${input}: pull-request\` needs a server that makes merge requests of a push, which this host does not.`,
    help,
  );
}

/** By a push, or by a merge request: where that is the way, and where the branch refuses the push. Throws nothing. */
export async function saveByGit(
  by: ByGit,
  request: Omit<SaveRequest, 'github' | 'repository' | 'log'>,
): Promise<WriteBack> {
  const { repository, mergeRequests, log } = by;
  const author = request.author ?? (await identityOr(by));
  if (request.way === 'pull-request') return byMergeRequest(by, { ...request, author }, request.edits);
  const branch = withHelp(pushBranch({ repository, branch: request.branch, author }), by.pushHelp);
  const direct = await writeBack({ ...request, repository, branch, log });
  const { refused } = direct;
  if (refused === undefined || mergeRequests === null) return direct;
  log.info('The branch takes no direct push: the UUIDs go into a merge request.');
  return withSecondWay(direct, await byMergeRequest(by, { ...request, author }, refused.edits));
}

async function identityOr({ repository, log }: ByGit): Promise<{ readonly name: string; readonly mail: string }> {
  try {
    return (await repository.identity()) ?? GIT_AUTHOR;
  } catch (error) {
    log.debug(`Who commits here is not known: ${messageOf(error)}`);
    return GIT_AUTHOR;
  }
}

async function byMergeRequest(
  by: ByGit,
  request: Omit<SaveRequest, 'github' | 'repository' | 'log'>,
  edits: readonly UuidEdit[],
): Promise<WriteBack> {
  const { repository, log } = by;
  const base = request.branch;
  const name = pullRequestBranchName(base, request.defaultBranch);
  const branch = mergeRequestBranch({
    repository,
    metadata: request.metadata,
    author: request.author ?? GIT_AUTHOR,
    base,
    name,
    title: request.message,
    description: DESCRIPTION,
    withoutBase: 'Put the UUIDs into the metadata files by hand, on the branch that took its place.',
    log,
  });
  const back = await writeBack({ ...request, repository, branch: withHelp(branch, by.pushHelp), edits, log });
  // The commit is no part of the branch before the merge: nothing may be built upon it.
  const waiting: WriteBack = { ...back, parent: null };
  const opened = branch.opened();
  if (opened === null || back.results.every(({ kind }) => kind === 'lost')) return waiting;
  if (opened.kind === 'open') {
    log.info(`The UUIDs are in the merge request ${opened.pullRequest.url}`);
    return { ...waiting, pullRequest: opened.pullRequest };
  }
  return { ...waiting, results: back.results.map((result) => notOpened(result, name, opened.words)) };
}

const DESCRIPTION =
  'These rules are in Sekoia already. This merge request writes their UUIDs into the metadata files, and changes nothing else: merge it. While its branch is there, its UUIDs count as those of the target branch. If you close it without merging, delete its branch.';

function notOpened(result: EditResult, name: string, words: string): EditResult {
  if (result.kind === 'lost') return result;
  return {
    kind: 'lost',
    edit: result.edit,
    reason: `it is on the branch "${name}", of which no merge request could be opened: ${words}`,
    help: `Open a merge request of "${name}" by hand and merge it.`,
  };
}

/** What a refusal asks for is another thing on each host. */
function withHelp(branch: WritableBranch, help: string): WritableBranch {
  return {
    ...branch,
    commit: async (parent, files, message): Promise<Attempt> => {
      try {
        return await branch.commit(parent, files, message);
      } catch (error) {
        if (!(error instanceof GitError) || error.code !== 'push-refused') throw error;
        throw new GitError('push-refused', error.message, help, { reason: error.reason, cause: error });
      }
    },
  };
}

/**
 * The UUIDs on the branch of a merge request. Whether one is open cannot be asked by git: while the branch is there, they
 * count. A UUID too many is an update, one too few is a rule that is made twice.
 */
export async function findPendingByGit(
  { repository, mergeRequests, log }: ByGit,
  of: { readonly branch: string; readonly defaultBranch: string | null },
): Promise<PendingUuids | null> {
  if (mergeRequests === null) return null;
  const ref = `refs/heads/${pullRequestBranchName(of.branch, of.defaultBranch)}`;
  try {
    const commit = (await repository.readRefs([ref])).get(ref);
    if (commit === undefined) return null;
    return (await bringCommit(repository, commit)) ? { commit, pullRequest: null } : null;
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    log.notice(`Whether UUIDs wait in a merge request could not be seen: ${messageOf(error)}`);
    return null;
  }
}
