import { exec } from '@actions/exec';
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../errors.js';
import type { Log } from '../log.js';
import { FIXED_OPTIONS } from './environment.js';
import { GitError, wordsOf } from './errors.js';

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
}

/** Runs one git command in the repository; resolves whatever the exit code is. */
export type RunGit = (args: readonly string[], options?: GitOptions) => Promise<GitResult>;

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
}): Promise<RunGit> {
  const { directory, env, secrets, log } = options;
  const program = await findGit(env);
  return async (args, given = {}) => {
    const all = [...FIXED_OPTIONS, ...args];
    const place = { cwd: directory, env: { ...env, ...given.env } };
    const result =
      given.input === undefined ? await run(program, all, place) : await feed(program, all, place, given.input);
    const stderr = withoutSecrets(result.stderr.toString('utf8'), secrets);
    log.debug(`git ${args.slice(0, 8).join(' ')}: exit code ${result.exitCode}`);
    return { exitCode: result.exitCode, stdout: result.stdout, stderr };
  };
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

interface Place {
  readonly cwd: string;
  readonly env: Env;
}

interface Ended {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

async function run(program: string, args: readonly string[], { cwd, env }: Place): Promise<Ended> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  const listeners = { stdout: (chunk: Buffer) => stdout.push(chunk), stderr: (chunk: Buffer) => stderr.push(chunk) };
  try {
    // The program stands in quotes, since exec splits its first argument at blanks.
    const exitCode = await exec(`"${program}"`, [...args], {
      cwd,
      env,
      listeners,
      silent: true,
      ignoreReturnCode: true,
    });
    return { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
  } catch (error) {
    throw notStarted(error);
  }
}

/**
 * A command with input. Not through @actions/exec, which has no listener for a broken pipe to the command: a git that
 * ends before it has read all would end the whole process (action-engineering.md §2.3, "Notes").
 */
function feed(program: string, args: readonly string[], { cwd, env }: Place, input: Buffer): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, windowsHide: true });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // The exit code tells why git stopped reading.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error) => {
      reject(notStarted(error));
    });
    child.on('close', (code) => {
      // No code: ended by a signal.
      resolve({ exitCode: code ?? 128, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
    });
  });
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
