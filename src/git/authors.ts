import { succeed } from './command.js';
import type { RunGit } from './command.js';
import type { Promised } from './partial.js';
import { textFields } from './paths.js';
import { findFiles } from './objects.js';
import { isShallow } from './remote.js';
import type { Remote } from './remote.js';
import { asCommitSha } from './types.js';
import type { Authorship, CommitSha } from './types.js';

export interface AuthorsOf {
  /** Commits at and behind it brought nothing that is asked for; null where the whole history may be looked through. */
  readonly base: CommitSha | null;
  readonly head: CommitSha;
  /** Files that differ between the base and the head; without a base, any. */
  readonly paths: readonly string[];
}

/** Levels of history that are fetched into a clone that is cut short. */
const DEEPER = 50;
/** Commits that are looked through. */
const MOST_COMMITS = 5_000;

/**
 * Who brought each file to the content that it has at the head, newest first: the last commit that gave it just that
 * content, or took it away. A merge counts only where it differs from all that it merges. Files that no commit at hand
 * explains are left out. One fetch, and one look through the history whatever the number of files.
 */
export async function authorsOf(
  git: RunGit,
  promised: Promised,
  remote: Remote,
  of: AuthorsOf,
): Promise<ReadonlyMap<string, Authorship>> {
  if (of.paths.length === 0) return new Map();
  const isCut = await isShallow(git);
  if (isCut && of.base === null) return new Map();
  if (isCut) {
    // By depth: `--shallow-exclude` cuts a merge off from all its sides when one of them is excluded (git, shallow.c).
    const options = ['--quiet', '--no-tags', '--no-prune', '--no-recurse-submodules', `--deepen=${DEEPER}`];
    await git(['fetch', ...options, remote, of.head]);
  }
  const contents = new Map(
    (await findFiles(git, promised, of.head, of.paths)).map(({ path, object }) => [path, object]),
  );
  return readLog(git, of, contents, isCut);
}

async function readLog(
  git: RunGit,
  { base, head, paths }: AuthorsOf,
  contents: ReadonlyMap<string, string>,
  isCut: boolean,
): Promise<ReadonlyMap<string, Authorship>> {
  const format = '--format=%x01%H %aI %P%x02%an';
  const options = ['--raw', '-z', '--no-abbrev', '-c', '--root', '--no-renames', '--encoding=UTF-8', format];
  const range = [`--max-count=${MOST_COMMITS}`, head, ...(base === null ? [] : [`^${base}`])];
  const output = await succeed(git, ['log', ...options, ...range, '--', ...foldersOf(paths)]);

  const wanted = new Set(paths);
  const authors = new Map<string, Authorship>();
  let commit: Authorship | undefined;
  const fields = textFields(output);
  for (let i = 0; i < fields.length; i += 1) {
    const field = (fields[i] ?? '').replace(/^\n+/, '');
    if (field.startsWith('\u0001')) {
      commit = authorshipOf(field.slice(1), isCut);
      continue;
    }
    // `:MODES IDS STATUS`, one colon for each parent, and the path in the next field.
    const after = /^:+[\d ]+ (?:[0-9a-f]+ )+([0-9a-f]+) [A-Z]+$/.exec(field)?.[1];
    if (after === undefined) continue;
    i += 1;
    const path = fields[i] ?? '';
    if (commit === undefined || !wanted.has(path) || authors.has(path)) continue;
    if ((contents.get(path) ?? null) === (/^0+$/.test(after) ? null : after)) authors.set(path, commit);
  }
  return authors;
}

/** In a clone that is cut short, a commit without parents most likely has some, and seems to have brought every file. */
function authorshipOf(text: string, isCut: boolean): Authorship | undefined {
  const [head = '', author = ''] = text.split('\u0002', 2);
  const [id, date = '', parents = ''] = head.split(' ');
  const commit = asCommitSha(id);
  return commit === undefined || (isCut && parents === '') ? undefined : { commit, author, date };
}

/** The topmost folders, so that the command line stays short for any number of files. */
function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set(paths.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')));
  return folders.has('') ? [] : [...folders];
}
