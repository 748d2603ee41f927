import { messageOf } from '../errors.js';
import type { RunEvent } from '../event.js';
import { GitError } from '../git/errors.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { Log } from '../log.js';
import type { Changes, Since } from './types.js';

type History = Pick<Repository, 'hasCommit' | 'fetchCommit' | 'changedFiles'>;

/**
 * Which files differ between the event's base commit and its head, from git itself. Without a usable base the scope is
 * all, which is always safe since an unchanged rule is left alone; the log says why (action-engineering.md §3.2).
 *
 * @throws GitError `commit-missing` when the head is neither here nor on the server, `fetch-failed` when the server does
 * not let it be fetched. A base that cannot be had is no failure.
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
  if (start.kind === 'commit' || event.mode === 'deploy') await requireHead(repository, head);
  if (start.kind === 'all') {
    const since = deployed === null ? null : await compareWith(repository, deployed, head);
    return start.fallback === true ? fallBack(start.reason, since, log) : everything(start.reason, since, log);
  }

  const problem = await bringBase(repository, start.commit);
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

/** Null when the base cannot be had. */
async function compareWith(repository: History, base: CommitSha, head: CommitSha): Promise<Since | null> {
  if ((await bringBase(repository, base)) !== null) return null;
  return { base, files: await repository.changedFiles(base, head) };
}

async function requireHead(repository: History, head: CommitSha): Promise<void> {
  if ((await repository.hasCommit(head)) || (await repository.fetchCommit(head))) return;
  throw new GitError(
    'commit-missing',
    `The commit ${head} that this workflow runs for is not in the checkout, and the server does not have it.`,
    'Check out the repository that the workflow runs in (take `repository` out of the checkout step); after a force push, run the workflow on the branch as it is now.',
  );
}

/** Why the base cannot be used, or null when it is here. */
async function bringBase(repository: History, base: CommitSha): Promise<string | null> {
  if (await repository.hasCommit(base)) return null;
  try {
    return (await repository.fetchCommit(base)) ? null : 'is not on the server any more';
  } catch (error) {
    return `could not be fetched (${messageOf(error)})`;
  }
}
