import { succeed } from './command.js';
import type { RunGit } from './command.js';
import { GitError, symptomOf, wordsOf } from './errors.js';
import { hasCommit } from './history.js';
import { fetchCommit, fetchFailed, rejectionOf } from './remote.js';
import type { Remote } from './remote.js';
import { asCommitSha } from './types.js';
import type { CommitSha } from './types.js';

/** What refs name on the server, by their full names; those that are not there are left out. @throws GitError `fetch-failed` */
export async function readRefs(
  git: RunGit,
  remote: Remote,
  names: readonly string[],
): Promise<ReadonlyMap<string, CommitSha>> {
  const listed = await git(['ls-remote', '--quiet', remote, ...names]);
  if (listed.exitCode !== 0) throw fetchFailed(names.join(' and '), listed);
  const refs = new Map<string, CommitSha>();
  for (const line of listed.stdout.toString('utf8').split('\n')) {
    const [id, name = ''] = line.split('\t');
    const commit = asCommitSha(id);
    // ls-remote matches the end of names as well: `x/refs/heads/main` is another branch.
    if (commit !== undefined && names.includes(name)) refs.set(name, commit);
  }
  return refs;
}

export interface RefMove {
  /** In full, such as `refs/sekoia-detections/default/main`. */
  readonly ref: string;
  /** What the server must still have; null: the ref must not exist. */
  readonly from: CommitSha | null;
  readonly to: CommitSha;
}

/**
 * Moves a ref in any direction, by compare-and-swap. `changed`: the server has something else by now, and nothing was done.
 *
 * @throws GitError `push-refused` when the token may not write refs; `push-failed`, `fetch-failed` otherwise.
 */
export async function moveRef(git: RunGit, remote: Remote, { ref, from, to }: RefMove): Promise<'moved' | 'changed'> {
  if (!(await hasCommit(git, to))) await fetchCommit(git, remote, to);
  const options = ['--porcelain', '--no-verify', '--no-follow-tags', '--no-signed', '--recurse-submodules=no'];
  const lease = `--force-with-lease=${ref}:${from ?? ''}`;
  const result = await git(['push', ...options, lease, remote, `${to}:${ref}`]);
  if (result.exitCode === 0) return 'moved';
  const reason = rejectionOf(result.stdout.toString('utf8'));
  if (reason !== null && symptomOf(reason) === 'branch-moved') return 'changed';
  const words = `${wordsOf(result.stderr)}${reason === null ? '' : ` (${reason})`}`;
  const refused = symptomOf(`${result.stderr}\n${reason ?? ''}`) !== 'other';
  throw new GitError(
    refused ? 'push-refused' : 'push-failed',
    `The ref ${ref} could not be moved: ${words}`,
    'Give the job `permissions: contents: write`.',
  );
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
