import { setMaxListeners } from 'node:events';
import type { Log } from '../log.js';
import { count } from '../text.js';
import { SekoiaError } from './errors.js';
import type { Effect } from './errors.js';
import { createPatience } from './pace.js';
import type { Clock, Pacer, Turn } from './pace.js';
import { failureError, lostAnswer, openEnded, readBody, refusalOf, unreadable } from './refusals.js';
import { MAX_TRIES, mayBeDone, mayRepeat, waitBefore } from './retry.js';
import { createSlots } from './slots.js';
import type { HttpAnswer, HttpFailure, Transport } from './transport.js';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
  /** When aborted, the call has come to nothing: it is not sent any more, or cut. Not for writes. */
  readonly within?: AbortSignal | undefined;
  /** `any`: every 2xx is a success, with or without a body (§2.1, DELETE); JSON when left out. */
  readonly answer?: 'any';
  /** Called before the request is sent again. */
  readonly onRepeat?: (earlier: Effect) => void;
}

export interface Calls {
  /**
   * Sends a request when its turn comes, and again where that is safe. `read` takes the body of a success apart and
   * says null when it cannot be used.
   *
   * @throws SekoiaError
   */
  call<T>(call: Call, read: (body: unknown) => T | null): Promise<T>;
  readonly statistics: { readonly requests: number; readonly waitedMs: number };
  /** Nobody waits for anything any more. */
  close(): void;
}

/** All waiting of a run together; a job that hangs for longer helps nobody. */
export const PATIENCE_MS = 10 * 60_000;

/**
 * Calls to one platform: paced, bounded, repeated by method, and ended by the first 401 or by the signal.
 *
 * @param options.pacer of the host; other clients may be in its line as well
 * @param options.patienceMs most waiting that this client itself may bring about
 * @param options.signal aborted: no new request starts; one in flight gets two more seconds and is cut then
 * @param options.onRequest called at the start of each request
 */
export function createCalls(options: {
  readonly transport: Transport;
  readonly pacer: Pacer;
  readonly patienceMs: number;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onRequest?: (() => void) | undefined;
}): Calls {
  const { transport, clock, log } = options;
  const patience = createPatience(clock, options.patienceMs);
  const pacer = options.pacer.join(patience);
  const slots = createSlots(options.concurrency);
  const keyRefused = new AbortController();
  const over = anyOf(options.signal, keyRefused.signal);
  const closed = new AbortController();
  const cut = cutterOf(options.signal, clock, closed.signal);
  let requests = 0;

  async function call<T>(call: Call, read: (body: unknown) => T | null): Promise<T> {
    const waitEnd = call.within === undefined ? over : anyOf(over, call.within);
    let last: Tried | null = null;
    for (let tries = 1; ; tries += 1) {
      const result = await once(call, waitEnd, last);
      const value = result.kind === 'answer' ? successOf(call, result, read) : null;
      if (value !== null) return value;
      const error = errorOf(call, result);
      last = { error, effect: mayBeDone(result) ? 'maybe' : effectOf(last) };
      if (!mayRepeat(call.method, result)) throw error;
      if (options.signal.aborted) throw notSent(call, 'aborted', last);
      if (tries === MAX_TRIES) throw error;
      const until = clock.now() + waitBefore(result, tries, clock.date(), options.random());
      // 429 is about the address, not about this one request.
      if (result.kind === 'answer' && result.status === 429) pacer.holdUntil(until);
      if (!patience.spend(until)) throw notSent(call, 'out-of-patience', last);
      log.debug(`${call.method} ${call.path} is sent again in ${Math.round(until - clock.now())} ms`);
      await clock.sleep(until - clock.now(), waitEnd);
      call.onRepeat?.(last.effect);
    }
  }

  async function once(call: Call, waitEnd: AbortSignal, last: Tried | null): Promise<HttpAnswer | HttpFailure> {
    if (!(await slots.take(waitEnd))) throw notSent(call, 'aborted', last);
    try {
      const turn = await pacer.turn(waitEnd);
      if (turn !== 'go') throw notSent(call, turn, last);
      return await send(call);
    } finally {
      slots.give();
    }
  }

  async function send(call: Call): Promise<HttpAnswer | HttpFailure> {
    const started = clock.now();
    requests += 1;
    options.onRequest?.();
    const { method, path, query = {}, body = null, within } = call;
    const abort = within === undefined ? cut.signal : anyOf(within, cut.signal);
    const ended = await transport.send({ method, path, query, body, abort });
    const result =
      ended.kind === 'failure' && cut.signal.aborted ? { ...ended, detail: 'it was cut, to stop the run' } : ended;
    const what = result.kind === 'answer' ? String(result.status) : result.reason;
    log.debug(`${method} ${path} ${what} ${Math.round(clock.now() - started)} ms`);
    if (result.kind === 'answer' && result.status === 401) keyRefused.abort(refusalOf(call, result));
    if (result.kind === 'answer' && result.status >= 400) pacer.refused();
    return result;
  }

  /** Why a call was not made, or not made again. */
  function notSent(call: Call, turn: Exclude<Turn, 'go'>, last: Tried | null): SekoiaError {
    const { method, path } = call;
    const again = last === null ? 'was not sent' : 'was not sent again';
    const before = last === null ? '' : ` (before: ${last.error.message})`;
    const error = (code: NotSent, why: string, help: string): SekoiaError =>
      new SekoiaError(code, `${method} ${path} ${again}, ${why}${before}`, help, {
        method,
        path,
        ...(last === null ? {} : { status: last.error.status, platform: last.error.platform, cause: last.error }),
        effect: method === 'GET' ? 'none' : effectOf(last),
      });
    if (turn === 'out-of-patience') {
      return error(
        'out-of-patience',
        `since this run has waited for the platform as long as it may (${inMinutes(options.patienceMs)} in all)`,
        'Run again later: what was not done is done then. The errors before this one say why it had to wait.',
      );
    }
    if (keyRefused.signal.aborted) {
      const refused = keyRefused.signal.reason as SekoiaError;
      return error('unauthorised', `since the platform does not accept the API key (${refused.message})`, refused.help);
    }
    if (options.signal.aborted && last?.effect === 'maybe' && method !== 'GET') {
      return error(
        'cut-off',
        'since the run is being stopped; the platform may or may not have carried it out',
        'Run again: what is on the platform is read before anything is written.',
      );
    }
    if (options.signal.aborted) return error('stopped', 'since the run is being stopped', 'Run again.');
    return error('timed-out', 'since there was no time left for it', 'Run again.');
  }

  return {
    call,
    close: () => {
      closed.abort();
    },
    statistics: {
      get requests() {
        return requests;
      },
      get waitedMs() {
        return Math.round(patience.waitedMs());
      },
    },
  };
}

function inMinutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds % 60 === 0 ? count(seconds / 60, 'minute') : count(seconds, 'second');
}

function effectOf(tried: Tried | null): Effect {
  return tried?.effect ?? 'none';
}

/** How a call went so far. */
interface Tried {
  readonly error: SekoiaError;
  /** Of all tries together. */
  readonly effect: Effect;
}

type NotSent = 'out-of-patience' | 'unauthorised' | 'cut-off' | 'stopped' | 'timed-out';

/** A runner kills a cancelled job 7.5 seconds after the signal, and what came of the run is still to be written down. */
const LAST_WAIT_MS = 2_000;

/** Aborts two seconds after `stopped` does, which ends what is under way then. */
function cutterOf(stopped: AbortSignal, clock: Clock, closed: AbortSignal): AbortController {
  const cut = new AbortController();
  setMaxListeners(0, cut.signal);
  const arm = (): void => {
    void clock.sleep(LAST_WAIT_MS, closed).then(() => {
      cut.abort();
    });
  };
  if (stopped.aborted) arm();
  else stopped.addEventListener('abort', arm, { once: true });
  return cut;
}

function successOf<T>(call: Call, answer: HttpAnswer, read: (body: unknown) => T | null): T | null {
  if (answer.status < 200 || answer.status >= 300) return null;
  if (call.answer === 'any') return read(null);
  const body = readBody(answer.text);
  return body.kind === 'json' ? read(body.value) : null;
}

function errorOf(call: Call, result: HttpAnswer | HttpFailure): SekoiaError {
  const { method, path, query = {} } = call;
  const error =
    result.kind === 'failure'
      ? failureError({ method, path }, result)
      : result.status >= 200 && result.status < 300
        ? unreadable({ method, path }, result)
        : refusalOf({ method, path, query }, result);
  if (!mayBeDone(result) || method === 'GET') return error;
  return method === 'POST' ? lostAnswer(error) : openEnded(error);
}

/** Many calls wait on one of these at once, which Node would otherwise take for a leak and warn about. */
function anyOf(...signals: readonly AbortSignal[]): AbortSignal {
  const signal = AbortSignal.any([...signals]);
  setMaxListeners(0, signal);
  return signal;
}
