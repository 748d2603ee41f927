import { cellsOf, textOf, widthOf } from './cells.js';
import type { Cell } from './cells.js';

/** A line of a file and a mark below one of its characters; both can be printed. */
export interface Excerpt {
  readonly line: string;
  /** Blanks up to the mark, and the mark. */
  readonly mark: string;
}

/** UTF-16 units that are looked at on each side of the mark: a line may be a megabyte. */
const REACH = 1_000;

/**
 * The line with a mark under the column, cut on both sides to what fits.
 *
 * @param column from 1, in UTF-16 units; behind the end of the line it is the end.
 * @param width columns of the terminal.
 */
export function excerptOf(line: string, column: number, width: number): Excerpt {
  const at = Math.min(Math.max(0, column - 1), line.length);
  const start = Math.max(0, at - REACH);
  const before = cellsOf(line.slice(start, at));
  const behind = cellsOf(line.slice(at, at + REACH), widthOf(before));
  const [marked] = behind;
  const whole = widthOf(before) + widthOf(behind);
  const isCut = start > 0 || at + REACH < line.length;
  if (!isCut && whole <= width) return drawn('', before, behind, '', marked);

  // Most of the room stands before the mark: what leads up to it says more than what follows.
  const room = width - 2;
  const own = Math.min(marked?.width ?? 1, room);
  const led = lastThatFit(before, Math.min(room - own, Math.max(Math.floor(room * 0.6), room - widthOf(behind))));
  const rest = firstThatFit(behind, room - widthOf(led));
  return drawn(
    led.length < before.length || start > 0 ? '…' : '',
    led,
    rest,
    rest.length < behind.length || at + REACH < line.length ? '…' : '',
    marked,
  );
}

function drawn(
  from: string,
  before: readonly Cell[],
  behind: readonly Cell[],
  to: string,
  marked: Cell | undefined,
): Excerpt {
  return {
    line: `${from}${textOf(before)}${textOf(behind)}${to}`.trimEnd(),
    mark: `${' '.repeat(from.length + widthOf(before))}${'^'.repeat(marked?.text.startsWith('→') === true ? 1 : Math.max(1, marked?.width ?? 1))}`,
  };
}

function lastThatFit(cells: readonly Cell[], room: number): readonly Cell[] {
  let left = room;
  let from = cells.length;
  while (from > 0 && left >= (cells[from - 1]?.width ?? 0)) {
    from -= 1;
    left -= cells[from]?.width ?? 0;
  }
  return cells.slice(from);
}

function firstThatFit(cells: readonly Cell[], room: number): readonly Cell[] {
  let left = room;
  let to = 0;
  while (to < cells.length && left >= (cells[to]?.width ?? 0)) {
    left -= cells[to]?.width ?? 0;
    to += 1;
  }
  return cells.slice(0, to);
}
