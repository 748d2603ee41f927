import { commandFailed, succeed } from './command.js';
import type { RunGit } from './command.js';
import type { CommitSha, FileChange } from './types.js';

/** Whether the commit is in the local repository; an id of anything else is not a commit. */
export async function hasCommit(git: RunGit, commit: CommitSha): Promise<boolean> {
  // --batch-check tells "missing" apart from a failure. GIT_NO_LAZY_FETCH: a partial clone would fetch the commit with
  // its whole history to answer.
  const output = await succeed(git, ['cat-file', '--batch-check=%(objecttype)'], {
    input: Buffer.from(`${commit}\n`),
    env: { GIT_NO_LAZY_FETCH: '1' },
  });
  return output.toString('utf8').trim() === 'commit';
}

/**
 * The files that differ between the trees of two commits, whatever lies between them: no common ancestor and no history
 * is needed (action-engineering.md §3.2). Renames have both paths.
 */
export async function changedFiles(git: RunGit, base: CommitSha, head: CommitSha): Promise<readonly FileChange[]> {
  const args = ['diff-tree', '-r', '-z', '-M', '--name-status', '--no-commit-id', base, head, '--'];
  const result = await git(args);
  if (result.exitCode !== 0) throw commandFailed(args, result);

  const fields = textFields(result.stdout);
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

/** The fields of `-z` output. Each is decoded by itself: a byte sequence that is not UTF-8 spoils its own path only. */
export function textFields(output: Buffer): readonly string[] {
  const fields: string[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0, start);
    const stop = end < 0 ? output.length : end;
    fields.push(output.toString('utf8', start, stop));
    start = stop + 1;
  }
  return fields;
}
