import { printable } from '../text.js';

/** A character as it is shown, and the columns that it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

const TAB_STOP = 4;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** East Asian wide and full-width characters and pictures take two columns (Unicode, UAX #11). */
const WIDE =
  /^(?:\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Emoji_Presentation}|[\u3000-\u303e]|[\u309b-\u30ff]|[\u31f0-\u31ff]|[\uff01-\uff60]|[\uffe0-\uffe6]|.\ufe0f)/u;

/** Characters that take no column of their own, where nothing stands before them. */
const WITHOUT_WIDTH = /^\p{M}+$/u;

/**
 * The characters of one line, as they can be shown: a tab reaches to its stop, and what would move the cursor, hide or
 * turn around text stands as an escape.
 *
 * @param from the column that the first one stands in, from 0.
 */
export function cellsOf(line: string, from = 0): readonly Cell[] {
  const cells: Cell[] = [];
  let column = from;
  for (const { segment } of segmenter.segment(line)) {
    const cell = cellAt(segment, column, cells);
    cells.push(cell);
    column += cell.width;
  }
  return cells;
}

function cellAt(segment: string, column: number, before: readonly Cell[]): Cell {
  if (segment === '\t') {
    const width = TAB_STOP - (column % TAB_STOP);
    return { text: `→${' '.repeat(width - 1)}`, width };
  }
  // A line of a pattern must not be a command to the runner of a CI job that prints it.
  if (segment === '[' && before.at(-1)?.text === '#' && before.at(-2)?.text === '#') return { text: ' [', width: 2 };
  const shown = printable(segment);
  if (shown !== segment) return { text: shown, width: shown.length };
  if (WITHOUT_WIDTH.test(segment)) return { text: ` ${segment}`, width: 1 };
  return { text: segment, width: WIDE.test(segment) ? 2 : 1 };
}

export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

export function textOf(cells: readonly Cell[]): string {
  return cells.map(({ text }) => text).join('');
}
