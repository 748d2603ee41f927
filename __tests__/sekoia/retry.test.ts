import { describe, expect, it } from '@jest/globals';
import { mayBeDone, mayRepeat, waitBefore } from '../../src/sekoia/retry.js';
import type { HttpAnswer, HttpFailure } from '../../src/sekoia/transport.js';

function answer(status: number, retryAfter: string | null = null): HttpAnswer {
  return { kind: 'answer', status, text: '', retryAfter, location: null };
}

function failure(reason: HttpFailure['reason'], sent: HttpFailure['sent']): HttpFailure {
  return { kind: 'failure', reason, sent, detail: '' };
}

const REPEATED = 'repeated';
const UNKNOWN = 'may have been carried out';
const FINAL = 'final';

describe('what may be sent again', () => {
  it.each([
    [answer(429), REPEATED, REPEATED],
    [answer(502), REPEATED, UNKNOWN],
    [answer(503), REPEATED, UNKNOWN],
    [answer(503, '1'), REPEATED, UNKNOWN],
    [answer(504), REPEATED, UNKNOWN],
    [answer(500), FINAL, UNKNOWN],
    [answer(200), FINAL, UNKNOWN],
    [answer(204), FINAL, UNKNOWN],
    [answer(408), FINAL, UNKNOWN],
    [answer(301), FINAL, FINAL],
    [answer(400), FINAL, FINAL],
    [answer(401), FINAL, FINAL],
    [answer(403), FINAL, FINAL],
    [answer(404), FINAL, FINAL],
    [answer(409), FINAL, FINAL],
    [failure('unreachable', 'no'), REPEATED, REPEATED],
    [failure('timed-out', 'no'), REPEATED, REPEATED],
    [failure('connection-lost', 'no'), REPEATED, REPEATED],
    [failure('timed-out', 'maybe'), REPEATED, UNKNOWN],
    [failure('connection-lost', 'maybe'), REPEATED, UNKNOWN],
    [failure('untrusted-certificate', 'no'), FINAL, FINAL],
    [failure('answer-too-large', 'maybe'), FINAL, UNKNOWN],
  ])('%j: a GET, PUT or DELETE is %s, a POST is %s', (result, read, created) => {
    expect(mayRepeat('GET', result)).toBe(read === REPEATED);
    expect(mayRepeat('PUT', result)).toBe(read === REPEATED);
    expect(mayRepeat('DELETE', result)).toBe(read === REPEATED);
    expect(mayRepeat('POST', result)).toBe(created === REPEATED);
    if (created !== REPEATED) expect(mayBeDone(result)).toBe(created === UNKNOWN);
  });
});

describe('the wait before the next try', () => {
  const DATE = Date.UTC(2026, 8, 1, 12, 0, 0);

  it.each([
    ['one second at least before the second try', answer(502), 1, 0, 1_000],
    ['two seconds at most before the second try', answer(502), 1, 1, 2_000],
    ['twice that before the third', answer(504), 2, 0.5, 3_000],
    ['the same without an answer', failure('connection-lost', 'maybe'), 2, 0, 2_000],
    ['ten seconds at least after 429', answer(429), 1, 0, 10_000],
    ['thirty at most', answer(429), 2, 1, 30_000],
    ['what Retry-After says in seconds', answer(429, '7'), 1, 1, 7_000],
    ['what it says after 503', answer(503, ' 120 '), 2, 1, 120_000],
    ['nothing at all where it says so', answer(429, '0'), 1, 1, 0],
    ['what it says as a date', answer(429, 'Tue, 01 Sep 2026 12:00:45 GMT'), 1, 1, 45_000],
    ['nothing for a date that is past', answer(503, 'Tue, 01 Sep 2026 11:00:00 GMT'), 1, 1, 0],
    ['its own wait where it says nonsense', answer(503, 'soon'), 1, 0, 1_000],
    ['its own wait where it says a negative number', answer(429, '-5'), 1, 0, 10_000],
  ])('is %s', (_what, result, tries, random, expected) => {
    expect(waitBefore(result, tries, DATE, random)).toBe(expected);
  });
});
