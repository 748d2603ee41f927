import type { CST } from 'yaml';
import type { RuleUuid } from '../sekoia/types.js';
import { memberOf } from './plain-value.js';
import type { MetadataText } from './read-metadata-text.js';

/** Text that takes the place of what stands between two offsets. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

type Item = CST.CollectionItem;

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

/** Where the last thing of an item ends that is neither blank nor comment. */
function endOf(item: Item): number {
  if (item.value && !isEmptyToken(item.value)) return endOfToken(item.value);
  const marks = [...item.start, ...(item.sep ?? [])].filter(
    ({ type }) => !/^(?:space|newline|comment|comma)$/.test(type),
  );
  const last = marks.at(-1);
  const markEnd = last === undefined ? 0 : last.offset + last.source.length;
  return Math.max(markEnd, !item.key ? 0 : endOfToken(item.key));
}

function endOfToken(token: CST.Token): number {
  switch (token.type) {
    case 'block-map':
    case 'block-seq':
      // The comments behind the last item are an item without anything, whose end is 0.
      return (token.items as Item[]).reduceRight((end, item) => (end === 0 ? endOf(item) : end), 0);
    case 'flow-collection': {
      const close = token.end.find(({ source }) => source === '}' || source === ']');
      return (close ?? token.start).offset + 1;
    }
    case 'block-scalar': {
      const header = token.props.reduce((end, prop) => ('source' in prop ? prop.offset + prop.source.length : end), 0);
      return header + token.source.length;
    }
    case 'document':
      return token.offset;
    default:
      return token.offset + token.source.length;
  }
}

function memberText(uuid: RuleUuid, quote: string, colon: string): string {
  return `${quote}uuid${quote}${colon}${quote}${uuid}${quote}`;
}

/** JSON knows double quotes only; YAML goes with the keys of the map. */
function quoteOf(file: MetadataText, { key }: Item): string {
  if (file.format === 'json') return '"';
  return key && isQuoted(key) ? key.source.slice(0, 1) : '';
}

function isEmptyToken(token: CST.Token): boolean {
  return token.type === 'scalar' && token.source === '';
}

function isQuoted(token: CST.Token): token is CST.FlowScalar {
  return token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar';
}

function insertAt(offset: number, insert: string): Splice {
  return { start: offset, end: offset, insert };
}

function eolOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}
