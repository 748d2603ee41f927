import type { NotImported, Pair } from '../import/types.js';
import { count } from '../text.js';
import { code, plain, tableHead, tableRow } from './markdown.js';

/** GitHub takes 65,536 characters. */
const LONGEST = 60_000;

/** What people read in the pull request that brings rules into files. */
export function importBody(
  branch: string,
  { pairs, others }: { readonly pairs: readonly Pair[]; readonly others: readonly NotImported[] },
): string {
  const left =
    others.length === 0
      ? ''
      : ` ${count(others.length, 'rule')} could not be brought into files: the summary of the run says why.`;
  const head = [
    `These rules are in Sekoia, and ${code(branch)} has no files for them. This pull request adds a pair of files for each, and changes no other file. The files say what the rules are, so merging it changes nothing in Sekoia.${left}`,
    '',
    tableHead(['Rule', 'File']),
  ].join('\n');
  const lines = pairs.map(({ rule, path, eased }) =>
    tableRow([
      `${plain(rule.write.name, 200)}<br>${code(rule.uuid)}`,
      [code(path), ...(eased.length === 0 ? [] : [`checks made warnings: ${plain(eased.join(', '))}`])].join('<br>'),
    ]),
  );
  let room = LONGEST - head.length;
  const shown = lines.filter((line) => (room -= line.length + 1) > 0);
  const more = lines.length - shown.length;
  return [head, ...shown, ...(more > 0 ? ['', `And ${more} more, all in the summary of the run.`] : [])].join('\n');
}
