import { count, printable, shorten } from '../text.js';
import { isQuiet, ofStoppedTargets } from './target-rows.js';
import { resultOfTargets, targetInWords } from './target-words.js';
import { hasFailed } from './types.js';
import type { MissingUuid, Report, Row } from './types.js';
import {
  alertTypesInWords,
  changeInWords,
  driftInWords,
  handInWords,
  importInWords,
  nameOf,
  ofAll,
  onOneLine,
  outcomeInWords,
  placesInWords,
  planInWords,
} from './words.js';

/** A foldable part of the log. */
export interface Group {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The report in the log, one line a detection and one a finding. Every line can be printed as it is. */
export function groups(report: Report): readonly Group[] {
  return [
    ...rowGroups(report),
    {
      title: count(report.findings.length, 'finding'),
      lines: report.findings.map(({ severity, path, line, column, code, message, help }) =>
        printable(`${severity}  ${path}:${line}:${column}  ${code}: ${message} ${onOneLine(help)}`),
      ),
    },
    {
      title: `${count(report.lost.length, 'UUID')} not on the branch`,
      lines: report.lost.map(missingLine),
    },
    {
      title: `${count(report.unwritten.length, 'UUID')} to add to the files`,
      lines: report.unwritten.map(missingLine),
    },
    {
      title: `${count(report.strangers?.length ?? 0, 'rule')} on the platform that no file has`,
      lines: (report.strangers ?? []).map(({ name, uuid, created, target }) =>
        printable(`${target === undefined ? '' : `${target}  `}${name}  ${uuid}  created by ${handInWords(created)}`),
      ),
    },
    {
      title: alertTypesInWords(report),
      lines: (report.alertTypes ?? []).map(({ name, display, uuid, description }) =>
        printable(
          [name, uuid ?? 'no UUID', display, shorten(description, 200)].filter((text) => text !== '').join('  '),
        ),
      ),
    },
    {
      title: `${count(report.notImported?.length ?? 0, 'rule')} not imported`,
      lines: (report.notImported ?? []).map(({ target, name, uuid, reason, help }) =>
        printable(
          shorten(
            `${target === undefined ? '' : `${target}  `}${name}  ${uuid}  ${reason}. ${onOneLine(help)}`.trimEnd(),
            1000,
          ),
        ),
      ),
    },
    { title: count(report.notes.length, 'note'), lines: report.notes.map(printable) },
  ].filter(({ lines }) => lines.length > 0);
}

/** With targets one a target, of what needs an eye: the rest is counted. */
function rowGroups(report: Report): readonly Group[] {
  const { rows, targets, mode } = report;
  if (targets === undefined) {
    return [{ title: count(rows.length, 'detection'), lines: rows.map((row) => rowLine(row, report)) }];
  }
  const stopped = ofStoppedTargets(report);
  return targets.map((target) => {
    const own = rows.filter((row) => row.target === target.name && !stopped.has(row));
    const loud = own.filter((row) => !isQuiet(row, report));
    const quiet = own.length - loud.length;
    return {
      title: printable(`${target.name}: ${targetInWords(target, mode)}`),
      lines: [
        ...(target.stopped === null ? [] : [printable(`${target.stopped.message} ${onOneLine(target.stopped.help)}`)]),
        ...loud.map((row) => rowLine(row, report)),
        ...(quiet === 0 ? [] : [`${count(quiet, 'detection')} with nothing to do`]),
      ],
    };
  });
}

function missingLine({ path, uuid, target }: MissingUuid): string {
  return printable(target === undefined ? `${path} → ${uuid}` : `${path} → ${target}: ${uuid}`);
}

function rowLine(row: Row, report: Report): string {
  const uuid = row.uuid === null ? '' : `  ${row.uuid}`;
  const details = [
    testsOf(row),
    row.reason,
    ...(row.drift?.kind === 'changed' ? row.drift.changes.map(changeInWords) : []),
    ...(hasFailed(row) ? [onOneLine(row.help)] : row.drift === undefined ? row.changes.map(changeInWords) : []),
    ...row.attention.map(({ message }) => `look twice: ${message}`),
  ].filter((text) => text !== '');
  const tail = details.length === 0 ? '' : `  ${shorten(details.join('; '), 1000)}`;
  return printable(`${outcomeInWords(row, report.mode).padEnd(12)}  ${nameOf(row)}${uuid}  ${row.path}${tail}`);
}

/** Of failed ones the findings say more. */
function testsOf({ tests }: Row): string {
  if (tests === undefined || tests.failed > 0) return '';
  return `${count(tests.passed, 'test')} passed`;
}

/** What to do now: the last line of the log. */
export function lastLine(report: Report): string {
  return printable([resultOf(report), uuidsOf(report)].filter((text) => text !== '').join(' '));
}

function resultOf(report: Report): string {
  const { mode, counts, rows, stopped, scope } = report;
  if (report.targets !== undefined && stopped === null) return resultOfTargets(report, report.targets);
  if (mode === 'drift' && stopped === null) return `${driftInWords(report)}.`;
  if (mode === 'import' && stopped === null) return `${importInWords(report)}.`;
  if (stopped !== null) return `The run was stopped: ${stopped.message} ${onOneLine(stopped.help)}`;
  if (counts.failed > 0) {
    const failed = ofAll(counts.failed, rows.length);
    const others = othersInWords(rows, mode);
    if (mode === 'plan') return `${failed} would not be deployed: ${whatToDo(rows.filter(hasFailed))}${others}.`;
    if (mode === 'deploy') return `${failed} failed: ${whatToDo(rows.filter(hasFailed))}${others}.`;
    return `${failed} ${counts.failed === 1 ? 'has' : 'have'} errors: fix the findings above and push again${others}.`;
  }
  if (counts.findings > 0)
    return `${count(counts.findings, 'error')} in the files: fix the findings above and push again.`;
  if (mode === 'alert-types')
    return `${alertTypesInWords(report)}, listed above and in the summary. Nothing was written.`;
  if (rows.length === 0) return `Nothing to do. ${scope}`;
  if (mode === 'validate') return `${count(rows.length, 'detection')} checked, no errors. Nothing was sent.`;
  if (mode === 'plan') return `${planInWords(report)}. Nothing was written.`;
  return `${placesInWords(rows)}.`;
}

function othersInWords(rows: readonly Row[], mode: Report['mode']): string {
  const others = rows.filter((row) => !hasFailed(row));
  if (others.length === 0) return '';
  const who = others.length === 1 ? 'the other one' : `the other ${others.length}`;
  const [is, needs] = others.length === 1 ? ['is', 'needs'] : ['are', 'need'];
  if (mode === 'validate') return `; ${who} ${is} sound`;
  if (mode === 'plan') return '; the others are shown above';
  return others.every(({ outcome }) => outcome === 'done') ? `; ${who} ${is} in place` : `; ${who} ${needs} nothing`;
}

function whatToDo(failed: readonly Row[]): string {
  const held = failed.filter(({ operation }) => operation === 'blocked').length;
  if (held === failed.length) return 'fix the findings above and push again';
  if (held === 0) return 'see the reasons above, then run the workflow again';
  return 'fix the findings above, see the reasons of the others, and push again';
}

function uuidsOf({ lost, unwritten, commit, uuidPullRequest: pullRequest, mode }: Report): string {
  if (lost.length > 0) {
    return `${count(lost.length, 'new UUID is', 'new UUIDs are')} not on the branch: add what is listed above to the files and push, or the next run does not know ${lost.length === 1 ? 'the rule' : 'the rules'}.`;
  }
  if (unwritten.length > 0) return `Add the ${count(unwritten.length, 'new UUID')} listed above to the files.`;
  if (pullRequest !== null && mode === 'drift')
    return `The platform’s values are in the pull request ${pullRequest.url}.`;
  if (pullRequest !== null && mode === 'import')
    return `The files are in the pull request ${pullRequest.url}: merge it.`;
  if (pullRequest !== null) return `UUIDs wait in the pull request ${pullRequest.url}: merge it.`;
  return commit === null ? '' : `The new UUIDs are on the branch (commit ${commit}).`;
}
