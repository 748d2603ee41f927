import { pathOfRead } from '../detections/types.js';
import type { Finding, ReadDetections } from '../detections/types.js';
import { publish } from '../report/publish.js';
import { saveFiles } from '../report/save-files.js';
import { count, printable } from '../text.js';
import { hostOf, readScope, reportOf } from './check.js';
import type { OpenDesk } from './desk.js';
import type { TestInvocation } from './invocation.js';
import { reportFilesOf } from './report-files.js';
import { scopeOf } from './scope.js';
import { traceText } from './trace-text.js';

/** Runs the tests of the detections named, and tells of nothing else. */
export async function test(desk: OpenDesk, invocation: TestInvocation): Promise<0 | 1> {
  const begun = performance.now();
  const scope = await scopeOf(desk, { ...invocation, changed: false });
  const read = ofTests(await readScope(desk, scope, invocation));
  const host = hostOf(desk, invocation);
  const report = await reportOf(host, { scope, read, spent: performance.now() - begun });
  if (invocation.json) return publish(report, { host });
  if (!invocation.quiet) tellTests(read, desk);
  await host.tellFindings(read.findings);
  await saveFiles(report, desk.place.root, reportFilesOf(desk.place, invocation.reports));
  const all = read.detections.flatMap(({ tests }) => tests ?? []);
  const [passed, failed] = [sum(all.map((one) => one.passed)), sum(all.map((one) => one.failed))];
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (!invocation.quiet) desk.terminal.out(lastLine({ passed, failed, detections: all.length, seconds }));
  return failed > 0 ? 1 : 0;
}

/** What has tests, and what keeps them from passing: that, or where they cannot even run, what is wrong with the files. */
function ofTests(read: ReadDetections): ReadDetections {
  const detections = read.detections.filter(({ tests }) => tests !== undefined);
  const errors = detections.flatMap((each): readonly Finding[] => {
    if (each.kind === 'sound' || each.tests?.failed === 0) return [];
    const own = each.errors.filter(({ code }) => code.startsWith('test-'));
    return own.length > 0 ? own : each.errors;
  });
  return { ...read, detections, findings: errors };
}

function tellTests({ detections, traces }: ReadDetections, { terminal, place }: OpenDesk): void {
  const { out, paint } = terminal;
  for (const read of detections) {
    const { passed = 0, failed = 0 } = read.tests ?? {};
    const mark = failed === 0 ? paint.green('ok  ') : paint.red('FAIL');
    const path = pathOfRead(read);
    const counts = failed === 0 ? count(passed, 'test') : `${failed} of ${count(passed + failed, 'test')} failed`;
    out(`${mark} ${printable(place.show(path))} (${counts})`);
    for (const trace of traces?.get(path) ?? []) for (const line of traceText(trace, paint)) out(`  ${line}`);
  }
  if (detections.length > 0) out('');
}

function lastLine(of: { passed: number; failed: number; detections: number; seconds: string }): string {
  const { passed, failed, detections, seconds } = of;
  if (detections === 0) return 'No detection with tests (NAME_tests.yml) among these.';
  const all = `${count(passed + failed, 'test')} of ${count(detections, 'detection')}`;
  return failed === 0 ? `${all} passed (${seconds} s).` : `${all}: ${failed} failed (${seconds} s).`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
