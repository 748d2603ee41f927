import { count, printable, shorten } from '../text.js';
import type { Finding } from '../detections/types.js';
import { ofStoppedTargets, together } from './target-rows.js';
import type { ToldRow } from './target-rows.js';
import { hasFailed } from './types.js';
import type { Report, Row, TargetFacts } from './types.js';
import { nameOf, namesInWords, onOneLine } from './words.js';

/** A message on a line of a file; without a path it belongs to the run. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  /** Raw, as the repository has it, so that GitHub finds the file. */
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** The runner shows ten of a kind a step (actions/runner, ExecutionContext.cs) and cuts messages at 4,096 characters. */
const SHOWN = 10;
const LONGEST = 4096;

/** The worst first, as many as the runner shows; the last one says how many more there are. */
export function annotations(report: Report): readonly Annotation[] {
  return [...firstTen(errors(report)), ...firstTen(report.findings.filter(isWarning).map(ofFinding))];
}

function firstTen(all: readonly Annotation[]): readonly Annotation[] {
  if (all.length <= SHOWN) return all;
  const level = all[0]?.level ?? 'error';
  const more = all.length - (SHOWN - 1);
  return [...all.slice(0, SHOWN - 1), ofRun(level, `and ${more} more`, `and ${more} more, all in the summary`)];
}

/** First what may need a hand on the platform, then what is wrong in the files, last what only waits for another run. */
function errors(report: Report): readonly Annotation[] {
  const ofStopped = ofStoppedTargets(report);
  const failed = report.rows.filter((row) => hasFailed(row) && !ofStopped.has(row));
  const having = (outcome: Row['outcome']): readonly Row[] =>
    failed.filter((row) => row.outcome === outcome && !isOfFindings(row));
  return [
    ...(report.stopped === null ? [] : [ofRun('error', 'Run stopped', sentence(report.stopped))]),
    ...(report.targets ?? []).flatMap(ofStoppedTarget),
    ...report.lost.map(({ path, uuid, target, reason, help }) =>
      atTop(
        path,
        'UUID not on the branch',
        `UUID ${uuid}${target === undefined ? '' : ` of ${target}`} is not on the branch: ${sentence({ message: reason, help })}`,
      ),
    ),
    ...together(having('unknown')).map((told) => ofRow(told, 'Outcome unknown')),
    ...together(having('failed')).map((told) => ofRow(told, told.row.operation === 'blocked' ? 'Held back' : 'Failed')),
    ...report.findings.filter((finding) => !isWarning(finding)).map(ofFinding),
    ...notSent(having('skipped')),
  ];
}

function ofStoppedTarget({ name, stopped }: TargetFacts): readonly Annotation[] {
  return stopped === null ? [] : [ofRun('error', 'Target stopped', `${name}: ${sentence(stopped)}`)];
}

/** Its findings are annotated where they stand. */
function isOfFindings(row: Row): boolean {
  return row.operation === 'blocked' && row.findings.some(({ severity }) => severity === 'error');
}

/** After a 401 every rule that was left has the same reason: once is enough. */
function notSent(rows: readonly Row[]): readonly Annotation[] {
  const byReason = new Map<string, Row[]>();
  for (const row of rows) byReason.set(row.reason, [...(byReason.get(row.reason) ?? []), row]);
  return Array.from(byReason.values(), (same) => {
    const [first] = same;
    if (first !== undefined && same.length === 1) return ofRow(alone(first), 'Not sent');
    const message = sentence({ message: first?.reason ?? '', help: first?.help ?? '' });
    return ofRun('error', 'Not sent', `${count(same.length, 'detection')} not sent: ${message}`);
  });
}

function ofRow({ row, targets }: ToldRow, title: string): Annotation {
  const rule = row.uuid === null || targets.length > 1 ? '' : ` (rule ${row.uuid})`;
  const where = targets.length === 0 ? '' : ` in ${namesInWords(targets)}`;
  return atTop(row.path, title, `${nameOf(row)}${rule}${where}: ${sentence({ message: row.reason, help: row.help })}`);
}

function alone(row: Row): ToldRow {
  return { row, targets: row.target === undefined ? [] : [row.target] };
}

function ofFinding(finding: Finding): Annotation {
  return {
    level: finding.severity,
    title: finding.code,
    message: message(sentence(finding)),
    path: finding.path,
    line: finding.line,
    column: finding.column,
  };
}

function atTop(path: string, title: string, text: string): Annotation {
  return { level: 'error', title, message: message(text), path, line: 1, column: null };
}

function ofRun(level: Annotation['level'], title: string, text: string): Annotation {
  return { level, title, message: message(text), path: null, line: null, column: null };
}

function sentence({ message: what, help }: { readonly message: string; readonly help: string }): string {
  const end = /[.!?]$/u.test(what) || what === '' ? '' : '.';
  return help === '' ? what : `${what}${end} ${onOneLine(help)}`;
}

/** `shorten` counts code points and the runner UTF-16 units, of which a code point has at most two. */
function message(text: string): string {
  const line = printable(text);
  return line.length <= LONGEST ? line : shorten(line, LONGEST / 2);
}

function isWarning({ severity }: Finding): boolean {
  return severity === 'warning';
}
