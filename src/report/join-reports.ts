import { shorten } from '../text.js';
import type { Finding } from '../detections/types.js';
import { errorsFirst } from './make-report.js';
import type { Counts, Report, Row, TargetFacts } from './types.js';

/** One target's report. */
export interface TargetPart {
  /** Null in a run without `targets`. */
  readonly target: Pick<TargetFacts, 'name' | 'ring' | 'community'> | null;
  readonly report: Report;
}

/**
 * The one report of all targets: every row says whose it is, counts are sums, and what all of them found in the files is
 * told once. The report of a run without `targets` is left as it is.
 *
 * @param parts at least one
 */
export function joinReports(parts: readonly TargetPart[]): Report {
  const [first] = parts;
  if (first === undefined) throw new Error('a run has a target');
  if (first.target === null) return first.report;
  const named = parts.flatMap(({ target, report }) => (target === null ? [] : [{ target, report }]));
  const reports = named.map(({ report }) => report);
  const findings = errorsFirst(distinctFindings(reports.flatMap((report) => report.findings)));
  const strangers = named.flatMap(({ target: { name: target }, report }) =>
    (report.strangers ?? []).map((stranger) => ({ ...stranger, target })),
  );
  const notImported = named.flatMap(({ target: { name: target }, report }) =>
    (report.notImported ?? []).map((rule) => ({ ...rule, target })),
  );
  return {
    ...first.report,
    scope: joinSentences(named, ({ scope }) => (scope === '' ? [] : [scope])).join(' '),
    rows: joinRows(named),
    findings,
    counts: sumCounts(reports, findings),
    ...(reports.some((report) => report.strangers !== undefined) ? { strangers } : {}),
    ...(reports.some((report) => report.notImported !== undefined) ? { notImported } : {}),
    lost: named.flatMap(({ target: { name: target }, report }) => report.lost.map((each) => ({ ...each, target }))),
    unwritten: named.flatMap(({ target: { name: target }, report }) =>
      report.unwritten.map((each) => ({ ...each, target })),
    ),
    commit: firstOf(reports, ({ commit }) => commit),
    uuidPullRequest: firstOf(reports, ({ uuidPullRequest }) => uuidPullRequest),
    notes: joinSentences(named, ({ notes }) => notes),
    stopped: null,
    spent: joinSpent(reports),
    targets: named.map(({ target, report: { rows, counts, lost, spent, stopped, strangers: unknown = [] } }) => ({
      ...target,
      counts,
      detections: rows.length,
      drifted: rows.filter(({ drift }) => drift !== undefined).length,
      strangers: unknown.length,
      lost: lost.length,
      requests: spent?.requests ?? 0,
      stopped,
    })),
  };
}

type Named = { readonly target: Pick<TargetFacts, 'name' | 'ring' | 'community'>; readonly report: Report };

/** By path, and of one path in the order of the targets. */
function joinRows(named: readonly Named[]): readonly Row[] {
  return named
    .flatMap(({ target: { name: target }, report }) => report.rows.map((row) => ({ ...row, target })))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** What several views of the files found, each once, in path, line, column order. */
export function distinctFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const { path, line, column, code, message } = finding;
    const key = JSON.stringify([path, line, column, code, message]);
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()].sort(
    (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}

function sumCounts(reports: readonly Report[], findings: readonly Finding[]): Counts {
  const sum = (count: keyof Counts): number => reports.reduce((total, { counts }) => total + counts[count], 0);
  return {
    created: sum('created'),
    adopted: sum('adopted'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    disabled: sum('disabled'),
    deleted: sum('deleted'),
    failed: sum('failed'),
    findings: findings.filter(({ severity }) => severity === 'error').length,
  };
}

/** Targets worked side by side: the slowest one says how long it took. */
function joinSpent(reports: readonly Report[]): Report['spent'] {
  const spent = reports.flatMap((report) => (report.spent === null ? [] : [report.spent]));
  if (spent.length === 0) return null;
  return {
    requests: spent.reduce((total, { requests }) => total + requests, 0),
    elapsedMs: Math.max(...spent.map(({ elapsedMs }) => elapsedMs)),
  };
}

function firstOf<Value>(reports: readonly Report[], valueOf: (report: Report) => Value | null): Value | null {
  for (const report of reports) {
    const value = valueOf(report);
    if (value !== null) return value;
  }
  return null;
}

/** Each sentence once; of one that not all targets have it is said whose it is. */
function joinSentences(named: readonly Named[], sentencesOf: (report: Report) => readonly string[]): readonly string[] {
  const owners = new Map<string, string[]>();
  for (const { target, report } of named) {
    for (const sentence of new Set(sentencesOf(report))) {
      owners.set(sentence, [...(owners.get(sentence) ?? []), target.name]);
    }
  }
  return [...owners].map(([sentence, names]) =>
    names.length === named.length ? sentence : `${shorten(names.join(', '), 200)}: ${sentence}`,
  );
}
