import { succeed } from './command.js';
import type { RunGit } from './command.js';
import { GitError } from './errors.js';
import { hasCommit } from './history.js';
import { PUSH, pushError, refusalOf } from './push.js';
import { fetchWithParents, readRefs } from './remote.js';
import type { Remote } from './remote.js';
import { asCommitSha } from './types.js';
import type { CommitSha } from './types.js';

export interface RefMove {
  /** In full, such as `refs/sekoia-detections/default/main`. */
  readonly ref: string;
  /** What the server must still have; null: the ref must not exist. */
  readonly from: CommitSha | null;
  readonly to: CommitSha;
  /** Push options, for servers that do more than move the ref; left out: none. */
  readonly options?: readonly string[];
  /** Hears what the server says besides, without secrets. */
  readonly onWords?: (words: string) => void;
}

/**
 * Moves a ref in any direction, by compare-and-swap. `changed`: the server has something else by now, and nothing was done.
 * Where the answer was lost or leaves open what happened, the ref itself tells.
 *
 * @throws GitError `push-refused` when the server does not want it, `push-failed` when it did not get that far (the ref
 * is where it was, as far as can be seen), `fetch-failed` when the commit cannot be had.
 */
export async function moveRef(git: RunGit, remote: Remote, move: RefMove): Promise<'moved' | 'changed'> {
  const { ref, from, to, options = [] } = move;
  if (!(await hasCommit(git, to))) await fetchWithParents(git, remote, to);
  const lease = `--force-with-lease=${ref}:${from ?? ''}`;
  const asked = options.map((option) => `--push-option=${option}`);
  const result = await git([...PUSH, ...asked, lease, '--', remote, `${to}:${ref}`]);
  if (result.exitCode === 0) {
    move.onWords?.(result.stderr);
    return 'moved';
  }

  const refusal = refusalOf(result);
  // git saw that by itself, before it sent anything.
  if (refusal.words === 'stale info') return 'changed';
  const error = pushError(`the move of the ref ${ref}`, refusal, result);
  if (error.code === 'push-refused') throw error;
  // A server whose gateway gave up may still be at it.
  if (refusal.words === null) await git.pause(500);
  const now = await currently(git, remote, ref, error);
  if (now === to) return 'moved';
  if (now !== from) return 'changed';
  throw error;
}

async function currently(git: RunGit, remote: Remote, ref: string, pushed: GitError): Promise<CommitSha | null> {
  try {
    return (await readRefs(git, remote, [ref])).get(ref) ?? null;
  } catch (cause) {
    if (cause instanceof GitError && cause.code === 'cancelled') throw cause;
    const message = `${pushed.message} Whether the ref moved all the same cannot be read either.`;
    throw new GitError('push-failed', message, pushed.help, { reason: pushed.reason, cause });
  }
}

/** The ids are the same everywhere, so that runs that make the same commit at once agree. */
const OURS = {
  GIT_AUTHOR_NAME: 'sekoia-detections-action',
  GIT_AUTHOR_EMAIL: 'noreply@example.invalid',
  GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'sekoia-detections-action',
  GIT_COMMITTER_EMAIL: 'noreply@example.invalid',
  GIT_COMMITTER_DATE: '2000-01-01T00:00:00Z',
};

/**
 * A commit without files on top of the head: the base of a branch of which nothing is in place yet. A comparison with it
 * shows every file as new, and the history since it begins after the head. Local until it is pushed.
 */
export async function emptyBase(git: RunGit, head: CommitSha): Promise<CommitSha> {
  const tree = await succeed(git, ['hash-object', '-t', 'tree', '-w', '--stdin'], { input: Buffer.alloc(0) });
  return commitTree(git, tree.toString('utf8').trim(), head, 'Base of the first deployment: nothing is in place yet');
}

/**
 * A commit with the files of the one that it sits on. Where a ref names it in place of that one, nothing changed but the
 * ref's value: whoever expects the old value is told. Local until it is pushed.
 */
export async function sameFiles(git: RunGit, commit: CommitSha): Promise<CommitSha> {
  return commitTree(git, `${commit}^{tree}`, commit, 'A run wrote rules and did not finish; this is still the base');
}

async function commitTree(git: RunGit, tree: string, parent: CommitSha, message: string): Promise<CommitSha> {
  const args = ['commit-tree', tree, '-p', parent];
  const output = await succeed(git, args, { env: OURS, input: Buffer.from(`${message}\n`) });
  const commit = asCommitSha(output.toString('utf8'));
  if (commit !== undefined) return commit;
  throw new GitError('command-failed', 'git commit-tree gave no commit.', 'Run the job again.');
}
