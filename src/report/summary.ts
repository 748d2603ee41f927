import { count } from '../text.js';
import { fit, fixed } from './fit.js';
import type { Part } from './fit.js';
import { changeSection } from './rule-changes.js';
import type { Finding } from '../detections/types.js';
import type { NotImported } from '../import/types.js';
import { code, fenced, link, plain, tableHead, tableRow } from './markdown.js';
import { hasFailed } from './types.js';
import { matrix, targetDetails, targetFailures, targetTable } from './target-parts.js';
import type { AlertTypeRow, MissingUuid, Report, Row, Stranger, TargetFacts } from './types.js';
import { headline } from './headline.js';
import { changeInWords, countsInWords, handInWords, nameOf, namesInWords, onOneLine, outcomeInWords } from './words.js';

/** The runner drops a summary above 1 MiB whole (actions/runner, FileCommandManager.cs); this many bytes are safe. */
export const SUMMARY_LIMIT = 1_000_000;

/** More rows than this that need nobody's eye are folded away. */
const FOLD_ABOVE = 10;
const FOLD_PLAN_ABOVE = 30;

/**
 * The job summary in GitHub's Markdown: what counts first, so that a cut takes what matters least.
 *
 * @param limit most bytes of UTF-8; rows that do not fit are left out, and counted.
 */
export function summary(report: Report, limit = SUMMARY_LIMIT): string {
  return fit(partsOf(report, limit), limit, 'the summary may not be longer');
}

/** What summary and comment tell, in the order of what counts. @param limit bytes that there is room for */
export function partsOf(report: Report, limit: number): readonly Part[] {
  if (report.targets !== undefined) return partsOfTargets(report, report.targets, limit);
  const { failed, loud, quiet } = sortRows(report);
  return [
    fixed(top(report)),
    { head: '### Look at these twice', rows: lookTwice(report), foot: '', tight: true },
    uuidPart('UUIDs that are not on the branch', report.lost, LOST_TEXT),
    uuidPart('UUIDs to add to the files', report.unwritten, UNWRITTEN_TEXT),
    { head: '### What failed, and what to do', rows: failed.map((row) => failure(row)), foot: '', tight: false },
    told([...failed, ...loud], report),
    quiet.length > FOLD_ABOVE ? folded(quiet, report) : rowTable('### Nothing to do', quiet, report),
    strangerTable(report.strangers ?? []),
    alertTypeTable(report.alertTypes ?? []),
    notImportedTable(report.notImported ?? []),
    findingTable(report.findings),
    { head: '### Notes', rows: report.notes.map((note) => `- ${plain(note, 1000)}`), foot: '', tight: true },
    inFull(report),
    fixed(bottom(report)),
  ];
}

/** A cell of the matrix has some 15 bytes: it takes a seventh of the room at most. */
const BYTES_A_CELL = 100;

function partsOfTargets(report: Report, targets: readonly TargetFacts[], limit: number): readonly Part[] {
  return [
    fixed(top(report)),
    targetTable(report, targets),
    { head: '### Look at these twice', rows: lookTwice(report), foot: '', tight: true },
    uuidPart('UUIDs that are not on the branch', report.lost, LOST_TEXT_OF_TARGETS),
    uuidPart('UUIDs to add to the files', report.unwritten, UNWRITTEN_TEXT_OF_TARGETS),
    targetFailures(report),
    matrix(report, targets, limit / BYTES_A_CELL),
    ...targetDetails(report, targets, ROW_TITLES, (row) => rowCells(row, report)),
    strangerTable(report.strangers ?? []),
    findingTable(report.findings),
    { head: '### Notes', rows: report.notes.map((note) => `- ${plain(note, 1000)}`), foot: '', tight: true },
    inFull(report),
    fixed(bottom(report)),
  ];
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

/** A long plan is folded: what needs an eye stands above it, and each rule's changes below. */
function told(rows: readonly Row[], report: Report): Part {
  if (report.mode !== 'plan' || rows.length <= FOLD_PLAN_ABOVE) return rowTable('### Detections', rows, report);
  const head = `### Detections\n\n<details><summary>All ${rows.length} in a table</summary>`;
  return { ...rowTable(head, rows, report), foot: '</details>' };
}

/** What a reviewer of a plan should not pass over; a deployment that is done has nothing left to be reviewed. */
function lookTwice({ mode, rows }: Report): readonly string[] {
  if (mode !== 'plan') return [];
  const told = new Map<string, string[]>();
  for (const row of rows) {
    for (const { message } of row.attention) {
      const line = `- ⚠️ **${plain(nameOf(row), 200)}** (${code(row.path)}): ${plain(message, 400)}`;
      told.set(line, [...(told.get(line) ?? []), ...(row.target === undefined ? [] : [row.target])]);
    }
  }
  return Array.from(told, ([line, targets]) => (targets.length === 0 ? line : `${line} (${namesInWords(targets)})`));
}

/** Each rule's changes are of the same weight: one that is too long to show must not hide the others. */
function inFull(report: Report): Part {
  const sections = report.mode === 'plan' ? changeSections(report) : [];
  return { head: '### Changes in full', rows: sections, foot: '', tight: false, skipsLongRows: true };
}

/** What changes alike in several targets is shown once. */
function changeSections(report: Report): readonly string[] {
  const told = new Map<string, { readonly row: Row; readonly targets: string[] }>();
  for (const row of report.rows) {
    const section = changeSection(row, report);
    if (section === null) continue;
    const key = row.target === undefined ? String(told.size) : section;
    const known = told.get(key) ?? { row, targets: [] };
    if (row.target !== undefined) known.targets.push(row.target);
    told.set(key, known);
  }
  return Array.from(told.values(), ({ row, targets }) => changeSection(row, report, targets) ?? '');
}

function top(report: Report): string {
  const { icon, text } = headline(report);
  const stop =
    report.stopped === null
      ? []
      : [`**The run was stopped:** ${plain(report.stopped.message, 2000)}`, ...advice(report.stopped.help)];
  return [`## ${icon} ${text}`, ...stop, countsOf(report), waiting(report)].filter((line) => line !== '').join('\n\n');
}

/** Of drift and import the headline says as much. */
function countsOf(report: Report): string {
  return report.mode === 'drift' || report.mode === 'import' ? '' : countsInWords(report);
}

function waiting({ uuidPullRequest: pullRequest, mode }: Report): string {
  if (pullRequest === null) return '';
  if (mode === 'drift')
    return `Pull request ${link(`#${pullRequest.number}`, pullRequest.url)} brings the platform’s values into the files.`;
  if (mode === 'import')
    return `Pull request ${link(`#${pullRequest.number}`, pullRequest.url)} brings the files. **Merge it.**`;
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

const LOST_TEXT_OF_TARGETS =
  'These rules are in Sekoia, but their files do not know them. Add each line’s `TARGET: UUID` to its file below `uuids` and push.';
const UNWRITTEN_TEXT_OF_TARGETS =
  'No write-back was asked for. Add each line’s `TARGET: UUID` to its file below `uuids` and push, or the next run cannot update the rule.';

function uuidPart(title: string, uuids: readonly MissingUuid[], text: string): Part {
  // Blocks of a hundred, so that a cut never leaves a fence open.
  const blocks: string[] = [];
  for (let start = 0; start < uuids.length; start += 100) {
    blocks.push(fenced(uuids.slice(start, start + 100).map(placeOf)));
  }
  return { head: `### ${title}\n\n${text}`, rows: blocks, foot: '', tight: false };
}

function placeOf({ path, uuid, target }: MissingUuid): string {
  return target === undefined ? `${path} → ${uuid}` : `${path} → ${target}: ${uuid}`;
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

const ROW_TITLES = ['Outcome', 'Rule', 'File', 'What changed, or why not'];

function rowTable(title: string, rows: readonly Row[], report: Report): Part {
  return {
    head: `${title}\n\n${tableHead(ROW_TITLES)}`,
    rows: rows.map((row) => rowCells(row, report)),
    foot: '',
    tight: true,
  };
}

function rowCells(row: Row, report: Report): string {
  const isLost = report.lost.some(
    ({ path, uuid, target }) => path === row.path && uuid === row.uuid && target === row.target,
  );
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
  const drift = row.drift?.kind === 'changed' ? row.drift.changes : null;
  const changes = (drift ?? row.changes).map((change) => plain(changeInWords(change), 400));
  const reason = row.reason === '' ? [] : [plain(row.reason, 400)];
  return [...(hasFailed(row) ? [] : twice), ...reason, ...(hasFailed(row) && drift === null ? [] : changes)].join(
    '<br>',
  );
}

function folded(rows: readonly Row[], report: Report): Part {
  const title = report.mode === 'validate' ? 'without errors' : 'unchanged';
  return {
    ...rowTable(`<details><summary>${count(rows.length, 'detection')} ${title}</summary>`, rows, report),
    foot: '</details>',
  };
}

/** The output `strangers` has them all. */
const STRANGERS_SHOWN = 100;

function strangerTable(strangers: readonly Stranger[]): Part {
  const more = strangers.length - STRANGERS_SHOWN;
  const isOfTargets = strangers.some(({ target }) => target !== undefined);
  return {
    head: `### Rules on the platform that no file has\n\n${tableHead([...(isOfTargets ? ['Target'] : []), 'Rule', 'Created by'])}`,
    rows: strangers
      .slice(0, STRANGERS_SHOWN)
      .map(({ name, uuid, created, target }) =>
        tableRow([
          ...(target === undefined ? [] : [plain(target)]),
          `${plain(name, 200)}<br>${code(uuid)}`,
          plain(handInWords(created), 200),
        ]),
      ),
    foot: more > 0 ? `And ${more} more, all in the output \`strangers\`.` : '',
    tight: true,
  };
}

function alertTypeTable(types: readonly AlertTypeRow[]): Part {
  return {
    head: `### Alert types\n\n${tableHead(['`alert_type`', 'Shown as', '`alert_type_uuid`', 'Description'])}`,
    rows: types.map(({ name, display, uuid, description }) =>
      tableRow([code(name), plain(display), uuid === null ? 'none' : code(uuid), plain(description, 500)]),
    ),
    foot: '',
    tight: true,
  };
}

function notImportedTable(rules: readonly NotImported[]): Part {
  return {
    head: `### Rules that were not imported\n\n${tableHead(['Rule', 'Type', 'Why, and what to do'])}`,
    rows: rules.map(({ target, name, uuid, type, reason, help }) =>
      tableRow([
        `${target === undefined ? '' : `${code(target)}<br>`}${plain(name, 200)}<br>${code(uuid)}`,
        code(type, 50),
        [plain(reason, 1000), ...(help === '' ? [] : [plain(onOneLine(help), 500)])].join('<br>'),
      ]),
    ),
    foot: '',
    tight: true,
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
