import * as jsonc from 'jsonc-parser';
import { isMap } from 'yaml';
import type { Alias, Node, YAMLMap } from 'yaml';
import type { Problem } from '../sigma/problem.js';
import { readYaml } from '../sigma/read-yaml.js';
import type { YamlReading } from '../sigma/read-yaml.js';
import { plainValue } from './plain-value.js';

/** A metadata file that could be read: its text, its nodes with their places, and its value. */
export interface MetadataText {
  readonly kind: 'read';
  readonly format: 'json' | 'yaml';
  /** Less a byte order mark. */
  readonly text: string;
  readonly hasBom: boolean;
  readonly root: YAMLMap;
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly value: Readonly<Record<string, unknown>>;
  readonly position: YamlReading['position'];
}

export type MetadataReading =
  | MetadataText
  | { readonly kind: 'unreadable'; readonly reason: string; readonly problems: readonly Problem<string>[] };

/**
 * Reads the bytes of a metadata file: JSON, strictly, when the path ends in `.json`, else one document of YAML 1.2. The
 * nodes come from the YAML reader for both, since JSON is YAML and only that reader keeps every place.
 */
export function readMetadataText(path: string, content: Buffer): MetadataReading {
  const format = path.toLowerCase().endsWith('.json') ? 'json' : 'yaml';
  const reading = readYaml(content, format);
  const { text, hasBom, targets, position } = reading;
  const problems = format === 'json' ? jsonProblems(reading) : reading.problems;
  if (problems.length > 0) return unreadable(problems);

  const [document, second] = reading.documents;
  const root = document?.contents;
  if (document === undefined || !root) return unreadable([problemAt(position, 0, EMPTY)]);
  if (second?.contents) return unreadable([problemAt(position, second.contents.range[0], SEVERAL)]);
  if (!isMap(root)) return unreadable([problemAt(position, root.range[0], NOT_A_MAP)]);
  const value = (format === 'json' ? JSON.parse(text) : plainValue(root, targets)) as Record<string, unknown>;
  return { kind: 'read', format, text, hasBom, root, targets, value, position };
}

const FIELDS = 'Write the fields of the rule: name, severity, effort, alert_type_uuid.';
const EMPTY = { code: 'metadata-empty', message: 'The metadata file is empty.', help: FIELDS };
const SEVERAL = {
  code: 'metadata-several-documents',
  message: 'A metadata file is one document, and here a second one begins.',
  help: 'Remove the `---` line, or move the second document into a file of its own.',
};
const NOT_A_MAP = {
  code: 'metadata-not-a-map',
  message: 'The metadata file does not hold an object with the fields of a rule.',
  help: FIELDS,
};

function unreadable(problems: readonly Problem<string>[]): MetadataReading {
  return { kind: 'unreadable', reason: problems[0]?.message ?? 'It cannot be read.', problems };
}

function problemAt(
  position: YamlReading['position'],
  offset: number,
  words: { readonly code: string; readonly message: string; readonly help: string },
): Problem<string> {
  return { ...words, severity: 'error', offset, ...position(offset) };
}

/** JSON's own errors come first: to a reader of JSON those of YAML say little. */
function jsonProblems({ text, problems, position }: YamlReading): readonly Problem<string>[] {
  if (problems.some(({ code }) => code === 'encoding' || code === 'yaml-too-big')) return problems;
  const error = firstJsonError(text);
  if (error === undefined) return problems;
  return [problemAt(position, error.offset, { code: 'json-syntax', ...error })];
}

function firstJsonError(text: string): { offset: number; message: string; help: string } | undefined {
  if (text.trim() === '') return undefined;
  const errors: jsonc.ParseError[] = [];
  try {
    jsonc.parse(text, errors, { disallowComments: true, allowTrailingComma: false });
    if (errors.length === 0) JSON.parse(text);
  } catch (error) {
    const message = `This is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`;
    return { offset: 0, message, help: 'Check the file with the JSON mode of an editor.' };
  }
  const [first] = errors;
  return first === undefined ? undefined : { offset: first.offset, ...jsonWords(first, text) };
}

function jsonWords({ error, offset }: jsonc.ParseError, text: string): { message: string; help: string } {
  const code = jsonc.printParseErrorCode(error);
  const [message, help] = JSON_WORDS[code] ?? [`This is not valid JSON (${code})`, 'Check quotes, commas and brackets'];
  // A comma in front of a closing bracket is reported at the bracket.
  if (/,\s*$/.test(text.slice(Math.max(0, offset - 1_000), offset)) && /^[}\]]/.test(text.slice(offset))) {
    return { message: 'JSON allows no comma behind the last member.', help: 'Remove the comma.' };
  }
  return { message: `${message}.`, help: `${help}.` };
}

const JSON_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  InvalidSymbol: ['A word stands here that JSON does not know', 'Put text in double quotes'],
  InvalidNumberFormat: ['This is no number in JSON', 'Write it like 40, without leading zeros or signs'],
  PropertyNameExpected: [
    'A key in double quotes is expected here',
    'Put keys in double quotes; check the comma before',
  ],
  ValueExpected: ['A value is expected here', 'Add the value, or remove the comma or the key before it'],
  ColonExpected: ['A colon is expected here', 'Write `"key": value`'],
  CommaExpected: ['A comma is expected here', 'Put a comma between members'],
  CloseBraceExpected: ['A `}` is missing here', 'Close the object'],
  CloseBracketExpected: ['A `]` is missing here', 'Close the list'],
  EndOfFileExpected: ['Something follows the closing bracket', 'Remove what stands behind the object'],
  InvalidCommentToken: ['JSON has no comments', 'Remove the comment, or make the file YAML (`.yml`)'],
  UnexpectedEndOfComment: ['JSON has no comments', 'Remove the comment, or make the file YAML (`.yml`)'],
  UnexpectedEndOfString: [
    'A text is not closed on its line',
    'Add the closing double quote; line breaks are written `\\n`',
  ],
  UnexpectedEndOfNumber: ['A number ends too early', 'Write it like 40'],
  InvalidUnicode: ['A `\\u` needs four hexadecimal digits', 'Correct it, or write the character itself'],
  InvalidEscapeCharacter: ['A backslash begins an escape sequence that JSON does not know', 'Write two backslashes'],
  InvalidCharacter: ['A control character stands in a text', 'Write it as an escape sequence (TAB is `\\t`)'],
};
