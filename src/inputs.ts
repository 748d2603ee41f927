import { closest, distance } from 'fastest-levenshtein';
import { ActionError } from './errors.js';
import { LINT_CODES, isLintCode } from './sigma/lint/codes.js';
import { CHECK_SETTINGS } from './sigma/lint/severities.js';
import type { CheckRule } from './sigma/lint/severities.js';
import { shorten } from './text.js';

export type InputErrorCode =
  'missing-key' | 'unknown-value' | 'bad-url' | 'bad-secret' | 'bad-number' | 'bad-text' | 'bad-author';

/** An input of the step that cannot be used as it stands. */
export class InputError extends ActionError<InputErrorCode> {}

const MODES = ['auto', 'deploy', 'plan', 'drift', 'import', 'validate', 'alert-types'] as const;
const SCOPES = ['changed', 'all'] as const;
const WRITE_BACKS = ['commit', 'push', 'pull-request', 'none'] as const;
const ADOPTIONS = ['safe', 'never'] as const;
const ON_MISSING = ['fail', 'recreate'] as const;
const DRIFTS = ['report', 'fail', 'pull-request', 'restore'] as const;
const IMPORT_TO = ['pull-request', 'workspace'] as const;
const ON_REMOVED = ['keep', 'disable', 'delete'] as const;

/** Bases of the regions, design.md "Contract" (sekoia-api.md §1.1); `/v1/...` follows. */
const REGIONS = {
  fra1: 'https://api.sekoia.io',
  fra2: 'https://app.fra2.sekoia.io/api',
  mco1: 'https://app.mco1.sekoia.io/api',
  uae1: 'https://app.uae1.sekoia.io/api',
  usa1: 'https://app.usa1.sekoia.io/api',
  sgp1: 'https://api.sgp1.sekoia.io',
} as const;

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
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the inputs as the runner hands them over (`INPUT_API-KEY`). An input left empty counts as not given, since that
 * is how an unset variable of the workflow arrives.
 *
 * @throws InputError naming the input, what is wrong with it, and the allowed values.
 */
export function readInputs(env: Env): Settings {
  return {
    apiKey: secret(env, 'api-key') || null,
    apiUrl: apiUrl(env),
    detections: detections(env),
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
    requireTests: requireTests(env),
  };
}

/** The runner upper-cases the name and replaces blanks only, so dashes stay (actions/runner, Handler.cs). */
function input(env: Env, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}

/** A header carries visible ASCII only; the text is never shown. */
function secret(env: Env, name: string): string {
  const value = input(env, name);
  if (/[^\x21-\x7e]/.test(value)) {
    throw new InputError(
      'bad-secret',
      `The input ${name} holds white space, control characters or letters beyond ASCII inside.`,
      'Paste the key into the secret again, as one line without quotes or blanks.',
    );
  }
  return value;
}

function oneOf<Value extends string>(env: Env, name: string, allowed: readonly Value[], fallback: Value): Value {
  const value = input(env, name);
  if (value === '') return fallback;
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;

  const nearest = closest(value.toLowerCase(), allowed);
  const isNear = distance(value.toLowerCase(), nearest) <= Math.max(2, nearest.length / 2);
  throw new InputError(
    'unknown-value',
    `The input ${name} is "${shorten(value, 80)}", which is not a value it can have.`,
    `Use one of ${allowed.join(', ')}.${isNear ? ` Did you mean ${nearest}?` : ''}`,
  );
}

/** YAML 1.2 core: `true`, `True`, `TRUE` and their opposites. */
function yesOrNo(env: Env, name: string, fallback: boolean): boolean {
  const value = input(env, name);
  if (value === '') return fallback;
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  if (/^(?:false|False|FALSE)$/.test(value)) return false;
  throw new InputError(
    'unknown-value',
    `The input ${name} is "${shorten(value, 80)}", which is not a value it can have.`,
    'Use true or false.',
  );
}

function apiUrl(env: Env): string {
  // The region is checked even where api-url replaces it: a typo must not wait for the day that api-url goes.
  const region = oneOf(env, 'region', Object.keys(REGIONS) as (keyof typeof REGIONS)[], 'fra1');
  const text = input(env, 'api-url');
  if (text === '') return REGIONS[region];

  const url = URL.canParse(text) ? new URL(text) : null;
  // Not shown until it is known to hold no password.
  if (url === null) throw badUrl('is not a URL');
  if (url.username !== '' || url.password !== '') throw badUrl('holds a user name or a password');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw badUrl(`starts with ${url.protocol}// (the API key would travel in the clear)`);
  }
  if (/[?#]/.test(text)) throw badUrl('holds a query or a fragment');
  const path = url.pathname.replace(/\/+$/, '');
  if (/\/v1(?:\/|$)/.test(path)) throw badUrl('goes beyond the base: /v1 is added by the action');
  return `${url.origin}${platformPath(url.hostname, path)}`;
}

/**
 * The platform's own hosts with or without the trailing `/api`: `app.` hosts serve the API below `/api`, `api.` hosts at
 * the root (sekoia-api.md §1.1). Other hosts (a gateway, a stand-in) are taken as given.
 */
function platformPath(host: string, path: string): string {
  if (/^app\.(?:[a-z0-9-]+\.)?sekoia\.io$/.test(host) && path === '') return '/api';
  if (/^api\.(?:[a-z0-9-]+\.)?sekoia\.io$/.test(host) && path === '/api') return '';
  return path;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

function badUrl(what: string): InputError {
  return new InputError(
    'bad-url',
    `The input api-url ${what}.`,
    'Give the base of the API alone, such as https://app.fra2.sekoia.io/api, or use the input region instead.',
  );
}

function linesOf(env: Env, name: string): readonly string[] {
  return input(env, name)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function detections(env: Env): readonly string[] {
  const lines = linesOf(env, 'detections');
  if (lines.length === 0) return ['detections'];
  if (lines.every((line) => line.startsWith('!'))) {
    throw new InputError(
      'bad-text',
      'The input detections only excludes (every line starts with "!"), so no detection could ever be found.',
      'Add the folder or glob that holds the detections, such as "detections", as the first line.',
    );
  }
  return lines;
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

/** By YAML 1.2 core, as the runner's own inputs are. */
function requireTests(env: Env): boolean {
  const value = input(env, 'require-tests');
  if (value === '' || /^(?:false|False|FALSE)$/.test(value)) return false;
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  throw new InputError(
    'unknown-value',
    `The input require-tests is "${shorten(value, 80)}", which is not a value it can have.`,
    'Use true or false.',
  );
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
