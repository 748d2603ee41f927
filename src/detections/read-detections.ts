import type { Buffer } from 'node:buffer';
import type { Changes } from '../changes/types.js';
import { claimants, claimsOf, stemOf } from './claims.js';
import { fileFinding, unreadableFile } from './file-faults.js';
import { findDoubles } from './find-doubles.js';
import type { DoubledUuid } from './find-doubles.js';
import { followLinks } from './follow-links.js';
import type { LinkTarget } from './follow-links.js';
import { comparePaths, pairFiles, roleOf } from './pair-files.js';
import type { Candidate } from './pair-files.js';
import { readDetection } from './read-detection.js';
import type { ReadCandidate } from './read-detection.js';
import { parseRoots } from './roots.js';
import type { Roots } from './roots.js';
import type { CheckRule } from '../sigma/lint/severities.js';
import { pathOfRead } from './types.js';
import type { FileSource, Finding, ReadDetection, ReadDetections, SourceFile } from './types.js';

/**
 * Finds the detections below the roots that are in the scope, reads them, and checks them. Of the others only the
 * metadata files are looked at, for a UUID or name that is in the scope too. A file that is wrong is a finding and never
 * stops the others.
 *
 * @param roots lines of the `detections` input.
 * @param checks what the input `checks` wants of the checks of patterns.
 * @throws DetectionsError when the roots name nothing that can be looked at.
 */
export async function readDetections({ source, roots: lines, changes, checks = [] }: Asked): Promise<ReadDetections> {
  const roots = parseRoots(lines);
  const paired = pairFiles(await source.list(roots.folders));
  const wanted = paired.candidates.filter((candidate) => roots.includes(pathsOf(candidate)));
  const touched = changes.scope === 'all' ? undefined : touchedBy(changes.files);

  const links = await followLinks(
    source,
    wanted.flatMap(({ patterns }) => patterns.filter(({ kind }) => kind === 'link')),
  );
  const inScope = wanted.filter((candidate) => touched === undefined || isTouched(candidate, touched, links));
  const others = inScope.length === 0 ? [] : claimants(paired, roots);
  const files = await readFiles(source, [...filesOf(inScope, links), ...others]);
  const read = inScope.map((candidate) => readDetection(candidate, { files, links }, checks));
  const claims = claimsOf(paired, files);
  const doubles = findDoubles(claims, new Set(inScope.map(({ stem }) => stem)), files);

  const names = paired.miscased.filter(({ path }) => roots.includes([path]) && (touched?.paths.has(path) ?? true));
  return {
    detections: withDoubles(
      read.flatMap(({ detection }) => detection ?? []),
      doubles.uuids,
    ),
    findings: sorted([
      ...read.flatMap(({ findings }: ReadCandidate) => findings),
      ...doubles.uuids.map(({ finding }) => finding),
      ...doubles.names,
      ...names.map(wrongCase),
    ]),
    notes: emptyRoots(roots, wanted),
    claims: claims.byUuid,
  };
}

interface Asked {
  readonly source: FileSource;
  readonly roots: readonly string[];
  readonly changes: Changes;
  readonly checks?: readonly CheckRule[];
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

function filesOf(candidates: readonly Candidate[], links: ReadonlyMap<string, LinkTarget>): readonly SourceFile[] {
  const files = candidates
    .flatMap(({ metadata, patterns }) => [...metadata, ...patterns])
    .flatMap((file) => {
      if (file.kind === 'file') return [file];
      const link = links.get(file.path);
      return link?.kind === 'file' ? [link.file] : [];
    });
  return files.filter((file) => unreadableFile(file) === undefined);
}

/** The contents of all that is looked at, in one go. */
async function readFiles(source: FileSource, files: readonly SourceFile[]): Promise<ReadonlyMap<string, Buffer>> {
  const unique = new Map(files.map((file) => [file.path, file]));
  return unique.size === 0 ? new Map() : source.read([...unique.values()]);
}

/** Holds back every file whose UUID another one has, and brings in those outside the scope. */
function withDoubles(detections: readonly ReadDetection[], doubled: readonly DoubledUuid[]): readonly ReadDetection[] {
  if (doubled.length === 0) return detections;
  const held = detections.map((read) => {
    const errors = doubled.filter(({ stem }) => stem === stemOf(pathOfRead(read))).map(({ finding }) => finding);
    return errors.length === 0 ? read : heldBack(read, errors);
  });
  const here = new Set(detections.map((read) => stemOf(pathOfRead(read))));
  const brought = doubled
    .filter(({ stem }) => !here.has(stem))
    .map(({ path, name, uuid, finding }): ReadDetection => ({ kind: 'faulty', path, name, uuid, errors: [finding] }));
  return [...held, ...brought].sort((one, other) => comparePaths(pathOfRead(one), pathOfRead(other)));
}

function heldBack(read: ReadDetection, errors: readonly Finding[]): ReadDetection {
  if (read.kind === 'faulty') return { ...read, errors: [...read.errors, ...errors] };
  const { path, name, uuid } = read.detection;
  return { kind: 'faulty', path, name, uuid, errors };
}

function wrongCase({ path }: SourceFile): Finding {
  return fileFinding(path, 'warning', {
    code: 'file-name-case',
    message: 'This file is not read, because of the capitals in its ending.',
    help: 'Write the endings in small letters: `.json`, `.yml`, `.yaml`, `_sigma.yml`, `_sigma.yaml`.',
  });
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
