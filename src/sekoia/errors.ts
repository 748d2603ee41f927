import { ActionError } from '../errors.js';

export type SekoiaErrorCode =
  /** The settings cannot be used: address, key or proxy. Nothing was sent. */
  | 'bad-settings'
  /** 401, or a call that was not sent any more because an earlier one had it. */
  | 'unauthorised'
  /** 403 in the API's own words: a missing permission, or a rule that is gone or of another community. */
  | 'forbidden'
  /** 404 in the API's own words. */
  | 'not-found'
  /** Something answers that is not the API. */
  | 'wrong-url'
  /** The web firewall's page instead of the API (sekoia-api.md §1.4). */
  | 'blocked'
  /** 429 in the API's own words. */
  | 'throttled'
  /** Any other 4xx: the platform does not take what was sent. */
  | 'refused'
  /** 5xx. */
  | 'server-error'
  | 'redirected'
  /** 2xx whose body is not what it should be. */
  | 'unreadable-answer'
  /** An answer about another rule than the one asked for. */
  | 'other-rule'
  /** No connection came about; nothing was sent. */
  | 'unreachable'
  | 'untrusted-certificate'
  | 'connection-lost'
  | 'timed-out'
  | 'answer-too-large'
  /** A create that the platform may or may not have carried out. */
  | 'answer-lost'
  /** Sent, and cut because the run is being stopped: the platform may or may not have carried it out. */
  | 'cut-off'
  /** The list of rules could not be read to its end. */
  | 'incomplete-listing'
  /** Not sent: the run has waited as long as it may. */
  | 'out-of-patience'
  /** Not sent: the run is being stopped. */
  | 'stopped';

/** The platform's own words (§1.5): `{code, message, context}`, as far as the body held them. */
export interface PlatformWords {
  readonly code: string | null;
  readonly message: string | null;
  readonly context: unknown;
}

interface Details {
  readonly method?: string;
  readonly path?: string;
  readonly status?: number | null;
  readonly platform?: PlatformWords | null;
  readonly cause?: unknown;
  readonly effect?: Effect;
}

/** What a request that had no success, all its tries together, can have done on the platform. */
export type Effect = 'none' | 'maybe';

/** A call to the platform that did not end as it should, or was not made. */
export class SekoiaError extends ActionError<SekoiaErrorCode> {
  readonly method: string;
  /** Of the request, without the query. */
  readonly path: string;
  /** null when there was no answer. */
  readonly status: number | null;
  /** null when the answer was not the API's. */
  readonly platform: PlatformWords | null;
  /** `maybe` for a write whose answer did not come: nobody knows whether it was carried out. */
  readonly effect: Effect;

  constructor(code: SekoiaErrorCode, message: string, help: string, details: Details = {}) {
    super(code, message, help, details.cause === undefined ? {} : { cause: details.cause });
    this.method = details.method ?? '';
    this.path = details.path ?? '';
    this.status = details.status ?? null;
    this.platform = details.platform ?? null;
    this.effect = details.effect ?? 'none';
  }
}
