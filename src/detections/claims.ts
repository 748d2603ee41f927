import type { Buffer } from 'node:buffer';
import type { RuleUuid } from '../sekoia/types.js';
import { MOST_BYTES } from './file-faults.js';
import { glanceAt } from './glance.js';
import { comparePaths, pairFiles, roleOf } from './pair-files.js';
import type { PairedFiles } from './pair-files.js';
import { NO_CACHE } from './read-cache.js';
import type { ReadCache } from './read-cache.js';
import { parseRoots } from './roots.js';
import type { Roots } from './roots.js';
import type { View } from './target-values.js';
import type { FileSource, SourceFile, TargetKey } from './types.js';

/** What all metadata files below the roots say of UUID and name, in the scope or not. */
export interface Claims {
  /**
   * The files that have a UUID for the target and do not leave it out, in path order. A file without a pattern has its
   * UUID too, and so has one that is not read because of the capitals in its ending. Of a file that cannot be read it is
   * every UUID in its text.
   */
  readonly byUuid: ReadonlyMap<RuleUuid, readonly string[]>;
  /** The metadata files of exactly that name which have a pattern, drafts included, in path order. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads what the metadata files below the roots claim: one listing, and one reading of all of them up to 1 MiB.
 *
 * @param asked.roots lines of the `detections` input.
 * @throws DetectionsError when the roots name nothing that can be looked at.
 */
export async function readClaims(asked: {
  readonly source: FileSource;
  readonly roots: readonly string[];
  readonly target: TargetKey | null;
}): Promise<Claims> {
  const roots = parseRoots(asked.roots);
  const paired = pairFiles(await asked.source.list(roots.folders));
  const files = claimants(paired, roots);
  return claimsOf(paired, files.length === 0 ? new Map() : await asked.source.read(files), {
    target: asked.target,
    targets: null,
  });
}

/** The files that can claim something, and can be read. */
export function claimants({ candidates, miscased }: PairedFiles, roots: Roots): readonly SourceFile[] {
  const metadata = candidates
    .filter((candidate) => roots.includes([...candidate.metadata, ...candidate.patterns].map(({ path }) => path)))
    .flatMap((candidate) => candidate.metadata);
  const others = miscased.filter(
    ({ path }) => roots.includes([path]) && !/_(?:sigma|tests)\.(?:json|ya?ml)$/i.test(path),
  );
  return [...metadata, ...others].filter(({ kind, size }) => kind === 'file' && size <= MOST_BYTES);
}

/** @param contents of the claimants by path; what else there is does not matter. */
export function claimsOf(
  { candidates, miscased }: PairedFiles,
  contents: ReadonlyMap<string, Buffer>,
  view: View,
  cache: ReadCache = NO_CACHE,
): Claims {
  const byUuid = new Map<RuleUuid, string[]>();
  const byName = new Map<string, string[]>();
  const named = new Set(
    candidates.flatMap(({ metadata: [first], patterns }) => (first && patterns.length > 0 ? [first.path] : [])),
  );
  const files = [...candidates.flatMap(({ metadata }) => metadata), ...miscased];
  for (const path of files.map((file) => file.path).sort(comparePaths)) {
    const content = contents.get(path);
    if (content === undefined) continue;
    const { uuids, name } = glanceAt(path, content, named.has(path), view, cache);
    for (const uuid of uuids) byUuid.set(uuid, [...(byUuid.get(uuid) ?? []), path]);
    if (name !== null) byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  return { byUuid, byName };
}

/** Folder and NAME of a metadata file; undefined for every other path. */
export function stemOf(path: string): string | undefined {
  const role = roleOf(path);
  return role.kind === 'metadata' ? role.stem : undefined;
}
