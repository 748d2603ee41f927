import { painter } from './paint.js';
import type { Paint } from './paint.js';

/** Where a command prints. Text handed over is printed as it is: what is foreign in it has to be harmless before. */
export interface Terminal {
  /** A line on standard output: what was asked for. */
  readonly out: (line: string) => void;
  /** A line on standard error: what is said besides. */
  readonly note: (line: string) => void;
  /** Text that the next line on standard error takes away; nothing where nobody watches. */
  readonly passing: (text: string) => void;
  readonly paint: Paint;
  /** Columns of a line. */
  readonly width: number;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where nobody knows better: as much as fits beside something else. */
const COLUMNS = 100;
const FEWEST_COLUMNS = 40;

export function openTerminal(of: {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Terminal {
  const { stdout, stderr, env } = of;
  const isWatched = stderr.isTTY === true && env['TERM'] !== 'dumb';
  let isDirty = false;
  const clear = (): string => {
    if (!isDirty) return '';
    isDirty = false;
    return '\r\u001b[K';
  };
  return {
    out: (line) => {
      const before = clear();
      if (before !== '') stderr.write(before);
      stdout.write(`${line}\n`);
    },
    note: (line) => {
      stderr.write(`${clear()}${line}\n`);
    },
    passing: (text) => {
      if (!isWatched) return;
      const before = clear();
      isDirty = text !== '';
      stderr.write(`${before}${text}`);
    },
    paint: painter(hasColours(stdout, env)),
    width: Math.max(FEWEST_COLUMNS, stdout.columns ?? COLUMNS),
  };
}

/** https://no-color.org goes before https://force-color.org. */
function hasColours({ isTTY }: Stream, env: Readonly<Record<string, string | undefined>>): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY === true && env['TERM'] !== 'dumb';
}
