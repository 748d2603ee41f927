import { commandFailed, succeed } from './command.js';
import type { RunGit } from './command.js';
import { textFields } from './paths.js';
import { asCommitSha } from './types.js';
import type { AheadCommit, CommitSha, FileChange } from './types.js';

/** Whether the commit is in the local repository; an id of anything else is not a commit. */
export async function hasCommit(git: RunGit, commit: CommitSha): Promise<boolean> {
  return (await commitsHere(git, [commit])).has(commit);
}

/**
 * Those of the commits that the local repository has. Not by `cat-file`, for which a partial clone would fetch a commit
 * that it lacks, with its whole history; `--missing` forbids that in every version of git.
 */
export async function commitsHere(git: RunGit, commits: readonly CommitSha[]): Promise<ReadonlySet<CommitSha>> {
  if (commits.length === 0) return new Set();
  const output = await succeed(git, ['rev-list', '--no-walk', ...ONLY_WHAT_IS_HERE, '--stdin'], {
    input: Buffer.from(`${commits.join('\n')}\n`),
  });
  const here = new Set(output.toString('utf8').split('\n'));
  return new Set(commits.filter((commit) => here.has(commit)));
}

/** Of rev-list: ids that are not here are passed over, and never fetched. */
export const ONLY_WHAT_IS_HERE: readonly string[] = ['--ignore-missing', '--missing=allow-any'];
/** The commit's parents as it names them itself: a shallow clone cuts them off elsewhere. */
export async function parentsOf(git: RunGit, commit: CommitSha): Promise<readonly CommitSha[]> {
  const text = (await succeed(git, ['cat-file', 'commit', commit])).toString('utf8');
  const head = text.slice(0, Math.max(0, text.indexOf('\n\n')));
  return head.split('\n').flatMap((line) => (line.startsWith('parent ') ? (asCommitSha(line.slice(7)) ?? []) : []));
}

/**
 * The files that differ between the trees of two commits, whatever lies between them: no common ancestor and no history
 * is needed (action-engineering.md §3.2). Renames have both paths.
 */
export async function changedFiles(git: RunGit, base: CommitSha, head: CommitSha): Promise<readonly FileChange[]> {
  const options = ['-r', '-z', '-M', '--name-status', '--no-commit-id', '--ignore-submodules=none'];
  const args = ['diff-tree', ...options, base, head, '--'];
  const result = await git(args);
  if (result.exitCode !== 0) throw commandFailed(args, result);

  return changesIn(result.stdout);
}

/** The commits of the head that the base lacks, both here with what lies between them. */
export async function commitsAhead(git: RunGit, base: CommitSha, head: CommitSha): Promise<readonly AheadCommit[]> {
  const format = '--format=%at%x09%ct%x09%B%x00';
  const output = await succeed(git, ['rev-list', format, '--encoding=UTF-8', head, `^${base}`, '--']);
  // `commit <id>`, then what was asked for.
  return output
    .toString('utf8')
    .split('\0')
    .flatMap((record) => {
      const [, authored, committed, message] = /^\n?commit \S+\n(\d+)\t(\d+)\t([\s\S]*)$/u.exec(record) ?? [];
      if (message === undefined) return [];
      return [{ message, authoredAt: Number(authored) * 1_000, committedAt: Number(committed) * 1_000 }];
    });
}

/** What --name-status -z prints. */
export function changesIn(output: Buffer): readonly FileChange[] {
  const fields = textFields(output);
  const changes: FileChange[] = [];
  for (let i = 0; i < fields.length;) {
    const status = STATUS[fields[i]?.[0] ?? ''] ?? 'modified';
    const hasOrigin = status === 'renamed' || status === 'copied';
    const [first = '', second = ''] = fields.slice(i + 1, i + 3);
    changes.push(hasOrigin ? { status, path: second, from: first } : { status, path: first });
    i += hasOrigin ? 3 : 2;
  }
  return changes;
}

/** Letters of --name-status; R and C carry a percentage after theirs. */
const STATUS: Readonly<Record<string, FileChange['status']>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type-changed',
};
