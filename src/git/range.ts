import { succeed } from './command.js';
import type { RunGit } from './command.js';
import { symptomOf } from './errors.js';
import { hasCommit } from './history.js';
import { askServer, fetchFailed } from './network.js';
import { argumentLists, foldersOf, textFields } from './paths.js';
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
 * Every version that paths at or below the folders had in the commits after `base` up to `head`, newest first: a commit
 * comes before its parents, whatever the clocks said. A commit whose parents a shallow clone lacks looks as if it had
 * brought all its files. Submodules are no files.
 *
 * By `rev-list` and `diff-tree`, which are for programs: what `log` prints depends on the user's settings (`log.*`,
 * `diff.*`).
 */
export async function pathVersions(
  git: RunGit,
  base: CommitSha,
  head: CommitSha,
  folders: readonly string[],
): Promise<readonly PathVersion[]> {
  const wanted = foldersOf(folders);
  if (wanted?.length === 0) return [];
  const commits = await succeed(git, ['rev-list', '--topo-order', `--max-count=${MOST_COMMITS}`, '--stdin'], {
    input: Buffer.from([head, `^${base}`, '--', ...linesOf(wanted), ''].join('\n')),
  });
  const options = ['-r', '-z', '-m', '--root', '--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
  // More than a command line holds only spare git some work; what they leave out is left out below.
  const [paths = [], more] = argumentLists(wanted ?? []);
  const limit = more === undefined ? paths : [];
  const output = await succeed(git, ['diff-tree', '--stdin', ...options, '--', ...limit], { input: commits });
  const isWanted = liesIn(wanted);
  return versionsIn(output).filter(({ path, before, after }) => (before !== null || after !== null) && isWanted(path));
}

/** git reads paths from its input line by line; names that hold line ends leave the commits unlimited. */
function linesOf(folders: readonly string[] | null): readonly string[] {
  return folders === null || folders.some((folder) => /[\r\n]/.test(folder)) ? [] : folders;
}

function liesIn(folders: readonly string[] | null): (path: string) => boolean {
  if (folders === null) return () => true;
  const all = new Set(folders);
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (all.has(path.slice(0, end))) return true;
    }
    return false;
  };
}

/** A commit's id, then for every path `:<mode> <mode> <id> <id> <status>` and the path itself, each a field. */
function versionsIn(output: Buffer): readonly PathVersion[] {
  const versions: PathVersion[] = [];
  let commit: CommitSha | undefined;
  const fields = textFields(output);
  for (let i = 0; i < fields.length; i += 1) {
    const raw = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) [A-Z]$/.exec(fields[i] ?? '');
    if (raw === null) {
      commit = asCommitSha(fields[i]);
      continue;
    }
    i += 1;
    const [, modeBefore, modeAfter, before, after] = raw;
    if (commit === undefined) continue;
    versions.push({
      path: fields[i] ?? '',
      commit,
      before: fileOf(modeBefore, before),
      after: fileOf(modeAfter, after),
    });
  }
  return versions;
}

/** All zeros: nothing there. 160000: a commit of another repository. */
function fileOf(mode: string | undefined, id: string | undefined): string | null {
  return id === undefined || mode === '160000' || /^0+$/.test(id) ? null : id;
}
