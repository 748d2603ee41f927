import { count } from '../text.js';
import type { Outcome } from '../deploy/types.js';
import { pathOfRead } from '../detections/types.js';
import type { Finding, ReadDetection } from '../detections/types.js';
import type { Authorship } from '../git/types.js';
import type { NotImported } from '../import/types.js';
import { metadataPathOf } from '../plan/types.js';
import type { FieldChange, Operation } from '../plan/types.js';
import type { TestCounts } from '../rule-tests/types.js';
import { hasFailed } from './types.js';
import type { Counts, ImportedRule, MissingUuid, Report, ReportInput, Row } from './types.js';

/** The one value that every rendering is drawn from (design.md, "Contract"). */
export function makeReport(input: ReportInput): Report {
  const told = new Set(input.outcomes.map(({ operation }) => metadataPathOf(operation)));
  const missing = missingUuids(input);
  const tests = new Map(input.read.detections.map((read) => [pathOfRead(read), read.tests]));
  const rows = [
    ...input.outcomes.map((outcome) => rowOfOutcome(outcome, input)),
    ...input.read.detections
      .filter((read) => !told.has(pathOfRead(read)))
      .map((read) => rowWithoutOutcome(read, input)),
    ...(input.imports ?? []).map(rowOfImport),
  ]
    .map((row) => withLostUuid(row, missing.lost))
    .map((row) => withAuthor(row, input.authors ?? new Map()))
    .map((row) => withDrift(row, input))
    .map((row) => withTests(row, tests))
    .sort((a, b) => compareText(a.path, b.path));
  return {
    mode: input.mode,
    repository: input.repository,
    branch: input.branch,
    head: input.head,
    pullRequest: input.pullRequest,
    runUrl: input.runUrl,
    scope: asSentence(input.scope),
    rows,
    findings: errorsFirst(input.read.findings),
    counts: countRows(rows, input.read.findings),
    ...(input.strangers === undefined ? {} : { strangers: input.strangers }),
    ...(input.alertTypes === undefined ? {} : { alertTypes: input.alertTypes }),
    ...(input.notImported === undefined ? {} : { notImported: [...input.notImported].sort(byName) }),
    lost: missing.lost,
    unwritten: missing.unwritten,
    commit: input.writeBack?.commit ?? null,
    uuidPullRequest: input.writeBack?.pullRequest ?? input.waiting ?? null,
    notes: input.notes,
    stopped: input.stopped ?? null,
    spent: input.spent ?? null,
  };
}

/** 0 when everything asked for is in place, else 1. */
export function exitCode(report: Report): 0 | 1 {
  const { counts, lost, stopped, targets = [] } = report;
  const isStopped = stopped !== null || targets.some((target) => target.stopped !== null);
  return counts.failed === 0 && counts.findings === 0 && lost.length === 0 && !isStopped ? 0 : 1;
}

function rowOfOutcome(outcome: Outcome, input: ReportInput): Bare {
  const { operation } = outcome;
  const path = metadataPathOf(operation);
  const patternPath = patternPathOf(operation, input);
  if (operation.kind === 'blocked') {
    const findings = findingsOf(path, null, operation.findings, input);
    return {
      path,
      patternPath,
      name: operation.name,
      uuid: outcome.uuid ?? operation.uuid,
      operation: 'blocked',
      outcome: outcome.kind === 'planned' ? 'planned' : 'failed',
      reason: operation.obstacle?.message ?? reasonOfFindings(operation.findings),
      help: operation.obstacle?.help ?? helpOfFindings(operation.findings),
      ...NOTHING_SENT,
      attention: input.attention?.get(path) ?? [],
      findings,
    };
  }
  const subject = subjectOf(operation);
  return {
    ...subject,
    patternPath,
    uuid: outcome.uuid ?? subject.uuid,
    operation: operation.kind,
    outcome: outcome.kind,
    reason: outcome.reason || (operation.kind === 'none' ? operation.reason : ''),
    help: outcome.help,
    changes: changesOf(operation),
    body: 'body' in operation ? operation.body : null,
    attention: input.attention?.get(path) ?? [],
    findings: findingsOf(path, patternPath, [], input),
  };
}

/** A row before it is known who brought it. */
type Bare = Omit<Row, 'brought'>;

function withAuthor(row: Bare, authors: ReadonlyMap<string, Authorship>): Row {
  const own = authors.get(row.path) ?? null;
  const pattern = row.patternPath === null ? null : (authors.get(row.patternPath) ?? null);
  return { ...row, brought: own === null || pattern === null ? (own ?? pattern) : newer(own, pattern, authors) };
}

/** By the order of the history, not by dates, which authors set. */
function newer(a: Authorship, b: Authorship, authors: ReadonlyMap<string, Authorship>): Authorship {
  if (a.commit === b.commit) return a;
  for (const { commit } of authors.values()) {
    if (commit === a.commit) return a;
    if (commit === b.commit) return b;
  }
  return a;
}

/** A removal changes what the rule does: it is turned off, or its pattern goes. */
function changesOf(operation: Operation): readonly FieldChange[] {
  switch (operation.kind) {
    case 'update':
    case 'adopt':
      return operation.changes;
    case 'disable':
      return operation.rule.write.enabled ? [{ field: 'enabled', from: true, to: false }] : [];
    case 'delete':
      return [{ field: 'payload', from: operation.rule.write.payload, to: '' }];
    default:
      return [];
  }
}

const NOTHING_SENT = { changes: [], body: null, attention: [] } as const;

/** A run that validates plans nothing, and one that was stopped may not have come to its plan. */
function rowWithoutOutcome(read: ReadDetection, input: ReportInput): Bare {
  if (read.kind === 'faulty') {
    return {
      path: read.path,
      patternPath: null,
      name: read.name,
      uuid: read.uuid,
      operation: 'blocked',
      outcome: 'failed',
      reason: reasonOfFindings(read.errors),
      help: helpOfFindings(read.errors),
      ...NOTHING_SENT,
      findings: findingsOf(read.path, null, read.errors, input),
    };
  }
  const { detection } = read;
  const mayStay = input.mode === 'validate' || detection.draft;
  return {
    path: detection.path,
    patternPath: detection.patternPath,
    name: detection.name,
    uuid: detection.uuid,
    operation: 'none',
    outcome: mayStay ? 'skipped' : 'failed',
    reason: mayStay
      ? ''
      : `${input.mode === 'drift' ? 'not compared' : 'not deployed'}: ${input.stopped?.message ?? 'the run ended before it'}`,
    help: mayStay ? '' : (input.stopped?.help ?? 'Run the workflow again.'),
    ...NOTHING_SENT,
    findings: findingsOf(detection.path, detection.patternPath, [], input),
  };
}

/** Its files are new: nothing was planned for them, and nothing sent. */
function rowOfImport({ path, patternPath, name, uuid, reason }: ImportedRule): Bare {
  const of = { path, patternPath, name, uuid, reason };
  return { ...of, operation: 'import', outcome: 'done', help: '', ...NOTHING_SENT, findings: [] };
}

function byName(one: NotImported, other: NotImported): number {
  return compareText(one.name, other.name) || compareText(one.uuid, other.uuid);
}

function withDrift(row: Row, { drifts }: ReportInput): Row {
  const drift = drifts?.get(row.path);
  return drift === undefined ? row : { ...row, drift };
}

function withLostUuid(row: Bare, lost: readonly MissingUuid[]): Bare {
  const loss = lost.find(({ path, uuid }) => path === row.path && uuid === row.uuid);
  if (loss === undefined || hasFailed(row)) return row;
  return { ...row, reason: `its UUID is not on the branch: ${loss.reason}`, help: loss.help };
}

function withTests(row: Row, tests: ReadonlyMap<string, TestCounts | undefined>): Row {
  const counts = tests.get(row.path);
  return counts === undefined ? row : { ...row, tests: counts };
}

/** Rules that the run made or took over, and whose UUID is not in the file by now. */
function missingUuids(input: ReportInput): {
  readonly lost: readonly MissingUuid[];
  readonly unwritten: readonly MissingUuid[];
} {
  const lost: MissingUuid[] = [];
  const unwritten: MissingUuid[] = [];
  const results = new Map(input.writeBack?.results.map((result) => [result.edit.path, result]));
  for (const { operation, kind, uuid } of input.outcomes) {
    if ((operation.kind !== 'create' && operation.kind !== 'adopt') || uuid === null) continue;
    const { path } = operation.detection;
    const result = results.get(path);
    if (result === undefined) {
      // An adoption that was left out has changed nothing yet.
      if (kind === 'skipped' || kind === 'planned') continue;
      if (input.writeBack === null && !input.stopped) unwritten.push({ path, uuid, ...NOT_WANTED });
      else lost.push({ path, uuid, ...NOT_REACHED });
    } else if (result.kind === 'lost') {
      lost.push({ path, uuid, reason: result.reason, help: result.help });
    }
  }
  const byPath = (a: MissingUuid, b: MissingUuid): number => compareText(a.path, b.path);
  return { lost: lost.sort(byPath), unwritten: unwritten.sort(byPath) };
}

const NOT_WANTED = { reason: 'no write-back was asked for', help: 'Add it to the file and commit it.' };
const NOT_REACHED = {
  reason: 'the write-back did not come to it',
  help: 'Add it to the metadata file as `uuid` and push.',
};

function countRows(rows: readonly Row[], findings: readonly Finding[]): Counts {
  const done = (operation: Operation['kind']): number =>
    rows.filter((row) => row.operation === operation && (row.outcome === 'done' || row.outcome === 'planned')).length;
  return {
    created: done('create'),
    adopted: done('adopt'),
    updated: done('update'),
    unchanged: done('unchanged'),
    disabled: done('disable'),
    deleted: done('delete'),
    failed: rows.filter(hasFailed).length,
    findings: findings.filter(({ severity }) => severity === 'error').length,
  };
}

/** Those of its halves, and those that hold it back wherever they stand (a UUID used twice). */
function findingsOf(
  path: string,
  patternPath: string | null,
  errors: readonly Finding[],
  { read }: ReportInput,
): readonly Finding[] {
  const own = read.findings.filter((finding) => finding.path === path || finding.path === patternPath);
  return [...own, ...errors.filter((error) => !own.includes(error))];
}

function reasonOfFindings(findings: readonly Finding[]): string {
  const [first, ...others] = findings;
  if (first === undefined) return 'held back';
  const where = `${first.path}:${first.line}`;
  return `${first.message} (${where})${others.length === 0 ? '' : `, and ${count(others.length, 'more error')}`}`;
}

function helpOfFindings(findings: readonly Finding[]): string {
  return findings[0]?.help ?? '';
}

export function errorsFirst(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ];
}

function asSentence(text: string): string {
  const end = /[.!?]$/u.test(text) || text === '' ? '' : '.';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`;
}

function subjectOf(operation: Operation): Pick<Row, 'path' | 'name' | 'uuid'> {
  switch (operation.kind) {
    case 'blocked':
    case 'none': {
      const { path, name, uuid } = operation;
      return { path, name, uuid };
    }
    case 'disable':
    case 'delete':
      return { path: operation.removed.path, name: operation.removed.name, uuid: operation.rule.uuid };
    default: {
      const { path, name, uuid } = operation.detection;
      return { path, name, uuid };
    }
  }
}

function patternPathOf(operation: Operation, { read }: ReportInput): string | null {
  if ('detection' in operation) return operation.detection.patternPath;
  const path = metadataPathOf(operation);
  const found = read.detections.find((each) => pathOfRead(each) === path);
  return found?.kind === 'sound' ? found.detection.patternPath : null;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
