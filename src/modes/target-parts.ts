import { joinReports } from '../report/join-reports.js';
import type { TargetPart } from '../report/join-reports.js';
import { makeReport } from '../report/make-report.js';
import type { Report, ReportInput } from '../report/types.js';
import type { TargetRun } from './types.js';

/** What is told of one target. */
interface Told {
  readonly run: Pick<TargetRun, 'target'>;
  readonly told: ReportInput;
}

/** The one report of all targets. @param all at least one */
export function reportOf(all: readonly Told[]): Report {
  return joinReports(all.map(partOf));
}

function partOf({ run, told }: Told): TargetPart {
  const { key, name, ring, community } = run.target;
  return { target: key === null ? null : { name, ring, community }, report: makeReport(told) };
}
