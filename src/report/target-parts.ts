import { count } from '../text.js';
import type { Part } from './fit.js';
import { code, html, plain, tableHead, tableRow } from './markdown.js';
import { isQuiet, ofStoppedTargets, together } from './target-rows.js';
import type { ToldRow } from './target-rows.js';
import { targetInWords } from './target-words.js';
import { hasFailed } from './types.js';
import type { Report, Row, TargetFacts } from './types.js';
import { nameOf, namesInWords, onOneLine, outcomeInWords } from './words.js';

/** The targets one by one: what came of each, and why one was stopped. */
export function targetTable({ mode }: Report, targets: readonly TargetFacts[]): Part {
  return {
    head: `### Targets\n\n${tableHead(['Target', 'Result', 'Ring', 'Community', 'Requests'])}`,
    rows: targets.map((target) => {
      const { name, ring, community, requests, stopped } = target;
      const why = stopped === null ? '' : `<br>${plain(stopped.message, 400)} ${plain(onOneLine(stopped.help), 300)}`;
      const icon = stopped !== null ? '⛔' : target.counts.failed + target.lost > 0 ? '❌' : '✅';
      return tableRow([
        `**${plain(name)}**`,
        `${icon} ${targetInWords(target, mode)}${why}`,
        ring === null ? '' : plain(ring),
        community === null ? '' : code(community),
        String(requests),
      ]);
    }),
    foot: '',
    tight: true,
  };
}

/**
 * Detections by targets, where something happened: rows and columns without anything are left out.
 *
 * @param mostCells so many are shown at most, by whole rows; fifty targets would make the widest of tables.
 */
export function matrix(report: Report, targets: readonly TargetFacts[], mostCells: number): Part {
  const stopped = ofStoppedTargets(report);
  const happened = report.rows.filter((row) => !stopped.has(row) && !isQuiet(row, report));
  const paths = [...new Set(happened.map(({ path }) => path))];
  const names = new Set(happened.map(({ target }) => target));
  const columns = targets.filter(({ name }) => names.has(name));
  const most = Math.max(5, Math.floor(mostCells / Math.max(1, columns.length)));
  const shown = new Set(paths.slice(0, most));
  const cells = new Map<string, Map<string, Row>>();
  for (const row of report.rows) {
    if (row.target === undefined || !shown.has(row.path)) continue;
    const line = cells.get(row.path) ?? new Map<string, Row>();
    cells.set(row.path, line.set(row.target, row));
  }
  const more = paths.length - shown.size;
  const others = targets.length - columns.length;
  return {
    head: `### Detections by target\n\n${tableHead(['Detection', ...columns.map(({ name }) => plain(name))])}`,
    rows: [...shown].map((path) => {
      const line = cells.get(path);
      return tableRow([code(path), ...columns.map(({ name }) => cell(line?.get(name), report))]);
    }),
    foot: [
      ...(more > 0 ? [`And ${count(more, 'more detection')}, all in the file of the output \`report\`.`] : []),
      ...(others > 0 ? [`Nothing of this happened in ${count(others, 'other target')}.`] : []),
    ].join(' '),
    tight: true,
  };
}

function cell(row: Row | undefined, { mode }: Report): string {
  return row === undefined ? '' : `${symbolOf(row)} ${outcomeInWords(row, mode)}`;
}

function symbolOf(row: Row): string {
  if (row.drift !== undefined && row.outcome !== 'done') return '⚠️';
  switch (row.outcome) {
    case 'failed':
      return row.operation === 'blocked' ? '⛔' : '❌';
    case 'unknown':
      return '❓';
    case 'skipped':
      return hasFailed(row) ? '⏸️' : '▫️';
    case 'planned':
      return row.operation === 'unchanged' ? '▫️' : row.operation === 'blocked' ? '⛔' : '📋';
    case 'done':
      return row.operation === 'unchanged' ? '▫️' : '✅';
  }
}

/** What failed; of targets that were stopped as a whole their line in the table of targets says it. */
export function targetFailures(report: Report): Part {
  const stopped = ofStoppedTargets(report);
  return {
    head: '### What failed, and what to do',
    rows: together(report.rows.filter((row) => hasFailed(row) && !stopped.has(row))).map(failure),
    foot: '',
    tight: false,
  };
}

function failure({ row, targets }: ToldRow): string {
  const uuid = row.uuid === null || targets.length > 1 ? '' : `, rule ${code(row.uuid)}`;
  return [
    `- **${plain(nameOf(row), 200)}** (${code(row.path)}${uuid}) in ${plain(namesInWords(targets))}`,
    `  - why: ${plain(row.reason, 2000)}`,
    ...(row.help === '' ? [] : [`  - to do: ${plain(onOneLine(row.help), 1000)}`]),
  ].join('\n');
}

/** What happened in each target, folded. @param cellsOf the cells of a row, below the titles */
export function targetDetails(
  report: Report,
  targets: readonly TargetFacts[],
  titles: readonly string[],
  cellsOf: (row: Row) => string,
): readonly Part[] {
  const stopped = ofStoppedTargets(report);
  const byTarget = new Map<string, Row[]>();
  for (const row of report.rows) {
    if (row.target === undefined || stopped.has(row) || isQuiet(row, report)) continue;
    byTarget.set(row.target, [...(byTarget.get(row.target) ?? []), row]);
  }
  return targets.map((target) => ({
    head: `<details><summary><b>${html(target.name)}</b>: ${targetInWords(target, report.mode)}</summary>\n\n${tableHead(titles)}`,
    rows: (byTarget.get(target.name) ?? []).map(cellsOf),
    foot: '</details>',
    tight: true,
  }));
}
