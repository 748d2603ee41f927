import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunnerEvent, RunnerSite } from './runner/environment.js';
import { runProcess } from './runner/process.js';
import type { ActionRun, RunOptions } from './runner.js';

/** The ways in: the action on GitHub's runner, or the command in a job of GitLab. */
export type Door = 'action' | 'cli';

/** That of runs that name none. */
export const DOOR: Door = process.env['DOOR'] === 'cli' ? 'cli' : 'action';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');

export interface CommandOptions extends Omit<RunOptions, 'actionFile' | 'script' | 'secrets'> {
  /** The commit that a merge request goes upon, where the event is one. */
  readonly target?: string;
}

/**
 * Runs the command for an event as a job of GitLab would, and tells of it as of a run of the action: outputs are drawn
 * from its report, the log is all that it prints. Git has its credentials from the job, whatever the checkout left.
 */
export async function runCommand(options: CommandOptions): Promise<ActionRun> {
  const { inputs = {}, event, workspace } = options;
  const home = await realpath(await mkdtemp(path.join(tmpdir(), 'command-')));
  const raw = { stdout: '', stderr: '', log: '' };
  try {
    await mkdir(path.join(home, 'tmp'));
    const { mode = 'auto', 'api-key': key = '', ...others } = inputs;
    const preload = options.preload === undefined ? [] : ['--import', pathToFileURL(options.preload).href];
    const end = await runProcess({
      node: options.node ?? process.execPath,
      arguments: [...preload, CLI, mode === 'auto' ? 'run' : mode, '--report', 'report.json', ...optionsOf(others)],
      folder: workspace,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        TMPDIR: path.join(home, 'tmp'),
        LANG: 'C.UTF-8',
        GIT_CONFIG_NOSYSTEM: '1',
        SEKOIA_API_KEY: key,
        ...credentials(options.site),
        ...gitlabVariables(event, options),
        ...options.env,
      },
      cancelAfter: options.cancelAfter,
      killWhen: options.killWhen,
      timeoutMs: options.timeoutMs ?? 120_000,
      onOutput: (stream, text) => {
        raw[stream] += text;
        raw.log += text;
        if (stream === 'stdout') options.onStdout?.(text);
      },
    });
    const text = await readFile(path.join(workspace, 'report.json'), 'utf8').catch(() => null);
    return {
      ...end,
      ...raw,
      annotations: [],
      commands: [],
      masks: [],
      groups: [],
      outputs: text === null ? {} : outputsOf(JSON.parse(text) as ReportJson),
      files: text === null ? {} : { report: text },
      summary: '',
      summaryDropped: false,
    };
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Those of GitHub alone have no option. */
const NO_OPTION = new Set(['comment', 'github-token']);

function optionsOf(inputs: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(inputs).flatMap(([name, value]) => {
    if (NO_OPTION.has(name)) return [];
    if (name === 'require-tests') return value === 'true' ? [`--${name}`] : [];
    return value.split('\n').map((line) => `--${name}=${line}`);
  });
}

/** Of several headers the server takes none: an empty value clears the list first. */
function credentials({ serverUrl, token }: RunnerSite): Readonly<Record<string, string>> {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const key = `http.${serverUrl}/.extraheader`;
  return {
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: key,
    GIT_CONFIG_VALUE_0: '',
    GIT_CONFIG_KEY_1: key,
    GIT_CONFIG_VALUE_1: `AUTHORIZATION: basic ${basic}`,
  };
}

interface Payload {
  readonly before?: string;
  readonly number?: number;
  readonly pull_request?: { readonly base: { readonly ref: string; readonly sha: string } };
}

function gitlabVariables(
  { name, payload, ref, sha }: RunnerEvent,
  { site: { repository }, target }: Pick<CommandOptions, 'site' | 'target'>,
): Readonly<Record<string, string>> {
  const { before = '0'.repeat(40), number, pull_request: pull } = payload as Payload;
  const common = {
    CI: 'true',
    GITLAB_CI: 'true',
    CI_PROJECT_PATH: repository,
    CI_DEFAULT_BRANCH: 'main',
    CI_COMMIT_SHA: sha,
    CI_COMMIT_BEFORE_SHA: before,
  };
  if (pull !== undefined) {
    return {
      ...common,
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_IID: String(number ?? 1),
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: pull.base.ref,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: pull.base.sha,
      ...(target === undefined ? {} : { CI_MERGE_REQUEST_TARGET_BRANCH_SHA: target }),
    };
  }
  const source = { push: 'push', schedule: 'schedule' }[name] ?? 'web';
  const branch = /^refs\/heads\/(.+)$/u.exec(ref)?.[1];
  const place = branch === undefined ? { CI_COMMIT_TAG: ref } : { CI_COMMIT_BRANCH: branch };
  return { ...common, ...place, CI_PIPELINE_SOURCE: source };
}

interface ReportJson {
  readonly counts: Readonly<Record<string, number>>;
  readonly detections: readonly Readonly<Record<string, unknown>>[];
  readonly strangers: readonly unknown[];
  readonly commit: string | null;
  readonly uuidPullRequest: { readonly url: string } | null;
}

/** As the action's outputs are (outputs.ts): a view of the same report. */
function outputsOf({ counts, detections, strangers, commit, uuidPullRequest }: ReportJson): Record<string, string> {
  const rules = detections.map(({ path: file, name, uuid, operation, outcome, reason, tests }) => ({
    path: file,
    name,
    uuid,
    operation,
    outcome,
    reason,
    ...(tests === null ? {} : { tests }),
  }));
  return {
    ...Object.fromEntries(Object.entries(counts).map(([name, number]) => [name, String(number)])),
    rules: JSON.stringify(rules),
    strangers: JSON.stringify(strangers),
    commit: commit ?? '',
    'pull-request': uuidPullRequest?.url ?? '',
  };
}
