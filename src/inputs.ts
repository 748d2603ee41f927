import { closest } from 'fastest-levenshtein';
import { apiUrlIn, REGIONS } from './inputs/api-url.js';
import { InputError } from './inputs/errors.js';
import { shareOf, targetsIn } from './inputs/targets.js';
import type { TargetSettings } from './inputs/targets.js';
import { linesIn, oneOf as oneOfText, rootsIn, secretIn, yesOrNo as yesOrNoIn } from './inputs/values.js';
import { LINT_CODES, isLintCode } from './sigma/lint/codes.js';
import { CHECK_SETTINGS } from './sigma/lint/severities.js';
import type { CheckRule } from './sigma/lint/severities.js';
import { shorten } from './text.js';

export { InputError };
export type { TargetSettings };

const MODES = ['auto', 'deploy', 'plan', 'drift', 'import', 'validate', 'alert-types'] as const;
const SCOPES = ['changed', 'all'] as const;
const WRITE_BACKS = ['commit', 'push', 'pull-request', 'none'] as const;
const ADOPTIONS = ['safe', 'never'] as const;
const ON_MISSING = ['fail', 'recreate'] as const;
const DRIFTS = ['report', 'fail', 'pull-request', 'restore'] as const;
const IMPORT_TO = ['pull-request', 'workspace'] as const;
const ON_REMOVED = ['keep', 'disable', 'delete'] as const;

export interface Author {
  readonly name: string;
  readonly mail: string;
}

/** The inputs of the step as one value. */
export interface Settings {
  /** Null when none was given: `validate` needs none, and a plan without one becomes checks of the files. */
  readonly apiKey: string | null;
  /** Without a trailing slash, e.g. `https://app.fra2.sekoia.io/api`; `/v1/...` is appended. */
  readonly apiUrl: string;
  /** The lines of `detections`: folders or globs, `!` excludes. Never empty. */
  readonly detections: readonly string[];
  readonly mode: (typeof MODES)[number];
  readonly scope: (typeof SCOPES)[number];
  readonly writeBack: (typeof WRITE_BACKS)[number];
  /** Empty when none was given. */
  readonly githubToken: string;
  readonly commitMessage: string;
  readonly commitAuthor: Author | null;
  /** 0 lifts the pace. */
  readonly requestsPerSecond: number;
  readonly adopt: (typeof ADOPTIONS)[number];
  readonly onMissing: (typeof ON_MISSING)[number];
  readonly onRemoved: (typeof ON_REMOVED)[number];
  readonly maxRemovals: number;
  /** What `mode: drift` does about rules that were changed on the platform. */
  readonly drift: (typeof DRIFTS)[number];
  /** Where `mode: import` brings the files. */
  readonly importTo: (typeof IMPORT_TO)[number];
  /** Whether a plan goes into a comment on its pull request. */
  readonly comment: boolean;
  /** What the lines of `checks` want of the checks of patterns; later ones win. */
  readonly checks: readonly CheckRule[];
  /** Whether a detection without a tests file has an error. */
  readonly requireTests: boolean;
  /** Every customer of the input `targets`; null in a plain run, which has one target and `apiKey`. */
  readonly targets: readonly TargetSettings[] | null;
  /** Those of `targets` that this run is about. */
  readonly share: readonly TargetSettings[] | null;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the inputs as the runner hands them over (`INPUT_API-KEY`). An input left empty counts as not given, since that
 * is how an unset variable of the workflow arrives.
 *
 * @throws InputError naming the input, what is wrong with it, and the allowed values.
 */
export function readInputs(env: Env): Settings {
  const apiKey = secret(env, 'api-key') || null;
  // The region is checked even where api-url replaces it: a typo must not wait for the day that api-url goes.
  const region = oneOf(env, 'region', REGIONS, 'fra1');
  const apiUrl = apiUrlIn('The input api-url', input(env, 'api-url'), region);
  const detections = rootsIn('The input detections', linesOf(env, 'detections'), ['detections']);
  const targets = targetsIn(input(env, 'targets'), { region, apiUrl: input(env, 'api-url'), detections });
  if (targets !== null && apiKey !== null) throw bothKeys();
  return {
    apiKey,
    apiUrl,
    detections,
    mode: oneOf(env, 'mode', MODES, 'auto'),
    scope: oneOf(env, 'scope', SCOPES, 'changed'),
    writeBack: oneOf(env, 'write-back', WRITE_BACKS, 'commit'),
    githubToken: secret(env, 'github-token'),
    commitMessage: commitMessage(env),
    commitAuthor: commitAuthor(env),
    requestsPerSecond: requestsPerSecond(env),
    adopt: oneOf(env, 'adopt', ADOPTIONS, 'safe'),
    onMissing: oneOf(env, 'on-missing', ON_MISSING, 'fail'),
    onRemoved: oneOf(env, 'on-removed', ON_REMOVED, 'disable'),
    maxRemovals: maxRemovals(env),
    drift: oneOf(env, 'drift', DRIFTS, 'report'),
    importTo: oneOf(env, 'import-to', IMPORT_TO, 'pull-request'),
    comment: yesOrNo(env, 'comment', true),
    checks: checks(env),
    requireTests: yesOrNo(env, 'require-tests', false),
    targets,
    share: shareOf(targets, input(env, 'only-targets')),
  };
}

/** The runner upper-cases the name and replaces blanks only, so dashes stay (actions/runner, Handler.cs). */
function input(env: Env, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}

function linesOf(env: Env, name: string): readonly string[] {
  return linesIn(input(env, name));
}

function secret(env: Env, name: string): string {
  return secretIn(`The input ${name}`, input(env, name));
}

function oneOf<Value extends string>(env: Env, name: string, allowed: readonly Value[], fallback: Value): Value {
  return oneOfText(`The input ${name}`, input(env, name), allowed, fallback);
}

function yesOrNo(env: Env, name: string, fallback: boolean): boolean {
  return yesOrNoIn(`The input ${name}`, input(env, name), fallback);
}

function bothKeys(): InputError {
  return new InputError(
    'bad-targets',
    'The inputs api-key and targets are both set, so which community the files belong to is open.',
    'With `targets` each target has its own `api-key`: take the input `api-key` out.',
  );
}

function commitMessage(env: Env): string {
  const message = input(env, 'commit-message').replace(/\r\n?/g, '\n');
  if (message === '') return 'Add UUIDs of newly deployed detection rules';
  if (/[^\P{Cc}\n]/u.test(message)) {
    throw new InputError(
      'bad-text',
      'The input commit-message holds control characters.',
      'Use plain text; line breaks are the only control characters it may have.',
    );
  }
  return message;
}

function commitAuthor(env: Env): Author | null {
  const text = input(env, 'commit-author');
  if (text === '') return null;
  const { name, mail } =
    /^(?<name>[^<>\p{Cc}]+?)\s*<(?<mail>[^<>\s\p{Cc}]+@[^<>\s\p{Cc}]+)>$/u.exec(text)?.groups ?? {};
  // git refuses a name of punctuation alone.
  if (name === undefined || mail === undefined || !/[\p{L}\p{N}]/u.test(name)) {
    throw new InputError(
      'bad-author',
      `The input commit-author is "${shorten(text, 80)}", which is not a name and a mail address.`,
      'Write it as: Detection Bot <detections@example.com>',
    );
  }
  return { name, mail };
}

function maxRemovals(env: Env): number {
  const text = input(env, 'max-removals');
  if (text === '') return 10;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InputError(
    'bad-number',
    `The input max-removals is "${shorten(text, 80)}", which is not a whole number of 0 or more.`,
    'Use a number such as 10; with 0 no rule is ever disabled or deleted.',
  );
}

/** `code: error|warning|off`, one a line; `*` stands for all codes. */
function checks(env: Env): readonly CheckRule[] {
  return linesOf(env, 'checks').map((line) => {
    const { code, wanted } = /^(?<code>[^\s:]+)\s*:\s*(?<wanted>\S+)$/.exec(line)?.groups ?? {};
    if (code === undefined || wanted === undefined) {
      throw new InputError(
        'bad-text',
        `The input checks has the line "${shorten(line, 80)}", which is not a code and what is wanted of it.`,
        'Write a line for each check, such as "field-unknown: off".',
      );
    }
    const severity = CHECK_SETTINGS.find((setting) => setting === wanted);
    if (severity === undefined) {
      throw new InputError(
        'unknown-value',
        `The input checks wants "${shorten(wanted, 80)}" of ${shorten(code, 80)}, which is not a value it can have.`,
        `Use one of ${CHECK_SETTINGS.join(', ')}.`,
      );
    }
    if (code !== '*' && !isLintCode(code)) throw unknownCheck(code);
    return { code, severity };
  });
}

function unknownCheck(code: string): InputError {
  return new InputError(
    'unknown-value',
    `The input checks names "${shorten(code, 80)}", which is none of the checks of patterns; only those can be set.`,
    `Did you mean ${closest(code.toLowerCase().slice(0, 80), LINT_CODES)}? docs/checks.md lists them below "Patterns".`,
  );
}

function requestsPerSecond(env: Env): number {
  const text = input(env, 'requests-per-second');
  if (text === '') return 5;
  const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) {
    throw new InputError(
      'bad-number',
      `The input requests-per-second is "${shorten(text, 80)}", which is not a number of 0 or more.`,
      'Use a number such as 5 or 0.5; 0 lifts the limit.',
    );
  }
  return number;
}
