import type { RunGit } from './command.js';
import { symptomOf } from './errors.js';
import { commitsHere } from './history.js';
import { askServer, fetchFailed } from './network.js';
import { FETCH, isShallow } from './remote.js';
import type { Remote } from './remote.js';
import { asCommitSha } from './types.js';
import type { CommitSha } from './types.js';

/**
 * Brings commits with all that lies behind them, for questions about history that a clone a few commits deep cannot
 * answer and no server is there to ask. A clone that was shallow is whole afterwards; its files and branches stay.
 * False when the server does not have one of the commits, or does not hand it out.
 *
 * @throws GitError `fetch-failed`
 */
export async function fetchHistory(git: RunGit, remote: Remote, commits: readonly CommitSha[]): Promise<boolean> {
  const shallow = await isShallow(git);
  if (!shallow && (await commitsHere(git, commits)).size === new Set(commits).size) return true;
  const depth = shallow ? ['--unshallow'] : [];
  const result = await askServer(git, [...FETCH, ...depth, '--', remote, ...new Set(commits)]);
  if (result.exitCode === 0) return true;
  if (symptomOf(result.stderr) === 'unknown-commit') return false;
  throw fetchFailed(`the history of ${commits.join(' and ')}`, result);
}

/** The newest commit that two commits have in common, by what is here; null where there is none. */
export async function mergeBaseOf(git: RunGit, one: CommitSha, other: CommitSha): Promise<CommitSha | null> {
  if ((await commitsHere(git, [one, other])).size < new Set([one, other]).size) return null;
  const { exitCode, stdout } = await git(['merge-base', one, other], { short: true });
  return exitCode === 0 ? (asCommitSha(stdout.toString('utf8')) ?? null) : null;
}
