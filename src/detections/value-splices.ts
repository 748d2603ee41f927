import type { CST } from 'yaml';
import { blockList, flowList } from './list-splices.js';
import { memberOf } from './plain-value.js';
import type { MetadataText } from './read-metadata-text.js';
import { inline, quoted } from './render-value.js';
import { endOf, endOfToken, eolOf, insertAt, isEmptyToken, isQuoted } from './splices.js';
import type { Item, Splice } from './splices.js';

/**
 * The ways to give a member that the file has another value, the nicest first: in the style that its value has now, else
 * as JSON, which is YAML too. Which of them means exactly the value and leaves all else alone is for the caller to check.
 */
export function valueSplices(file: MetadataText, field: string, value: unknown): readonly (readonly Splice[])[] {
  const item = memberOf(file.root, field)?.srcToken;
  if (item === undefined) return [];
  const { value: token } = item;
  if (token === undefined || isEmptyToken(token)) return fill(item, value);
  if (Array.isArray(value) && token.type === 'flow-collection') return flowList(file, token, value);
  if (Array.isArray(value) && token.type === 'block-seq') return blockList(file, item, token, value);
  if (typeof value === 'string' && value !== '' && token.type === 'block-scalar') return textBlock(file, token, value);
  return exchange(file, token, value);
}

/** `goal:` without a value. */
function fill(item: Item, value: unknown): readonly (readonly Splice[])[] {
  const blank = item.sep?.length ? ' ' : ': ';
  return [[insertAt(endOf(item), `${blank}${inline(value)}`)]];
}

function exchange(file: MetadataText, token: CST.Token, value: unknown): readonly (readonly Splice[])[] {
  const start = token.type === 'block-scalar' ? (token.props[0]?.offset ?? token.offset) : token.offset;
  const end = endOfToken(token);
  // A text block takes its line end with it.
  const eol = token.type === 'block-scalar' ? (/\r?\n$/.exec(file.text.slice(start, end))?.[0] ?? '') : '';
  return textsFor(file, token, value).map((text) => [{ start, end, insert: `${text}${eol}` }]);
}

function textsFor(file: MetadataText, token: CST.Token, value: unknown): readonly string[] {
  if (typeof value !== 'string' || file.format === 'json') return [inline(value)];
  const quote = isQuoted(token) ? token.source.slice(0, 1) : '';
  const map = file.root.srcToken;
  const indent = map?.type === 'block-map' && !isQuoted(token) ? map.indent : null;
  return [
    ...(indent === null ? [] : newTextBlock(value, ' '.repeat(indent + 2), eolOf(file.text))),
    ...quoted(value, quote),
  ];
}

/** Several lines read best as they are. */
function newTextBlock(value: string, indent: string, eol: string): readonly string[] {
  const lines = value.replace(/\n$/, '').split('\n');
  if (!value.trim().includes('\n')) return [];
  return [`${value.endsWith('\n') ? '|' : '|-'}${eol}${lines.map((line) => indented(line, indent)).join(eol)}`];
}

/** The header of the block, with its comment, and the blank lines behind it stay. */
function textBlock(file: MetadataText, token: CST.BlockScalar, value: string): readonly (readonly Splice[])[] {
  const end = endOfToken(token);
  const start = end - token.source.length;
  const body = file.text.slice(start, end);
  const trail = body.slice(body.trimEnd().length);
  const indent = /^[ \t]*(?=\S)/m.exec(body)?.[0] ?? '  ';
  const render = (text: string): string =>
    text
      .replace(/\n+$/, '')
      .split('\n')
      .map((line) => indented(line, indent))
      .join(eolOf(file.text));
  const header = token.props.find(({ type }) => type === 'block-scalar-header');
  if (header === undefined || !('source' in header)) return exchange(file, token, value);
  const literal = { start: header.offset, end: header.offset + 1, insert: '|' };
  const isFolded = header.source.startsWith('>');
  const bodies = isFolded ? [value.replace(/\n/g, '\n\n')] : [value];
  return [
    ...bodies.map((text) => [{ start, end, insert: `${render(text)}${trail}` }]),
    [literal, { start, end, insert: `${render(value)}${trail}` }],
    ...exchange(file, token, value),
  ];
}

function indented(line: string, indent: string): string {
  return line === '' ? '' : `${indent}${line}`;
}
