import type { Buffer } from 'node:buffer';
import { asRuleUuid } from '../sekoia/types.js';
import type { RuleUuid } from '../sekoia/types.js';
import type { CheckRule } from '../sigma/lint/severities.js';
import type { TestCounts, TestTrace } from '../rule-tests/types.js';
import { parsePattern } from '../sigma/parse/parse-pattern.js';
import type { Pattern } from '../sigma/parse/types.js';
import { lintPattern } from '../sigma/lint/lint-pattern.js';
import { readYaml } from '../sigma/read-yaml.js';
import type { YamlReading } from '../sigma/read-yaml.js';
import { checkMetadata } from './check-metadata.js';
import { checkCommunities, subcommunitiesIn } from './check-communities.js';
import { checkTargets } from './check-targets.js';
import { checkPattern } from './check-pattern.js';
import type { OwnChecks } from './check-pattern.js';
import { fileFinding, linkFault, lfsPointer, located, metadataIsLink, notRead, unreadableFile } from './file-faults.js';
import type { LinkTarget } from './follow-links.js';
import { alertTypeOf, sentValues } from './friendly-values.js';
import { identityOf } from './identity.js';
import type { Words } from './metadata-words.js';
import { pathOf } from './pair-files.js';
import type { Candidate } from './pair-files.js';
import type { FoundTests } from './find-tests.js';
import type { ReadCache } from './read-cache.js';
import { readOnce } from './read-once.js';
import { uuidIn, valueFor } from './target-values.js';
import type { View } from './target-values.js';
import { lonelyTests, missingTests, testDetection } from './test-detection.js';
import type { Detection, FileFields, Finding, ReadDetection, SourceFile, SubcommunityState } from './types.js';

/** What was read for the candidates: contents by path, where links lead, and what tests there are. */
export interface Contents {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly links: ReadonlyMap<string, LinkTarget>;
  readonly tests: FoundTests;
  readonly cache: ReadCache;
}

/** What the inputs want of every detection. */
export interface Wishes {
  /** What the checks of patterns are. */
  readonly checks: readonly CheckRule[];
  /** Whether a detection without a tests file has an error. */
  readonly requireTests: boolean;
  /** Whose view is asked for. */
  readonly view: View;
  /** Whether what each event of a test does is to be told. */
  readonly trace?: boolean;
}

export interface ReadCandidate {
  /** Undefined for what is no detection: a lone file without a UUID. */
  readonly detection: ReadDetection | undefined;
  readonly findings: readonly Finding[];
  /** Of its tests, where they were asked for. */
  readonly traces?: readonly TestTrace[];
}

/**
 * Reads one detection from its files. Whatever goes wrong is a finding on it and touches no other.
 */
export function readDetection(candidate: Candidate, contents: Contents, wishes: Wishes): ReadCandidate {
  try {
    return readParts(candidate, contents, wishes);
  } catch (error) {
    const message = `The action failed on this file: ${error instanceof Error ? error.message : String(error)}.`;
    const help = 'Please report this with the file; the other detections are not touched by it.';
    const path = pathOf(candidate);
    const finding = fileFinding(path, 'error', { code: 'internal-error', message, help });
    return { detection: { kind: 'faulty', path, name: null, uuid: null, errors: [finding] }, findings: [finding] };
  }
}

function readParts(candidate: Candidate, contents: Contents, wishes: Wishes): ReadCandidate {
  const { checks, requireTests, view, trace = false } = wishes;
  const {
    stem,
    metadata: [metadataFile, ...moreMetadata],
    patterns: [patternFile, ...morePatterns],
  } = candidate;
  if (metadataFile === undefined) {
    return { detection: undefined, findings: [...lonePatterns(candidate), ...lonelyTests(candidate)] };
  }
  const doubled = [
    ...twice(METADATA_TWICE, [metadataFile, ...moreMetadata]),
    ...(patternFile === undefined ? [] : twice(PATTERN_TWICE, [patternFile, ...morePatterns])),
  ];
  const metadata = readMetadata(metadataFile, contents, view);
  const { path } = metadataFile;
  const tested = (pattern: Pattern | undefined): Tested => {
    const { findings, ...tested } = testDetection(candidate, pattern, { ...contents, trace });
    return { ...tested, findings: [...findings, ...(requireTests ? missingTests(candidate, path) : [])] };
  };
  if (doubled.length > 0) return held(path, metadata, doubled, tested(undefined));
  if (patternFile === undefined) {
    // Broken metadata without a pattern is probably no metadata at all, so its errors are not told.
    const hasUuid = metadata.hasUuid;
    const finding = withoutPattern(path, stem, hasUuid);
    return hasUuid
      ? held(path, metadata, [...metadata.findings, finding], tested(undefined))
      : { detection: undefined, findings: [finding, ...lonelyTests(candidate)] };
  }
  const pattern = readPattern(patternFile, contents, checks, metadata.checks);
  const tests = tested(pattern.parsed);
  const findings = [...metadata.findings, ...pattern.findings];
  const all = [...findings, ...tests.findings];
  if (all.some(isError) || metadata.fields === undefined) return held(path, metadata, findings, tests);
  const detection: Detection = {
    path,
    patternPath: patternFile.path,
    name: metadata.name ?? '',
    uuid: metadata.uuid,
    ...(metadata.movesUuid ? { movesUuid: true } : {}),
    draft: metadata.draft,
    fields: metadata.fields,
    ...(metadata.alertType === null ? {} : { alertType: metadata.alertType }),
    ...(metadata.subcommunities.length > 0 ? { subcommunities: metadata.subcommunities } : {}),
    pattern: pattern.text,
  };
  return { detection: { kind: 'sound', detection, ...testsMember(tests) }, findings: all, ...tracesMember(tests) };
}

interface Tested {
  readonly counts: TestCounts | undefined;
  readonly findings: readonly Finding[];
  readonly traces?: readonly TestTrace[];
}

function held(path: string, metadata: Metadata, others: readonly Finding[], tests: Tested): ReadCandidate {
  const { name, uuid } = metadata;
  const findings = [...others, ...tests.findings];
  const errors = findings.filter(isError);
  return {
    detection: { kind: 'faulty', path, name, uuid, errors, ...testsMember(tests) },
    findings,
    ...tracesMember(tests),
  };
}

function tracesMember({ traces }: Tested): { readonly traces?: readonly TestTrace[] } {
  return traces === undefined ? {} : { traces };
}

function testsMember({ counts }: Tested): { readonly tests?: TestCounts } {
  return counts === undefined ? {} : { tests: counts };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

interface Metadata {
  readonly name: string | null;
  readonly uuid: RuleUuid | null;
  /** Whether something stands where the UUID belongs, a UUID or not. */
  readonly hasUuid: boolean;
  /** Whether the UUID is the plain one of a file with targets. */
  readonly movesUuid: boolean;
  readonly draft: boolean;
  readonly fields: FileFields | undefined;
  /** The name of the alert type where the file has no UUID of one. */
  readonly alertType: string | null;
  readonly subcommunities: readonly SubcommunityState[];
  /** What the file wants of the checks of its pattern. */
  readonly checks: OwnChecks | undefined;
  readonly findings: readonly Finding[];
}

function readMetadata(file: SourceFile, contents: Contents, view: View): Metadata {
  const nothing = {
    name: null,
    uuid: null,
    hasUuid: false,
    movesUuid: false,
    draft: false,
    fields: undefined,
    alertType: null,
    subcommunities: [],
    checks: undefined,
  };
  const { path } = file;
  const fault = file.kind === 'link' ? metadataIsLink(path) : unreadableFile(file);
  if (fault !== undefined) return { ...nothing, findings: [fault] };
  const content = contents.files.get(path);
  const gone = content === undefined ? notRead(path) : lfsPointer(path, content);
  if (content === undefined || gone !== undefined) return { ...nothing, findings: gone === undefined ? [] : [gone] };
  const text = readOnce(path, content, contents.cache);
  if (text.kind === 'unreadable') {
    return { ...nothing, findings: text.problems.map((problem) => located(path, problem)) };
  }
  const { target } = view;
  const { name, uuid } = identityOf(text.value, target);
  const written = uuidIn(text.value, target);
  const value = valueFor(text.value, target);
  return {
    name,
    uuid,
    hasUuid: typeof written === 'string' && written.trim() !== '',
    movesUuid: target?.takesUuid === true && uuid !== null && asRuleUuid(text.value['uuid']) === uuid,
    draft: value['draft'] === true,
    fields: fieldsOf(value),
    alertType: alertTypeOf(value),
    subcommunities: subcommunitiesIn(value),
    checks: { path, file: text },
    findings: [
      ...checkMetadata(path, text, view),
      ...checkCommunities(path, text, view),
      ...checkTargets(path, text, view),
    ],
  };
}

const OWN_KEYS: ReadonlySet<string> = new Set([
  '$schema',
  'uuid',
  'uuids',
  'targets',
  'only',
  'except',
  'draft',
  'checks',
  'subcommunities',
]);

/** The fields of the file, as they are sent. The schema has checked their kinds; with errors nobody looks at them. */
function fieldsOf(value: Readonly<Record<string, unknown>>): FileFields {
  return Object.fromEntries(Object.entries(sentValues(value)).filter(([key]) => !OWN_KEYS.has(key)));
}

interface ReadPattern {
  readonly text: string;
  /** Where the text could be read. */
  readonly parsed?: Pattern;
  readonly findings: readonly Finding[];
}

function readPattern(
  file: SourceFile,
  contents: Contents,
  checks: readonly CheckRule[],
  own: OwnChecks | undefined,
): ReadPattern {
  const link = file.kind === 'link' ? contents.links.get(file.path) : undefined;
  if (link !== undefined && link.kind !== 'file') return { text: '', findings: [linkFault(file.path, link)] };
  const target = link?.file ?? file;
  const { path } = target;
  const fault = unreadableFile(target);
  const content = contents.files.get(path);
  const gone = fault ?? (content === undefined ? notRead(path) : lfsPointer(path, content));
  if (content === undefined || gone !== undefined) return { text: '', findings: gone === undefined ? [] : [gone] };
  const { cache } = contents;
  const { reading, parsed } = cache.remember(`pattern ${path}`, [content], () => parsedPattern(content));
  const { text } = reading;
  if (reading.problems.length > 0) {
    return { text, findings: reading.problems.map((problem) => located(path, problem)) };
  }
  if (parsed !== undefined) {
    const problems = cache.remember(`lint ${path}`, [parsed], () => lintPattern(parsed));
    const { problems: wanted, findings } = checkPattern(problems, checks, own);
    return { text, parsed, findings: [...findings, ...wanted.map((problem) => located(path, problem))] };
  }
  const help = 'Write the detection there: a `detection:` map with its selections and a `condition`.';
  const empty = { code: 'pattern-empty', message: 'The pattern is empty.', help };
  return { text, findings: [fileFinding(path, 'error', empty)] };
}

function parsedPattern(content: Buffer): { readonly reading: YamlReading; readonly parsed: Pattern | undefined } {
  const reading = readYaml(content, 'pattern');
  const isSound = reading.problems.length === 0 && reading.documents.length > 0;
  return { reading, parsed: isSound ? parsePattern(reading) : undefined };
}

function twice(words: Pick<Words, 'code' | 'message'>, files: readonly SourceFile[]): readonly Finding[] {
  const [first] = files;
  if (first === undefined || files.length < 2) return [];
  const names = files.map(({ path }) => `\`${path}\``).join(' and ');
  const help = 'Remove all but one, or rename the others with their halves.';
  return [fileFinding(first.path, 'error', { ...words, message: `${words.message}: ${names}.`, help })];
}

const METADATA_TWICE = { code: 'metadata-twice', message: 'One detection has several metadata files' };
const PATTERN_TWICE = { code: 'pattern-twice', message: 'One detection has several patterns' };

function withoutPattern(path: string, stem: string, hasUuid: boolean): Finding {
  const wanted = `\`${stem}_sigma.yml\``;
  return fileFinding(path, hasUuid ? 'error' : 'warning', {
    code: 'pattern-missing',
    message: `There is no pattern ${wanted} for this metadata file.`,
    help: hasUuid
      ? `Add ${wanted}; this file has the UUID of a rule.`
      : `Add ${wanted} if this is a detection, else take the file out with a \`!\` line in the input \`detections\`.`,
  });
}

function lonePatterns({ stem, patterns }: Candidate): readonly Finding[] {
  const words = {
    code: 'metadata-missing',
    message: `There is no metadata file \`${stem}.json\` for this pattern.`,
    help: `Add \`${stem}.json\` (or \`.yml\`, \`.yaml\`) with name, severity, effort and alert_type_uuid.`,
  };
  return patterns.map(({ path }) => fileFinding(path, 'warning', words));
}
