import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/** What the runner takes from an `action.yml`. */
export interface ActionFile {
  /** Default of each input that the file declares, expressions and all; null: none. */
  readonly inputs: ReadonlyMap<string, string | null>;
  /** The script that `runs.main` names. */
  readonly main: string;
}

/** Throws when the file is missing or is not that of a JavaScript action. */
export async function readActionFile(path: string): Promise<ActionFile> {
  const file = parse(await readFile(path, 'utf8')) as RawAction | null;
  const main = file?.runs?.main;
  if (typeof main !== 'string') throw new Error(`${path} has no runs.main: not a JavaScript action.`);
  const inputs = Object.entries(file?.inputs ?? {}).map(
    ([name, input]) => [name, input?.default === undefined ? null : String(input.default)] as const,
  );
  return { inputs: new Map(inputs), main: resolve(dirname(path), main) };
}

interface RawAction {
  readonly inputs?: Readonly<Record<string, { readonly default?: string | number | boolean } | null>>;
  readonly runs?: { readonly main?: unknown };
}

export interface InputVariables {
  readonly variables: Readonly<Record<string, string>>;
  /** The runner's warning about inputs that the action does not declare; null when there are none. */
  readonly warning: string | null;
}

/**
 * The `INPUT_*` variables: letters in upper case, blanks as underscores, hyphens as they are (actions/runner,
 * Handler.cs). Given inputs win over defaults; in defaults `${{ github.NAME }}` is filled in from `context`, any other
 * expression throws. `required` is not enforced, as the runner does not.
 */
export function inputVariables(
  action: ActionFile,
  given: Readonly<Record<string, string>>,
  context: Readonly<Record<string, string>>,
): InputVariables {
  const variables: Record<string, string> = {};
  for (const [name, value] of action.inputs) variables[variableOf(name)] = evaluated(value ?? '', context);
  for (const [name, value] of Object.entries(given)) variables[variableOf(name)] = value;
  const valid = [...action.inputs.keys()];
  const known = new Set(valid.map((name) => name.toLowerCase()));
  const unexpected = Object.keys(given).filter((name) => !known.has(name.toLowerCase()));
  const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
  return {
    variables,
    warning:
      unexpected.length === 0 ? null : `Unexpected input(s) ${quoted(unexpected)}, valid inputs are [${quoted(valid)}]`,
  };
}

function variableOf(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;
}

function evaluated(text: string, context: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{(.*?)\}\}/gsu, (expression, inner: string) => {
    const name = /^\s*github\.(\w+)\s*$/u.exec(inner)?.[1];
    const value = name === undefined ? undefined : context[name];
    if (value === undefined) throw new Error(`This harness cannot evaluate ${expression}.`);
    return value;
  });
}
