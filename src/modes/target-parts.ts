import type { TargetPart } from '../report/join-reports.js';
import type { Report } from '../report/types.js';
import type { TargetRun } from './types.js';

/** A target's report among those of the others. */
export function partOf(
  { target: { key, name, ring, community } }: Pick<TargetRun, 'target'>,
  report: Report,
): TargetPart {
  return { target: key === null ? null : { name, ring, community }, report };
}
