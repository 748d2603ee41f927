import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair, YAMLMap } from 'yaml';
import type { Finding } from './detections/types.js';
import { ActionError, messageOf } from './errors.js';
import { INPUT_TABLE, inputVariable, isInputName } from './input-table.js';
import type { InputName } from './input-table.js';
import { InputError, readInputs } from './inputs.js';
import { didYouMean } from './sigma/parse/nearest.js';
import { readYaml } from './sigma/read-yaml.js';
import type { YamlReading } from './sigma/read-yaml.js';
import { shorten } from './text.js';

/** At the root of the repository. */
export const SETTINGS_FILE = '.sekoia-detections.yml';

/** The settings file cannot be used as it stands. */
export class SettingsFileError extends ActionError<'bad-settings-file'> {
  /** What is wrong in it, in the order of the text; at least one. */
  readonly findings: readonly [Finding, ...Finding[]];

  constructor(findings: readonly [Finding, ...Finding[]]) {
    const [{ path: file, line, column, message, help }, ...others] = findings;
    const more = others.map((each) => ` Line ${each.line}: ${each.message}`).join('');
    super('bad-settings-file', shorten(`${file}:${line}:${column}: ${message}${more}`, 2_000), help);
    this.findings = findings;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The variables of the inputs with those of the settings file behind them: an input that is given wins, one that is
 * empty or missing is what the file says.
 *
 * @param root absolute path of the repository's root. The file is read as it lies there, not from a commit.
 * @throws SettingsFileError
 */
export async function withSettingsFile(env: Env, root: string): Promise<Env> {
  const content = await contentOf(path.join(root, SETTINGS_FILE));
  if (content === null) return env;
  const { values, findings } = readSettings(content);
  const [first, ...others] = findings;
  if (first !== undefined) throw new SettingsFileError([first, ...others]);
  const missing = [...values]
    .map(([name, value]): readonly [string, string] => [inputVariable(name), value])
    .filter(([variable]) => (env[variable] ?? '').trim() === '');
  return { ...env, ...Object.fromEntries(missing) };
}

/** Larger ones are refused by the reader too, but not before they were read. */
const MOST_BYTES = 1 << 20;

/** Null where there is none. A link is not followed: what it leads to may lie outside of the repository. */
async function contentOf(file: string): Promise<Buffer | null> {
  try {
    const found = await lstat(file);
    if (!found.isFile()) throw new SettingsFileError([atStart('It is a link or folder, and has to be a file.', PLAIN)]);
    if (found.size > MOST_BYTES) throw new SettingsFileError([atStart('It is larger than 1 MiB.', 'Shorten it.')]);
    return await readFile(file);
  } catch (error) {
    if (error instanceof SettingsFileError) throw error;
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null;
    const help = 'Give the user that runs this the right to read it.';
    throw new SettingsFileError([atStart(`It cannot be read: ${messageOf(error)}.`, help)]);
  }
}

const PLAIN = 'Put the settings themselves there.';

export interface SettingsRead {
  /** As the input itself would be written. */
  readonly values: ReadonlyMap<InputName, string>;
  readonly findings: readonly Finding[];
}

/** Reads the settings file: a YAML map with the names of inputs as its keys. Nothing is thrown. */
export function readSettings(content: Uint8Array): SettingsRead {
  const reading = readYaml(content, 'yaml');
  if (reading.problems.length > 0) {
    return nothingBut(reading.problems.map((problem) => finding(problem, problem.message, problem.help)));
  }
  const [document, second] = reading.documents;
  const root: Node | null | undefined = document?.contents;
  if (root === undefined || root === null) return nothingBut([]);
  const at = placing(reading);
  if (second !== undefined) {
    return nothingBut([finding(at(second.contents), 'A second document begins here.', 'Keep one document.')]);
  }
  if (!isMap(root)) {
    return nothingBut([
      finding(at(root), 'This is no map of inputs.', 'Write a line for each, such as `region: fra1`.'),
    ]);
  }
  const read = (root as YAMLMap<Node, Node | null>).items.map((pair) => readPair(pair, reading));
  return {
    values: new Map(read.flatMap(({ value }) => (value === null ? [] : [value]))),
    findings: read.flatMap(({ findings }) => findings),
  };
}

function nothingBut(findings: readonly Finding[]): SettingsRead {
  return { values: new Map(), findings };
}

interface PairRead {
  readonly value: readonly [InputName, string] | null;
  readonly findings: readonly Finding[];
}

function readPair({ key, value }: Pair<Node, Node | null>, reading: YamlReading): PairRead {
  const at = placing(reading);
  const name = isScalar(key) ? String(key.value) : '';
  const wrong = (node: Node | null, message: string, help: string): PairRead => ({
    value: null,
    findings: [finding(at(node ?? key), message, help)],
  });
  if (!isInputName(name)) {
    const known = (Object.keys(INPUT_TABLE) as InputName[]).filter((each) => !isKeptOut(each));
    const help = `Use the names of the inputs (README.md, "Inputs").${didYouMean(name, known)}`;
    return wrong(key, `\`${shorten(name, 80)}\` is no input.`, help);
  }
  if (isKeptOut(name)) return wrong(key, `\`${name}\` must not stand in this file.`, KEPT_OUT[name] ?? '');
  const resolved = resolve(value, reading);
  const secret = INPUT_TABLE[name].kind === 'targets' ? secretIn(resolved, reading) : null;
  if (secret !== null)
    return wrong(secret.key, `\`${secret.name}\` must not stand in this file.`, KEPT_OUT[secret.name] ?? '');
  const text = textOf(name, resolved, reading);
  if (text === null) return wrong(value, `\`${name}\` cannot be ${kindInWords(resolved)}.`, helpFor(name));
  const fault = faultOf(name, text);
  return fault === null ? { value: [name, text], findings: [] } : wrong(value, fault.message, fault.help);
}

function isKeptOut(name: InputName): boolean {
  return INPUT_TABLE[name].kind === 'not-in-files';
}

const SECRET = 'A file of the repository is no place for a secret';
const KEPT_OUT: Readonly<Partial<Record<InputName, string>>> = {
  'api-key': `${SECRET}: take it out, make a new key, and hand that over by the input \`api-key\` or the variable SEKOIA_API_KEY.`,
  'github-token': `${SECRET}: take it out, revoke it, and use the input \`github-token\`.`,
  // Whoever may change a file of a branch could have the key sent to a server of their own.
  'api-url': 'It decides where the key is sent to: set it as an input or option, or use `region` here.',
};

/** The first key of a target that has no place in a file. */
function secretIn(
  node: Node | null,
  reading: YamlReading,
): { readonly key: Node; readonly name: 'api-key' | 'api-url' } | null {
  if (!isMap(node)) return null;
  for (const { value } of node.items as readonly Pair<Node, Node | null>[]) {
    const target = resolve(value, reading);
    if (!isMap(target)) continue;
    for (const { key } of target.items as readonly Pair<Node, Node | null>[]) {
      if (isScalar(key) && (key.value === 'api-key' || key.value === 'api-url')) return { key, name: key.value };
    }
  }
  return null;
}

/** An alias counts as what it stands for; the reader has made sure that there is an end to it. */
function resolve(node: Node | null, { targets }: YamlReading): Node | null {
  return node !== null && isAlias(node) ? (targets.get(node) ?? null) : node;
}

/** As the input would be written; null for a kind of value that it cannot have. */
function textOf(name: InputName, node: Node | null, reading: YamlReading): string | null {
  if (node === null) return '';
  const { kind } = INPUT_TABLE[name];
  // JSON is YAML.
  if (kind === 'targets') return isMap(node) ? JSON.stringify(plainOf(node, reading)) : null;
  if (isScalar(node)) return scalarText(node);
  if (kind === 'pairs' && isMap(node)) return linesOf(pairLines(node, reading));
  if ((kind === 'lines' || kind === 'pairs') && isSeq(node)) {
    return linesOf(
      node.items.flatMap((item) => {
        const each = resolve(item as Node | null, reading);
        if (isScalar(each)) return [scalarText(each)];
        return kind === 'pairs' && isMap(each) ? pairLines(each, reading) : [null];
      }),
    );
  }
  return null;
}

/** A node as a plain value, each scalar as it is written. */
function plainOf(node: Node | null, reading: YamlReading): unknown {
  const at = resolve(node, reading);
  if (isMap(at)) {
    const items = at.items as readonly Pair<Node, Node | null>[];
    return Object.fromEntries(
      items.map(({ key, value }) => [isScalar(key) ? scalarText(key) : '', plainOf(value, reading)]),
    );
  }
  if (isSeq(at)) return at.items.map((item) => plainOf(item as Node | null, reading));
  return isScalar(at) ? scalarText(at) : '';
}

/** As it is written: `0.50` stays what it is, `no` is no boolean. */
function scalarText(node: { readonly value: unknown; readonly source?: string | undefined }): string {
  if (node.value === null) return '';
  return node.source ?? (typeof node.value === 'string' ? node.value : JSON.stringify(node.value));
}

function pairLines(map: YAMLMap, reading: YamlReading): readonly (string | null)[] {
  return (map.items as readonly Pair<Node, Node | null>[]).map(({ key, value }) => {
    const to = resolve(value, reading);
    return isScalar(key) && isScalar(to) ? `${scalarText(key)}: ${scalarText(to)}` : null;
  });
}

function linesOf(lines: readonly (string | null)[]): string | null {
  return lines.some((line) => line === null || /[\r\n]/.test(line)) ? null : lines.join('\n');
}

function kindInWords(node: Node | null): string {
  if (isMap(node)) return 'a map';
  return isSeq(node) ? 'such a list' : 'this';
}

function helpFor(name: InputName): string {
  switch (INPUT_TABLE[name].kind) {
    case 'lines':
      return 'Write one value, or a list of them.';
    case 'targets':
      return 'Write a map of names, as for the input, without the keys.';
    case 'pairs':
      return 'Write `key: value` pairs, each with one value.';
    default:
      return 'Write one value.';
  }
}

/** What is wrong with the value, as it would be with the input. */
function faultOf(name: InputName, text: string): { readonly message: string; readonly help: string } | null {
  try {
    readInputs({ [inputVariable(name)]: text });
    return null;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function placing({ position }: YamlReading): (node: Node | null | undefined) => Position {
  return (node) => position(node?.range?.[0] ?? 0);
}

function finding({ line, column }: Position, message: string, help: string): Finding {
  return { path: SETTINGS_FILE, line, column, severity: 'error', code: 'settings', message, help };
}

function atStart(message: string, help: string): Finding {
  return finding({ line: 1, column: 1 }, message, help);
}
