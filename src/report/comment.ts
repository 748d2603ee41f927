import { createHash } from 'node:crypto';
import { fit, fixed } from './fit.js';
import { partsOf } from './summary.js';
import type { Report } from './types.js';

/** GitHub takes 65,536 characters; as many bytes are never more. The rest is for what stands around the plan. */
export const COMMENT_LIMIT = 65_000;

/**
 * The first line of the comment, by which it is found again; it is not shown. Plans of other communities or other
 * folders for the same pull request have comments of their own.
 *
 * @param about what tells the plan from others, such as the address of the community and the folders.
 */
export function commentMarker(about: readonly string[]): string {
  const key = createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 16);
  return `<!-- sekoia-detections-action plan ${key} -->`;
}

/** The plan as a comment on its pull request: what the summary says, short enough for GitHub, with a link to the run. */
export function comment(report: Report, marker: string, limit = COMMENT_LIMIT): string {
  const link =
    report.runUrl === null
      ? []
      : [fixed(`[Run, with the whole summary and the log](${report.runUrl}). This comment is kept up to date.`)];
  const room = limit - Buffer.byteLength(marker) - 1;
  return `${marker}\n${fit([...partsOf(report, room), ...link], room, 'the summary of the run has all')}`;
}

/** Whether a pull request that has no comment yet needs one: none where a plan has nothing to tell. */
export function isWorthAComment({ rows, findings, stopped, targets = [] }: Report): boolean {
  return rows.length + findings.length > 0 || stopped !== null || targets.some((target) => target.stopped !== null);
}
