import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

// actions/runner, ProcessInvoker.cs: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL.
const SIGINT_GRACE_MS = 7_500;
const SIGTERM_GRACE_MS = 2_500;
/** How long output may still come after the process has ended, from children that it left behind. */
const OUTPUT_GRACE_MS = 2_000;

export interface ProcessOptions {
  readonly node: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onOutput: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Cancels the run after so many milliseconds, or when the promise settles. */
  readonly cancelAfter: number | Promise<unknown> | undefined;
  /** Kills the process (SIGKILL) when the promise is fulfilled, as a machine that is taken away does. */
  readonly killWhen?: Promise<unknown> | undefined;
  /** The process is killed after that long. */
  readonly timeoutMs: number;
}

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly durationMs: number;
  readonly isCancelled: boolean;
  readonly isTimedOut: boolean;
}

/** Runs a script as the runner does, cancellation included. Rejects when the process cannot be started. */
export function runProcess(options: ProcessOptions): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(options.node, options.arguments, {
      cwd: options.folder,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timers: NodeJS.Timeout[] = [];
    const later = (ms: number, action: () => void): void => {
      timers.push(setTimeout(action, ms));
    };
    let isCancelled = false;
    let isTimedOut = false;
    let hasEnded = false;

    const cancel = (): void => {
      if (hasEnded || isCancelled) return;
      isCancelled = true;
      child.kill('SIGINT');
      later(SIGINT_GRACE_MS, () => {
        child.kill('SIGTERM');
      });
      later(SIGINT_GRACE_MS + SIGTERM_GRACE_MS, () => {
        child.kill('SIGKILL');
      });
    };
    if (typeof options.cancelAfter === 'number') later(options.cancelAfter, cancel);
    else void options.cancelAfter?.then(cancel, cancel);
    void options.killWhen?.then(() => child.kill('SIGKILL'));
    later(options.timeoutMs, () => {
      isTimedOut = true;
      child.kill('SIGKILL');
    });

    pipeOutput(child, options.onOutput);
    child.on('error', (error) => {
      hasEnded = true;
      timers.forEach(clearTimeout);
      reject(error);
    });
    child.on('exit', () => {
      hasEnded = true;
      timers.forEach(clearTimeout);
      later(OUTPUT_GRACE_MS, () => {
        child.stdout.destroy();
        child.stderr.destroy();
      });
    });
    child.on('close', (exitCode, signal) => {
      timers.forEach(clearTimeout);
      resolve({ exitCode, signal, durationMs: performance.now() - startedAt, isCancelled, isTimedOut });
    });
  });
}

function pipeOutput(child: ChildProcess, onOutput: ProcessOptions['onOutput']): void {
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    onOutput('stdout', text);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    onOutput('stderr', text);
  });
}
