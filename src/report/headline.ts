import { count } from '../text.js';
import { headlineOfTargets } from './target-words.js';
import type { Report } from './types.js';
import {
  alertTypesInWords,
  driftInWords,
  hasDrift,
  importInWords,
  ofAll,
  placesInWords,
  planInWords,
} from './words.js';

/** The run in one line. */
export function headline(report: Report): { readonly icon: string; readonly text: string } {
  if (report.targets !== undefined && report.stopped === null) return headlineOfTargets(report, report.targets);
  const { counts, rows, lost, mode, stopped } = report;
  const isDone = counts.failed === 0 && counts.findings === 0 && lost.length === 0 && stopped === null;
  const icon = isDone ? '✅' : '❌';
  if (mode === 'drift' && stopped === null)
    return { icon: isDone && hasDrift(report) ? '⚠️' : icon, text: driftInWords(report) };
  if (mode === 'import' && stopped === null)
    return { icon: isDone && (report.notImported ?? []).length > 0 ? '⚠️' : icon, text: importInWords(report) };
  if (counts.failed > 0) {
    if (mode === 'plan') return { icon, text: `${ofAll(counts.failed, rows.length)} would not be deployed` };
    const verb = mode === 'validate' ? (counts.failed === 1 ? 'has errors' : 'have errors') : 'failed';
    return { icon, text: `${ofAll(counts.failed, rows.length)} ${verb}` };
  }
  if (lost.length > 0) return { icon, text: `${count(lost.length, 'UUID')} could not be written to the branch` };
  if (counts.findings > 0) return { icon, text: `${count(counts.findings, 'error')} in the files` };
  if (stopped === null && mode === 'plan') return { icon: '📋', text: planInWords(report) };
  if (stopped !== null) return { icon, text: 'The run was stopped' };
  if (mode === 'alert-types') return { icon, text: alertTypesInWords(report) };
  if (rows.length === 0)
    return { icon, text: mode === 'validate' ? 'No detection to check' : 'No detection to deploy' };
  if (mode === 'validate') return { icon, text: `${count(rows.length, 'detection')} checked, no errors` };
  return { icon, text: placesInWords(rows) };
}
