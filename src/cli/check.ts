import { readDetections } from '../detections/read-detections.js';
import type { ReadDetections } from '../detections/types.js';
import { targetsOf } from '../modes/target-runs.js';
import { deskHost } from '../hosts/desk.js';
import type { DeskHost } from '../hosts/desk.js';
import { makeReport } from '../report/make-report.js';
import { publish } from '../report/publish.js';
import type { Report } from '../report/types.js';
import type { OpenDesk } from './desk.js';
import type { CheckInvocation, OutputWishes, WithReports } from './invocation.js';
import { progressOf } from './progress.js';
import { joinViews } from './join-views.js';
import { reportFilesOf } from './report-files.js';
import { scopeOf } from './scope.js';
import type { Scope } from './scope.js';

/** Checks the files of the work tree, committed or not; no key, no request. */
export async function check(desk: OpenDesk, invocation: CheckInvocation): Promise<0 | 1> {
  const begun = performance.now();
  const scope = await scopeOf(desk, invocation);
  const read = await readScope(desk, scope, invocation);
  const host = hostOf(desk, invocation);
  const report = await reportOf(host, { scope, read, spent: performance.now() - begun });
  return publish(report, { host });
}

/** The detections in the scope, read and checked. */
export async function readScope(
  { settings, source, terminal }: OpenDesk,
  { changes }: Scope,
  { json, quiet, trace = false }: OutputWishes & { readonly trace?: boolean },
): Promise<ReadDetections> {
  const { checks, requireTests, targets: all } = settings;
  const progress = json || quiet ? undefined : progressOf(terminal);
  const targets = all?.map(({ name, takesUuid }) => ({ name, takesUuid })) ?? null;
  const views: ReadDetections[] = [];
  for (const { target, settings: own, cache } of targetsOf(settings)) {
    const asked = { source, changes, roots: own.detections, checks, requireTests, trace, progress };
    views.push(await readDetections({ ...asked, target: target.key, targets, cache }));
  }
  return joinViews(views);
}

export function hostOf(desk: OpenDesk, { json, quiet, reports }: OutputWishes & WithReports): DeskHost {
  const { place, env, terminal, source, signal } = desk;
  const files = reportFilesOf(place, reports);
  const { root, show } = place;
  return deskHost({ root, env, terminal, show, source, signal, mode: 'validate', json, quiet, files });
}

export async function reportOf(
  host: DeskHost,
  of: { readonly scope: Scope; readonly read: ReadDetections; readonly spent: number },
): Promise<Report> {
  const { repository, branch, head } = await host.whereabouts();
  return makeReport({
    mode: 'validate',
    repository,
    branch,
    head,
    pullRequest: null,
    runUrl: null,
    scope: of.scope.words,
    read: of.read,
    outcomes: [],
    writeBack: null,
    notes: [...of.read.notes, ...of.scope.notes],
    spent: { requests: 0, elapsedMs: of.spent },
  });
}
