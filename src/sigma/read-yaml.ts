import { Composer, LineCounter, isScalar } from 'yaml';
import type { Alias, CST, Document, Node } from 'yaml';
import { decodeText } from './decode-text.js';
import { duplicateKeys } from './duplicate-keys.js';
import { faultOf } from './library-errors.js';
import type { LibraryError } from './library-errors.js';
import { BOUNDS, parseTokens, tooBigFault } from './parse-tokens.js';
import type { Fault, Problem } from './problem.js';
import { resolveAliases } from './resolve-aliases.js';

/**
 * `pattern`: what the platform's reader (PyYAML by all signs) takes. `yaml`: YAML 1.2. `json`: as `yaml`, with the
 * control characters that JSON allows; whether it is JSON is for the caller to check.
 */
export type Dialect = 'pattern' | 'yaml' | 'json';

export interface YamlReading {
  /** The text less a byte order mark, otherwise as in the file. */
  readonly text: string;
  readonly hasBom: boolean;
  /** The documents that have content, with their source tokens; none when there are problems. */
  readonly documents: readonly Document.Parsed[];
  /** What each alias stands for. Values reached through it are within the bounds, and have no cycle. */
  readonly targets: ReadonlyMap<Alias, Node>;
  /** Line and column, from 1, of an offset into the text. */
  readonly position: (offset: number) => { readonly line: number; readonly column: number };
  readonly problems: readonly Problem[];
}

/**
 * Reads a YAML stream into nodes with positions. Nothing is thrown, and no input takes more than a few seconds or some
 * hundred MiB (sigma.md §2). One cause gives one problem: behind the first error of structure nothing is reported.
 */
export function readYaml(bytes: Uint8Array, dialect: Dialect): YamlReading {
  const size = bytes.byteLength;
  const decoded = size > BOUNDS.bytes ? { text: '', hasBom: false, fault: tooLong(size) } : decodeText(bytes);
  const { text, hasBom } = decoded;
  const position = positionsIn(text);
  const parsed = decoded.fault ? { documents: [], faults: [decoded.fault], mayRefer: false } : compose(text, dialect);
  const documents = parsed.documents.filter(hasContent);

  const sound = parsed.faults.length === 0;
  const aliases =
    sound && parsed.mayRefer ? resolveAliases(documents, text) : { targets: new Map<Alias, Node>(), faults: [] };
  const keys = sound
    ? duplicateKeys(documents, dialect === 'pattern' ? 'pyyaml' : 'text', (offset) => position(offset).line)
    : [];
  const problems = [...parsed.faults, ...aliases.faults, ...keys]
    .sort((one, other) => one.offset - other.offset)
    .slice(0, MOST_PROBLEMS)
    .map((fault): Problem => ({ ...fault, severity: 'error', ...position(fault.offset) }));
  return {
    text,
    hasBom,
    documents: problems.length === 0 ? documents : [],
    targets: aliases.targets,
    position,
    problems,
  };
}

const MOST_PROBLEMS = 50;

function tooLong(size: number): Fault {
  return tooBigFault(
    `${size.toLocaleString('en')} bytes, where ${BOUNDS.bytes.toLocaleString('en')} are the most that is read`,
    0,
  );
}

function positionsIn(text: string): YamlReading['position'] {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

interface Composed {
  readonly documents: readonly Document.Parsed[];
  readonly faults: readonly Fault[];
  readonly mayRefer: boolean;
}

function compose(text: string, dialect: Dialect): Composed {
  const control = dialect === 'json' ? undefined : controlCharacter(text);
  if (control !== undefined) return { documents: [], faults: [control], mayRefer: false };
  const parsed = parseTokens(text);
  if (parsed.kind === 'fault') return { documents: [], faults: [parsed.fault], mayRefer: false };
  const { documents, errors } = composeTokens(parsed.tokens);
  return { documents, faults: distinctFaults(errors, text), mayRefer: parsed.mayRefer };
}

// PyYAML refuses what is not printable in YAML 1.1's sense, quoted or not.
// eslint-disable-next-line no-control-regex
const NOT_PRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

function controlCharacter(text: string): Fault | undefined {
  const offset = text.search(NOT_PRINTABLE);
  if (offset < 0) return undefined;
  const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0');
  return {
    code: 'yaml-syntax',
    message: `The control character U+${code} stands here, which YAML does not allow.`,
    help: `Remove it, or write it as an escape sequence between double quotes.`,
    offset,
  };
}

class Enough extends Error {}

function composeTokens(tokens: readonly CST.Token[]): { documents: Document.Parsed[]; errors: LibraryError[] } {
  const errors: LibraryError[] = [];
  const report = (at: ErrorPlace, code: string, message: string): void => {
    errors.push({ offset: offsetOf(at), code, message });
    if (errors.length >= MOST_PROBLEMS) throw new Enough();
  };
  // The composer's own reporting makes an Error with a stack for each, and there may be one a character: 18 s for 1 MiB.
  const composer = new Composer({
    version: '1.2',
    uniqueKeys: false,
    keepSourceTokens: true,
    strict: true,
    stringKeys: true,
  });
  Object.assign(composer, { onError: report });
  const documents: Document.Parsed[] = [];
  try {
    for (const token of tokens) {
      if (token.type === 'error') report(token, 'UNEXPECTED_TOKEN', token.message);
      else documents.push(...composer.next(token));
    }
    documents.push(...composer.end());
  } catch (error) {
    if (error instanceof RangeError) errors.push({ offset: 0, code: 'RESOURCE_EXHAUSTION', message: error.message });
    else if (!(error instanceof Enough)) throw error;
  }
  const own = documents.flatMap((document) => document.errors);
  return {
    documents,
    errors: [...errors, ...own.map(({ pos, code, message }) => ({ offset: pos[0], code, message }))],
  };
}

type ErrorPlace = number | readonly number[] | { readonly offset: number };

function offsetOf(place: ErrorPlace): number {
  if (typeof place === 'number') return place;
  return 'offset' in place ? place.offset : (place[0] ?? 0);
}

/**
 * The errors worth telling: in order, one a line, and none behind the first error of structure, since that one brings
 * others with it. Bad escapes and unquoted values keep to themselves.
 */
function distinctFaults(errors: readonly LibraryError[], text: string): readonly Fault[] {
  const kept: Fault[] = [];
  for (const error of [...errors].sort((one, other) => one.offset - other.offset)) {
    const last = kept.at(-1);
    if (last !== undefined && !text.slice(last.offset, error.offset).includes('\n')) continue;
    if (last !== undefined && (last.code === 'yaml-syntax' || last.code === 'yaml-tab')) break;
    kept.push(faultOf(error, text));
  }
  return kept;
}

function hasContent({ contents }: Document.Parsed): boolean {
  if (contents === null) return false;
  const isEmpty =
    isScalar(contents) && contents.source === '' && contents.type === 'PLAIN' && !contents.anchor && !contents.tag;
  return !isEmpty;
}
