import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.js';
import type { Log } from '../log.js';
import { printable, shorten } from '../text.js';
import { FIXED_OPTIONS } from './environment.js';
import { GitError, wordsOf } from './errors.js';
import { Cancelled, runLong, runShort } from './process.js';

type Env = Readonly<Record<string, string>>;

export interface GitResult {
  readonly exitCode: number;
  /** Bytes: paths and contents are not text. */
  readonly stdout: Buffer;
  /** Without secrets. */
  readonly stderr: string;
}

export interface GitOptions {
  readonly input?: Buffer;
  /** Added to the environment. */
  readonly env?: Env;
  /** For a command that has no input, answers in a few lines and asks no server. */
  readonly short?: true;
}

export interface RunGit {
  /**
   * Runs one git command in the repository; resolves whatever the exit code is.
   *
   * @throws GitError `command-failed` when it cannot be started, `cancelled`.
   */
  (args: readonly string[], options?: GitOptions): Promise<GitResult>;
  /** Waits. @throws GitError `cancelled`, at once. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * A runner of git commands.
 *
 * @throws GitError `git-missing` when PATH has no git.
 */
export async function gitRunner(options: {
  /** Where the commands run; absolute. */
  readonly directory: string;
  readonly env: Env;
  /** Taken out of all text that git prints. */
  readonly secrets: readonly string[];
  readonly log: Log;
  /** Ends the command that runs, and lets none begin. */
  readonly signal?: AbortSignal;
}): Promise<RunGit> {
  const { directory, env, secrets, log, signal } = options;
  const program = await findGit(env);
  const run = async (args: readonly string[], given: GitOptions = {}): Promise<GitResult> => {
    const name = `git ${args[0] ?? ''}`;
    const place = { cwd: directory, env: { ...env, ...given.env } };
    requireNoNul(name, [...args, ...Object.values(given.env ?? {})]);
    if (signal?.aborted === true) throw cancelled(name, signal);
    try {
      const all = [...FIXED_OPTIONS, ...args];
      const result =
        given.short === true
          ? await runShort(program, all, place, signal)
          : await runLong(program, all, place, { ...given, ...(signal === undefined ? {} : { signal }) });
      log.debug(`git ${args.slice(0, 8).join(' ')}: exit code ${result.exitCode}`);
      const stderr = withoutSecrets(result.stderr.toString('utf8'), secrets);
      return { exitCode: result.exitCode, stdout: result.stdout, stderr };
    } catch (error) {
      throw error instanceof Cancelled ? cancelled(name, signal) : notStarted(error);
    }
  };
  const pause = async (milliseconds: number): Promise<void> => {
    try {
      await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch {
      throw cancelled('git', signal);
    }
  };
  return Object.assign(run, { pause });
}

/** Runs a command that has no foreseen way to fail. @throws GitError `command-failed` with git's words. */
export async function succeed(git: RunGit, args: readonly string[], options?: GitOptions): Promise<Buffer> {
  const result = await git(args, options);
  if (result.exitCode === 0) return result.stdout;
  throw commandFailed(args, result);
}

export function commandFailed(args: readonly string[], result: GitResult): GitError {
  return new GitError(
    'command-failed',
    `git ${args[0] ?? ''} failed (exit code ${result.exitCode}): ${wordsOf(result.stderr)}`,
    'Run the job again with step debugging on; if it stays so, check the checkout step and the free space on the disk.',
  );
}

/** No program can be handed one: the system would end the argument there, and @actions/exec would wait for ever. */
export function requireNoNul(what: string, values: readonly string[]): void {
  const bad = values.find((value) => value.includes('\0'));
  if (bad === undefined) return;
  throw new GitError(
    'command-failed',
    `${what} cannot take a name with a NUL character: "${shorten(printable(bad), 200)}".`,
    'Take the character out of the name, which is none that a file or branch can have.',
  );
}

/** Looked up by hand: on Windows a bare name is looked for in the repository first, which must not choose the program. */
async function findGit(env: Env): Promise<string> {
  const list = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  for (const folder of list.split(path.delimiter)) {
    const candidate = path.join(folder, name);
    if (path.isAbsolute(folder) && (await isProgram(candidate))) return candidate;
  }
  throw new GitError(
    'git-missing',
    'There is no git on the PATH of this job.',
    'Install git 2.31 or newer before the checkout step (in a Debian container: apt-get update && apt-get install -y git).',
  );
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function cancelled(name: string, signal: AbortSignal | undefined): GitError {
  const message = `The run was cancelled, and ${name} with it.`;
  return new GitError('cancelled', message, 'Run the job again.', { cause: signal?.reason });
}

function notStarted(error: unknown): GitError {
  const help = 'Check that the workspace exists and that this git runs on the runner.';
  return new GitError('command-failed', `git could not be started: ${messageOf(error)}`, help, { cause: error });
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return (
    secrets
      .reduce((clean, secret) => clean.replaceAll(secret, '***'), text)
      // A remote's URL may hold credentials of its own.
      .replace(/(?<=:\/\/)[^\s/@]+@/g, '***@')
  );
}
