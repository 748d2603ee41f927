import { count, shorten } from '../text.js';
import type { Report, Row } from './types.js';

/** The outputs of action.yml, in its order. */
export const OUTPUTS = [
  'created',
  'adopted',
  'updated',
  'unchanged',
  'disabled',
  'deleted',
  'failed',
  'findings',
  'rules',
  'commit',
  'pull-request',
  'report',
  'sarif',
  'strangers',
] as const;

/** Longest reason in `rules`: many rules must still fit into what a workflow can hand on. */
const LONGEST_REASON = 500;

/** GitHub drops a job's outputs above 1 MB, counted in UTF-16; a workflow may hand `rules` on as one of them. */
const MOST_BYTES = 900 * 1024;

/** Where the files of the report are; null for one that was not written. */
export interface ReportFiles {
  readonly report: string | null;
  readonly sarif: string | null;
}

/** What later steps of the workflow get; every output always has a value (design.md, "Contract"). */
export function outputs(report: Report, files: ReportFiles): Readonly<Record<(typeof OUTPUTS)[number], string>> {
  const { counts } = report;
  return {
    created: String(counts.created),
    adopted: String(counts.adopted),
    updated: String(counts.updated),
    unchanged: String(counts.unchanged),
    disabled: String(counts.disabled),
    deleted: String(counts.deleted),
    failed: String(counts.failed),
    findings: String(counts.findings),
    rules: rulesOutput(report).text,
    commit: report.commit ?? '',
    'pull-request': report.uuidPullRequest?.url ?? '',
    report: files.report ?? '',
    sarif: files.sarif ?? '',
    strangers: JSON.stringify(
      (report.strangers ?? []).map(({ uuid, name, created, target }) => ({
        ...(target === undefined ? {} : { target }),
        uuid,
        name,
        created_by: created.by,
        created_by_type: created.byType,
        created_at: created.at,
      })),
    ),
  };
}

/**
 * The output `rules`. Too long, it loses the rows of what needed nothing, then the reasons, then whatever comes last.
 *
 * @returns the JSON, and what was left out of it in one sentence; null when nothing was.
 */
export function rulesOutput(
  report: Report,
  limit = MOST_BYTES,
): { readonly text: string; readonly leftOut: string | null } {
  const all = report.rows.map(toldRow);
  const text = JSON.stringify(all);
  if (size(text) <= limit) return { text, leftOut: null };
  const changed = all.filter(({ operation }) => operation !== 'unchanged');
  const dropped = all.length - changed.length;
  const without = JSON.stringify(changed);
  if (size(without) <= limit) return { text: without, leftOut: count(dropped, 'unchanged row') };

  const kept: string[] = [];
  let room = limit - 4;
  for (const row of changed) {
    const json = JSON.stringify({ ...row, reason: '' });
    room -= size(json) + 2;
    if (room < 0) break;
    kept.push(json);
  }
  const cut = changed.length - kept.length;
  const rest = cut === 0 ? '' : ` and ${count(cut, 'other row')}`;
  return { text: `[${kept.join(',')}]`, leftOut: `every reason, ${count(dropped, 'unchanged row')}${rest}` };
}

/** Each code unit has two bytes. */
function size(text: string): number {
  return text.length * 2;
}

/** A row as machines are told of it: what a plan shows counts as skipped. */
function toldRow(row: Row): Readonly<Record<string, unknown>> {
  const { target, path, name, uuid, operation, outcome, reason, tests } = row;
  const told = {
    ...(target === undefined ? {} : { target }),
    path,
    name,
    uuid,
    operation,
    outcome: toldOutcome(outcome),
    reason: shorten(reason, LONGEST_REASON),
  };
  return tests === undefined ? told : { ...told, tests: { passed: tests.passed, failed: tests.failed } };
}

/** A plan's operations are skipped, for machines. */
export function toldOutcome(outcome: Row['outcome']): Exclude<Row['outcome'], 'planned'> {
  return outcome === 'planned' ? 'skipped' : outcome;
}
