import type { CST } from 'yaml';
import type { MetadataText } from './read-metadata-text.js';
import { endOf, eolOf, insertAt, quoteOf } from './splices.js';
import type { Item, Splice } from './splices.js';

/** What a new member is written like: as its siblings are. */
export interface MemberStyle {
  readonly quote: string;
  /** What stands between key and value, at least a colon. */
  readonly colon: string;
  /** In braces: what stands between the comma and the key, perhaps a line end and an indent. */
  readonly gap: string | null;
  /** In lines: their indent. */
  readonly indent: string;
  readonly eol: string;
}

export type MemberText = (style: MemberStyle) => string;

/**
 * The ways to add a member to a map of the file, the nicest first. Which of them leaves all else as it was is for the
 * caller to check: a text block at the end of a file can make a line behind it part of itself.
 *
 * @param before the member that the new one goes before; undefined: it becomes the last.
 */
export function addMember(
  file: MetadataText,
  map: CST.FlowCollection | CST.BlockMap,
  write: MemberText,
  before?: Item,
): readonly (readonly Splice[])[] {
  return map.type === 'flow-collection' ? addToFlow(file, map, write, before) : addToBlock(file, map, write, before);
}

export function itemsOf(map: CST.FlowCollection | CST.BlockMap): readonly Item[] {
  return (map.items as Item[]).filter(({ key, value }) => key ?? value);
}

function addToFlow(
  file: MetadataText,
  map: CST.FlowCollection,
  write: MemberText,
  before: Item | undefined,
): readonly (readonly Splice[])[] {
  const { text } = file;
  const members = itemsOf(map);
  const last = members.at(-1);
  const open = map.start.offset + map.start.source.length;
  const base = { indent: '', eol: eolOf(text) };
  if (!last?.key) {
    if (members.length > 0) return [];
    const quote = file.format === 'json' ? '"' : quoteOfFile(file);
    return [[insertAt(open, write({ ...base, quote, colon: ': ', gap: null }))]];
  }
  const gap = gapBefore(text, last, members.length === 1 ? open : undefined);
  const quote = quoteOf(file, last);
  const member = write({ ...base, quote, colon: colonOf(text, last, quote), gap });
  if (before?.key) return [[insertAt(before.key.offset, `${member},${gap === '' ? '' : gap}`)]];
  const end = endOf(last);
  const rest = text.slice(end, map.end[0]?.offset ?? end);
  const comment = /^[^\n#]*#[^\r\n]*/.exec(rest);
  if (comment === null) return [[insertAt(end, `,${gap}${member}`)]];
  // `a: 1 # why`: the comment stays beside its member.
  const hasComma = comment[0].trimStart().startsWith(',');
  const below = insertAt(end + comment[0].length, `${gap.includes('\n') ? gap : `${eolOf(text)}  `}${member}`);
  return [hasComma ? [{ ...below, insert: `${below.insert},` }] : [insertAt(end, ','), below]];
}

/** An empty map has no sibling to go by: the keys of the file have to do. */
function quoteOfFile(file: MetadataText): string {
  const root = file.root.srcToken;
  const first = root?.type === 'block-map' || root?.type === 'flow-collection' ? itemsOf(root)[0] : undefined;
  return first === undefined ? '"' : quoteOf(file, first);
}

/** What stands between a member and the one before it, as the model for one more. */
function gapBefore(text: string, item: Item, open: number | undefined): string {
  const comma = item.start.find(({ type }) => type === 'comma');
  const start = comma === undefined ? open : comma.offset + 1;
  const gap = text.slice(start ?? item.key?.offset, item.key?.offset);
  const newline = gap.lastIndexOf('\n');
  if (newline >= 0)
    return `${gap[newline - 1] === '\r' ? '\r\n' : '\n'}${/^[ \t]*/.exec(gap.slice(newline + 1))?.[0] ?? ''}`;
  if (comma !== undefined && /^[ \t]*$/.test(gap)) return gap;
  return /:\s/.test(text.slice(item.key?.offset, endOf(item))) ? ' ' : '';
}

function colonOf(text: string, { key, value }: Item, quote: string): string {
  if (!key || !('source' in key) || value === undefined) return ': ';
  const colon = text.slice(key.offset + key.source.length, value.offset);
  const isPlain = /^[ \t]*:[ \t]*$/.test(colon) && (quote !== '' || /[ \t]$/.test(colon));
  return isPlain ? colon : ': ';
}

function addToBlock(
  file: MetadataText,
  map: CST.BlockMap,
  write: MemberText,
  before: Item | undefined,
): readonly (readonly Splice[])[] {
  const { text } = file;
  const last = itemsOf(map).at(-1);
  if (!last?.key) return [];
  const indent = ' '.repeat(map.indent);
  const style = { quote: quoteOf(file, last), colon: ': ', gap: null, indent, eol: eolOf(text) };
  const member = `${indent}${write(style)}`;
  const above = (item: Item): readonly Splice[] => {
    const lineStart = text.lastIndexOf('\n', (item.key?.offset ?? 0) - 1) + 1;
    return [insertAt(lineStart, `${member}${eolOf(text)}`)];
  };
  if (before?.key) return [above(before)];
  const end = endOf(last);
  // Blank lines at the end of a text block are part of it with `|+`, and lines of blanks can be.
  const trimmed = text.slice(0, end).trimEnd().length;
  return [...[...new Set([trimmed, end])].map((from) => [lineBelow(text, from, map.indent, member)]), above(last)];
}

/** A line of its own behind the line that ends at or after the offset, and behind the deeper comments that follow it. */
function lineBelow(text: string, from: number, indent: number, member: string): Splice {
  let newline = text[from - 1] === '\n' ? from - 1 : text.indexOf('\n', from);
  if (newline < 0) return insertAt(text.length, `${eolOf(text)}${member}`);
  const comment = new RegExp(` {${indent + 1},}#[^\\n]*`, 'y');
  for (comment.lastIndex = newline + 1; comment.test(text); comment.lastIndex = newline + 1) {
    newline = comment.lastIndex;
    if (newline === text.length) return insertAt(text.length, `${eolOf(text)}${member}`);
  }
  return insertAt(newline + 1, `${member}${text[newline - 1] === '\r' ? '\r\n' : '\n'}`);
}
