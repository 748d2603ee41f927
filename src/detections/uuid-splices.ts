import type { CST } from 'yaml';
import type { RuleUuid } from '../sekoia/types.js';
import { memberOf } from './plain-value.js';
import type { MetadataText } from './read-metadata-text.js';
import { endOf, endOfToken, eolOf, insertAt, isEmptyToken, isQuoted, quoteOf } from './splices.js';
import type { Item, Splice } from './splices.js';

/**
 * The ways to give a metadata text its UUID, the nicest first. Which of them leaves all else as it was is for the caller
 * to check: a text block at the end of a file can make a line behind it part of itself.
 */
export function uuidSplices(
  file: MetadataText,
  uuid: RuleUuid,
  replaces: RuleUuid | null,
): readonly (readonly Splice[])[] {
  const map = file.root.srcToken;
  const member = memberOf(file.root, 'uuid');
  if (member !== undefined)
    return [...exchange(file, member.srcToken, uuid, replaces), ...fill(file, member.srcToken, uuid)];
  if (map?.type === 'flow-collection') return addToFlow(file, map, uuid);
  return map?.type === 'block-map' ? addToBlock(file, map, uuid) : [];
}

/** The characters of the old UUID, wherever they stand in the value: its quotes, blanks and line ends stay. */
function exchange(
  { text }: MetadataText,
  item: Item | undefined,
  uuid: RuleUuid,
  replaces: RuleUuid | null,
): readonly (readonly Splice[])[] {
  if (!item?.value || replaces === null) return [];
  const { offset } = item.value;
  const start = text.slice(offset, endOfToken(item.value)).search(new RegExp(replaces, 'i'));
  return start < 0 ? [] : [[{ start: offset + start, end: offset + start + replaces.length, insert: uuid }]];
}

function fill(file: MetadataText, item: Item | undefined, uuid: RuleUuid): readonly (readonly Splice[])[] {
  if (item === undefined) return [];
  const { value } = item;
  if (value === undefined || isEmptyToken(value))
    return [[insertAt(endOf(item), item.sep?.length ? ` ${uuid}` : `: ${uuid}`)]];
  // An empty text block: its header goes, the blank lines below it stay.
  const token = value.type === 'block-scalar' ? value.props[0] : value;
  if (token === undefined || !('source' in token)) return [];
  const quote = isQuoted(token) ? token.source.slice(0, 1) : quoteOf(file, item);
  return [[{ start: token.offset, end: token.offset + token.source.length, insert: `${quote}${uuid}${quote}` }]];
}

function addToFlow(file: MetadataText, map: CST.FlowCollection, uuid: RuleUuid): readonly (readonly Splice[])[] {
  const { text } = file;
  const members = map.items.filter(({ key, value }) => key ?? value);
  const last = members.at(-1);
  const open = map.start.offset + map.start.source.length;
  if (!last?.key) return members.length === 0 ? [[insertAt(open, memberText(uuid, '"', ': '))]] : [];
  const gap = gapBefore(text, last, members.length === 1 ? open : undefined);
  const quote = quoteOf(file, last);
  const member = memberText(uuid, quote, colonOf(text, last, quote));
  const end = endOf(last);
  const rest = text.slice(end, map.end[0]?.offset ?? end);
  const comment = /^[^\n#]*#[^\r\n]*/.exec(rest);
  if (comment === null) return [[insertAt(end, `,${gap}${member}`)]];
  // `a: 1 # why`: the comment stays beside its member.
  const hasComma = comment[0].trimStart().startsWith(',');
  const below = insertAt(end + comment[0].length, `${gap.includes('\n') ? gap : `${eolOf(text)}  `}${member}`);
  return [hasComma ? [{ ...below, insert: `${below.insert},` }] : [insertAt(end, ','), below]];
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

function addToBlock(file: MetadataText, map: CST.BlockMap, uuid: RuleUuid): readonly (readonly Splice[])[] {
  const { text } = file;
  const last = (map.items as Item[]).filter(({ key, value }) => key ?? value).at(-1);
  if (!last?.key) return [];
  const member = `${' '.repeat(map.indent)}${memberText(uuid, quoteOf(file, last), ': ')}`;
  const end = endOf(last);
  // Blank lines at the end of a text block are part of it with `|+`, and lines of blanks can be.
  const trimmed = text.slice(0, end).trimEnd().length;
  const lineStart = text.lastIndexOf('\n', last.key.offset) + 1;
  return [
    ...[...new Set([trimmed, end])].map((from) => [lineBelow(text, from, map.indent, member)]),
    [insertAt(lineStart, `${member}${eolOf(text)}`)],
  ];
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

function memberText(uuid: RuleUuid, quote: string, colon: string): string {
  return `${quote}uuid${quote}${colon}${quote}${uuid}${quote}`;
}
