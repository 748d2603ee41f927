import { shorten } from '../text.js';
import type { Report } from './types.js';

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
] as const;

/** Longest reason in `rules`: many rules must still fit into what a workflow can hand on. */
const LONGEST_REASON = 500;

/** What later steps of the workflow get; every output always has a value (design.md, "Contract"). */
export function outputs(report: Report): Readonly<Record<(typeof OUTPUTS)[number], string>> {
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
    rules: JSON.stringify(
      report.rows.map(({ path, name, uuid, operation, outcome, reason }) => ({
        path,
        name,
        uuid,
        operation,
        outcome: outcome === 'planned' ? 'skipped' : outcome,
        reason: shorten(reason, LONGEST_REASON),
      })),
    ),
    commit: report.commit ?? '',
    'pull-request': report.pullRequest?.url ?? '',
  };
}
