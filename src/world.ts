import type { Log } from './log.js';

/** What a run has of the outside. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Keeps a secret out of the log from here on. */
  readonly mask: (secret: string) => void;
}
