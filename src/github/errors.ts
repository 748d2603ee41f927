import { ActionError } from '../errors.js';

export type GitHubErrorCode =
  /** No token, or one that GitHub does not know. */
  | 'unauthorised'
  /** The token is known and may not do this. */
  | 'not-permitted'
  | 'not-found'
  /** The branch is no longer where it was expected. */
  | 'head-moved'
  /** A ruleset or branch protection refuses the commit. */
  | 'rule-violation'
  /** A merge that a person has to do. */
  | 'conflict'
  /** The repository's settings let no workflow make pull requests. */
  | 'pull-requests-off'
  | 'rate-limited'
  /** Nothing was done: no connection, or a read that GitHub could not answer. */
  | 'unavailable'
  /** A commit was sent and the answer did not come: the branch may have moved or not. */
  | 'answer-lost'
  /** Any other refusal. */
  | 'refused';

/** A call to GitHub that did not succeed; the message keeps GitHub's own words. */
export class GitHubError extends ActionError<GitHubErrorCode> {
  /** HTTP status, where there was an answer. */
  readonly status: number | null;
  /** How long GitHub asks to wait, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(
    code: GitHubErrorCode,
    message: string,
    help: string,
    details: { readonly status?: number; readonly retryAfterMs?: number | null; readonly cause?: unknown } = {},
  ) {
    super(code, message, help, { cause: details.cause });
    this.status = details.status ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}
