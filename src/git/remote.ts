import type { RunGit } from './command.js';
import { GitError, symptomOf } from './errors.js';
import { hasCommit } from './history.js';
import { askServer, fetchFailed } from './network.js';
import { argumentLists } from './paths.js';
import { asCommitSha } from './types.js';
import type { CommitSha } from './types.js';

/** The other end: `origin`, or a URL where the checkout has no such remote. */
export type Remote = string;

/** `origin` of the checkout when there is one (it may go by SSH, or through a mirror), else the server's address. */
export async function findRemote(git: RunGit, serverUrl: string, repository: string): Promise<Remote> {
  const { exitCode } = await git(['config', '--get', 'remote.origin.url'], { short: true });
  return exitCode === 0 ? 'origin' : `${serverUrl.replace(/\/+$/, '')}/${repository}`;
}

/** Options of every fetch: the objects alone, neither tags nor refs nor FETCH_HEAD. */
export const FETCH: readonly string[] = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-prune',
  '--no-recurse-submodules',
  '--no-write-fetch-head',
];

/**
 * What refs name on the server, by their full names; those that are not there are left out.
 *
 * @throws GitError `fetch-failed`
 */
export async function readRefs(
  git: RunGit,
  remote: Remote,
  names: readonly string[],
): Promise<ReadonlyMap<string, CommitSha>> {
  const wanted = new Set(names);
  const refs = new Map<string, CommitSha>();
  // No name at all would list every ref.
  for (const list of argumentLists([...wanted])) {
    const listed = await askServer(git, ['ls-remote', '--quiet', '--', remote, ...list]);
    if (listed.exitCode !== 0) throw fetchFailed(list.join(' and '), listed);
    for (const line of listed.stdout.toString('utf8').split('\n')) {
      const [id, name = ''] = line.split('\t');
      const commit = asCommitSha(id);
      // ls-remote matches the end of names as well: `x/refs/heads/main` is another branch.
      if (commit !== undefined && wanted.has(name)) refs.set(name, commit);
    }
  }
  return refs;
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
 * Fetches one commit along with what lies between it and the clone. A commit that is cut off from its parents cannot be
 * pushed to a ref while no other ref of the server leads to it ("shallow update not allowed").
 *
 * @throws GitError `fetch-failed`
 */
export async function fetchWithParents(git: RunGit, remote: Remote, commit: CommitSha): Promise<boolean> {
  return fetchById(git, remote, commit, []);
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
  const tip = (await readRefs(git, remote, [ref])).get(ref);
  if (tip === undefined) return null;
  if ((await hasCommit(git, tip)) || (await fetchById(git, remote, tip, []))) return tip;
  throw new GitError(
    'fetch-failed',
    `The server names ${tip} as the tip of branch ${branch}, but does not hand it out.`,
    'Run the job again.',
    { reason: 'unknown-commit' },
  );
}

async function fetchById(git: RunGit, remote: Remote, commit: CommitSha, depth: readonly string[]): Promise<boolean> {
  const result = await askServer(git, [...FETCH, ...depth, '--', remote, commit]);
  if (result.exitCode === 0) return hasCommit(git, commit);
  if (symptomOf(result.stderr) === 'unknown-commit') return false;
  throw fetchFailed(`commit ${commit}`, result);
}

export async function isShallow(git: RunGit): Promise<boolean> {
  const { stdout } = await git(['rev-parse', '--is-shallow-repository'], { short: true });
  return stdout.toString('utf8').trim() === 'true';
}
