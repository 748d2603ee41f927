import { messageOf } from '../errors.js';
import { shorten } from '../text.js';
import { GitHubError, type GitHubErrorCode } from './errors.js';

/** Whether a call can be sent again without harm, or moves a branch and cannot. */
export type Effect = 'repeatable' | 'moves-branch';

/**
 * The one place that turns what octokit throws into our codes. GitHub's error texts are matched here and nowhere else
 * (action-engineering.md §2.1 and §2.3 say where they come from).
 *
 * @param doing what was tried, after "GitHub could not": `read the branch "main"`.
 */
export function toGitHubError(thrown: unknown, doing: string, effect: Effect): GitHubError {
  if (thrown instanceof GitHubError) return thrown;
  const errors = graphqlErrors(thrown);
  if (errors !== null) return fromGraphql(errors, doing, effect, thrown);
  const response = responseOf(thrown);
  if (response === null) return fromNetwork(thrown, doing, effect);
  return fromStatus(response, doing, effect, thrown);
}

/** An answer of status 2xx that is not what the call promises: a proxy's page, or a body cut short. */
export function malformedAnswer(doing: string, effect: Effect): GitHubError {
  const code = effect === 'moves-branch' ? 'answer-lost' : 'unavailable';
  return failure(code, doing, 'its answer cannot be read (does something between the runner and GitHub change it?)');
}

interface GraphqlError {
  readonly type: string | null;
  readonly message: string;
}

function fromGraphql(errors: readonly GraphqlError[], doing: string, effect: Effect, cause: unknown): GitHubError {
  const words = errors.map(({ message }) => message).join('; ');
  const types = errors.map(({ type }) => type);
  // An error without a type is a query that GitHub gave up on: it may have got to its end all the same.
  const given = types.some((type) => type === null && !/invalid value|doesn't exist|parse error/i.test(words));
  const code: GitHubErrorCode = types.includes('STALE_DATA')
    ? 'head-moved'
    : isRuleViolation(words)
      ? 'rule-violation'
      : types.includes('FORBIDDEN') || types.includes('INSUFFICIENT_SCOPES')
        ? 'not-permitted'
        : types.includes('NOT_FOUND')
          ? 'not-found'
          : types.includes('RATE_LIMITED') || types.includes('RATE_LIMIT')
            ? 'rate-limited'
            : given || types.includes('INTERNAL') || types.includes('SERVICE_UNAVAILABLE')
              ? lost(effect)
              : 'refused';
  return failure(code, doing, words, { cause });
}

interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

function fromStatus(response: Response, doing: string, effect: Effect, cause: unknown): GitHubError {
  const { status, headers } = response;
  const words = wordsOf(response);
  const retryAfterMs = retryAfter(headers);
  return failure(codeOf(response, words, effect), doing, `${words} (status ${status})`, {
    status,
    retryAfterMs,
    cause,
  });
}

function codeOf({ status, headers }: Response, words: string, effect: Effect): GitHubErrorCode {
  if (status >= 500) return lost(effect);
  if (status === 401) return 'unauthorised';
  if (status === 429 || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(words)) return 'rate-limited';
  if (isRuleViolation(words)) return 'rule-violation';
  if (/not permitted to create or approve pull requests/i.test(words)) return 'pull-requests-off';
  if (status === 403) return 'not-permitted';
  if (status === 404) return 'not-found';
  if (status === 409 && /merge conflict/i.test(words)) return 'conflict';
  if (status === 422 && /not a fast[ -]forward|reference already exists/i.test(words)) return 'head-moved';
  return 'refused';
}

function isRuleViolation(words: string): boolean {
  return /rule violation|protected (?:branch|ref)|through a pull request|merge queue|required status check|approving review|approved review|verified signatures|GH006|GH013/i.test(
    words,
  );
}

/** Failures after which nothing can have reached GitHub; every other one leaves open what was done. */
const NEVER_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|ERR_SSL_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|HOSTNAME_MISMATCH)$/;
const CERTIFICATE = /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;

function fromNetwork(thrown: unknown, doing: string, effect: Effect): GitHubError {
  const causes = causesOf(thrown);
  const codes = causes.map(({ code }) => code).filter((code) => typeof code === 'string');
  const words = causes.some(({ name }) => name === 'TimeoutError')
    ? 'no answer in time'
    : messageOf(causes.at(-1) ?? thrown) || (codes[0] ?? 'the connection failed');
  const code = codes.some((one) => NEVER_SENT.test(one)) ? 'unavailable' : lost(effect);
  if (!codes.some((one) => CERTIFICATE.test(one))) return failure(code, doing, words, { cause: thrown });
  return new GitHubError(
    code,
    sentence(doing, words),
    'Let the runner trust the certificate: set NODE_EXTRA_CA_CERTS to a file with the certificate of your authority (or of the inspecting proxy) for the job.',
    { cause: thrown },
  );
}

function lost(effect: Effect): GitHubErrorCode {
  return effect === 'moves-branch' ? 'answer-lost' : 'unavailable';
}

function failure(
  code: GitHubErrorCode,
  doing: string,
  words: string,
  details: ConstructorParameters<typeof GitHubError>[3] = {},
): GitHubError {
  return new GitHubError(code, sentence(doing, words), HELP[code], details);
}

function sentence(doing: string, words: string): string {
  return `GitHub could not ${doing}: ${shorten(words.trim().replace(/\s*\n\s*/g, ' '), 600)}`;
}

const HELP: Readonly<Record<GitHubErrorCode, string>> = {
  unauthorised: 'Look at the input `github-token`: the token is missing, revoked or expired, or of another server.',
  'not-permitted': 'Let the token write: add `contents: write` to the `permissions` of the job.',
  'not-found': 'Look whether the branch is still there and whether the token of `github-token` can see the repository.',
  'head-moved': 'Run the workflow again.',
  'rule-violation':
    'Put an installed GitHub App on the bypass list of the ruleset or protection and hand its token in as `github-token` (the built-in token can never be on one), or set `write-back: none`.',
  conflict: 'Resolve the conflict in the pull request, then run the workflow again.',
  'pull-requests-off':
    'Switch on “Allow GitHub Actions to create and approve pull requests” (Settings → Actions → General of the repository or its organisation).',
  'rate-limited': 'Run the workflow again later: GitHub answers this token no more for a while.',
  unavailable:
    'Run the workflow again; if it stays so, look at https://www.githubstatus.com and at the proxy settings.',
  'answer-lost': 'Look at the branch: the commit may be there. Run the workflow again.',
  refused: 'The words above are GitHub’s own; run the workflow again if they look like a passing trouble.',
};

function wordsOf({ data, status }: Response): string {
  if (typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string') {
    const details = 'errors' in data && Array.isArray(data.errors) ? data.errors.map(detailOf).filter(Boolean) : [];
    return [data.message, ...details].join('; ');
  }
  const page =
    typeof data === 'string'
      ? data
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim()
      : '';
  return page === '' ? `status ${status} without a message` : shorten(page, 200);
}

function detailOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return typeof error === 'object' && error !== null && 'message' in error ? messageText(error.message) : '';
}

function messageText(message: unknown): string {
  return typeof message === 'string' ? message : '';
}

/** GitHub sends seconds. */
function retryAfter(headers: Readonly<Record<string, unknown>>): number | null {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : null;
}

// octokit's classes are recognised by shape: they are not exported by @actions/github.

function graphqlErrors(thrown: unknown): readonly GraphqlError[] | null {
  if (!(typeof thrown === 'object' && thrown !== null && 'errors' in thrown && Array.isArray(thrown.errors)))
    return null;
  if ('name' in thrown && thrown.name !== 'GraphqlResponseError') return null;
  return thrown.errors.map((error: unknown) => {
    const { type, message } = (error ?? {}) as { readonly type?: unknown; readonly message?: unknown };
    return { type: typeof type === 'string' ? type : null, message: messageText(message) };
  });
}

function responseOf(thrown: unknown): Response | null {
  if (typeof thrown !== 'object' || thrown === null || !('response' in thrown)) return null;
  const response = thrown.response as Partial<Response> | undefined;
  if (typeof response?.status !== 'number') return null;
  return { status: response.status, headers: response.headers ?? {}, data: response.data };
}

interface Cause {
  readonly name?: unknown;
  readonly code?: unknown;
}

/** The error and what lies under it, outermost first, aggregates opened. */
function causesOf(thrown: unknown): readonly Cause[] {
  const found: Cause[] = [];
  let next: unknown = thrown;
  for (let depth = 0; depth < 8 && typeof next === 'object' && next !== null; depth++) {
    found.push(next);
    const { cause, errors } = next as { readonly cause?: unknown; readonly errors?: unknown };
    next = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return found;
}
