import { NOTHING_DONE } from '../deploy-target.js';
import type { RunEvent } from '../event.js';
import type { ReportInput } from '../report/types.js';

/** What is told of a run that looked at nothing and did nothing. */
export function nothingFor({ mode, repository, branch, head, pullRequest, runUrl }: RunEvent): ReportInput {
  const read = { detections: [], findings: [], notes: [] };
  return { mode, repository, branch, head, pullRequest, runUrl, scope: '', read, notes: [], ...NOTHING_DONE };
}
