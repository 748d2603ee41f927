import { count } from '../text.js';

/** A part of a text for people: rows between a head and a foot; without rows it is not shown. */
export interface Part {
  readonly head: string;
  readonly rows: readonly string[];
  readonly foot: string;
  /** Rows follow each other without an empty line. */
  readonly tight: boolean;
  /** A row that does not fit is left out by itself; else it ends what is shown, here and in all later parts. */
  readonly skipsLongRows?: true;
}

/** Text that is always shown, because it is a head. */
export function fixed(text: string): Part {
  return { head: text, rows: [''], foot: '', tight: false };
}

/**
 * Rows are taken in order until the limit is near; heads, feet and the counts of what was left out always have room.
 *
 * @param limit most bytes of UTF-8.
 * @param why completes "3 rows left out: …".
 */
export function fit(parts: readonly Part[], limit: number, why: string): string {
  const shown = parts.filter(({ rows }) => rows.length > 0);
  const leftOutRoom = 60 + size(why);
  const frame = shown.reduce((bytes, { head, foot }) => bytes + size(head) + size(foot) + leftOutRoom, 0);
  let room = limit - frame;
  return `${shown
    .map(({ head, rows, foot, tight, skipsLongRows = false }) => {
      const taken: string[] = [];
      for (const row of rows) {
        const cost = size(row) + 2;
        if (cost <= room) {
          room -= cost;
          taken.push(row);
        } else if (!skipsLongRows) {
          // What comes later matters less: smaller rows further down must not take its place.
          room = 0;
          break;
        }
      }
      const left = rows.length - taken.length;
      const body = [head, ...(tight ? [taken.join('\n')] : taken)].filter((text) => text !== '');
      const joined = tight ? body.join(head.endsWith('|') ? '\n' : '\n\n') : body.join('\n\n');
      const leftOut = left === 0 ? [] : [`_${count(left, 'row')} left out: ${why}._`];
      return [joined, ...leftOut, foot].filter((text) => text !== '').join('\n\n');
    })
    .join('\n\n')}\n`;
}

function size(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
