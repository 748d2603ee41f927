import type { Buffer } from 'node:buffer';
import type { Changes } from '../changes/types.js';
import { claimants, claimsOf, stemOf } from './claims.js';
import { fileFinding, unreadableFile } from './file-faults.js';
import { findDoubles } from './find-doubles.js';
import type { DoubledUuid } from './find-doubles.js';
import { eventFilesOf, eventPathsIn, findTests } from './find-tests.js';
import type { FoundTests, TestsFile } from './find-tests.js';
import { followLinks } from './follow-links.js';
import type { LinkTarget } from './follow-links.js';
import { leftOutOf } from './left-out.js';
import { comparePaths, pairFiles, roleOf } from './pair-files.js';
import type { Candidate } from './pair-files.js';
import { NO_CACHE } from './read-cache.js';
import type { ReadCache } from './read-cache.js';
import { readDetection } from './read-detection.js';
import type { ReadCandidate } from './read-detection.js';
import { parseRoots } from './roots.js';
import type { Roots } from './roots.js';
import type { FileChange } from '../git/types.js';
import type { TestTrace } from '../rule-tests/types.js';
import type { CheckRule } from '../sigma/lint/severities.js';
import { pathOfRead } from './types.js';
import type { FileSource, Finding, ReadDetection, ReadDetections, SourceFile, TargetKey } from './types.js';

/**
 * Finds the detections below the roots that are in the scope, reads them, and checks them. Of the others only the
 * metadata files are looked at, for a UUID or name that is in the scope too. A file that is wrong is a finding and never
 * stops the others.
 *
 * @param roots lines of the `detections` input.
 * @param checks what the input `checks` wants of the checks of patterns.
 * @param requireTests whether a detection without tests has an error.
 * @param trace whether to tell what each event of the tests does.
 * @param progress hears how many of the detections in the scope are read and checked.
 * @throws DetectionsError when the roots name nothing that can be looked at.
 */
export async function readDetections({
  source,
  roots: lines,
  changes,
  checks = [],
  requireTests = false,
  target,
  targets,
  cache = NO_CACHE,
  trace = false,
  progress,
}: Asked): Promise<ReadDetections> {
  const roots = parseRoots(lines);
  const paired = pairFiles(await source.list(roots.folders));
  const touched = changes.scope === 'all' ? undefined : touchedBy(changes.files);
  const below = paired.candidates
    .map((candidate) => withoutExcludedTests(candidate, roots))
    .filter((candidate) => roots.includes(pathsOf(candidate)));
  const links = await followLinks(
    source,
    below.flatMap(({ patterns, tests }) => [...patterns, ...tests].filter(({ kind }) => kind === 'link')),
  );
  const tests = await findTestsInScope(source, below, touched, links, cache);
  const eventFiles = new Set([...tests.values()].flatMap(eventPathsIn));
  const wanted = below.filter((candidate) => !isEventFile(candidate, eventFiles));
  const claiming = { ...paired, candidates: paired.candidates.filter((each) => !isEventFile(each, eventFiles)) };
  const view = { target, targets };
  const looked = wanted.filter(
    (candidate) => touched === undefined || isTouched(candidate, touched, links, tests.get(candidate.stem)),
  );
  const others = looked.length === 0 ? [] : claimants(claiming, roots);
  const events = eventFilesOf(looked.flatMap(({ stem }) => tests.get(stem) ?? []));
  const files = await readFiles(source, [...filesOf(looked, links), ...readable(events), ...others]);
  const leftOut = looked.flatMap((candidate) => leftOutOf(candidate, files, { view, cache }) ?? []);
  const out = new Set(leftOut.map(({ path }) => path));
  const inScope = looked.filter(({ metadata: [file] }) => file === undefined || !out.has(file.path));
  const read = inScope.map((candidate, index) => {
    progress?.(index, inScope.length);
    return readDetection(candidate, { files, links, tests, cache }, { checks, requireTests, view, trace });
  });
  const claims = claimsOf(claiming, files, view, cache);
  const doubles = findDoubles(claims, new Set(inScope.map(({ stem }) => stem)), files, { target, cache });

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
    leftOut,
    eventFiles: [...eventFiles].sort(comparePaths),
    ...(trace ? { traces: tracesOf(read) } : {}),
  };
}

function tracesOf(read: readonly ReadCandidate[]): ReadonlyMap<string, readonly TestTrace[]> {
  return new Map(
    read.flatMap(({ detection, traces = [] }) =>
      detection === undefined ? [] : [[pathOfRead(detection), traces] as const],
    ),
  );
}

interface Asked {
  readonly source: FileSource;
  readonly roots: readonly string[];
  /** A comparison of commits, or files that somebody names. */
  readonly changes:
    Changes | { readonly scope: 'all' } | { readonly scope: 'changed'; readonly files: readonly FileChange[] };
  readonly checks?: readonly CheckRule[];
  readonly requireTests?: boolean;
  /** Whose view is asked for; null: a run without targets. */
  readonly target: TargetKey | null;
  /** All of the input `targets`; null: there are none. */
  readonly targets: readonly TargetKey[] | null;
  /** What was made of the files for other targets. */
  readonly cache?: ReadCache;
  readonly trace?: boolean;
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/** Tests stand for themselves only where there is nothing else. */
function pathsOf({ metadata, patterns, tests }: Candidate): readonly string[] {
  const halves = [...metadata, ...patterns];
  return (halves.length > 0 ? halves : tests).map(({ path }) => path);
}

/** A `!` line that takes tests out leaves their detection where it is. */
function withoutExcludedTests(candidate: Candidate, roots: Roots): Candidate {
  const tests = candidate.tests.filter(({ path }) => !roots.excludes(path));
  return tests.length === candidate.tests.length ? candidate : { ...candidate, tests };
}

/** A JSON file with events may stand where metadata stands. */
function isEventFile({ metadata, patterns, tests }: Candidate, eventFiles: ReadonlySet<string>): boolean {
  return patterns.length + tests.length === 0 && metadata.every(({ path }) => eventFiles.has(path));
}

/**
 * The tests of what the changes are about. Where a changed file may be one with events, the tests of all others are
 * looked through for its name.
 */
async function findTestsInScope(
  source: FileSource,
  candidates: readonly Candidate[],
  touched: Touched | undefined,
  links: ReadonlyMap<string, LinkTarget>,
  cache: ReadCache,
): Promise<FoundTests> {
  if (touched === undefined) return findTests(source, candidates, { links, only: 'any', cache });
  const inScope = candidates.filter((candidate) => isTouched(candidate, touched, links, undefined));
  const found = await findTests(source, inScope, { links, only: 'any', cache });
  const halves = new Set(candidates.filter(({ patterns }) => patterns.length > 0).map(({ stem }) => stem));
  const mayHoldEvents = [...touched.paths].some((path) => {
    const role = roleOf(path);
    return !('stem' in role) || (role.kind === 'metadata' && !halves.has(role.stem));
  });
  if (!mayHoldEvents) return found;
  const others = candidates.filter((candidate) => !inScope.includes(candidate));
  return new Map([...found, ...(await findTests(source, others, { links, only: 'naming-files', cache }))]);
}

interface Touched {
  readonly paths: ReadonlySet<string>;
  /** Detections of which a half or the tests were changed, added, renamed either way, or deleted. */
  readonly stems: ReadonlySet<string>;
}

function touchedBy(files: readonly FileChange[]): Touched {
  const paths = new Set(
    files.flatMap(({ path, from, status }) => (from === undefined || status === 'copied' ? [path] : [path, from])),
  );
  const stems = [...paths].map(roleOf).flatMap((role) => ('stem' in role ? [role.stem] : []));
  return { paths, stems: new Set(stems) };
}

/** By its own files, or by those that links and tests lead to. */
function isTouched(
  { stem, patterns, tests }: Candidate,
  touched: Touched,
  links: ReadonlyMap<string, LinkTarget>,
  testsFile: TestsFile | undefined,
): boolean {
  if (touched.stems.has(stem)) return true;
  const linked = [...patterns, ...tests].flatMap(({ path }) => links.get(path)?.via ?? []);
  return [...linked, ...eventPathsIn(testsFile)].some((path) => touched.paths.has(path));
}

function filesOf(candidates: readonly Candidate[], links: ReadonlyMap<string, LinkTarget>): readonly SourceFile[] {
  const files = candidates
    .flatMap(({ metadata, patterns }) => [...metadata, ...patterns])
    .flatMap((file) => {
      if (file.kind === 'file') return [file];
      const link = links.get(file.path);
      return link?.kind === 'file' ? [link.file] : [];
    });
  return readable(files);
}

function readable(files: readonly SourceFile[]): readonly SourceFile[] {
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
  const { detection, tests } = read;
  const { path, name, uuid } = detection;
  return { kind: 'faulty', path, name, uuid, errors, ...(tests === undefined ? {} : { tests }) };
}

function wrongCase({ path }: SourceFile): Finding {
  return fileFinding(path, 'warning', {
    code: 'file-name-case',
    message: 'This file is not read, because of the capitals in its ending.',
    help: 'Write the endings in small letters: `.json`, `.yml`, `.yaml`, `_sigma.yml`, `_sigma.yaml`, `_tests.yml`.',
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
