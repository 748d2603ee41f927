import type { FileSource } from '../detections/types.js';
import { parseRoots } from '../detections/roots.js';
import type { FileChange } from '../git/types.js';
import { openWorkTree } from '../git/work-tree.js';
import { silentLog } from '../log.js';
import { count } from '../text.js';
import type { OpenDesk } from './desk.js';
import { UsageError } from './usage-error.js';

/** Which detections a command looks at. */
export interface Scope {
  readonly changes: { readonly scope: 'all' } | { readonly scope: 'changed'; readonly files: readonly FileChange[] };
  /** In one sentence. */
  readonly words: string;
  readonly notes: readonly string[];
}

const ALL: Scope = { changes: { scope: 'all' }, words: 'Looked at every detection.', notes: [] };

/**
 * @param paths as typed.
 * @param changed only what differs from the upstream branch, or is not committed.
 * @throws UsageError for a path that leads to nothing, GitError
 */
export async function scopeOf(
  desk: OpenDesk,
  { paths, changed }: { readonly paths: readonly string[]; readonly changed: boolean },
): Promise<Scope> {
  const named = paths.length === 0 ? null : await namedFiles(desk, paths);
  const differing = changed ? await changedFiles(desk) : null;
  if (named === null) return differing ?? ALL;
  if (differing === null || differing.changes.scope === 'all') {
    const files = [...named].map((path): FileChange => ({ status: 'modified', path }));
    return {
      changes: { scope: 'changed', files },
      words: `Looked at the detections of ${count(files.length, 'named file')}.`,
      notes: differing?.notes ?? [],
    };
  }
  const files = differing.changes.files.filter(({ path, from }) => named.has(path) || (from && named.has(from)));
  return { ...differing, changes: { scope: 'changed', files } };
}

async function changedFiles({ place, env, signal }: OpenDesk): Promise<Scope> {
  const tree = await openWorkTree({ root: place.root, env, signal, log: silentLog });
  const fork = await tree.fork();
  if (fork === null) {
    const note = 'There is no upstream branch to compare with, so every detection was looked at.';
    return { ...ALL, notes: [`${note} \`git branch --set-upstream-to=origin/main\` names one.`] };
  }
  const files = await tree.changesSince(fork.commit);
  const words = `Looked at what differs from ${fork.name} (${fork.commit.slice(0, 10)}), committed or not.`;
  return { changes: { scope: 'changed', files }, words, notes: [] };
}

/** The files at or below the paths, those that make up detections and those that were named one by one. */
async function namedFiles(
  { place, settings, source }: OpenDesk,
  typed: readonly string[],
): Promise<ReadonlySet<string>> {
  const wanted = typed.map((path) => ({ path, root: place.repositoryPath(path) }));
  const listed = await source.list(parseRoots(settings.detections).folders);
  const single = await source.find(wanted.map(({ root }) => root));
  const all = new Set([...listed, ...single].map(({ path }) => path));
  const found = new Set<string>();
  for (const { path, root } of wanted) {
    const asked = parseRoots([asRoot(root)]);
    const own = [...all].filter((each) => asked.matching(each).length > 0);
    if (own.length === 0 && !(await isFolder(source, root))) {
      const help = 'Name files, folders or globs below the folders of `detections`, or files of events.';
      throw new UsageError('path-missing', `There is no file at \`${path}\`.`, help);
    }
    for (const each of own) found.add(each);
  }
  return found;
}

/** A folder without detections is no mistake: hooks name whatever was changed. */
async function isFolder(source: FileSource, root: string): Promise<boolean> {
  return (await source.list([root])).length > 0;
}

/** Neither `!` nor `#` at the start of a name may mean anything here. */
function asRoot(root: string): string {
  return root === '' ? '.' : `./${root}`;
}
