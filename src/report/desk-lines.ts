import { count, printable } from '../text.js';
import { lastLine } from './lines.js';
import type { Report } from './types.js';

/** What came of it, as the last line on a terminal: nobody there pushes again to see it. */
export function lastLineAtDesk(report: Report): string {
  const { mode, stopped, rows, counts, scope, findings, spent } = report;
  if (mode !== 'validate' || stopped !== null) return lastLine(report);
  const seconds = spent === null ? '' : ` (${(spent.elapsedMs / 1000).toFixed(1)} s)`;
  const warnings = findings.length - counts.findings;
  const found = [
    ...(counts.findings > 0 ? [count(counts.findings, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ].join(' and ');
  const tests = rows.reduce((sum, row) => sum + (row.tests === undefined ? 0 : row.tests.passed + row.tests.failed), 0);
  const what = [count(rows.length, 'detection'), ...(tests > 0 ? [count(tests, 'test')] : [])].join(' and ');
  if (rows.length === 0 && found === '') return printable(`No detection to check. ${scope}`);
  return printable(`${what} checked: ${found === '' ? 'nothing found' : found}${seconds}.`);
}
