import { messageOf } from '../errors.js';
import type { RunEvent } from '../event.js';
import { bringCommit } from '../git/bring-commit.js';
import { GitError } from '../git/errors.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { Log } from '../log.js';
import type { Changes, Since } from './types.js';

type History = Pick<Repository, 'hasCommit' | 'fetchCommit' | 'changedFiles'>;

/**
 * Which files differ between the event's base commit and its head, from git itself. Without a base the scope is all: an
 * unchanged rule is left alone, and the log says why (action-engineering.md §3.2). But what left the branch shows in no
 * list of all files, so a run that plans goes on without its base only where the server says that it has it no more.
 *
 * @throws GitError `commit-missing` when the head, or the last deployed commit, is neither here nor on the server;
 * `fetch-failed` when the server does not let it be fetched, for a run that plans also of any other base.
 */
export async function findChanges(given: {
  readonly repository: History;
  readonly event: Pick<RunEvent, 'head' | 'start' | 'mode'>;
  /** The last deployed commit; null where there is none. */
  readonly deployed?: CommitSha | null;
  readonly log: Log;
}): Promise<Changes> {
  const { repository, event, deployed = null, log } = given;
  const { head, start } = event;
  // A run that validates everything reads the work tree alone, whatever commit it stands on.
  if (start.kind === 'commit' || event.mode !== 'validate') await requireHead(repository, head);
  if (start.kind === 'all') {
    const since = deployed === null ? null : await sinceDeployed(repository, deployed, head);
    return start.fallback === true ? fallBack(start.reason, since, log) : everything(start.reason, since, log);
  }

  const problem = await bringBase(repository, start.commit, event.mode);
  if (problem !== null && start.commit === deployed) throw deployedMissing(start.commit);
  if (problem !== null) {
    const what = start.forced ? 'the tip that this force push replaced' : 'the commit to compare with';
    return fallBack(`${what}, ${start.commit}, ${problem}`, null, log);
  }
  log.info(`Comparing ${start.commit}..${head} because ${start.reason}.`);
  if (start.forced) {
    log.notice(`This was a force push: what differs from the replaced tip ${start.commit} counts as changed.`);
  }
  const files = await repository.changedFiles(start.commit, head);
  return { scope: 'changed', base: start.commit, reason: start.reason, files };
}

/** As asked for, or as the event has it: no more than a line. */
function everything(reason: string, since: Since | null, log: Log): Changes {
  log.info(`Looking at every detection: ${reason}.`);
  return { scope: 'all', reason, since };
}

/** Where a comparison was expected. */
function fallBack(reason: string, since: Since | null, log: Log): Changes {
  log.notice(`Looking at every detection, since there is nothing to compare with: ${reason}.`);
  return { scope: 'all', reason, since };
}

async function sinceDeployed(repository: History, base: CommitSha, head: CommitSha): Promise<Since> {
  if ((await bringBase(repository, base, 'deploy')) !== null) throw deployedMissing(base);
  return { base, files: await repository.changedFiles(base, head) };
}

function deployedMissing(commit: CommitSha): GitError {
  return new GitError(
    'commit-missing',
    `The last deployed commit ${commit} is not on the server, so what left the branch since then cannot be seen; nothing was deployed.`,
    'Run the workflow again. If it stays so, delete the ref under refs/sekoia-detections/ that names it (`git ls-remote` shows it), run the workflow with `scope: all`, and look after rules of detections that were removed.',
  );
}

async function requireHead(repository: History, head: CommitSha): Promise<void> {
  if (await bringCommit(repository, head)) return;
  throw new GitError(
    'commit-missing',
    `The commit ${head} that this workflow runs for is not in the checkout, and the server does not have it.`,
    'Check out the repository that the workflow runs in (take `repository` out of the checkout step); after a force push, run the workflow on the branch as it is now.',
  );
}

/** Why the base cannot be used, or null when it is here. @throws GitError for a run that plans and cannot fetch */
async function bringBase(repository: History, base: CommitSha, mode: RunEvent['mode']): Promise<string | null> {
  if (await repository.hasCommit(base)) return null;
  try {
    return (await repository.fetchCommit(base)) ? null : 'is not on the server any more';
  } catch (error) {
    if (mode !== 'validate') throw error;
    return `could not be fetched (${messageOf(error)})`;
  }
}
