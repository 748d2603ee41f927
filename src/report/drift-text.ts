import type { Drift } from '../plan/types.js';
import { code, plain, tableHead, tableRow } from './markdown.js';
import { changeInWords, handInWords } from './words.js';

/** GitHub takes 65,536 characters. */
const LONGEST = 60_000;

export interface DriftRow {
  readonly path: string;
  readonly name: string;
  readonly uuid: string;
  readonly drift: Drift & { readonly kind: 'changed' };
  /** What could not be brought in; null when all could. */
  readonly left: string | null;
}

/** What people read in the pull request that brings the platform's values into the files. */
export function driftBody(branch: string, rows: readonly DriftRow[]): string {
  const head = [
    `These rules were changed in Sekoia although ${code(branch)} did not change. This pull request writes the platform’s values into the files, and changes nothing else. Merge it to keep them; to undo them on the platform, close it and run the workflow with \`drift: restore\`.`,
    '',
    tableHead(['Rule', 'File', 'Old → new', 'By whom and when']),
  ].join('\n');
  const lines = rows.map(({ path, name, uuid, drift, left }) =>
    tableRow([
      `${plain(name, 200)}<br>${code(uuid)}`,
      code(path),
      [
        ...drift.changes.map((change) => plain(changeInWords(change), 400)),
        ...(left === null ? [] : [`**Not in this pull request:** ${plain(left, 400)}`]),
      ].join('<br>'),
      plain(handInWords(drift.hand), 200),
    ]),
  );
  let room = LONGEST - head.length;
  const shown = lines.filter((line) => (room -= line.length + 1) > 0);
  const more = lines.length - shown.length;
  return [head, ...shown, ...(more > 0 ? ['', `And ${more} more, all in the summary of the run.`] : [])].join('\n');
}
