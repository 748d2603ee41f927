import type { FieldChange } from '../plan/types.js';
import type { WriteRule } from '../sekoia/types.js';
import { code, fenced, html, plain, tableHead, tableRow } from './markdown.js';
import { patternDiff } from './pattern-diff.js';
import type { Report, Row } from './types.js';
import { nameOf, namesInWords, outcomeInWords } from './words.js';

/** Every field that the operation changes, or that a new rule gets, in the order of the files' documentation. */
export function fieldChanges({
  operation,
  changes,
  body,
}: Pick<Row, 'operation' | 'changes' | 'body'>): readonly FieldChange[] {
  if (operation !== 'create' || body === null) return changes;
  return (Object.keys(body) as (keyof WriteRule)[])
    .filter((field) => !isEmpty(body[field]))
    .map((field) => ({ field, from: null, to: body[field] }));
}

/**
 * One rule's changes in full, folded: its fields in a table, its pattern as a diff. Null where nothing changes.
 *
 * @param targets whose rules change like this; empty in a run without targets
 */
export function changeSection(row: Row, report: Pick<Report, 'mode'>, targets: readonly string[] = []): string | null {
  const changes = fieldChanges(row);
  if (changes.length === 0) return null;
  const fields = changes.filter(({ field }) => field !== 'payload');
  const pattern = changes.find(({ field }) => field === 'payload');
  const title = `${outcomeInWords(row, report.mode)}: <b>${html(nameOf(row), 200)}</b> (<code>${html(row.path)}</code>)${targets.length === 0 ? '' : ` in ${html(namesInWords(targets))}`}`;
  return [
    `<details><summary>${title}</summary>`,
    ...(fields.length === 0 ? [] : [fieldTable(fields, row)]),
    ...(pattern === undefined
      ? []
      : ['Pattern:', fenced(patternDiff(textOf(pattern.from), textOf(pattern.to)), 'diff')]),
    '</details>',
  ].join('\n\n');
}

function fieldTable(fields: readonly FieldChange[], { operation }: Row): string {
  const rows =
    operation === 'create'
      ? fields.map(({ field, to }) => tableRow([plain(field), shown(to)]))
      : fields.map(({ field, from, to }) => tableRow([plain(field), shown(from), shown(to)]));
  const titles = operation === 'create' ? ['Field', 'New rule'] : ['Field', 'On the platform', 'Afterwards'];
  return [tableHead(titles), ...rows].join('\n');
}

/** A value as the files would have it; texts without quotes, since most fields are texts. */
function shown(value: unknown): string {
  if (isEmpty(value)) return '_empty_';
  return code(typeof value === 'string' ? value : JSON.stringify(value), LONGEST_VALUE);
}

const LONGEST_VALUE = 1_000;

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
