import { exec } from '@actions/exec';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';

export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Ended {
  /** 128 where a signal ended it. */
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

const IS_WINDOWS = process.platform === 'win32';

/** What a cancelled command rejects with; command.ts makes an error of it that can be shown. */
export class Cancelled extends Error {}

/**
 * A command that answers in a few lines and at once, through @actions/exec. Not for more: exec looks for line ends in one
 * growing text, also with no listener for lines, so that output without any takes quadratic time (20 MB of `-z` output: 22
 * seconds); it hands out no process that could be ended; and it has no listener for a broken pipe to the command
 * (action-engineering.md §2.3, "Notes"). When cancelled, it is not waited for.
 */
export async function runShort(
  program: string,
  args: readonly string[],
  { cwd, env }: Place,
  signal?: AbortSignal,
): Promise<Ended> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  const listeners = { stdout: (chunk: Buffer) => stdout.push(chunk), stderr: (chunk: Buffer) => stderr.push(chunk) };
  // The program stands in quotes, since exec splits its first argument at blanks.
  const ending = exec(`"${program}"`, [...args], { cwd, env, listeners, silent: true, ignoreReturnCode: true });
  const exitCode = await orCancelled(ending, signal);
  return { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
}

/** A command with any amount of input and output, and of any length; ended when cancelled. */
export function runLong(
  program: string,
  args: readonly string[],
  { cwd, env }: Place,
  given: { readonly input?: Buffer; readonly signal?: AbortSignal },
): Promise<Ended> {
  const { input, signal } = given;
  return new Promise((resolve, reject) => {
    // A group and session of its own: with git end the helpers that it starts, which else would wait for the server on
    // their own, and ssh finds no terminal to ask a question on.
    const child = spawn(program, args, { cwd, env, windowsHide: true, detached: !IS_WINDOWS });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // The exit code tells why git stopped reading.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);

    let release = (): void => undefined;
    const stop = (): void => {
      release = end(child);
    };
    signal?.addEventListener('abort', stop, { once: true });
    const settle = (): void => {
      signal?.removeEventListener('abort', stop);
      release();
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('exit', (code) => {
      if (signal?.aborted !== true || code === 0) return;
      // Not at `close`: a process that git started may hold the pipes for longer.
      settle();
      child.stdout.destroy();
      child.stderr.destroy();
      reject(new Cancelled());
    });
    child.on('close', (code) => {
      settle();
      resolve({ exitCode: code ?? 128, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
    });
  });
}

/** git takes its lock files and half-written packs away when it is asked to end; it is not asked twice. */
const GRACE_MS = 2_000;

/** Ends the one command; gives what calls off the second, harder attempt. */
function end(child: ChildProcess): () => void {
  if (IS_WINDOWS) endTree(child);
  else endGroup(child, 'SIGTERM');
  const timer = setTimeout(() => {
    if (IS_WINDOWS) child.kill('SIGKILL');
    else endGroup(child, 'SIGKILL');
  }, GRACE_MS);
  return () => {
    clearTimeout(timer);
  };
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  // None: it was not started, and the signal would go to ourselves.
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended by itself.
  }
}

/** On Windows the git of PATH is a wrapper, whose end would leave the real one behind. */
function endTree(child: ChildProcess): void {
  const program = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  const killer = spawn(program, ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
  killer.on('error', () => child.kill());
}

function orCancelled<T>(waited: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return waited;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new Cancelled());
    };
    signal.addEventListener('abort', stop, { once: true });
    void waited.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
