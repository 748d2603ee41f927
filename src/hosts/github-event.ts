import { readFile } from 'node:fs/promises';
import { messageOf } from '../errors.js';
import { EventError } from '../event.js';
import type { OnBranch, RunEvent, Start } from '../event.js';
import { asCommitSha } from '../git/types.js';
import type { CommitSha } from '../git/types.js';
import type { Settings } from '../inputs.js';
import { shorten } from '../text.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Makes out what started the run from the runner's variables and the event's payload (design.md "Contract", row `mode`).
 *
 * @throws EventError outside GitHub Actions, for variables of a wrong shape, and for `mode: deploy` where nothing may be
 * deployed from.
 */
export function readEvent(given: {
  readonly env: Env;
  readonly payload: unknown;
  readonly settings: Pick<Settings, 'mode' | 'scope'>;
}): RunEvent {
  const { env, payload, settings } = given;
  const name = variable(env, 'GITHUB_EVENT_NAME', /^[a-z_]+$/);
  const repository = variable(env, 'GITHUB_REPOSITORY', /^[\w.-]+\/[\w.-]+$/);
  const ref = variable(env, 'GITHUB_REF', /^refs\/./);
  const branch = /^refs\/heads\/(.+)$/su.exec(ref)?.[1] ?? null;
  const seen: Seen = { name, ref, branch, defaultBranch: defaultBranchOf(name, branch, payload) };
  const nothingToDo = name === 'push' ? deletionOf(payload) : null;

  return {
    name,
    repository,
    branch,
    defaultBranch: seen.defaultBranch,
    into: intoOf(seen, payload),
    pullRequest: pullRequestOf(name, payload),
    runUrl: runUrlOf(env, repository),
    head: headOf(env, name, payload),
    start: startOf(name, payload, settings),
    nothingToDo,
    ...(nothingToDo === null ? modeOf(settings.mode, seen) : { mode: 'validate', modeReason: nothingToDo }),
  };
}

/**
 * The payload of the event (`GITHUB_EVENT_PATH`), as it is.
 *
 * @throws EventError when the variable is missing, or the file is missing or not JSON.
 */
export async function readPayload(env: Env): Promise<unknown> {
  const path = variable(env, 'GITHUB_EVENT_PATH', /./s);
  try {
    const text = await readFile(path, 'utf8');
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new EventError(
      'payload-unreadable',
      `The event's payload at ${path} could not be read: ${messageOf(error)}`,
      'Run the job again; outside GitHub Actions, let GITHUB_EVENT_PATH name a JSON file (an empty object will do).',
      { cause: error },
    );
  }
}

interface Seen {
  readonly name: string;
  readonly ref: string;
  readonly branch: string | null;
  readonly defaultBranch: string | null;
}

function variable(env: Env, name: string, shape: RegExp): string {
  const value = env[name] ?? '';
  if (value === '') {
    throw new EventError(
      'not-in-github-actions',
      `The variable ${name} is not set, so this does not seem to be a step of a GitHub Actions workflow.`,
      'Use the action in a workflow; to try it elsewhere, set the GITHUB_* variables as the runner does.',
    );
  }
  if (!shape.test(value)) {
    throw new EventError(
      'bad-environment',
      `The variable ${name} is "${shorten(value, 80)}", which is not what a runner sets.`,
      'Do not overwrite GITHUB_* variables in the workflow (look for `env:` and $GITHUB_ENV).',
    );
  }
  return value;
}

/** These events run on the default branch alone; a schedule's payload may not even name the repository. */
const ON_DEFAULT_BRANCH = new Set(['schedule', 'repository_dispatch']);

function defaultBranchOf(name: string, branch: string | null, payload: unknown): string | null {
  const named = textAt(payload, 'repository', 'default_branch');
  return named ?? (ON_DEFAULT_BRANCH.has(name) ? branch : null);
}

function intoOf({ name, branch, defaultBranch }: Seen, payload: unknown): string | null {
  switch (name) {
    case 'pull_request':
    case 'pull_request_target':
      return textAt(payload, 'pull_request', 'base', 'ref') ?? null;
    case 'merge_group':
      return textAt(payload, 'merge_group', 'base_ref')?.replace(/^refs\/heads\//, '') ?? null;
    default:
      return defaultBranch ?? branch;
  }
}

function pullRequestOf(name: string, payload: unknown): number | null {
  if (name !== 'pull_request') return null;
  const number = at(at(payload, 'pull_request'), 'number');
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : null;
}

/** With the attempt: the page of a run shows its newest one otherwise. */
function runUrlOf(env: Env, repository: string): string | null {
  const { GITHUB_SERVER_URL: server = '', GITHUB_RUN_ID: id = '', GITHUB_RUN_ATTEMPT: attempt = '' } = env;
  if (!/^https?:\/\/[\w.:-]+$/u.test(server) || !/^\d+$/u.test(id)) return null;
  return `${server}/${repository}/actions/runs/${id}${/^\d+$/u.test(attempt) ? `/attempts/${attempt}` : ''}`;
}

/** GITHUB_REF and GITHUB_SHA name the default branch after a deletion; only the payload tells. */
function deletionOf(payload: unknown): string | null {
  if (at(payload, 'deleted') !== true) return null;
  return `the push deleted ${shortRef(textAt(payload, 'ref') ?? 'a ref')}`;
}

function headOf(env: Env, name: string, payload: unknown): CommitSha {
  const after = name === 'push' ? asCommitSha(textAt(payload, 'after')) : undefined;
  const head = after ?? asCommitSha(variable(env, 'GITHUB_SHA', /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i));
  if (head !== undefined) return head;
  throw new EventError(
    'bad-environment',
    'The variable GITHUB_SHA is all zeros, which is no commit.',
    'Run the workflow on a branch that has a commit.',
  );
}

function startOf(name: string, payload: unknown, settings: Pick<Settings, 'scope'>): Start {
  if (settings.scope === 'all') return { kind: 'all', reason: 'scope is all' };
  switch (name) {
    case 'push':
      return startOfPush(payload);
    case 'pull_request':
      return startAt(textAt(payload, 'pull_request', 'base', 'sha'), "it is the pull request's base");
    case 'merge_group':
      return startAt(textAt(payload, 'merge_group', 'base_sha'), "it is the merge group's base");
    case 'pull_request_target':
      // GITHUB_SHA is the base branch here, whatever the workflow checks out.
      return {
        kind: 'all',
        reason: 'pull_request_target runs on the base branch, not on what the pull request changes',
      };
    default:
      return { kind: 'all', reason: `${name} names no commit to compare with` };
  }
}

function startOfPush(payload: unknown): Start {
  const before = textAt(payload, 'before');
  if (before !== undefined && /^0+$/.test(before)) {
    return {
      kind: 'all',
      reason: `this is the first push of ${shortRef(textAt(payload, 'ref') ?? 'this branch')}`,
      fallback: true,
    };
  }
  if (at(payload, 'forced') !== true) return startAt(before, 'it was the tip before this push');
  const start = startAt(before, 'it was the tip that this force push replaced');
  return start.kind === 'commit' ? { ...start, forced: true } : start;
}

function startAt(text: string | undefined, reason: string): Start {
  const commit = asCommitSha(text);
  if (commit === undefined) return { kind: 'all', reason: 'the event names no commit to compare with', fallback: true };
  return { kind: 'commit', commit, forced: false, reason };
}

interface Mode {
  readonly mode: RunEvent['mode'];
  readonly modeReason: string;
}

function modeOf(asked: Settings['mode'], seen: Seen): Mode {
  switch (asked) {
    case 'validate':
    case 'plan':
    case 'alert-types':
      return { mode: asked, modeReason: 'the input mode says so' };
    case 'deploy':
    case 'drift':
    case 'import':
      refuseOffBranch(asked, seen);
      return { mode: asked, modeReason: 'the input mode says so' };
    case 'auto':
      return automaticMode(seen);
  }
}

/** What is not merged, or stands on no branch, must not reach the platform: its UUIDs could not be written back. */
function refuseOffBranch(mode: OnBranch, { name, ref, branch }: Seen): void {
  const isPullRequest = name.startsWith('pull_request') || ref.startsWith('refs/pull/');
  if (branch !== null && !isPullRequest && name !== 'merge_group') return;
  const where = isPullRequest
    ? 'a pull request'
    : name === 'merge_group'
      ? 'a merge group'
      : ref.startsWith('refs/tags/')
        ? `the ${shortRef(ref)}`
        : ref;
  throw new EventError(
    `${mode}-not-allowed`,
    `mode: ${mode} does not go with ${where} (event ${name}): ${WHY_BRANCH[mode]}.`,
    mode === 'deploy'
      ? 'Use mode: auto, which plans here and deploys on pushes to the default branch.'
      : 'Run it on a schedule or by hand (workflow_dispatch) on the branch that deploys.',
  );
}

const WHY_BRANCH: Readonly<Record<OnBranch, string>> = {
  deploy: 'deployments come from branches',
  drift: 'what is deployed comes from branches',
  import: 'files are imported into branches',
};

const DEPLOYING_EVENTS = new Set(['push', 'workflow_dispatch', 'repository_dispatch', 'schedule']);

function automaticMode({ name, ref, branch, defaultBranch }: Seen): Mode {
  if (name === 'pull_request_target') {
    // It runs with the secrets on the base branch, where there is nothing to plan.
    return { mode: 'validate', modeReason: 'pull_request_target runs on the base branch' };
  }
  const plan = (modeReason: string): Mode => ({ mode: 'plan', modeReason });
  if (!DEPLOYING_EVENTS.has(name)) return plan(`${name} events do not deploy`);
  if (branch === null) return plan(`${name} on ${shortRef(ref)}, which is no branch`);
  if (defaultBranch === null) {
    return plan(`the event does not tell which branch is the default, so ${branch} may not be`);
  }
  if (branch !== defaultBranch) return plan(`${name} on branch ${branch}, and only ${defaultBranch} deploys`);
  return { mode: 'deploy', modeReason: `${name} on the default branch ${branch}` };
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/heads\//, 'branch ').replace(/^refs\/tags\//, 'tag ');
}

function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/** Text that is there and not empty. */
function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = keys.reduce<unknown>(at, value);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
