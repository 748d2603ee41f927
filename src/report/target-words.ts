import { count, shorten } from '../text.js';
import { isAmiss } from './target-rows.js';
import type { Report, TargetFacts } from './types.js';
import { alertTypesInWords, driftInWords, importInWords, planInWords } from './words.js';

/** A run over many targets in one line. */
export function headlineOfTargets(
  report: Report,
  targets: readonly TargetFacts[],
): { readonly icon: string; readonly text: string } {
  const { mode, counts, rows } = report;
  const amiss = targets.filter(isAmiss);
  const isDone = amiss.length === 0 && counts.findings === 0;
  const icon = isDone ? '✅' : '❌';
  const failed = `${amiss.length} of ${count(targets.length, 'target')}`;
  switch (mode) {
    case 'validate':
      if (counts.findings > 0) return { icon, text: `${count(counts.findings, 'error')} in the files` };
      if (!isDone) return { icon, text: `${failed} could not be checked` };
      if (rows.length === 0) return { icon, text: 'No detection to check' };
      return { icon, text: `${checkedInWords(report)}, no errors` };
    case 'drift': {
      const stopped = targets.filter((target) => target.stopped !== null).length;
      const isDrifted = targets.some(({ drifted, strangers }) => drifted + strangers > 0);
      const rest = stopped === 0 ? '' : `; ${count(stopped, 'target')} not compared`;
      return { icon: isDone && isDrifted ? '⚠️' : icon, text: `${driftInWords(report)}${rest}` };
    }
    case 'import': {
      const stopped = targets.filter((target) => target.stopped !== null).length;
      const rest = stopped === 0 ? '' : `; ${failed} could not be read in full`;
      const hasLeft = (report.notImported ?? []).length > 0;
      return { icon: isDone && hasLeft ? '⚠️' : icon, text: `${importInWords(report)}${rest}` };
    }
    case 'alert-types':
      return { icon, text: alertTypesInWords(report) };
    case 'plan':
      if (amiss.length > 0) return { icon, text: `${failed} would not be deployed in full` };
      if (counts.findings > 0) return { icon, text: `${count(counts.findings, 'error')} in the files` };
      return { icon: '📋', text: `${planInWords(report)}${whereInWords(targets)}` };
    case 'deploy':
      if (amiss.length > 0) return { icon, text: `${failed} failed` };
      if (counts.findings > 0) return { icon, text: `${count(counts.findings, 'error')} in the files` };
      if (rows.length === 0) return { icon, text: 'No detection to deploy' };
      return {
        icon,
        text: targets.length === 1 ? 'The target is in place' : `All ${targets.length} targets are in place`,
      };
  }
}

/** What to do now. */
export function resultOfTargets(report: Report, targets: readonly TargetFacts[]): string {
  const { text } = headlineOfTargets(report, targets);
  const amiss = targets.filter(isAmiss);
  if (amiss.length > 0 && report.mode !== 'validate') {
    const names = shorten(amiss.map(({ name }) => name).join(', '), 200);
    return `${text} (${names}): see the reasons above, put them right and run the workflow again.`;
  }
  if (report.counts.findings > 0) return `${text}: fix the findings above and push again.`;
  if (report.rows.length === 0) return `Nothing to do. ${report.scope}`;
  if (report.mode === 'plan') return `${text}. Nothing was written.`;
  return report.mode === 'validate' ? `${text}. Nothing was sent.` : `${text}.`;
}

function checkedInWords({ rows, targets = [] }: Report): string {
  const paths = new Set(rows.map(({ path }) => path));
  return `${count(paths.size, 'detection')} checked for ${count(targets.length, 'target')}`;
}

function whereInWords(targets: readonly TargetFacts[]): string {
  const changed = targets.filter(({ counts: { created, adopted, updated, disabled, deleted } }) => {
    return created + adopted + updated + disabled + deleted > 0;
  });
  return changed.length === 0 ? '' : ` in ${changed.length} of ${count(targets.length, 'target')}`;
}

/** `3 created, 1 failed`: what came of one target. */
export function targetInWords({ counts, stopped, drifted, strangers }: TargetFacts, mode: Report['mode']): string {
  const plans = mode === 'plan';
  const parts = [
    { number: counts.created, word: plans ? 'to create' : 'created' },
    { number: counts.adopted, word: plans ? 'to adopt' : 'adopted' },
    { number: mode === 'drift' ? 0 : counts.updated, word: plans ? 'to update' : 'updated' },
    { number: counts.disabled, word: plans ? 'to disable' : 'disabled' },
    { number: counts.deleted, word: plans ? 'to delete' : 'deleted' },
    { number: counts.unchanged, word: 'unchanged' },
    { number: drifted, word: 'drifted' },
    { number: strangers, word: 'unknown to the files' },
    { number: counts.failed, word: plans ? 'held back' : 'failed' },
  ].filter(({ number }) => number > 0);
  if (stopped !== null) return 'stopped';
  return parts.length === 0 ? 'nothing to do' : parts.map(({ number, word }) => `${number} ${word}`).join(', ');
}
