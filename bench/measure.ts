import { spawn } from 'node:child_process';

/** A size from the environment. */
export function sizeOf(variable: string, otherwise: number): number {
  const given = Number(process.env[variable]);
  return Number.isInteger(given) && given > 0 ? given : otherwise;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export interface Ended {
  readonly status: number | null;
  readonly elapsedMs: number;
  readonly output: string;
}

/** Runs a command to its end; waits for it without holding up servers in this process. */
export function timed(
  command: string,
  parameters: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let output = '';
    const child = spawn(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => {
        output += piece.toString();
      });
    }
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, elapsedMs: performance.now() - start, output });
    });
  });
}

export function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

export function seconds(value: number): string {
  return `${(value / 1000).toFixed(1)} s`;
}
