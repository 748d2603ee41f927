import type { Buffer } from 'node:buffer';
import type { Changes } from '../changes/types.js';
import { fileFinding, unreadableFile } from './file-faults.js';
import { followLinks } from './follow-links.js';
import type { LinkTarget } from './follow-links.js';
import { comparePaths, pairFiles, roleOf } from './pair-files.js';
import type { Candidate } from './pair-files.js';
import { readDetection } from './read-detection.js';
import type { ReadCandidate } from './read-detection.js';
import { parseRoots } from './roots.js';
import type { Roots } from './roots.js';
import type { FileSource, Finding, ReadDetections, SourceFile } from './types.js';

/**
 * Finds the detections below the roots that are in the scope, reads them, and checks them. Only files of detections in
 * the scope are read. A file that is wrong is a finding and never stops the others.
 *
 * @param roots lines of the `detections` input.
 * @throws DetectionsError when the roots name nothing that can be looked at.
 */
export async function readDetections({ source, roots: lines, changes }: Asked): Promise<ReadDetections> {
  const roots = parseRoots(lines);
  const { candidates, miscased } = pairFiles(await source.list(roots.folders));
  const wanted = candidates.filter((candidate) => isWanted(candidate, roots));
  const touched = changes.scope === 'all' ? undefined : touchedBy(changes.files);

  const links = await followLinks(
    source,
    wanted.flatMap(({ patterns }) => patterns.filter(({ kind }) => kind === 'link')),
  );
  const inScope = wanted.filter((candidate) => touched === undefined || isTouched(candidate, touched, links));
  const files = await readFiles(source, inScope, links);
  const read = inScope.map((candidate) => readDetection(candidate, { files, links }));

  const names = miscased.filter(({ path }) => isIncluded([path], roots) && (touched?.paths.has(path) ?? true));
  return {
    detections: read.flatMap(({ detection }) => detection ?? []),
    findings: sorted([...read.flatMap(({ findings }: ReadCandidate) => findings), ...names.map(wrongCase)]),
    notes: emptyRoots(roots, wanted),
  };
}

interface Asked {
  readonly source: FileSource;
  readonly roots: readonly string[];
  readonly changes: Changes;
}

function isWanted(candidate: Candidate, roots: Roots): boolean {
  return isIncluded(pathsOf(candidate), roots);
}

/** A detection is in when one of its halves is named, and out when one of them is taken out. */
function isIncluded(paths: readonly string[], roots: Roots): boolean {
  return paths.some((path) => roots.matching(path).length > 0) && !paths.some((path) => roots.excludes(path));
}

function pathsOf({ metadata, patterns }: Candidate): readonly string[] {
  return [...metadata, ...patterns].map(({ path }) => path);
}

interface Touched {
  readonly paths: ReadonlySet<string>;
  /** Detections of which a half was changed, added, renamed either way, or deleted. */
  readonly stems: ReadonlySet<string>;
}

function touchedBy(files: Extract<Changes, { scope: 'changed' }>['files']): Touched {
  const paths = new Set(
    files.flatMap(({ path, from, status }) => (from === undefined || status === 'copied' ? [path] : [path, from])),
  );
  const stems = [...paths].map(roleOf).flatMap((role) => ('stem' in role ? [role.stem] : []));
  return { paths, stems: new Set(stems) };
}

function isTouched({ stem, patterns }: Candidate, touched: Touched, links: ReadonlyMap<string, LinkTarget>): boolean {
  if (touched.stems.has(stem)) return true;
  return patterns.some(({ path }) => links.get(path)?.via.some((each) => touched.paths.has(each)));
}

/** The contents of all that can be read, in one go. */
async function readFiles(
  source: FileSource,
  candidates: readonly Candidate[],
  links: ReadonlyMap<string, LinkTarget>,
): Promise<ReadonlyMap<string, Buffer>> {
  const files = candidates
    .flatMap(({ metadata, patterns }) => [...metadata, ...patterns])
    .flatMap((file) => {
      if (file.kind === 'file') return [file];
      const link = links.get(file.path);
      return link?.kind === 'file' ? [link.file] : [];
    });
  const readable = files.filter((file) => unreadableFile(file) === undefined);
  const unique = new Map(readable.map((file) => [file.path, file]));
  return unique.size === 0 ? new Map() : source.read([...unique.values()]);
}

function wrongCase({ path }: SourceFile): Finding {
  const help = 'Write the endings in small letters: `.json`, `.yml`, `.yaml`, `_sigma.yml`, `_sigma.yaml`.';
  return fileFinding(
    path,
    'warning',
    'file-name-case',
    'This file is not read, because of the capitals in its ending.',
    help,
  );
}

function emptyRoots(roots: Roots, candidates: readonly Candidate[]): readonly string[] {
  const used = new Set(candidates.flatMap(pathsOf).flatMap((path) => roots.matching(path)));
  return roots.written
    .filter((root) => !used.has(root))
    .map((root) => `There is no detection below \`${root}\` (input \`detections\`): is the name right?`);
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (one, other) => comparePaths(one.path, other.path) || one.line - other.line || one.column - other.column,
  );
}
