import type { Log } from '../log.js';

/**
 * Tells the log how far a long run is.
 *
 * @param now a clock in milliseconds that only goes forward.
 */
export function progressTo(
  log: Log,
  now: () => number = () => performance.now(),
): (done: number, total: number) => void {
  const start = now();
  let last: number | null = null;
  return (done, total) => {
    const elapsed = now() - start;
    if (done >= total || !isProgressDue(elapsed, last)) return;
    last = elapsed;
    log.info(progressLine(done, total, elapsed));
  };
}

/** Whether the log needs a line on how far the run is: after ten seconds, and then every five at most. */
export function isProgressDue(elapsedMs: number, lastLineMs: number | null): boolean {
  return elapsedMs >= 10_000 && (lastLineMs === null || elapsedMs - lastLineMs >= 5_000);
}

/** `120 of 300 done, about 36 s to go`. The estimate takes the rest to be as slow as what was done. */
export function progressLine(done: number, total: number, elapsedMs: number): string {
  if (done === 0 || done >= total) return `${done} of ${total} done`;
  const seconds = Math.ceil(((elapsedMs / done) * (total - done)) / 1000);
  const rest = seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `${done} of ${total} done, about ${rest} to go`;
}
