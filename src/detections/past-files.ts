import type { Buffer } from 'node:buffer';
import type { CommitSha, TreeFile } from '../git/types.js';
import { readIdentity } from './identity.js';
import type { Identity } from './identity.js';
import { roleOf } from './pair-files.js';
import type { TargetKey } from './types.js';

/** What one commit did to a path; null stands for no file. */
export interface PathVersion {
  readonly path: string;
  /** Object id of its content before and after the commit. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What is asked of a repository (git/repository.ts has it). */
export interface PastRepository {
  findFiles(commit: CommitSha, paths: readonly string[]): Promise<readonly TreeFile[]>;
  readBlobs(objects: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
}

export interface PastVersion {
  readonly path: string;
  readonly object: string;
}

/** What the files of one NAME in one folder were since the base. */
export interface PastFiles {
  readonly stem: string;
  /** Newest first, that of the base last; each once. */
  readonly metadata: readonly PastVersion[];
  /** Object ids of the pattern's versions. */
  readonly patterns: ReadonlySet<string>;
  /** Whether the last thing that the commits did to every metadata file was to take it away. */
  readonly left: boolean;
}

/**
 * Sorts the versions of paths by the detections that they belong to, those changed last first.
 *
 * @param versions newest first; null when they are not to be had.
 * @param atBase files of the base.
 */
export function pastFilesOf(
  versions: readonly PathVersion[] | null,
  atBase: readonly TreeFile[],
): ReadonlyMap<string, PastFiles> {
  const pasts = new Map<string, Collected>();
  const add = (path: string, objects: readonly (string | null)[], remains: boolean): void => {
    const role = roleOf(path);
    if (role.kind !== 'metadata' && role.kind !== 'pattern') return;
    const past: Collected = pasts.get(role.stem) ?? { metadata: [], patterns: new Set(), remains: new Map() };
    pasts.set(role.stem, past);
    const there = objects.flatMap((object) => (object === null ? [] : [object]));
    if (role.kind === 'pattern') for (const object of there) past.patterns.add(object);
    else {
      past.metadata.push(...there.map((object) => ({ path, object })));
      // The newest is seen first.
      if (!past.remains.has(path)) past.remains.set(path, remains);
    }
  };
  for (const { path, after, before } of versions ?? []) add(path, [after, before], after !== null);
  for (const { path, object, mode } of atBase) if (mode !== '120000' && mode !== '160000') add(path, [object], true);
  return new Map([...pasts].map(([stem, past]) => [stem, finished(stem, past)]));
}

interface Collected {
  readonly metadata: PastVersion[];
  readonly patterns: Set<string>;
  readonly remains: Map<string, boolean>;
}

function finished(stem: string, { metadata, patterns, remains }: Collected): PastFiles {
  const unique = new Map(metadata.map((version) => [`${version.object} ${version.path}`, version]));
  const left = remains.size > 0 && ![...remains.values()].includes(true);
  return { stem, metadata: [...unique.values()], patterns, left };
}

/** Every path that the files of a NAME can have. */
export function pathsOfStem(stem: string): {
  readonly metadata: readonly string[];
  readonly patterns: readonly string[];
} {
  return {
    metadata: ['.json', '.yml', '.yaml'].map((ending) => stem + ending),
    patterns: ['_sigma.yml', '_sigma.yaml'].map((ending) => stem + ending),
  };
}

export function allPathsOf(stem: string): readonly string[] {
  const { metadata, patterns } = pathsOfStem(stem);
  return [...metadata, ...patterns];
}

/** What the versions said of UUID and name, in their order, without those that cannot be read. */
export async function readPast(
  repository: PastRepository,
  pasts: readonly PastFiles[],
  target: TargetKey | null,
): Promise<ReadonlyMap<string, readonly Identity[]>> {
  const objects = new Set(pasts.flatMap(({ metadata }) => metadata.map(({ object }) => object)));
  const blobs: ReadonlyMap<string, Buffer> = objects.size === 0 ? new Map() : await repository.readBlobs([...objects]);
  const identities = ({ path, object }: PastVersion): readonly Identity[] => {
    const blob = blobs.get(object);
    const identity = blob === undefined ? undefined : readIdentity(path, blob, target);
    return identity === undefined ? [] : [identity];
  };
  return new Map(pasts.map(({ stem, metadata }) => [stem, metadata.flatMap(identities)]));
}
