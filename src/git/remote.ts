import type { GitResult, RunGit } from './command.js';
import { accessHelp, GitError, symptomOf, wordsOf } from './errors.js';
import { hasCommit } from './history.js';
import { asCommitSha } from './types.js';
import type { CommitSha } from './types.js';

/** The other end: `origin`, or a URL where the checkout has no such remote. */
export type Remote = string;

/** `origin` of the checkout when there is one (it may go by SSH, or through a mirror), else the server's address. */
export async function findRemote(git: RunGit, serverUrl: string, repository: string): Promise<Remote> {
  const { exitCode } = await git(['config', '--get', 'remote.origin.url']);
  return exitCode === 0 ? 'origin' : `${serverUrl.replace(/\/+$/, '')}/${repository}`;
}

/**
 * Fetches one commit by its id. A shallow clone stays shallow and gets no history; a full one lacks next to none of it,
 * and is not made shallow. False when the server does not have the commit or does not hand it out.
 *
 * @throws GitError `fetch-failed` when the server cannot be reached or does not let us in.
 */
export async function fetchCommit(git: RunGit, remote: Remote, commit: CommitSha): Promise<boolean> {
  return fetchById(git, remote, commit, (await isShallow(git)) ? ['--depth=1'] : []);
}

/**
 * The tip of a branch on the server, its files ready to be read; null when there is no such branch. Fetched without
 * `--depth`: a tip cut off from its parents would make a later `git pull` of the user's refuse "unrelated histories",
 * and what lies between the checkout and the tip is small.
 *
 * @throws GitError `fetch-failed`
 */
export async function fetchTip(git: RunGit, remote: Remote, branch: string): Promise<CommitSha | null> {
  const ref = `refs/heads/${branch}`;
  const listed = await git(['ls-remote', '--quiet', remote, ref]);
  if (listed.exitCode !== 0) throw fetchFailed(`the tip of branch ${branch}`, listed);

  // ls-remote matches the end of names as well: `x/refs/heads/main` is another branch.
  const row = listed.stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .find(([, name]) => name === ref);
  const tip = asCommitSha(row?.[0]);
  if (tip === undefined) return null;
  if ((await hasCommit(git, tip)) || (await fetchById(git, remote, tip, []))) return tip;
  throw new GitError(
    'fetch-failed',
    `The server names ${tip} as the tip of branch ${branch}, but does not hand it out.`,
    'Run the job again.',
  );
}

/**
 * Pushes the commit to the branch, never by force. `moved`: the branch is not where the commit's parent is any more.
 *
 * @throws GitError `push-refused` with the server's words when it does not want the push; `push-failed` otherwise.
 */
export async function push(
  git: RunGit,
  remote: Remote,
  commit: CommitSha,
  branch: string,
): Promise<'pushed' | 'moved'> {
  const refspec = `${commit}:refs/heads/${branch}`;
  const options = ['--porcelain', '--no-verify', '--no-follow-tags', '--no-signed', '--recurse-submodules=no'];
  const result = await git(['push', ...options, remote, refspec]);
  if (result.exitCode === 0) return 'pushed';

  const reason = rejectionOf(result.stdout.toString('utf8'));
  if (reason !== null && symptomOf(reason) === 'branch-moved') return 'moved';
  throw pushError(branch, reason, result);
}

async function fetchById(git: RunGit, remote: Remote, commit: CommitSha, depth: readonly string[]): Promise<boolean> {
  const options = ['--quiet', '--no-tags', '--no-prune', '--no-recurse-submodules', ...depth];
  const result = await git(['fetch', ...options, remote, commit]);
  if (result.exitCode === 0) return hasCommit(git, commit);
  if (symptomOf(result.stderr) === 'unknown-commit') return false;
  throw fetchFailed(`commit ${commit}`, result);
}

export async function isShallow(git: RunGit): Promise<boolean> {
  const { stdout } = await git(['rev-parse', '--is-shallow-repository']);
  return stdout.toString('utf8').trim() === 'true';
}

export function fetchFailed(what: string, result: GitResult): GitError {
  return new GitError(
    'fetch-failed',
    `git could not fetch ${what}: ${wordsOf(result.stderr)}`,
    accessHelp(symptomOf(result.stderr)),
  );
}

/** The reason of a rejected ref, `!\t<refspec>\t[remote rejected] (<reason>)`: neither a hook's chatter nor the branch's name. */
export function rejectionOf(porcelain: string): string | null {
  const line = porcelain.split('\n').find((candidate) => candidate.startsWith('!'));
  return /\t\[[^\]]*\] \((.*)\)$/.exec(line ?? '')?.[1] ?? null;
}

function pushError(branch: string, reason: string | null, result: GitResult): GitError {
  const words = `${wordsOf(result.stderr)}${reason === null ? '' : ` (${reason})`}`;
  const symptom = symptomOf(`${result.stderr}\n${reason ?? ''}`);
  const message = `The push to branch ${branch} was refused: ${words}`;
  switch (symptom) {
    case 'unsigned-commit':
      return new GitError(
        'push-refused',
        message,
        'Use `write-back: commit`: its commits are made through the GitHub API and are verified.',
      );
    case 'protected-branch':
      return new GitError(
        'push-refused',
        message,
        'Let a GitHub App that may bypass the rules of this branch push (its token as github-token; the workflow token never can), or set `write-back: none` and put the UUIDs of the summary in by a pull request.',
      );
    case 'not-permitted':
    case 'not-authenticated':
    case 'no-such-repository':
      return new GitError('push-refused', message, accessHelp(symptom));
    default:
      if (reason !== null) {
        return new GitError('push-refused', message, 'Ask whoever looks after the repository what this refusal means.');
      }
      return new GitError('push-failed', `git could not push to branch ${branch}: ${words}`, accessHelp(symptom));
  }
}
