/** Where time comes from; handed in, so that tests need not wait. */
export interface Clock {
  /** Milliseconds that never run backwards. */
  now(): number;
  /** Milliseconds since 1970, for dates that the server names. */
  date(): number;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
    }),
};

/** The time that a run may spend waiting (pauses and waits before a repeat; the spacing of requests is no waiting). */
export interface Patience {
  /** Books the wait from now to `until`; false, and nothing is booked, when that is longer than the run may wait. */
  spend(until: number): boolean;
  /** What has been waited so far, in milliseconds. */
  waitedMs(): number;
}

/** @param budgetMs wall clock: waits that overlap count once */
export function createPatience(clock: Clock, budgetMs: number): Patience {
  let booked = 0;
  // All booked waits that reach past now form one stretch that ends here, since each began in the past.
  let end = -Infinity;
  return {
    spend(until) {
      const extra = Math.max(0, until - Math.max(clock.now(), end));
      if (booked + extra > budgetMs) return false;
      booked += extra;
      end = Math.max(end, until);
      return true;
    },
    waitedMs: () => booked - Math.max(0, end - clock.now()),
  };
}

export type Turn = 'go' | 'aborted' | 'out-of-patience';

/** One client's place in the pace of a host. */
export interface Turns {
  /** Waits until a request may start. After `go` it must start at once. Turns come in the order they were asked for. */
  turn(signal: AbortSignal): Promise<Turn>;
  /** Tells of an answer with status 4xx or 5xx. */
  refused(): void;
  /** No request starts before this time: the platform asked for it. */
  holdUntil(time: number): void;
}

/** The pace of one host, for every client that this machine has there. */
export interface Pacer {
  /**
   * Lets a client in. All clients wait in one line and keep the same pauses; a pause is booked on the patience of the
   * client whose error or 429 brought it, so that one client's trouble costs the others time and never their turn.
   */
  join(patience: Patience): Turns;
}

// sekoia-api.md §1.4: "pause the script when 2 requests return 4xx/5xx within 10 s".
const ERROR_WINDOW_MS = 10_000;
const PAUSE_MS = 10_000;

/** No request starts before the end; it is waited for at the cost of whoever brought it. */
interface Quiet {
  readonly until: number;
  readonly by: Patience | null;
}

const NO_QUIET: Quiet = { until: -Infinity, by: null };

/**
 * Spaces the starts of requests and pauses after errors. The address is blocked, for everybody behind it, when we do
 * not (sekoia-api.md §1.4).
 *
 * @param requestsPerSecond starts are at least 1000 / this apart, in milliseconds; 0 lifts the pace, never the pause
 */
export function createPacer(options: { readonly clock: Clock; readonly requestsPerSecond: number }): Pacer {
  const { clock } = options;
  const apart = options.requestsPerSecond > 0 ? 1000 / options.requestsPerSecond : 0;
  let lastStart = -Infinity;
  let lastError = -Infinity;
  let paused = NO_QUIET;
  let held = NO_QUIET;
  let line: Promise<unknown> = Promise.resolve();

  async function admit(signal: AbortSignal, patience: Patience): Promise<Turn> {
    for (;;) {
      if (signal.aborted) return 'aborted';
      const now = clock.now();
      const quiet = held.until > paused.until ? held : paused;
      if (now < quiet.until) {
        if (quiet.by === patience && !patience.spend(quiet.until)) return 'out-of-patience';
        await clock.sleep(quiet.until - now, signal);
      } else if (now < lastStart + apart) {
        await clock.sleep(lastStart + apart - now, signal);
      } else {
        lastStart = now;
        return 'go';
      }
    }
  }

  return {
    join: (patience) => ({
      turn(signal) {
        const mine = line.then(() => admit(signal, patience));
        line = mine;
        return mine;
      },
      refused() {
        const now = clock.now();
        // An error of a request that was in flight when the pause began is one more within ten seconds: it begins anew.
        // An error after the pause stands alone: what came before is forgotten.
        const remembered = now < paused.until || lastError >= paused.until;
        if (remembered && now - lastError <= ERROR_WINDOW_MS) paused = { until: now + PAUSE_MS, by: patience };
        lastError = now;
      },
      holdUntil(time) {
        if (time > held.until) held = { until: time, by: patience };
      },
    }),
  };
}

/** The pacers of a run by host: the platform counts requests by address and key (§1.4), whoever sends them. */
export type Pacers = (apiUrl: string) => Pacer;

export function createPacers(options: Parameters<typeof createPacer>[0]): Pacers {
  const byHost = new Map<string, Pacer>();
  return (apiUrl) => {
    const host = URL.canParse(apiUrl) ? new URL(apiUrl).host : apiUrl;
    const pacer = byHost.get(host) ?? createPacer(options);
    byHost.set(host, pacer);
    return pacer;
  };
}
