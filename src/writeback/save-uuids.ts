import { ActionError, messageOf } from '../errors.js';
import type { Repository } from '../git/repository.js';
import type { GitHub } from '../github/types.js';
import { apiBranch } from './api-branch.js';
import type { WritableBranch } from './branch.js';
import { pullRequestBranch } from './pull-request-branch.js';
import { pullRequestBranchName } from './pull-request-text.js';
import { pullRequestObstacle, type Obstacle } from './preflight.js';
import { pushBranch } from './push-branch.js';
import type { EditResult, UuidEdit, Way, WriteBack } from './types.js';
import { writeBack, type WriteBackRequest } from './write-back.js';

export interface SaveRequest extends Omit<WriteBackRequest, 'branch' | 'repository'> {
  /** What the preflight found open. */
  readonly way: Way;
  readonly github: GitHub;
  readonly repository: Repository;
  readonly branch: string;
  readonly defaultBranch: string | null;
  /** For `push`; null: the bot of GitHub Actions. */
  readonly author: { readonly name: string; readonly mail: string } | null;
}

/**
 * Gets the UUIDs onto the branch, or into a pull request: when that was found to be the way, and when the branch refuses
 * the commit after all (classic branch protection cannot be read beforehand). Throws nothing, as `writeBack`.
 */
export async function saveUuids(request: SaveRequest): Promise<WriteBack> {
  if (request.way === 'pull-request') return byPullRequest(request, request.edits);
  const direct = await writeBack({ ...request, branch: directBranch(request) });
  const { refused } = direct;
  if (refused === undefined) return direct;
  const obstacle = await whyNoPullRequest(request);
  const other = obstacle === null ? await byPullRequest(request, refused.edits) : lostBoth(refused.edits, obstacle);
  return withSecondWay(direct, other);
}

/** What came of a refused commit and of the pull request that was to take its edits. */
export function withSecondWay(direct: WriteBack, other: WriteBack): WriteBack {
  const others = new Map(other.results.map((result) => [result.edit, result]));
  const results = direct.results.map((result): EditResult => {
    const second = others.get(result.edit);
    if (second === undefined || result.kind !== 'lost') return result;
    if (second.kind !== 'lost') return second;
    return {
      ...result,
      reason: `${result.reason}; nor can a pull request take it: ${second.reason}`,
      help: second.help,
    };
  });
  return { ...other, results };
}

/** The preflight asked for no pull request, as the branch seemed open: so it is asked for now, before a branch is made. */
async function whyNoPullRequest(request: SaveRequest): Promise<Obstacle | null> {
  request.log.info(
    'The branch takes no direct commit of this token: the UUIDs go into a pull request, if one can be made.',
  );
  try {
    return await pullRequestObstacle(request);
  } catch (error) {
    return { message: messageOf(error), help: error instanceof ActionError ? error.help : '', lines: '' };
  }
}

function lostBoth(edits: readonly UuidEdit[], { message, help, lines }: Obstacle): WriteBack {
  const results = edits.map((edit): EditResult => ({ kind: 'lost', edit, reason: message, help: `${help}${lines}` }));
  return { commit: null, parent: null, results };
}

function directBranch({ way, github, repository, branch, author }: SaveRequest): WritableBranch {
  return way === 'push' ? pushBranch({ repository, branch, author }) : apiBranch({ github, repository, branch });
}

async function byPullRequest(request: SaveRequest, edits: readonly UuidEdit[]): Promise<WriteBack> {
  const { github, repository, metadata, log, message } = request;
  const name = pullRequestBranchName(request.branch, request.defaultBranch);
  const branch = pullRequestBranch({ github, repository, metadata, base: request.branch, name, title: message, log });
  const back = await writeBack({ ...request, branch, edits });
  const results = back.results.map((result) => withStandstill(result, branch.standstill()));
  // The commit is no part of the branch before the merge: nothing may be built upon it.
  const waiting: WriteBack = { ...back, parent: null, results };
  if (results.every(({ kind }) => kind === 'lost')) return waiting;
  try {
    const pullRequest = await branch.pullRequest();
    if (pullRequest === null) return waiting;
    log.info(`The UUIDs are in the pull request ${pullRequest.url}`);
    return { ...waiting, pullRequest };
  } catch (error) {
    return { ...waiting, results: results.map((result) => notOpened(result, name, error)) };
  }
}

function withStandstill(result: EditResult, standstill: string | null): EditResult {
  if (result.kind !== 'lost' || standstill === null) return result;
  const help = 'Do so, then run the workflow again: it finds the rule by its name and adopts it.';
  return { ...result, reason: `${result.reason}. ${standstill}`, help };
}

function notOpened(result: EditResult, name: string, error: unknown): EditResult {
  if (result.kind === 'lost') return result;
  return {
    kind: 'lost',
    edit: result.edit,
    reason: `it is on the branch "${name}", of which no pull request could be opened: ${messageOf(error)}`,
    help: `Open a pull request of "${name}" by hand and merge it. ${error instanceof ActionError ? error.help : ''}`.trim(),
  };
}
