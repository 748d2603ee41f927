import { count } from '../text.js';
import type { Finding } from '../detections/types.js';
import { code, fenced, link, plain, tableHead, tableRow } from './markdown.js';
import { hasFailed } from './types.js';
import type { MissingUuid, Report, Row } from './types.js';
import { changeInWords, countsInWords, headline, nameOf, onOneLine, outcomeInWords } from './words.js';

/** The runner drops a summary above 1 MiB whole (actions/runner, FileCommandManager.cs); this many bytes are safe. */
export const SUMMARY_LIMIT = 1_000_000;

/** More rows than this that need nobody's eye are folded away. */
const FOLD_ABOVE = 10;

/**
 * The job summary in GitHub's Markdown: what counts first, so that a cut takes what matters least.
 *
 * @param limit most bytes of UTF-8; rows that do not fit are left out, and counted.
 */
export function summary(report: Report, limit = SUMMARY_LIMIT): string {
  const { failed, loud, quiet } = sortRows(report);
  const parts: readonly Part[] = [
    fixed(top(report)),
    uuidPart('UUIDs that are not on the branch', report.lost, LOST_TEXT),
    uuidPart('UUIDs to add to the files', report.unwritten, UNWRITTEN_TEXT),
    { head: '### What failed, and what to do', rows: failed.map((row) => failure(row)), foot: '', tight: false },
    rowTable('### Detections', [...failed, ...loud], report),
    quiet.length > FOLD_ABOVE ? folded(quiet, report) : rowTable('### Nothing to do', quiet, report),
    findingTable(report.findings),
    { head: '### Notes', rows: report.notes.map((note) => `- ${plain(note, 1000)}`), foot: '', tight: true },
    fixed(bottom(report)),
  ];
  return fit(parts, limit);
}

/** A part of the summary: rows between a head and a foot; without rows it is not shown. */
interface Part {
  readonly head: string;
  readonly rows: readonly string[];
  readonly foot: string;
  /** Rows follow each other without an empty line. */
  readonly tight: boolean;
}

/** Rows are taken in order until the limit is near; heads, feet and the counts of what was left out always have room. */
function fit(parts: readonly Part[], limit: number): string {
  const shown = parts.filter(({ rows }) => rows.length > 0);
  const frame = shown.reduce((bytes, { head, foot }) => bytes + size(head) + size(foot) + LEFT_OUT_ROOM, 0);
  let room = limit - frame;
  return `${shown
    .map(({ head, rows, foot, tight }) => {
      const taken: string[] = [];
      for (const row of rows) {
        room -= size(row) + 2;
        if (room < 0) break;
        taken.push(row);
      }
      const left = rows.length - taken.length;
      // What comes later matters less: once a row did not fit, smaller ones further down must not take its place.
      if (left > 0) room = 0;
      const body = [head, ...(tight ? [taken.join('\n')] : taken)].filter((text) => text !== '');
      const joined = tight ? body.join(head.endsWith('|') ? '\n' : '\n\n') : body.join('\n\n');
      const leftOut = left === 0 ? [] : [`_${count(left, 'row')} left out: the summary may not be longer._`];
      return [joined, ...leftOut, foot].filter((text) => text !== '').join('\n\n');
    })
    .join('\n\n')}\n`;
}

const LEFT_OUT_ROOM = 100;

function size(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** Text that is always shown, because it is a head. */
function fixed(text: string): Part {
  return { head: text, rows: [''], foot: '', tight: false };
}

function sortRows(report: Report): {
  readonly failed: readonly Row[];
  readonly loud: readonly Row[];
  readonly quiet: readonly Row[];
} {
  const sound = report.rows.filter((row) => !hasFailed(row));
  const isQuiet = (row: Row): boolean =>
    row.operation === 'unchanged' || (row.operation === 'none' && report.mode === 'validate');
  return {
    failed: report.rows.filter(hasFailed),
    loud: sound.filter((row) => !isQuiet(row)),
    quiet: sound.filter(isQuiet),
  };
}

function top(report: Report): string {
  const { icon, text } = headline(report);
  const stop =
    report.stopped === null
      ? []
      : [`**The run was stopped:** ${plain(report.stopped.message, 2000)}`, ...advice(report.stopped.help)];
  return [`## ${icon} ${text}`, ...stop, countsInWords(report), waiting(report)]
    .filter((line) => line !== '')
    .join('\n\n');
}

function waiting({ pullRequest }: Report): string {
  if (pullRequest === null) return '';
  return `UUIDs wait in pull request ${link(`#${pullRequest.number}`, pullRequest.url)}. **Merge it**; until then they count as the branch’s.`;
}

/** An advice of several lines is one to copy from. */
function advice(help: string): readonly string[] {
  const [first = '', ...lines] = help.split('\n');
  return [plain(first, 1000), ...(lines.length === 0 ? [] : [fenced(lines)])];
}

const LOST_TEXT =
  'These rules are in Sekoia, but their files do not know them. Add each UUID to its file as `uuid` and push.';
const UNWRITTEN_TEXT =
  'No write-back was asked for. Add each UUID to its file as `uuid` and push, or the next run cannot update the rule.';

function uuidPart(title: string, uuids: readonly MissingUuid[], text: string): Part {
  // Blocks of a hundred, so that a cut never leaves a fence open.
  const blocks: string[] = [];
  for (let start = 0; start < uuids.length; start += 100) {
    blocks.push(fenced(uuids.slice(start, start + 100).map(({ path, uuid }) => `${path} → ${uuid}`)));
  }
  return { head: `### ${title}\n\n${text}`, rows: blocks, foot: '', tight: false };
}

function failure(row: Row): string {
  const uuid = row.uuid === null ? '' : `, rule ${code(row.uuid)}`;
  const errors = row.findings.filter(({ severity }) => severity === 'error').length;
  return [
    `- **${plain(nameOf(row), 200)}** (${code(row.path)}${uuid})`,
    `  - why: ${plain(row.reason, 2000)}${errors > 1 ? ' (all of them below)' : ''}`,
    ...(row.help === '' ? [] : [`  - to do: ${plain(onOneLine(row.help), 1000)}`]),
  ].join('\n');
}

function rowTable(title: string, rows: readonly Row[], report: Report): Part {
  return {
    head: `${title}\n\n${tableHead(['Outcome', 'Rule', 'File', 'What changed, or why not'])}`,
    rows: rows.map((row) => rowCells(row, report)),
    foot: '',
    tight: true,
  };
}

function rowCells(row: Row, report: Report): string {
  const isLost = report.lost.some(({ path, uuid }) => path === row.path && uuid === row.uuid);
  const outcome = outcomeInWords(row, report.mode);
  return tableRow([
    hasFailed(row) || isLost ? `**${outcome}**` : outcome,
    `${plain(nameOf(row), 200)}${row.uuid === null ? '' : `<br>${code(row.uuid)}`}`,
    code(row.path),
    whatHappened(row),
  ]);
}

function whatHappened(row: Row): string {
  const twice = row.attention.map(({ message }) => `⚠️ ${plain(message, 400)}`);
  const changes = row.changes.map((change) => plain(changeInWords(change), 400));
  const reason = row.reason === '' ? [] : [plain(row.reason, 400)];
  return [...(hasFailed(row) ? [] : twice), ...reason, ...(hasFailed(row) ? [] : changes)].join('<br>');
}

function folded(rows: readonly Row[], report: Report): Part {
  const title = report.mode === 'validate' ? 'without errors' : 'unchanged';
  return {
    ...rowTable(`<details><summary>${count(rows.length, 'detection')} ${title}</summary>`, rows, report),
    foot: '</details>',
  };
}

function findingTable(findings: readonly Finding[]): Part {
  return {
    head: `### Findings\n\n${tableHead(['Severity', 'Where', 'Code', 'What is wrong, and what to do'])}`,
    rows: findings.map((finding) =>
      tableRow([
        finding.severity === 'error' ? '**error**' : 'warning',
        code(`${finding.path}:${finding.line}:${finding.column}`),
        code(finding.code),
        `${plain(finding.message, 1000)}<br>${plain(onOneLine(finding.help), 500)}`,
      ]),
    ),
    foot: '',
    tight: true,
  };
}

function bottom(report: Report): string {
  const commit = report.commit === null ? [] : [`New UUIDs are in commit ${code(report.commit)}.`];
  const branch = report.branch === null ? '' : ` (branch ${code(report.branch)})`;
  const at = `${code(report.repository)} at ${code(report.head)}${branch}.`;
  const spent =
    report.spent === null
      ? []
      : [`${count(report.spent.requests, 'request')} to Sekoia in ${Math.ceil(report.spent.elapsedMs / 1000)} s.`];
  return [...commit, `Looked at ${at}`, plain(report.scope, 1000), ...spent].join('<br>\n');
}
