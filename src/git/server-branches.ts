import type { RunGit } from './command.js';
import { askServer, fetchFailed } from './network.js';
import type { CommitSha } from './types.js';

/**
 * The branch that HEAD of the server names; null where it names none, as of an empty repository.
 *
 * @throws GitError `fetch-failed`: a guess could deploy from a branch that does not.
 */
export async function serverHead(git: RunGit, remote: string): Promise<string | null> {
  const listed = await askServer(git, ['ls-remote', '--quiet', '--symref', '--', remote, 'HEAD']);
  if (listed.exitCode !== 0) throw fetchFailed('the name of the default branch', listed);
  return /^ref: refs\/heads\/([^\t\n]+)\tHEAD$/mu.exec(listed.stdout.toString('utf8'))?.[1] ?? null;
}

/**
 * The branches of the server that have the commit as their tip.
 *
 * @throws GitError `fetch-failed`
 */
export async function branchesAt(git: RunGit, remote: string, commit: CommitSha): Promise<readonly string[]> {
  const listed = await askServer(git, ['ls-remote', '--quiet', '--heads', '--', remote]);
  if (listed.exitCode !== 0) throw fetchFailed('the branches', listed);
  const lines = listed.stdout.toString('utf8').split('\n');
  return lines.flatMap((line) => {
    const [id, name = ''] = line.split('\t');
    return id === commit ? [name.replace(/^refs\/heads\//u, '')] : [];
  });
}
