import { setMaxListeners } from 'node:events';
import type { Log } from '../log.js';
import { SekoiaError } from './errors.js';
import { createPacer, createPatience } from './pace.js';
import type { Clock, Turn } from './pace.js';
import { failureError, lostAnswer, readBody, refusalOf, unreadable } from './refusals.js';
import { MAX_TRIES, mayHaveCreated, mayRepeat, waitBefore } from './retry.js';
import { createSlots } from './slots.js';
import type { HttpAnswer, HttpFailure, Transport } from './transport.js';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
  /** When aborted, the call has come to nothing: it is not sent any more, or cut. Not for writes. */
  readonly within?: AbortSignal | undefined;
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
}

/** All waiting of a run together; a job that hangs for longer helps nobody. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Calls to one platform: paced, bounded, repeated by method, and ended by the first 401 or by the signal.
 *
 * @param options.requestsPerSecond 0 lifts the pace
 * @param options.signal aborted: no new request starts; one in flight is left to finish
 * @param options.onRequest called at the start of each request
 */
export function createCalls(options: {
  readonly transport: Transport;
  readonly requestsPerSecond: number;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onRequest?: (() => void) | undefined;
}): Calls {
  const { transport, clock, log } = options;
  const patience = createPatience(clock, PATIENCE_MS);
  const pacer = createPacer({ clock, patience, requestsPerSecond: options.requestsPerSecond });
  const slots = createSlots(options.concurrency);
  const keyRefused = new AbortController();
  const over = anyOf(options.signal, keyRefused.signal);
  let requests = 0;

  async function call<T>(call: Call, read: (body: unknown) => T | null): Promise<T> {
    const waitEnd = call.within === undefined ? over : anyOf(over, call.within);
    let last: SekoiaError | null = null;
    for (let tries = 1; ; tries += 1) {
      const result = await once(call, waitEnd, last);
      const value = result.kind === 'answer' ? successOf(result, read) : null;
      if (value !== null) return value;
      last = errorOf(call, result);
      if (!mayRepeat(call.method, result) || tries === MAX_TRIES || last.code === 'unauthorised') throw last;
      const until = clock.now() + waitBefore(result, tries, clock.date(), options.random());
      // 429 is about the address, not about this one request.
      if (result.kind === 'answer' && result.status === 429) pacer.holdUntil(until);
      if (!patience.spend(until)) throw notSent(call, 'out-of-patience', last);
      log.debug(`${call.method} ${call.path} is sent again in ${Math.round(until - clock.now())} ms`);
      await clock.sleep(until - clock.now(), waitEnd);
    }
  }

  async function once(call: Call, waitEnd: AbortSignal, last: SekoiaError | null): Promise<HttpAnswer | HttpFailure> {
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
    const result = await transport.send({ method, path, query, body, abort: within });
    const what = result.kind === 'answer' ? String(result.status) : result.reason;
    log.debug(`${method} ${path} ${what} ${Math.round(clock.now() - started)} ms`);
    if (result.kind === 'answer' && result.status === 401) keyRefused.abort(refusalOf(call, result));
    if (result.kind === 'answer' && result.status >= 400) pacer.refused();
    return result;
  }

  /** Why a call was not made, or not made again; `last` is how the try before it ended. */
  function notSent(call: Call, turn: Exclude<Turn, 'go'>, last: SekoiaError | null): SekoiaError {
    const { method, path } = call;
    const again = last === null ? 'was not sent' : 'was not sent again';
    const before = last === null ? '' : ` (before: ${last.message})`;
    const error = (code: 'out-of-patience' | 'unauthorised' | 'stopped' | 'timed-out', why: string, help: string) =>
      new SekoiaError(code, `${method} ${path} ${again}, ${why}${before}`, help, {
        method,
        path,
        ...(last === null ? {} : { status: last.status, platform: last.platform, cause: last }),
      });
    if (turn === 'out-of-patience') {
      return error(
        'out-of-patience',
        'since this run has waited for the platform as long as it may (10 minutes in all)',
        'Run again later: what was not done is done then. The errors before this one say why it had to wait.',
      );
    }
    if (keyRefused.signal.aborted) {
      const refused = keyRefused.signal.reason as SekoiaError;
      return error('unauthorised', `since the platform does not accept the API key (${refused.message})`, refused.help);
    }
    if (options.signal.aborted) return error('stopped', 'since the run is being stopped', 'Run again.');
    return error('timed-out', 'since there was no time left for it', 'Run again.');
  }

  return {
    call,
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

function successOf<T>(answer: HttpAnswer, read: (body: unknown) => T | null): T | null {
  if (answer.status < 200 || answer.status >= 300) return null;
  const body = readBody(answer.text);
  return body.kind === 'json' ? read(body.value) : null;
}

function errorOf(call: Call, result: HttpAnswer | HttpFailure): SekoiaError {
  const { method, path } = call;
  const error =
    result.kind === 'failure'
      ? failureError({ method, path }, result)
      : result.status >= 200 && result.status < 300
        ? unreadable({ method, path }, result)
        : refusalOf({ method, path }, result);
  return method === 'POST' && mayHaveCreated(result) ? lostAnswer(error) : error;
}

/** Many calls wait on one of these at once, which Node would otherwise take for a leak and warn about. */
function anyOf(...signals: readonly AbortSignal[]): AbortSignal {
  const signal = AbortSignal.any([...signals]);
  setMaxListeners(0, signal);
  return signal;
}
