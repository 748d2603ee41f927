import type { RunEvent } from '../event.js';
import type { ReportInput } from '../report/types.js';

/** What is told of a run that looked at nothing and did nothing. */
export function nothingFor({ mode, repository, branch, head, pullRequest, runUrl }: RunEvent): ReportInput {
  const read = { detections: [], findings: [], notes: [] };
  const nothing = { outcomes: [], writeBack: null, stopped: null, spent: null };
  return { mode, repository, branch, head, pullRequest, runUrl, scope: '', read, notes: [], ...nothing };
}
