/** What the server sees of a request before it acts on it. */
export interface SeenRequest {
  readonly method: string;
  /** Path without query, below the API's mount point; for git traffic the whole path. */
  readonly path: string;
  /** With its question mark; empty without one. */
  readonly query: string;
  /** The GraphQL mutation or query field, for GraphQL requests. */
  readonly graphql?: string;
  /** 1 for the server's first request, counting every request. */
  readonly count: number;
}

export type FaultAction =
  /** Answers this; `after` has processed the request before, as a gateway does that gave up waiting. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly when?: 'before' | 'after';
    }
  /** Closes the connection and processes nothing. */
  | { readonly kind: 'reset' }
  /** Processes the request, then closes the connection: the answer is lost. */
  | { readonly kind: 'drop' }
  /** Processes the request after this long. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Processes the request when the promise settles. */
  | { readonly kind: 'wait'; readonly until: () => Promise<unknown> }
  /** Never answers and processes nothing. */
  | { readonly kind: 'hang' }
  /** Processes the request, says so here, and never answers. */
  | { readonly kind: 'hang-after'; readonly onProcessed?: () => void };

export interface Fault {
  readonly when: (request: SeenRequest) => boolean;
  /** How many requests it strikes before it is spent. */
  times: number;
  readonly do: FaultAction;
}

/** The first fault that strikes the request, one of its times used up. */
export function strike(faults: readonly Fault[], request: SeenRequest): FaultAction | null {
  const fault = faults.find(({ times, when }) => times > 0 && when(request));
  if (fault === undefined) return null;
  fault.times -= 1;
  return fault.do;
}
