/** A request as it is recorded. */
export interface SeenRequest {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** Names and values decoded; of a name given twice the last value. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Parsed JSON, else the text; undefined when there was none. */
  readonly body: unknown;
  /** The n-th request of this server, from 1. */
  readonly count: number;
  /** The n-th request with this method, from 1. */
  readonly countOfMethod: number;
  /** When its head had arrived: `performance.now()` of this process. */
  readonly atMs: number;
  /** Which TCP connection it came by, from 1. */
  readonly connection: number;
  /** What was answered; null while there is none, and for good when the connection was cut instead. */
  readonly status: number | null;
}

/** What can go wrong with one request. "Processed" means that the platform has done what was asked. */
export type Fault =
  /** Not processed, this answer instead. A body that is no string is sent as JSON. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Processed, and then this answer. */
  | {
      readonly kind: 'answer-after';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Not processed, the connection is reset. */
  | { readonly kind: 'reset' }
  /** Processed, then the connection is cut: the lost answer. */
  | { readonly kind: 'drop' }
  /** Processed after this wait. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Processed when the promise settles. */
  | { readonly kind: 'wait'; readonly until: () => Promise<unknown> }
  /** Not processed and never answered; the connection stays open until the server stops. */
  | { readonly kind: 'hang' }
  /** Processed, and never answered. */
  | { readonly kind: 'hang-after' }
  /** Processed, and the answer is cut in the middle with a length that hides it. */
  | { readonly kind: 'malformed-json' }
  /** Processed, and the connection is cut in the middle of the answer. */
  | { readonly kind: 'truncated' };

export interface PlannedFault {
  /** Which requests; all when left out. */
  readonly when?: (request: SeenRequest) => boolean;
  /** How often; always when left out. */
  readonly times?: number;
  readonly do: Fault;
}

/** Remembers how often each planned fault has struck; the first that fits a request is taken. */
export function faultPicker(faults: readonly PlannedFault[]): (request: SeenRequest) => Fault | undefined {
  const struck = new Map<PlannedFault, number>();
  return (request) => {
    const fault = faults.find(
      (each) => (struck.get(each) ?? 0) < (each.times ?? Infinity) && (each.when?.(request) ?? true),
    );
    if (fault === undefined) return undefined;
    struck.set(fault, (struck.get(fault) ?? 0) + 1);
    return fault.do;
  };
}

/** 429, with the seconds or the date of `Retry-After` when given. */
export function tooManyRequests(retryAfter?: string): Fault {
  return {
    kind: 'answer',
    status: 429,
    body: { code: 'T429', message: 'Too Many Requests' },
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  };
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const BLOCK_PAGE =
  '<!DOCTYPE html><html><head><title>Request blocked</title></head><body><h1>Access denied</h1></body></html>';

/** The web application firewall's block (sekoia-api.md §1.4): HTML where JSON is expected. */
export const WAF_BLOCK: Fault = { kind: 'answer', status: 403, body: BLOCK_PAGE, headers: HTML };

/** Processed, but a page in HTML with status 200 comes back. */
export const HTML_AFTER: Fault = { kind: 'answer-after', status: 200, body: BLOCK_PAGE, headers: HTML };
