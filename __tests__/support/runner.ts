import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inputVariables, readActionFile } from './runner/action-file.js';
import { createCommandFiles } from './runner/command-files.js';
import { githubContext, stepVariables } from './runner/environment.js';
import type { Folders, RunnerEvent, RunnerSite } from './runner/environment.js';
import { logReader } from './runner/log-reader.js';
import type { LogReading } from './runner/log-reader.js';
import { runProcess } from './runner/process.js';
import type { ProcessEnd } from './runner/process.js';

export interface RunOptions {
  /** The checked-out repository: working folder of the step. */
  readonly workspace: string;
  readonly event: RunnerEvent;
  readonly site: RunnerSite;
  /** The `with:` of the workflow. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Further variables of the step (`env:`); they win over all others. */
  readonly env?: Readonly<Record<string, string>>;
  /** Values that the workflow has from `secrets`: masked from the start, as the token is. */
  readonly secrets?: readonly string[];
  /** `action.yml` of the action; this repository's when left out. */
  readonly actionFile?: string;
  /** The script to run; what `runs.main` names when left out. */
  readonly script?: string;
  /** The Node that runs it; this process's own when left out. */
  readonly node?: string;
  /** A module loaded before the script (`--import`). */
  readonly preload?: string;
  /** Cancels the run after so many milliseconds, or when the promise settles: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL. */
  readonly cancelAfter?: number | Promise<unknown>;
  /** Kills the process at once when the promise is fulfilled: SIGKILL, no warning. */
  readonly killWhen?: Promise<unknown>;
  /** Kills a run that takes longer; 120,000 when left out. */
  readonly timeoutMs?: number;
  /** Sees standard output as it comes, raw. */
  readonly onStdout?: (text: string) => void;
}

/** A finished run: how the process ended, and what the runner made of it. */
export interface ActionRun extends LogReading, ProcessEnd {
  /** Raw. */
  readonly stdout: string;
  /** Raw. */
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Contents of the files below RUNNER_TEMP that outputs name, by output: the folder is gone with the run. */
  readonly files: Readonly<Record<string, string>>;
  /** Empty when it was dropped. */
  readonly summary: string;
  /** The summary was larger than the 1 MiB that the runner takes. */
  readonly summaryDropped: boolean;
}

const ACTION_FILE = fileURLToPath(new URL('../../action.yml', import.meta.url));

/**
 * Runs an action's bundle in a process of its own as the GitHub runner does (action-engineering.md §4): its variables,
 * command files, workflow commands, masking, limits and way of cancelling. Nothing of this process's environment but
 * PATH reaches it. Throws when the action file cannot be read, the process cannot be started, or a command file is one
 * that the runner would reject.
 */
export async function runAction(options: RunOptions): Promise<ActionRun> {
  const { event, site, node = process.execPath } = options;
  const action = await readActionFile(options.actionFile ?? ACTION_FILE);
  const inputs = inputVariables(action, options.inputs ?? {}, githubContext(event, site));
  const root = await realpath(await mkdtemp(join(tmpdir(), 'runner-')));
  try {
    const folders = await createFolders(root, options.workspace, event.payload);
    const files = await createCommandFiles(join(folders.temp, '_runner_file_commands'));
    const env = {
      ...stepVariables(event, site, folders),
      ...inputs.variables,
      ...files.variables,
      ...options.env,
    };
    const reader = logReader([site.token, ...(options.secrets ?? [])], env['RUNNER_DEBUG'] === '1' ? 'debug' : 'quiet');
    if (inputs.warning !== null) reader.annotate('warning', inputs.warning);
    const raw = { stdout: '', stderr: '' };
    const preload = options.preload === undefined ? [] : ['--import', pathToFileURL(options.preload).href];
    const end = await runProcess({
      node,
      arguments: [...preload, options.script ?? action.main],
      folder: options.workspace,
      env,
      cancelAfter: options.cancelAfter,
      killWhen: options.killWhen,
      timeoutMs: options.timeoutMs ?? 120_000,
      onOutput: (stream, text) => {
        raw[stream] += text;
        reader.write(stream, text);
        if (stream === 'stdout') options.onStdout?.(text);
      },
    });
    const summary = await files.readSummary();
    const outputs = await files.readOutputs();
    return {
      ...end,
      ...raw,
      ...reader.end(),
      outputs,
      files: await readNamed(outputs, folders.temp),
      summary: summary.text,
      summaryDropped: summary.dropped,
    };
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function readNamed(
  outputs: Readonly<Record<string, string>>,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const named = Object.entries(outputs).filter(([, value]) => value.startsWith(folder) && !value.includes('\n'));
  const contents = named.map(async ([name, file]) => [name, await readFile(file, 'utf8')] as const);
  return Object.fromEntries<string>(await Promise.all(contents));
}

async function createFolders(root: string, workspace: string, payload: unknown): Promise<Folders> {
  const folders = {
    workspace,
    home: join(root, 'home'),
    temp: join(root, '_temp'),
    toolCache: join(root, '_tool'),
    eventFile: join(root, '_temp', '_github_workflow', 'event.json'),
  };
  for (const folder of [folders.home, join(folders.temp, '_github_workflow'), folders.toolCache]) {
    await mkdir(folder, { recursive: true });
  }
  await writeFile(folders.eventFile, JSON.stringify(payload));
  return folders;
}
