import { isMap } from 'yaml';
import type { CST, Node } from 'yaml';
import type { RuleUuid } from '../sekoia/types.js';
import { addMember, itemsOf } from './member-splices.js';
import type { MemberStyle, MemberText } from './member-splices.js';
import { keyOf, memberOf, membersOf } from './plain-value.js';
import type { MetadataText } from './read-metadata-text.js';
import { endOf, endOfToken, insertAt, isEmptyToken, isQuoted, quoteOf } from './splices.js';
import type { Item, Splice } from './splices.js';
import type { TargetKey } from './types.js';

export interface UuidToPut {
  readonly uuid: RuleUuid;
  readonly replaces: RuleUuid | null;
  readonly target: TargetKey | null;
}

type Ways = readonly (readonly Splice[])[];

/**
 * The ways to give a metadata text its UUID, the nicest first. Which of them leaves all else as it was is for the caller
 * to check.
 */
export function uuidSplices(file: MetadataText, wanted: UuidToPut): Ways {
  const { uuid, target } = wanted;
  if (target === null) return putAs(file, mapToken(file.root), memberOf(file.root, 'uuid')?.srcToken, 'uuid', wanted);
  const member = memberOf(file.root, 'uuids');
  const value: Node | null | undefined = member?.value;
  const inner = isMap(value) ? mapToken(value) : undefined;
  if (isMap(value) && inner !== undefined && itemsOf(inner).length > 0) {
    const own = memberOf(value, target.name)?.srcToken;
    return putAs(file, inner, own, target.name, wanted, nextItem(value, target.name));
  }
  const entry = (style: MemberStyle): string => memberText(target.name, uuid)(style);
  if (inner?.type === 'flow-collection') return addMember(file, inner, entry);
  if (member !== undefined) return fillMap(file, member.srcToken, entry);
  const map = mapToken(file.root);
  return map === undefined ? [] : addMember(file, map, (style) => mapText(target.name, uuid, style));
}

/** An exchange, a filling, or a new member. */
function putAs(
  file: MetadataText,
  map: ReturnType<typeof mapToken>,
  item: Item | undefined,
  key: string,
  { uuid, replaces }: UuidToPut,
  before?: Item,
): Ways {
  if (item !== undefined) return [...exchange(file, item, uuid, replaces), ...fill(file, item, uuid)];
  return map === undefined ? [] : addMember(file, map, memberText(key, uuid), before);
}

/** The first member whose key comes after the name; undefined for none. */
function nextItem(map: Parameters<typeof membersOf>[0], name: string): Item | undefined {
  return membersOf(map).find(({ key }) => keyOf(key) > name)?.srcToken;
}

function mapToken(map: { readonly srcToken?: unknown }): CST.FlowCollection | CST.BlockMap | undefined {
  const token = map.srcToken as CST.Token | undefined;
  return token?.type === 'flow-collection' || token?.type === 'block-map' ? token : undefined;
}

/** The characters of the old UUID, wherever they stand in the value: its quotes, blanks and line ends stay. */
function exchange({ text }: MetadataText, item: Item, uuid: RuleUuid, replaces: RuleUuid | null): Ways {
  if (!item.value || replaces === null) return [];
  const { offset } = item.value;
  const start = text.slice(offset, endOfToken(item.value)).search(new RegExp(replaces, 'i'));
  return start < 0 ? [] : [[{ start: offset + start, end: offset + start + replaces.length, insert: uuid }]];
}

function fill(file: MetadataText, item: Item, uuid: RuleUuid): Ways {
  const { value } = item;
  if (value === undefined || isEmptyToken(value))
    return [[insertAt(endOf(item), item.sep?.length ? ` ${uuid}` : `: ${uuid}`)]];
  // An empty text block: its header goes, the blank lines below it stay.
  const token = value.type === 'block-scalar' ? value.props[0] : value;
  if (token === undefined || !('source' in token)) return [];
  const quote = isQuoted(token) ? token.source.slice(0, 1) : quoteOf(file, item);
  return [[{ start: token.offset, end: token.offset + token.source.length, insert: `${quote}${uuid}${quote}` }]];
}

/** `uuids:` or `"uuids": null`, where a map of one line takes the empty place. */
function fillMap(file: MetadataText, item: Item | undefined, entry: MemberText): Ways {
  if (item === undefined) return [];
  const { value } = item;
  const quote = file.format === 'json' ? '"' : quoteOf(file, item);
  const map = `{ ${entry({ quote, colon: ': ', gap: null, indent: '', eol: '' })} }`;
  if (value === undefined || isEmptyToken(value))
    return [[insertAt(endOf(item), `${item.sep?.length ? ' ' : ': '}${map}`)]];
  if (value.type !== 'scalar') return [];
  return [[{ start: value.offset, end: value.offset + value.source.length, insert: map }]];
}

function memberText(key: string, uuid: RuleUuid): MemberText {
  return ({ quote, colon }) => `${keyText(key, quote)}${colon}${quote}${uuid}${quote}`;
}

/** `uuids` with its first entry, in the style of the members around it. */
function mapText(name: string, uuid: RuleUuid, style: MemberStyle): string {
  const { quote, colon, gap, indent, eol } = style;
  const entry = memberText(name, uuid)(style);
  const key = `${quote}uuids${quote}`;
  if (gap === null) return `${key}:${eol}${indent}  ${entry}`;
  if (!gap.includes('\n')) {
    const blank = gap === '' ? '' : ' ';
    return `${key}${colon}{${blank}${entry}${blank}}`;
  }
  // Inside the braces of the file one level is as deep as its members are.
  const depth = /[ \t]*$/.exec(gap)?.[0] ?? '';
  return `${key}${colon}{${gap}${depth === '' ? '  ' : depth}${entry}${gap}}`;
}

/** A name that YAML would read as something else than text goes in quotes. */
function keyText(key: string, quote: string): string {
  const isPlain = /^[a-z][a-z0-9-]*$/.test(key) && !/^(?:null|true|false|yes|no|on|off|y|n)$/.test(key);
  const own = quote === '' && !isPlain ? '"' : quote;
  return `${own}${key}${own}`;
}
