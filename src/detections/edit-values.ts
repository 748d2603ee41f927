import { Buffer } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';
import { decodeText } from '../sigma/decode-text.js';
import { readYaml } from '../sigma/read-yaml.js';
import { checkMetadata } from './check-metadata.js';
import { fitText, fitValue } from './fit-value.js';
import { readMetadataText } from './read-metadata-text.js';
import type { MetadataText } from './read-metadata-text.js';
import { eolOf, spliced } from './splices.js';
import { PLAIN_VIEW } from './target-values.js';
import { valueSplices } from './value-splices.js';

interface File {
  readonly path: string;
  readonly content: Buffer;
}

export type ValueEditing =
  /** The content may be as it was: the file says the same already. */
  { readonly kind: 'edited'; readonly content: Buffer } | { readonly kind: 'not-editable'; readonly reason: string };

/**
 * Gives a field of a metadata file another value and changes nothing else: comments, indentation, line ends and the
 * spelling of what stays the same are kept. A field that the file does not have is not brought in. The result is read
 * again before it is handed out: it differs by exactly this value and has no new error, or there is no edit. Never for
 * `uuid` (`putUuid`). Nothing is thrown.
 */
export function putValue(file: File, field: string, value: unknown): ValueEditing {
  const before = readMetadataText(file.path, file.content);
  if (before.kind === 'unreadable') return notEditable(before.reason);
  if (field === 'uuid') return notEditable('a UUID says which rule the file is, and is never exchanged');
  if (!Object.hasOwn(before.value, field)) return notEditable(`the file has no \`${field}\` of its own`);
  const wanted = fitValue(field, before.value[field], value);
  if (isDeepStrictEqual(before.value[field], wanted)) return { kind: 'edited', content: file.content };
  let why = 'its value cannot be written without changing something else in the file';
  for (const splices of valueSplices(before, field, wanted)) {
    const content = spliced(before, splices);
    const after = readMetadataText(file.path, content);
    if (after.kind === 'unreadable' || !differsBy(before, after, field, wanted)) continue;
    const fault = newFault(file.path, before, after);
    if (fault === null) return { kind: 'edited', content };
    why = fault;
  }
  return notEditable(why);
}

/** Another pattern in the line ends, byte order mark and end of the file that is there. */
export function putPattern(file: File, pattern: string): ValueEditing {
  const { text, hasBom, fault } = decodeText(file.content);
  if (fault !== undefined) return notEditable(fault.message);
  const lines = fitText(text.replace(/\r\n/g, '\n'), pattern);
  const content = Buffer.from(`${hasBom ? '\ufeff' : ''}${lines.replace(/\n/g, eolOf(text))}`, 'utf8');
  const [problem] = readYaml(content, 'pattern').problems;
  return problem === undefined ? { kind: 'edited', content } : notEditable(problem.message);
}

function differsBy(before: MetadataText, after: MetadataText, field: string, wanted: unknown): boolean {
  const expected = Object.entries(before.value).map(([key, value]) => [key, key === field ? wanted : value]);
  return isDeepStrictEqual(Object.entries(after.value), expected);
}

/** What the checks would say of the value, such as a name that is too long. */
function newFault(path: string, before: MetadataText, after: MetadataText): string | null {
  const known = new Set(checkMetadata(path, before, PLAIN_VIEW).map(({ message }) => message));
  const fault = checkMetadata(path, after, PLAIN_VIEW).find(
    ({ severity, message }) => severity === 'error' && !known.has(message),
  );
  return fault?.message ?? null;
}

function notEditable(reason: string): ValueEditing {
  return { kind: 'not-editable', reason };
}
