import type { Host } from './hosts/types.js';
import type { Log } from './log.js';

/** What a run has of the outside. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Where the run came from, and its report goes to. */
  readonly host: Host;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Aborted some seconds after `signal`: what is under way is cut, so that the run can still tell what it did. */
  readonly deadline: AbortSignal;
  /** Keeps a secret out of the log from here on. */
  readonly mask: (secret: string) => void;
}
