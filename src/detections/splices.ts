import { Buffer } from 'node:buffer';
import type { CST } from 'yaml';
import type { MetadataText } from './read-metadata-text.js';

/**
 * Text that takes the place of what stands between two offsets. A user's file is never written anew, since every YAML and
 * JSON writer changes bytes (action-engineering.md §7). Whether all else stayed as it was is for the caller to check.
 */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

export type Item = CST.CollectionItem;

/** The bytes of the file with the splices made, which must not overlap. */
export function spliced({ text, hasBom }: Pick<MetadataText, 'text' | 'hasBom'>, splices: readonly Splice[]): Buffer {
  const content = [...splices]
    .sort((one, other) => other.start - one.start)
    .reduce((result, { start, end, insert }) => result.slice(0, start) + insert + result.slice(end), text);
  return Buffer.from(`${hasBom ? '\ufeff' : ''}${content}`, 'utf8');
}

/** Where the last thing of an item ends that is neither blank nor comment. */
export function endOf(item: Item): number {
  if (item.value && !isEmptyToken(item.value)) return endOfToken(item.value);
  const marks = [...item.start, ...(item.sep ?? [])].filter(
    ({ type }) => !/^(?:space|newline|comment|comma)$/.test(type),
  );
  const last = marks.at(-1);
  const markEnd = last === undefined ? 0 : last.offset + last.source.length;
  return Math.max(markEnd, !item.key ? 0 : endOfToken(item.key));
}

export function endOfToken(token: CST.Token): number {
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

/** JSON knows double quotes only; YAML goes with the keys of the map. */
export function quoteOf(file: MetadataText, { key }: Item): string {
  if (file.format === 'json') return '"';
  return key && isQuoted(key) ? key.source.slice(0, 1) : '';
}

export function isEmptyToken(token: CST.Token): boolean {
  return token.type === 'scalar' && token.source === '';
}

export function isQuoted(token: CST.Token): token is CST.FlowScalar {
  return token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar';
}

export function insertAt(offset: number, insert: string): Splice {
  return { start: offset, end: offset, insert };
}

export function eolOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}
