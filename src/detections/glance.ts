import type { Buffer } from 'node:buffer';
import { asRuleUuid } from '../sekoia/types.js';
import type { RuleUuid } from '../sekoia/types.js';
import { decodeText } from '../sigma/decode-text.js';
import { identityOf, isJson, parseObject } from './identity.js';
import { readMetadataText } from './read-metadata-text.js';
import { NO_CACHE } from './read-cache.js';
import type { ReadCache } from './read-cache.js';
import { PLAIN_VIEW } from './target-values.js';
import type { View } from './target-values.js';
import type { TargetKey } from './types.js';

/** What a metadata file may say of its rule. */
export interface Glance {
  /** Every UUID that the file may have as its own: one too many is possible where it cannot be read, never one too few. */
  readonly uuids: readonly RuleUuid[];
  /** The name as a reader of JSON or YAML gets it; null when it is empty, or the file is no detection. */
  readonly name: string | null;
}

/**
 * Looks at a metadata file for its UUID and name without reading it in full: a run looks at one detection, and a
 * thousand others may have its UUID. Only a text that can be understood in more than one way is parsed.
 *
 * @param isDetection whether the file has a pattern; the names of others are of no interest.
 */
export function glanceAt(
  path: string,
  content: Buffer,
  isDetection: boolean,
  view: View = PLAIN_VIEW,
  cache: ReadCache = NO_CACHE,
): Glance {
  const { text, fault } = decodeText(content);
  // In UTF-16 each character of a UUID has a zero byte beside it.
  if (fault !== undefined) return { uuids: everyUuid(content.toString('latin1').replaceAll('\0', '')), name: null };
  const glance =
    view.target !== null
      ? glanceFor(path, content, text, { ...view, target: view.target, cache })
      : isJson(path)
        ? glanceAtJson(text)
        : glanceAtYaml(path, content, text, isDetection);
  return isDetection && glance.name !== '' ? glance : { ...glance, name: null };
}

/** By the values of one target. The file is read in full, which a cache does once for all targets. */
function glanceFor(
  path: string,
  content: Buffer,
  text: string,
  { target, targets, cache }: View & { readonly target: TargetKey; readonly cache: ReadCache },
): Glance {
  const value = cache.remember(`value ${path}`, [content], () => valueOf(path, content, text));
  if (value === undefined) return { uuids: everyUuid(text), name: null };
  const { uuid, name, isLeftOut } = identityOf(value, target, targets);
  if (isLeftOut) return { uuids: [], name: null };
  // Of a key that stands twice the parser keeps the last. A name of a target has nothing in it that a pattern reads.
  const keys = target.takesUuid ? `${target.name}|uuid` : target.name;
  const written = isJson(path)
    ? Array.from(text.matchAll(new RegExp(`"(?:${keys})"\\s*:\\s*"([^"\\\\]*)"`, 'g')), ([, each]) => asRuleUuid(each))
    : [];
  return { uuids: distinct([uuid ?? undefined, ...written]), name };
}

function valueOf(path: string, content: Buffer, text: string): Readonly<Record<string, unknown>> | undefined {
  if (isJson(path)) return parseObject(text);
  const reading = readMetadataText(path, content);
  return reading.kind === 'read' ? reading.value : undefined;
}

function glanceAtJson(text: string): Glance {
  const value = parseObject(text);
  if (value === undefined) return { uuids: everyUuid(text), name: null };
  const { uuid, name } = identityOf(value, null);
  // Of a key that stands twice the parser keeps the last.
  const written = Array.from(text.matchAll(/"uuid"\s*:\s*"([^"\\]*)"/g), ([, each]) => asRuleUuid(each));
  return { uuids: distinct([uuid ?? undefined, ...written]), name };
}

function glanceAtYaml(path: string, content: Buffer, text: string, isDetection: boolean): Glance {
  const uuid = topLevelText(text, 'uuid');
  const name = isDetection ? topLevelText(text, 'name') : '';
  const isPlain = isBlockMap(text) && uuid !== 'unclear' && name !== 'unclear' && name !== 'absent';
  if (isPlain && (uuid !== 'absent' || !mayHaveUuid(text))) {
    return { uuids: distinct([asRuleUuid(textOf(uuid))]), name: textOf(name) ?? null };
  }
  const reading = readMetadataText(path, content);
  if (reading.kind === 'unreadable') return { uuids: everyUuid(text), name: null };
  const identity = identityOf(reading.value, null);
  return { uuids: distinct([identity.uuid ?? undefined]), name: identity.name };
}

/**
 * Whether the text begins with a key at the left margin. One in braces does not: there a line at the margin may be the
 * end of a key that began above it.
 */
function isBlockMap(text: string): boolean {
  return /^(?:(?:[ \t]*(?:#[^\r\n]*)?|---[ \t]*)\r?\n)*(["']?)[\w$][\w.$-]*\1[ \t]*:(?=\s|$)/.test(text);
}

/** `unclear`: there may be a value, and telling which takes a parser. */
type Seen = { readonly text: string } | 'absent' | 'unclear' | '';

function textOf(seen: Seen): string | undefined {
  return typeof seen === 'object' ? seen.text : undefined;
}

/**
 * The text of a key at the left margin of a block map whose value stands on its line. There nothing else can stand at the
 * margin (YAML 1.2 §8.2.2), so such a line is the key; every other way to write one is absent or unclear here.
 */
function topLevelText(text: string, key: 'uuid' | 'name'): Seen {
  const [line, second] = text.matchAll(KEY_LINES[key]);
  if (line === undefined) return 'absent';
  const rest = text.slice(line.index + line[0].length);
  // An indented line behind it, and behind comments, goes on with the value.
  if (second !== undefined || /^(?:\s*\n#[^\n]*)*\s*\n[ \t]+\S/.test(rest)) return 'unclear';
  return scalarText(trimBlanks(line[2] ?? ''));
}

const KEY_LINES = {
  uuid: /^(["']?)uuid\1[ \t]*:(?:[ \t]([^\r\n]*))?(?=\r?\n|(?![^]))/gm,
  name: /^(["']?)name\1[ \t]*:(?:[ \t]([^\r\n]*))?(?=\r?\n|(?![^]))/gm,
};

/** The text of a scalar on one line, if it needs no more than this to be read. */
function scalarText(source: string): Seen {
  const quoted = /^(?:"([^"\\]*)"|'([^']*)')(?:[ \t]+#.*)?$/s.exec(source);
  if (quoted !== null) return { text: quoted[1] ?? quoted[2] ?? '' };
  const comment = source.search(/(?:^|[ \t])#/);
  const plain = trimBlanks(comment < 0 ? source : source.slice(0, comment));
  if (plain === '' || plain === '~' || plain === 'null') return { text: '' };
  if (!/^[\p{L}\p{N}]/u.test(plain) || /:(?:\s|$)/.test(plain) || /^(?:true|false|null)$/i.test(plain))
    return 'unclear';
  // A number has no blank in it.
  if (/^\p{N}/u.test(plain) && !plain.includes(' ') && asRuleUuid(plain) === undefined) return 'unclear';
  return { text: plain };
}

/** Without a loop of the engine's own: `/[ \t]+$/` takes quadratic time on a long run of blanks. */
function trimBlanks(text: string): string {
  const isBlank = (at: number): boolean => text[at] === ' ' || text[at] === '\t';
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** Whether a key `uuid` may stand anywhere: as the word, or in double quotes with a letter escaped or a line in it. */
function mayHaveUuid(text: string): boolean {
  return /(?<![\w-])uuid(?![\w-])/.test(text) || LETTER_ESCAPED.test(text);
}

// `u`, `i`, `d` by their numbers; or the line ends within the word, which a backslash makes whole again.
const LETTER_ESCAPED = /\\(?:x|u00|U000000)(?:75|69|64)|[ui]\\\r?\n/;

function everyUuid(text: string): readonly RuleUuid[] {
  return distinct(Array.from(text.matchAll(UUID_SHAPED), ([each]) => asRuleUuid(each)));
}

const UUID_SHAPED = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

function distinct(uuids: readonly (RuleUuid | undefined)[]): readonly RuleUuid[] {
  return [...new Set(uuids.filter((uuid) => uuid !== undefined))];
}
