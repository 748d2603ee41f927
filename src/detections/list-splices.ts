import { isDeepStrictEqual } from 'node:util';
import { isSeq } from 'yaml';
import type { CST, Node } from 'yaml';
import { plainValue } from './plain-value.js';
import type { MetadataText } from './read-metadata-text.js';
import { inline, quoted } from './render-value.js';
import { endOf, endOfToken, eolOf, insertAt, isQuoted } from './splices.js';
import type { Item, Splice } from './splices.js';

/** An entry of the new list: one that the list has already, by its number there, or a new one. */
type Entry = { readonly kept: number } | { readonly fresh: unknown };

/** `[a, b]`, and every list of JSON: what stays keeps its bytes, and what stands between two entries is the model. */
export function flowList(
  file: MetadataText,
  token: CST.FlowCollection,
  value: readonly unknown[],
): readonly (readonly Splice[])[] {
  const items = token.items.filter((item) => item.value !== undefined);
  const [start, end] = [token.offset, endOfToken(token)];
  const whole: readonly Splice[] = [{ start, end, insert: inline(value) }];
  const old = valuesOf(file, token);
  if (old?.length !== items.length || items.length === 0 || items.some(({ key }) => key)) return [whole];
  const entries = align(old, value);
  if (entries.length === 0) return [[{ start, end, insert: '[]' }]];

  const places = items.map((item) => ({ start: startOf(item), end: endOf(item) }));
  const text = (from: number, to: number): string => file.text.slice(from, to);
  const gaps = places.map((place, index) => text(index === 0 ? start + 1 : (places[index - 1]?.end ?? 0), place.start));
  const first = gaps[0] ?? '';
  const model = gaps[1] ?? (first.includes('\n') ? `,${first}` : ', ');
  const tail = text(places.at(-1)?.end ?? end, end - 1);
  const fresh = freshTexts(file, items);
  return [0, 1].map((choice) => {
    const parts = entries.map((entry, index) => {
      const kept = 'kept' in entry ? entry.kept : 0;
      const place = places[kept];
      const body = 'fresh' in entry ? pick(fresh(entry.fresh), choice) : text(place?.start ?? 0, place?.end ?? 0);
      return `${index === 0 ? first : kept > 0 ? (gaps[kept] ?? model) : model}${body}`;
    });
    return [{ start, end, insert: `[${parts.join('')}${tail}]` }];
  });
}

/** Entries on lines of their own: the lines of what stays are not touched, nor the comments above and beside them. */
export function blockList(
  file: MetadataText,
  member: Item,
  token: CST.BlockSequence,
  value: readonly unknown[],
): readonly (readonly Splice[])[] {
  const { text } = file;
  const items = (token.items as Item[]).filter((item) => dashOf(item) !== undefined);
  const dashes = items.map((item) => dashOf(item)?.offset ?? 0);
  const start = text.lastIndexOf('\n', (dashes[0] ?? 0) - 1) + 1;
  const indent = text.slice(start, dashes[0]);
  const old = valuesOf(file, token);
  if (old?.length !== items.length || !/^ *$/.test(indent)) return [];
  const ends = items.map((item) => endOfLine(text, endOf(item)));
  const end = ends.at(-1) ?? start;
  const entries = align(old, value);
  const colon = member.sep?.find(({ type }) => type === 'map-value-ind');
  if (entries.length === 0)
    return colon === undefined ? [] : [[insertAt(colon.offset + 1, ' []'), { start, end, insert: '' }]];

  const eol = eolOf(text);
  const gap = /^-([ \t]+)/.exec(text.slice(dashes[0]))?.[1] ?? ' ';
  const fresh = freshTexts(file, items);
  const bullet = `${indent}-${gap}`;
  const asBlock = items.some((item) => item.value?.type === 'block-map');
  return [0, 1].map((choice) => {
    const lines = entries.map((entry) => {
      if ('kept' in entry) return text.slice(ends[entry.kept - 1] ?? start, ends[entry.kept]);
      const block = asBlock && choice === 0 ? blockMap(entry.fresh, ' '.repeat(bullet.length), eol) : null;
      return `${bullet}${block ?? pick(fresh(entry.fresh), choice)}${eol}`;
    });
    const joined = lines.map((line) => (line.endsWith('\n') ? line : `${line}${eol}`)).join('');
    const insert = text[end - 1] === '\n' ? joined : joined.slice(0, -eol.length);
    return [{ start, end, insert }];
  });
}

/** Which entries of the old list the new one takes over, in order, and which are new. */
function align(old: readonly unknown[], value: readonly unknown[]): readonly Entry[] {
  let next = 0;
  return value.map((entry) => {
    const found = old.findIndex((each, index) => index >= next && isDeepStrictEqual(each, entry));
    if (found < 0) return { fresh: entry };
    next = found + 1;
    return { kept: found };
  });
}

function valuesOf(file: MetadataText, token: CST.Token): readonly unknown[] | undefined {
  const node = file.root.items.map(({ value }) => value as Node | null).find((each) => each?.srcToken === token);
  return isSeq(node) ? (plainValue(node, file.targets) as readonly unknown[]) : undefined;
}

/** How a new entry is written, in the style of its siblings first. */
function freshTexts(file: MetadataText, items: readonly Item[]): (value: unknown) => readonly string[] {
  const sibling = items.map(({ value }) => value).find((token) => token !== undefined && 'source' in token);
  const quote = file.format === 'json' ? '"' : sibling && isQuoted(sibling) ? sibling.source.slice(0, 1) : '';
  const tall = items.find(({ value }) => {
    return value?.type === 'flow-collection' && file.text.slice(value.offset, endOfToken(value)).includes('\n');
  });
  return (value) => {
    if (typeof value === 'string') return quoted(value, quote);
    if (typeof value !== 'object' || value === null || tall === undefined) return [inline(value)];
    return [tallJson(file, startOf(tall), value), inline(value)];
  };
}

/** JSON over several lines, indented as a sibling that begins at the offset. */
function tallJson({ text }: MetadataText, offset: number, value: object): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const outer = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const inner = /^[ \t]*/.exec(text.slice(text.indexOf('\n', offset) + 1))?.[0] ?? '';
  const unit = inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  ';
  return JSON.stringify(value, null, unit)
    .split('\n')
    .join(`${eolOf(text)}${outer}`);
}

/** A map as an entry of a block list, one key a line; null for what is no map of simple values. */
function blockMap(value: unknown, indent: string, eol: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const lines = Object.entries(value).map(([key, member]: [string, unknown]) => {
    const plain = typeof member === 'string' && /^[\p{L}_][\p{L}\p{N} _.-]*$/u.test(member) && !isWord(member);
    return `${key}: ${plain ? member.trimEnd() : inline(member)}`;
  });
  return lines.length === 0 ? null : lines.join(`${eol}${indent}`);
}

function isWord(text: string): boolean {
  return /^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) || text.endsWith(' ');
}

function pick(texts: readonly string[], choice: number): string {
  return texts[Math.min(choice, texts.length - 1)] ?? '';
}

/** An anchor or a tag before the value belongs to it. */
function startOf(item: Item): number {
  const mark = item.start.find(({ type }) => type === 'anchor' || type === 'tag');
  return mark?.offset ?? item.value?.offset ?? 0;
}

function dashOf(item: Item): CST.SourceToken | undefined {
  return item.start.find(({ type }) => type === 'seq-item-ind');
}

/** Behind the line end that follows the offset; a text block has its own line end in it. */
function endOfLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}
