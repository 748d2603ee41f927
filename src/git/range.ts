import { succeed } from './command.js';
import type { RunGit } from './command.js';
import { symptomOf } from './errors.js';
import { hasCommit } from './history.js';
import { askServer, fetchFailed } from './network.js';
import { textFields } from './paths.js';
import { FETCH, isShallow, readRefs } from './remote.js';
import type { Remote } from './remote.js';
import { asCommitSha } from './types.js';
import type { CommitSha, PathVersion } from './types.js';

/**
 * Brings the commits after what a ref of the server names, up to the head, with all their files. False when the server
 * does not hand them out; a clone with full history has them.
 *
 * @throws GitError `fetch-failed` when the server cannot be reached or does not let us in.
 */
export async function fetchSince(git: RunGit, remote: Remote, ref: string, head: CommitSha): Promise<boolean> {
  if (!(await isShallow(git))) return hasCommit(git, head);
  // Of a ref that is not there the server says nothing: it breaks off, as a bad connection does.
  const exclude = { isThere: true };
  const isGone = async (): Promise<boolean> => {
    exclude.isThere = (await readRefs(git, remote, [ref])).has(ref);
    return !exclude.isThere;
  };
  const args = [...FETCH, `--shallow-exclude=${ref}`, '--', remote, head];
  const result = await askServer(git, args, {}, isGone);
  if (result.exitCode === 0) return true;
  const symptom = symptomOf(result.stderr);
  if (symptom === 'unknown-commit' || symptom === 'nothing-between') return false;
  if (symptom === 'other') await isGone();
  if (!exclude.isThere) return false;
  throw fetchFailed(`the commits since ${ref}`, result);
}

/** Commits that are looked at; more than lie between two deployments that anybody waits for. */
const MOST_COMMITS = 5_000;

/**
 * Every version that paths at or below the folders had in the commits after `base` up to `head`, newest first. A commit
 * whose parents a shallow clone lacks looks as if it had brought all its files.
 */
export async function pathVersions(
  git: RunGit,
  base: CommitSha,
  head: CommitSha,
  folders: readonly string[],
): Promise<readonly PathVersion[]> {
  const wanted = folders.some((folder) => folder === '' || folder === '.') ? [] : folders;
  const options = ['--raw', '-z', '--no-abbrev', '-m', '--root', '--no-renames', '--format=%x01%H'];
  const range = [`--max-count=${MOST_COMMITS}`, head, `^${base}`];
  const output = await succeed(git, ['log', ...options, ...range, '--', ...wanted]);

  const versions: PathVersion[] = [];
  let commit: CommitSha | undefined;
  const fields = textFields(output);
  for (let i = 0; i < fields.length; i += 1) {
    const field = (fields[i] ?? '').replace(/^\n+/, '');
    if (field.startsWith('\u0001')) {
      commit = asCommitSha(field.slice(1));
      continue;
    }
    // `:<mode> <mode> <id> <id> <status>`, and the path in the next field.
    const raw = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) [A-Z]$/.exec(field);
    if (raw === null || commit === undefined) continue;
    i += 1;
    versions.push({ path: fields[i] ?? '', commit, before: objectOf(raw[1]), after: objectOf(raw[2]) });
  }
  return versions;
}

/** Whether `older` lies behind `newer`; null where the clone does not hold enough history to tell. */
export async function isAncestor(git: RunGit, older: CommitSha, newer: CommitSha): Promise<boolean | null> {
  if (!(await hasCommit(git, older)) || !(await hasCommit(git, newer))) return null;
  const { exitCode } = await git(['merge-base', '--is-ancestor', older, newer]);
  if (exitCode === 0) return true;
  return exitCode === 1 && !(await isShallow(git)) ? false : null;
}

/** All zeros: no file. */
function objectOf(id: string | undefined): string | null {
  return id === undefined || /^0+$/.test(id) ? null : id;
}
