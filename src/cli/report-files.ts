import type { ReportFile, ReportKind } from '../report/save-files.js';
import type { Place } from './place.js';

/** The files that a report is to go to, as typed, by kind. */
export type AskedReports = Readonly<Partial<Record<ReportKind, string>>>;

/** @throws UsageError `path-outside` for a file outside of the repository. */
export function reportFilesOf(place: Place, asked: AskedReports): readonly ReportFile[] {
  return Object.entries(asked).map(([kind, typed]) => ({
    kind: kind as ReportKind,
    path: place.repositoryPath(typed),
  }));
}
