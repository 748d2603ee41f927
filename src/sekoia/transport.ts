import { Readable } from 'node:stream';
import { request } from 'undici';
import { messageOf } from '../errors.js';
import { openDispatcher } from './dispatcher.js';
import { isObject } from './wire.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API's base, with a leading slash, encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string | null;
  /** Ends the request early; without one it ends by itself or at the deadline. */
  readonly abort?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
  readonly location: string | null;
}

export interface HttpFailure {
  readonly kind: 'failure';
  readonly reason: 'unreachable' | 'untrusted-certificate' | 'timed-out' | 'connection-lost' | 'answer-too-large';
  /** Whether anything of the request can have reached the server. */
  readonly sent: 'no' | 'maybe';
  readonly detail: string;
}

export interface Transport {
  /** One request, once. Never throws: what went wrong is a value. */
  send(request: HttpRequest): Promise<HttpAnswer | HttpFailure>;
  /** Cuts what is still under way. */
  close(): Promise<void>;
}

/**
 * HTTP with keep-alive, through the proxy that the environment names for the address's scheme. Redirects are never
 * followed: the key would travel with them.
 *
 * @param options.base without a trailing slash
 * @param options.deadlineMs for one request from its start to the last byte of its answer
 * @throws SekoiaError `bad-settings` when the proxy variable is not an address
 */
export function openTransport(options: {
  readonly base: string;
  readonly apiKey: string;
  readonly userAgent: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly connections: number;
  readonly deadlineMs: number;
}): Transport {
  const dispatcher = openDispatcher(options.base, options.env, options.connections);
  const headers = {
    authorization: `Bearer ${options.apiKey}`,
    accept: 'application/json',
    'user-agent': options.userAgent,
  };

  return {
    async send({ method, path, query, body, abort }) {
      const url = new URL(options.base + path);
      url.search = new URLSearchParams(query).toString();
      const bytes = body === null ? null : Buffer.from(body);
      const watched = bytes === null ? null : watchedBody(bytes);
      const deadline = new AbortController();
      const cut = (): void => {
        deadline.abort();
      };
      const timer = setTimeout(cut, options.deadlineMs);
      abort?.addEventListener('abort', cut);
      if (abort?.aborted === true) cut();
      try {
        const response = await request(url, {
          dispatcher,
          method,
          headers:
            bytes === null
              ? headers
              : { ...headers, 'content-type': 'application/json', 'content-length': String(bytes.length) },
          body: watched === null ? null : watched.stream,
          signal: deadline.signal,
          headersTimeout: options.deadlineMs,
          bodyTimeout: options.deadlineMs,
        });
        const text = await response.body.text();
        return {
          kind: 'answer',
          status: response.statusCode,
          text,
          retryAfter: single(response.headers['retry-after']),
          location: single(response.headers.location),
        };
      } catch (thrown) {
        const sent = watched !== null && !watched.wasRead() ? 'no' : 'maybe';
        return deadline.signal.aborted
          ? { kind: 'failure', reason: 'timed-out', sent, detail: 'no whole answer in time' }
          : failureOf(thrown, sent);
      } finally {
        clearTimeout(timer);
        abort?.removeEventListener('abort', cut);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/**
 * The library reads a body only when it has a connection to write it to, headers included. A body that was never read
 * therefore is a request that was never sent, whatever the error says; no list of error codes could tell as surely.
 */
function watchedBody(bytes: Buffer): { readonly stream: Readable; readonly wasRead: () => boolean } {
  let read = false;
  const stream = new Readable({
    read() {
      read = true;
      this.push(bytes);
      this.push(null);
    },
  });
  return { stream, wasRead: () => read };
}

function single(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

// The codes of X.509 checks (Node's documentation, "TLS", "X509 certificate error codes").
const CERTIFICATE = /^(?:CERT_|.*SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT|.*_CERT_)/u;
const NO_CONNECTION = /^(?:ENOTFOUND|EAI_|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_)/u;

function failureOf(thrown: unknown, sent: 'no' | 'maybe'): HttpFailure {
  const chain = causesOf(thrown);
  const codes = chain.map(({ code }) => code);
  const detail = chain.map(describe).join(': ');
  if (codes.some((code) => CERTIFICATE.test(code))) {
    return { kind: 'failure', reason: 'untrusted-certificate', sent: 'no', detail };
  }
  if (codes.includes('UND_ERR_RES_EXCEEDED_MAX_SIZE')) {
    return { kind: 'failure', reason: 'answer-too-large', sent, detail };
  }
  if (codes.some((code) => /^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/u.test(code))) {
    return { kind: 'failure', reason: 'timed-out', sent, detail };
  }
  if (sent === 'no' || codes.some((code) => NO_CONNECTION.test(code))) {
    return { kind: 'failure', reason: 'unreachable', sent: 'no', detail };
  }
  return { kind: 'failure', reason: 'connection-lost', sent, detail };
}

/** The error and what it came from. By shape, not by class: Node's own errors can be of another realm than ours. */
function causesOf(thrown: unknown): readonly Thrown[] {
  const chain: Thrown[] = [];
  for (let each = thrown; isObject(each) && chain.length < 4; each = each['cause']) {
    const { code, message } = each;
    chain.push({ code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' });
  }
  return chain.length === 0 ? [{ code: '', message: messageOf(thrown) }] : chain;
}

interface Thrown {
  readonly code: string;
  readonly message: string;
}

/** Errors over several addresses of a host have a code and no message. */
function describe({ code, message }: Thrown): string {
  if (message === '') return code;
  return code === '' || message.includes(code) ? message : `${message} (${code})`;
}
