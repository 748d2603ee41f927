import type { CommitSha, FileChange } from '../git/types.js';
import type { RuleUuid } from '../sekoia/types.js';
import { readClaims, stemOf } from './claims.js';
import type { Identity } from './identity.js';
import { comparePaths } from './pair-files.js';
import { allPathsOf, pastFilesOf, pathsOfStem, readPast } from './past-files.js';
import type { PastFiles, PastRepository, PathVersion } from './past-files.js';
import { parseRoots } from './roots.js';
import type { FileSource, LeftOut, ReadDetection, ReadDetections, Removed, TargetKey } from './types.js';

export interface RemovedFrom {
  readonly repository: PastRepository;
  readonly head: CommitSha;
  readonly base: CommitSha;
  /** What differs between base and head. */
  readonly files: readonly FileChange[];
  /** Every version that paths had between base and head, newest first; null when that is not to be had. */
  readonly versions: readonly PathVersion[] | null;
  /** Lines of the `detections` input. */
  readonly roots: readonly string[];
  /** The files of the head. */
  readonly source: FileSource;
  readonly target: TargetKey | null;
  /** Of the head. */
  readonly leftOut: ReadDetections['leftOut'];
  /** Of the head; read anew where they are empty, as they are when nothing was in the scope. */
  readonly claims: ReadDetections['claims'];
}

/**
 * Finds the detections whose metadata file left the branch since the base: it was there at the base or came and went
 * since, below the roots of today, and no metadata file of its NAME is at the head. The UUID is that of its newest
 * version that has one. A UUID that another file has at the head is none of a removed detection: the file was renamed,
 * moved, or taken apart. A detection that leaves the target out by now has left that target in the same way.
 *
 * @throws GitError when the repository cannot be read; DetectionsError for the roots.
 */
export async function readRemoved(from: RemovedFrom): Promise<readonly Removed[]> {
  const { repository, base, versions } = from;
  const leftOut = new Map(from.leftOut.map((one) => [stemOf(one.path) ?? '', one]));
  const stems = [...(await stemsThatLeft(from)), ...leftOut.keys()];
  if (stems.length === 0) return [];

  const atBase = await repository.findFiles(base, stems.flatMap(allPathsOf));
  const all = pastFilesOf(versions, atBase);
  const pasts = [...all.values()].filter(({ stem, metadata }) => stems.includes(stem) && metadata.length > 0);
  const identities = await readPast(repository, pasts, from.target);
  const claims = from.claims.size > 0 ? from.claims : (await readClaims(from)).byUuid;

  const here = rulesLeftOut(from.leftOut, claims);
  const taken = new Set<RuleUuid | null>(here.map(({ uuid }) => uuid));
  const removed = pasts.flatMap((past) => {
    const seen = identities.get(past.stem) ?? [];
    const out = leftOut.get(past.stem);
    if (out !== undefined && out.uuid !== null) return [];
    const one = removedOf(past, seen, out);
    if (one.uuid === null && wasNeverMeant(seen, out)) return [];
    if (one.uuid === null) return isDetection(past) && !isRenamed(past, from.files, all) ? [one] : [];
    // Of files that had it one after the other, the one that left last is told.
    if (claims.has(one.uuid) || taken.has(one.uuid)) return [];
    taken.add(one.uuid);
    return [one];
  });
  return [...here, ...removed].sort((one, other) => comparePaths(one.path, other.path));
}

/** No version that can be read was meant for the target. */
function wasNeverMeant(seen: readonly Identity[], leftOut: LeftOut | undefined): boolean {
  return (leftOut !== undefined || seen.length > 0) && seen.every(({ isLeftOut }) => isLeftOut);
}

/**
 * The rules that a target has of detections which leave it out by now. The UUID stands in the file, so no history is
 * needed, and a run that failed is made up for by any later one.
 */
export function rulesLeftOut(leftOut: readonly LeftOut[], claims: ReadDetections['claims']): readonly Removed[] {
  const taken = new Set<RuleUuid>();
  return leftOut.flatMap((one): readonly Removed[] => {
    const { uuid } = one;
    if (uuid === null || claims.has(uuid) || taken.has(uuid)) return [];
    taken.add(uuid);
    return [{ ...one, formerNames: [], isLeftOut: true }];
  });
}

/** Names of detections that were there since the base, have no metadata file at the head, and are below the roots. */
async function stemsThatLeft({ repository, head, files, versions, roots: lines }: RemovedFrom): Promise<string[]> {
  const roots = parseRoots(lines);
  const paths = [...files.flatMap(pathsThatWent), ...(versions ?? []).map(({ path }) => path)];
  const isBelowRoots = (path: string, stem: string): boolean => roots.includes([path, ...pathsOfStem(stem).patterns]);
  const stems = [...new Set(paths)].flatMap((path) => {
    const stem = stemOf(path);
    return stem !== undefined && isBelowRoots(path, stem) ? [stem] : [];
  });
  const wanted = [...new Set(stems)];
  if (wanted.length === 0) return [];
  const atHead = await repository.findFiles(
    head,
    wanted.flatMap((stem) => pathsOfStem(stem).metadata),
  );
  const there = new Set(atHead.filter(({ mode }) => mode !== '160000').map(({ path }) => stemOf(path)));
  return wanted.filter((stem) => !there.has(stem));
}

function pathsThatWent({ status, path, from }: FileChange): readonly string[] {
  switch (status) {
    case 'deleted':
    case 'type-changed':
      return [path];
    case 'renamed':
      return from === undefined ? [] : [from];
    case 'added':
    case 'modified':
    case 'copied':
      return [];
  }
}

function removedOf(
  { stem, metadata }: PastFiles,
  identities: readonly Identity[],
  leftOut: LeftOut | undefined,
): Removed {
  const names = identities.flatMap(({ name }) => name ?? []);
  const name = leftOut?.name ?? names[0] ?? null;
  const { uuid, community } = [leftOut, ...identities].find((one) => (one?.uuid ?? null) !== null) ?? {};
  return {
    path: leftOut?.path ?? metadata[0]?.path ?? stem,
    name,
    uuid: uuid ?? null,
    ...(community === undefined ? {} : { community }),
    formerNames: [...new Set(names)].filter((each) => each !== name),
    ...(leftOut === undefined ? {} : { isLeftOut: true }),
  };
}

/** Without a UUID it is the pattern that tells a detection from any other file of that format. */
function isDetection({ patterns }: PastFiles): boolean {
  return patterns.size > 0;
}

/** Whether the file goes on under another path, which has no UUID to tell it by. */
function isRenamed(past: PastFiles, files: readonly FileChange[], all: ReadonlyMap<string, PastFiles>): boolean {
  if (files.some(({ status, from }) => status === 'renamed' && from !== undefined && stemOf(from) === past.stem))
    return true;
  const objects = new Set(past.metadata.map(({ object }) => object));
  return [...all.values()].some(
    (other) => other !== past && !other.left && other.metadata.some(({ object }) => objects.has(object)),
  );
}

export interface NamesFrom {
  readonly repository: PastRepository;
  readonly detections: readonly ReadDetection[];
  readonly base: CommitSha;
  /** As for {@link readRemoved}. */
  readonly versions: readonly PathVersion[] | null;
  readonly target: TargetKey | null;
}

/**
 * The other names, by metadata path, that a detection without UUID had at the base or since: a run that lost the answer
 * to its create may have left a rule of one of them. A file that left without ever having a UUID, and of which a version
 * is a version of this detection too, is what the detection was called before it was renamed.
 *
 * @throws GitError when the repository cannot be read.
 */
export async function formerNames(from: NamesFrom): Promise<ReadonlyMap<string, readonly string[]>> {
  const { repository, detections, base, versions } = from;
  const wanted = detections.flatMap((read) =>
    read.kind === 'sound' && read.detection.uuid === null ? [read.detection] : [],
  );
  if (wanted.length === 0) return new Map();

  const own = new Set(wanted.flatMap(({ path }) => stemOf(path) ?? []));
  const gone = [...pastFilesOf(versions, []).values()].filter(({ left }) => left).map(({ stem }) => stem);
  const atBase = await repository.findFiles(base, [...new Set([...own, ...gone])].flatMap(allPathsOf));
  const pasts = [...pastFilesOf(versions, atBase).values()].filter(({ stem, left }) => own.has(stem) || left);
  const identities = await readPast(repository, pasts, from.target);
  const namesOf = ({ stem }: PastFiles): readonly string[] =>
    (identities.get(stem) ?? []).flatMap(({ name }) => name ?? []);
  const predecessors = pasts.filter(
    ({ stem, left }) => left && (identities.get(stem) ?? []).every(({ uuid }) => uuid === null),
  );
  return new Map(
    wanted.flatMap(({ path, name }) => {
      const past = pasts.find(({ stem }) => stem === stemOf(path));
      if (past === undefined) return [];
      const names = new Set([past, ...predecessorsOf(past, predecessors)].flatMap(namesOf));
      names.delete(name);
      return names.size === 0 ? [] : [[path, [...names]] as const];
    }),
  );
}

/** Those of which a version is one of the detection's, or of a predecessor's. */
function predecessorsOf(past: PastFiles, all: readonly PastFiles[]): readonly PastFiles[] {
  const found = new Set<PastFiles>();
  const known = new Set<string>();
  for (let next: PastFiles | undefined = past; next !== undefined;) {
    for (const object of objectsOf(next)) known.add(object);
    next = all.find((each) => each !== past && !found.has(each) && objectsOf(each).some((object) => known.has(object)));
    if (next !== undefined) found.add(next);
  }
  return [...found];
}

function objectsOf({ metadata, patterns }: PastFiles): readonly string[] {
  return [...metadata.map(({ object }) => object), ...patterns];
}
