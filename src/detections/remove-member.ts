import type { CST } from 'yaml';
import { itemsOf } from './member-splices.js';
import { memberOf } from './plain-value.js';
import type { MetadataText } from './read-metadata-text.js';
import { endOf } from './splices.js';
import type { Item, Splice } from './splices.js';

/**
 * The ways to take a member out of the file's map, which has others. A line that has nothing else goes with it; a comment
 * stays. Whether all else is as it was is for the caller to check.
 */
export function removalSplices(file: MetadataText, key: string): readonly (readonly Splice[])[] {
  const map = file.root.srcToken;
  const item = memberOf(file.root, key)?.srcToken;
  if (item?.key === undefined || item.key === null || map === undefined || !isPlainMember(item)) return [];
  if (map.type === 'flow-collection') return outOfFlow(file, map, item);
  return map.type === 'block-map' ? outOfBlock(file, item) : [];
}

/** A comment between key and value would be lost. */
function isPlainMember({ start, sep }: Item): boolean {
  const isExplicit = start.some(({ type }) => type === 'explicit-key-ind');
  return !isExplicit && !(sep ?? []).some(({ type }) => type === 'comment');
}

function outOfBlock({ text }: MetadataText, item: Item): readonly (readonly Splice[])[] {
  const start = item.key?.offset ?? 0;
  return [[blankLine(text, { start, end: endOf(item), insert: '' })]];
}

function outOfFlow({ text }: MetadataText, map: CST.FlowCollection, item: Item): readonly (readonly Splice[])[] {
  const items = itemsOf(map);
  const index = items.indexOf(item);
  const [before, after] = [items[index - 1], items[index + 1]];
  const start = item.key?.offset ?? 0;
  const end = endOf(item);
  const next = after === undefined ? undefined : commaOf(after);
  if (next !== undefined) {
    // Up to the comma, and on one line up to the next key.
    const comma = { start: next, end: next + 1, insert: '' };
    if (/[^ \t]/.test(text.slice(end, next))) return [[{ start, end, insert: '' }, comma]];
    const blanks = /^[ \t]*/.exec(text.slice(next + 1))?.[0].length ?? 0;
    const lineEnds = /^\r?\n/.test(text.slice(next + 1 + blanks));
    const whole = { start, end: next + 1 + (lineEnds ? 0 : blanks), insert: '' };
    return [[lineEnds ? blankLine(text, whole) : whole]];
  }
  const own = commaOf(item);
  if (own === undefined || before === undefined) return [];
  const from = endOf(before);
  if (/^[ \t\r\n]*,[ \t\r\n]*$/.test(text.slice(from, start))) return [[{ start: from, end, insert: '' }]];
  return [[{ start: own, end: own + 1, insert: '' }, blankLine(text, { start, end, insert: '' })]];
}

function commaOf(item: Item): number | undefined {
  return item.start.find(({ type }) => type === 'comma')?.offset;
}

/** With the line, where nothing else stands on it; a comment keeps it. */
function blankLine(text: string, { start, end, insert }: Splice): Splice {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(\r?\n|(?![^]))/.exec(text.slice(end));
  const isAlone = /^[ \t]*$/.test(text.slice(lineStart, start));
  // A text block ends with its line.
  if (isAlone && text[end - 1] === '\n') return { start: lineStart, end, insert };
  if (!isAlone || rest === null) {
    const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
    return { start, end: end + blanks, insert };
  }
  if (rest[1] !== '') return { start: lineStart, end: end + rest[0].length, insert };
  // The last line, without a line end: the one before it loses its own.
  const eol = /\r?\n$/.exec(text.slice(0, lineStart))?.[0].length ?? 0;
  return { start: lineStart - eol, end: end + rest[0].length, insert };
}
