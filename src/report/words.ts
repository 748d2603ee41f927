import { count, shorten } from '../text.js';
import type { Changes } from '../changes/types.js';
import type { FieldChange, Hand } from '../plan/types.js';
import { hasFailed } from './types.js';
import type { Mode, Report, Row } from './types.js';

/** Which detections a run looked at, and why, in one sentence. */
export function scopeInWords(changes: Changes): string {
  return changes.scope === 'all'
    ? `Looked at every detection: ${changes.reason}.`
    : `Looked at what differs from ${changes.base}: ${changes.reason}.`;
}

/** What became of a detection, in one or two words. */
export function outcomeInWords(row: Row, mode: Mode): string {
  if (mode === 'drift' && row.drift?.kind === 'missing') return 'missing';
  if (mode === 'drift' && row.drift !== undefined && row.outcome !== 'done') return 'drifted';
  switch (row.outcome) {
    case 'failed':
      return row.operation === 'blocked' ? 'held back' : 'failed';
    case 'unknown':
      return 'unknown';
    case 'skipped':
      if (row.operation !== 'none') return 'not sent';
      return mode === 'validate' ? 'checked' : 'not deployed';
    case 'planned':
      return mode === 'drift' ? DONE[row.operation] : row.operation;
    case 'done':
      return mode === 'drift' && row.drift !== undefined ? 'restored' : DONE[row.operation];
  }
}

const DONE: Readonly<Record<Row['operation'], string>> = {
  create: 'created',
  adopt: 'adopted',
  update: 'updated',
  unchanged: 'unchanged',
  disable: 'disabled',
  delete: 'deleted',
  blocked: 'held back',
  none: 'not deployed',
  import: 'imported',
};

/** How a rule is called where its file could not be read that far. */
export function nameOf(row: Row): string {
  return row.name ?? row.path.slice(row.path.lastIndexOf('/') + 1);
}

/** What to do, on one line: an advice may hold lines to copy, such as those of `permissions:`. */
export function onOneLine(help: string): string {
  return help.replace(/\s*\n\s*/gu, ' ');
}

/** What a change does to a field, in the words of the files: `severity: 40 → 60`, `pattern: 3 lines added, 1 removed`. */
export function changeInWords({ field, from, to }: FieldChange): string {
  if (field === 'payload') return `pattern: ${linesInWords(String(from), String(to))}`;
  if (isTexts(from) && isTexts(to)) return `${field}: ${listInWords(from, to)}`;
  return `${field}: ${valueInWords(from)} → ${valueInWords(to)}`;
}

/** `a person (UUID) at TIME`: as much as the platform says. */
export function handInWords({ by, byType, at }: Hand): string {
  const kind = byType === 'avatar' ? 'a person' : byType === 'apikey' ? 'an API key' : (byType ?? 'somebody');
  return `${kind}${by === null ? '' : ` (${by})`}${at === null ? '' : ` at ${at}`}`;
}

/** Lines are counted, not aligned: a line that moved is neither added nor removed. */
function linesInWords(from: string, to: string): string {
  const [before, after] = [tally(from.split('\n')), tally(to.split('\n'))];
  const added = surplus(after, before);
  const removed = surplus(before, after);
  if (added === 0 && removed === 0) return 'lines in another order';
  if (removed === 0) return `${count(added, 'line')} added`;
  if (added === 0) return `${count(removed, 'line')} removed`;
  return `${count(added, 'line')} added, ${removed} removed`;
}

function tally(lines: readonly string[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const line of lines) numbers.set(line, (numbers.get(line) ?? 0) + 1);
  return numbers;
}

function surplus(here: ReadonlyMap<string, number>, there: ReadonlyMap<string, number>): number {
  let number = 0;
  for (const [line, times] of here) number += Math.max(0, times - (there.get(line) ?? 0));
  return number;
}

function listInWords(from: readonly string[], to: readonly string[]): string {
  const added = to.filter((item) => !from.includes(item));
  const removed = from.filter((item) => !to.includes(item));
  if (added.length === 0 && removed.length === 0) return 'in another order';
  return [...someOf('added', added), ...someOf('removed', removed)].join('; ');
}

function someOf(verb: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, 5).map((item) => shorten(item, 60));
  return [`${verb} ${shown.join(', ')}${items.length > 5 ? ` and ${items.length - 5} more` : ''}`];
}

function valueInWords(value: unknown): string {
  if (value === '' || value === null || value === undefined) return 'empty';
  if (Array.isArray(value) && value.length === 0) return 'none';
  return shorten(typeof value === 'string' ? value : JSON.stringify(value), 80);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** What `mode: alert-types` read: `63 alert types`. */
export function alertTypesInWords({ alertTypes = [] }: Report): string {
  return count(alertTypes.length, 'alert type');
}

/** What a deployment would do: `Plan: create 1 rule, update 2`. */
export function planInWords({ counts }: Report): string {
  const parts = [
    { verb: 'create', number: counts.created },
    { verb: 'adopt', number: counts.adopted },
    { verb: 'update', number: counts.updated },
    { verb: 'disable', number: counts.disabled },
    { verb: 'delete', number: counts.deleted },
  ].filter(({ number }) => number > 0);
  if (parts.length === 0) return 'Plan: nothing to change on the platform';
  const words = parts.map(({ verb, number }, index) =>
    index === 0 ? `${verb} ${count(number, 'rule')}` : `${verb} ${number}`,
  );
  return `Plan: ${words.join(', ')}`;
}

/** Whether the platform is not as the files say. */
export function hasDrift({ rows, strangers }: Report): boolean {
  return rows.some(({ drift }) => drift !== undefined) || (strangers ?? []).length > 0;
}

/** What `mode: drift` found: `2 rules changed on the platform, 1 missing there, 3 rules there that no file has`. */
export function driftInWords({ rows, counts, strangers = [] }: Report): string {
  const having = (kind: string): number => rows.filter(({ drift }) => drift?.kind === kind).length;
  const restored = rows.filter(({ drift, outcome }) => drift?.kind === 'changed' && outcome === 'done').length;
  const others = rows.filter((row) => row.drift === undefined && hasFailed(row)).length;
  const parts = [
    ...(having('changed') > 0 ? [`${count(having('changed'), 'rule')} changed on the platform`] : []),
    ...(restored > 0 ? [`${restored} restored`] : []),
    ...(having('missing') > 0 ? [`${count(having('missing'), 'rule')} missing there`] : []),
    ...(others > 0 ? [`${count(others, 'detection')} not compared`] : []),
    ...(counts.findings > 0 ? [`${count(counts.findings, 'error')} in the files`] : []),
  ];
  const drift = parts.length === 0 ? 'No drift' : parts.join(', ');
  return strangers.length === 0
    ? drift
    : `${drift}; ${count(strangers.length, 'rule')} on the platform that no file has`;
}

/** What `mode: import` did: `2 rules imported, 1 not`. */
export function importInWords({ rows, notImported = [] }: Report): string {
  const left = notImported.length;
  if (rows.length > 0) return `${count(rows.length, 'rule')} imported${left === 0 ? '' : `, ${left} not`}`;
  if (left === 0) return 'Nothing to import: every rule of the community’s own has its files';
  return `Nothing to import, but for ${count(left, 'rule')} that cannot be`;
}

/** Of rows none of which failed: `All 5 detections are in place`, `4 detections are in place, 1 is not deployed`. */
export function placesInWords(rows: readonly Row[]): string {
  const left = rows.filter(({ outcome }) => outcome === 'skipped').length;
  const placed = rows.length - left;
  if (left === 0) return placed === 1 ? 'The detection is in place' : `All ${placed} detections are in place`;
  if (placed === 0) return `${count(left, 'detection')} not deployed on purpose`;
  return `${count(placed, 'detection is', 'detections are')} in place, ${left} not deployed on purpose`;
}

/** `1 of 5 detections`. */
export function ofAll(number: number, all: number): string {
  return `${number} of ${count(all, 'detection')}`;
}

/** What the run did, in numbers: `1 rule created, 2 updated, 1 detection failed, 3 errors and 1 warning in the files`. */
export function countsInWords({ counts, findings, rows, mode }: Report): string {
  const isPlan = mode === 'plan';
  const rules = [
    { number: counts.created, word: isPlan ? 'to create' : 'created' },
    { number: counts.adopted, word: isPlan ? 'to adopt' : 'adopted' },
    { number: counts.updated, word: isPlan ? 'to update' : 'updated' },
    { number: counts.unchanged, word: 'unchanged' },
    { number: counts.disabled, word: isPlan ? 'to disable' : 'disabled' },
    { number: counts.deleted, word: isPlan ? 'to delete' : 'deleted' },
  ]
    .filter(({ number }) => number > 0)
    .map(({ number, word }, index) => (index === 0 ? `${count(number, 'rule')} ${word}` : `${number} ${word}`));
  const drafts = rows.filter((row) => row.operation === 'none' && row.outcome === 'skipped').length;
  const warnings = findings.length - counts.findings;
  return [
    ...rules,
    ...(drafts > 0 ? [`${count(drafts, 'detection')} ${mode === 'validate' ? 'without errors' : 'not deployed'}`] : []),
    ...(counts.failed > 0
      ? [
          `${count(counts.failed, 'detection')} ${mode === 'validate' ? 'with errors' : isPlan ? 'held back' : 'failed'}`,
        ]
      : []),
    ...(counts.findings > 0 ? [`${count(counts.findings, 'error')} in the files`] : []),
    ...(warnings > 0 ? [`${count(warnings, 'warning')} in the files`] : []),
  ].join(', ');
}

/** `acme, globex and 3 more`. */
export function namesInWords(names: readonly string[]): string {
  const more = names.length - 5;
  return more > 1 ? `${names.slice(0, 5).join(', ')} and ${more} more` : names.join(', ');
}
