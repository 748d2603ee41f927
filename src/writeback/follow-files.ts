import type { CommitSha, FileChange, TreeFile } from '../git/types.js';
import type { Repository } from '../git/repository.js';
import type { MetadataFiles, UuidEdit } from './types.js';

/** Where the detection of an edit is by now. */
export type Place =
  /** At its path, or nowhere that is known. */
  | { readonly kind: 'here' }
  | { readonly kind: 'moved'; readonly path: string }
  | { readonly kind: 'several'; readonly paths: readonly string[] };

export interface FollowedOn {
  readonly repository: Pick<Repository, 'findFiles' | 'readBlobs' | 'changedFiles'>;
  readonly metadata: MetadataFiles;
}

interface Way {
  readonly from: CommitSha;
  readonly to: CommitSha;
  readonly edits: readonly UuidEdit[];
}

/**
 * Looks where the detections of edits are in a newer commit. A path whose file did not change needs no look. Where it is
 * gone, or holds another detection by now (name and pattern both differ), its twin is looked for among the files that
 * came or changed since.
 *
 * @throws GitError when a commit cannot be read.
 */
export async function followFiles(on: FollowedOn, way: Way): Promise<ReadonlyMap<UuidEdit, Place>> {
  const { edits, from, to } = way;
  const here: Place = { kind: 'here' };
  if (from === to) return new Map(edits.map((edit) => [edit, here]));
  const [old, now] = [reader(on, from), reader(on, to)];
  const paths = edits.map(({ path }) => path);
  await Promise.all([old.look(paths), now.look(paths)]);
  const suspects = edits.filter(({ path }) => old.object(path) !== null && old.object(path) !== now.object(path));
  await Promise.all([old.read(suspects), now.read(suspects)]);

  const lost = suspects.filter(({ path }) => {
    const [before, after] = [old.file(path), now.file(path)];
    if (before === null) return false;
    if (after === null) return true;
    return before.name !== after.name && !shareOne(before.patterns, after.patterns);
  });
  const places = new Map<UuidEdit, Place>(edits.map((edit) => [edit, here]));
  if (lost.length === 0) return places;

  const changes = (await on.repository.changedFiles(from, to)).filter(({ status }) => status !== 'deleted');
  const candidates = changes.map(({ path }) => ({ path }));
  await Promise.all([now.look(changes.map(({ path }) => path)), old.look(changes.map(({ path }) => path))]);
  await now.read(candidates);
  for (const edit of lost) {
    const before = old.file(edit.path);
    if (before !== null) places.set(edit, twinOf(edit, before, changes, now));
  }
  return places;
}

/** A metadata file with its pattern in one commit. */
interface KnownFile {
  readonly object: string;
  readonly name: string | null;
  /** As the file has it for the edit's target. */
  readonly uuidFor: (edit: UuidEdit) => string | null;
  /** Object ids. */
  readonly patterns: readonly string[];
}

interface CommitReader {
  readonly look: (paths: readonly string[]) => Promise<void>;
  /** Reads what was looked for. */
  readonly read: (files: readonly { readonly path: string }[]) => Promise<void>;
  readonly object: (path: string) => string | null;
  readonly file: (path: string) => KnownFile | null;
}

function reader({ repository, metadata }: FollowedOn, commit: CommitSha): CommitReader {
  const trees = new Map<string, TreeFile>();
  const files = new Map<string, KnownFile>();
  const object = (path: string): string | null => {
    const found = trees.get(path);
    return found !== undefined && isRegular(found.mode) ? found.object : null;
  };
  return {
    look: async (paths) => {
      const all = [...new Set(paths.flatMap((path) => [path, ...metadata.patternPaths(path)]))];
      for (const file of await repository.findFiles(commit, all)) trees.set(file.path, file);
    },
    read: async (wanted) => {
      const objects = wanted.flatMap(({ path }) => object(path) ?? []);
      const contents = await repository.readBlobs(objects);
      for (const { path } of wanted) {
        const id = object(path);
        const content = contents.get(id ?? '');
        if (id === null || content === undefined) continue;
        const file = { path, content };
        const name = metadata.identify(file, null)?.name;
        if (name === undefined) continue;
        const uuidFor = ({ target }: UuidEdit): string | null => metadata.identify(file, target)?.uuid ?? null;
        const patterns = metadata.patternPaths(path).flatMap((each) => object(each) ?? []);
        files.set(path, { object: id, name, uuidFor, patterns });
      }
    },
    object,
    file: (path) => files.get(path) ?? null,
  };
}

/**
 * The file that the detection is by now. The first sign that any file bears decides: the same content, the same pattern,
 * git's own word that it was renamed, the same name. Where several bear it, the further signs choose among them. A file
 * without UUID goes before one that has another: that one is only told of.
 */
function twinOf(edit: UuidEdit, before: KnownFile, changes: readonly FileChange[], now: CommitReader): Place {
  const candidates = changes.flatMap((change) => {
    const file = change.path === edit.path ? null : now.file(change.path);
    return file === null ? [] : [{ change, file, path: change.path, signs: signsOf(edit, before, change, file) }];
  });
  const isFree = (uuid: string | null): boolean => uuid === null || uuid === edit.uuid || uuid === edit.replaces;
  const twins = bearing(candidates.filter(({ file }) => isFree(file.uuidFor(edit))));
  const [twin, ...others] = twins.length > 0 ? twins : bearing(candidates);
  if (twin === undefined) return { kind: 'here' };
  if (others.length === 0) return { kind: 'moved', path: twin.path };
  return { kind: 'several', paths: [twin, ...others].map(({ path }) => path).sort() };
}

function signsOf(edit: UuidEdit, before: KnownFile, change: FileChange, file: KnownFile): readonly boolean[] {
  const isSame = file.object === before.object;
  const hasPattern = shareOne(file.patterns, before.patterns);
  const hasName = file.name !== null && file.name === before.name;
  // A file that was there before is a detection of its own, unless it took over all that the other one was.
  if (change.status === 'modified' && !isSame) return [false, hasPattern && hasName, false, false];
  return [isSame, hasPattern, change.status === 'renamed' && change.from === edit.path, hasName];
}

/** The place of git's word among the signs. */
const RENAMED = 2;

function bearing<Candidate extends { readonly signs: readonly boolean[] }>(
  candidates: readonly Candidate[],
): readonly Candidate[] {
  let left = candidates;
  let isFound = false;
  for (let sign = 0; sign < 4; sign += 1) {
    const bearers = left.filter(({ signs }) => signs[sign] === true);
    // Among several that bear a sign, git's choice of the one that was renamed is chance.
    if (bearers.length === 0 || (sign === RENAMED && isFound)) continue;
    left = bearers;
    isFound = true;
    if (left.length === 1) break;
  }
  return isFound ? left : [];
}

function shareOne(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.includes(one));
}

export function isRegular(mode: TreeFile['mode']): boolean {
  return mode === '100644' || mode === '100755';
}
