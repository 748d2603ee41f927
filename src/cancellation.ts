import process from 'node:process';

/** The runner kills 7.5 s after SIGINT (actions/runner, ProcessInvoker.cs), and the report takes its time as well. */
const DEADLINE_MS = 3_500;

export interface Cancellation {
  /** Aborted with the first signal. */
  readonly signal: AbortSignal;
  /** Aborted some seconds later: whatever still hangs is cut. */
  readonly deadline: AbortSignal;
}

/**
 * Hands SIGINT and SIGTERM down to what runs, which then comes to its end by itself. A second signal ends the process.
 *
 * @param tell hears of it.
 */
export function cancelOnSignals(tell: (line: string) => void): Cancellation {
  const cancelled = new AbortController();
  const deadline = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      tell(`Cancelled (${signal}): nothing more is sent; what was created is written back.`);
      cancelled.abort();
      setTimeout(() => {
        deadline.abort(new Error('the run was cancelled'));
      }, DEADLINE_MS).unref();
    });
  }
  return { signal: cancelled.signal, deadline: deadline.signal };
}
