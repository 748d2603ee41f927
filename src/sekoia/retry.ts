import type { HttpAnswer, HttpFailure, HttpRequest } from './transport.js';

/** The first included. */
export const MAX_TRIES = 3;

/**
 * Whether the same request may be sent again: GET, PUT and DELETE end the same however often they are sent. A create only when it certainly was not carried out: nothing of it was
 * sent, or 429. A proxy's 502 or 504, and a 503, can come after the platform has stored the rule.
 */
export function mayRepeat(method: HttpRequest['method'], result: HttpAnswer | HttpFailure): boolean {
  if (result.kind === 'failure') {
    // Neither gets better by itself.
    if (result.reason === 'untrusted-certificate' || result.reason === 'answer-too-large') return false;
    return method !== 'POST' || result.sent === 'no';
  }
  if (result.status === 429) return true;
  return method !== 'POST' && [502, 503, 504].includes(result.status);
}

/** Whether a write may have been carried out though it was not answered with success. */
export function mayBeDone(result: HttpAnswer | HttpFailure): boolean {
  if (result.kind === 'failure') return result.sent === 'maybe';
  // 408: the server gave up waiting, for what it does not say.
  return result.status < 300 || result.status >= 500 || result.status === 408;
}

const FIRST_WAIT_MS = 1_000;
const THROTTLED_WAIT_MS = 10_000;

/**
 * Milliseconds before the next try. The server's `Retry-After` (seconds or a date) is taken as it is; the patience of
 * the run bounds it. Without one: after 429 ten to thirty seconds (sekoia-api.md §1.4: a block lasts at least that), else
 * one to two seconds, doubling.
 *
 * @param tries how often it has been sent
 * @param date milliseconds since 1970, now
 * @param random from 0 to 1
 */
export function waitBefore(result: HttpAnswer | HttpFailure, tries: number, date: number, random: number): number {
  const asked = result.kind === 'answer' ? retryAfterMs(result.retryAfter, date) : null;
  if (asked !== null) return asked;
  if (result.kind === 'answer' && result.status === 429) return THROTTLED_WAIT_MS * (1 + 2 * random);
  return FIRST_WAIT_MS * 2 ** (tries - 1) * (1 + random);
}

/** RFC 9110 §10.2.3; null when there is none that can be read. */
function retryAfterMs(header: string | null, date: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/u.test(text)) return Number(text) * 1000;
  // Every form of an HTTP date begins with the day's name; Date.parse takes far more than dates.
  const at = /^(?:mon|tue|wed|thu|fri|sat|sun)/iu.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - date);
}
