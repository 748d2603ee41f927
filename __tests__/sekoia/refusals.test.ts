import { describe, expect, it } from '@jest/globals';
import { failureError, lostAnswer, refusalOf, unreadable } from '../../src/sekoia/refusals.js';
import type { HttpAnswer } from '../../src/sekoia/transport.js';

const RULES = '/v1/sic/conf/rules-catalog/rules';
const RULE = `${RULES}/0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11`;
const PAGE =
  '<!DOCTYPE html><html><head><style>a{}</style><title>Request blocked</title></head><body><h1>No</h1></body>';

function answer(status: number, body: unknown, location: string | null = null): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answer', status, text, retryAfter: null, location };
}

describe('a refusal', () => {
  it.each([
    ['PUT', RULE, answer(401, { code: 'AU101', message: 'Authentication failed' }), 'unauthorised', /region/u],
    [
      'PUT',
      RULE,
      answer(403, { code: 'AU202', message: 'Insufficient permissions' }),
      'forbidden',
      /or the rule is gone/u,
    ],
    [
      'DELETE',
      RULE,
      answer(403, { code: 'AU202', message: 'Insufficient permissions' }),
      'forbidden',
      /SIC_DELETE_RULES\); or the rule is gone/u,
    ],
    [
      'POST',
      RULES,
      answer(403, { code: 'AU202', message: 'Insufficient permissions' }),
      'forbidden',
      /ENABLE_DISABLE_RULES\)\.$/u,
    ],
    ['PUT', RULE, answer(403, PAGE), 'blocked', /30 seconds to 10 minutes and hits everybody/u],
    ['PUT', RULE, answer(429, ''), 'blocked', /web firewall/u],
    ['PUT', RULE, answer(503, 'upstream'), 'blocked', /web firewall/u],
    ['GET', RULE, answer(429, { code: 'X', message: 'slow' }), 'throttled', /requests-per-second/u],
    ['GET', RULE, answer(404, { code: 'RUL404', message: 'no such rule' }), 'not-found', /deleted/u],
    ['GET', RULE, answer(404, { code: 'T404', message: 'Not found' }), 'wrong-url', /api-url/u],
    ['GET', RULE, answer(404, PAGE), 'wrong-url', /api-url/u],
    ['GET', RULE, answer(500, { message: 'oops' }), 'server-error', /later/u],
    ['GET', RULE, answer(502, PAGE), 'server-error', /later/u],
    ['POST', RULES, answer(400, { code: 'RUL143', message: '"x" is not a valid ECS field' }), 'refused', /taxonomy/u],
    ['POST', RULES, answer(409, { message: 'conflict' }), 'refused', /message says/u],
    ['GET', RULE, answer(302, '', 'https://login.example/x?token=1'), 'redirected', /api-url/u],
  ] as const)('%s %s answered %j is "%s"', (method, path, given, code, help) => {
    const error = refusalOf({ method, path }, given);
    expect(error.code).toBe(code);
    expect(error.help).toMatch(help);
    expect(error).toMatchObject({ method, path, status: given.status });
    expect(error.message).toContain(`${method} ${path}`);
    expect(error.message).toContain(String(given.status));
  });

  it.each([
    ['POST', RULES],
    ['PUT', `${RULE}/enabled`],
    ['DELETE', RULE],
  ] as const)('%s %s with a community may be a matter of the community', (method, path) => {
    const given = answer(403, { code: 'AU202', message: 'Insufficient permissions' });
    expect(refusalOf({ method, path, query: { community_uuid: 'x' } }, given).help).toMatch(/parent workspace/u);
    expect(refusalOf({ method, path, query: {} }, given).help).not.toMatch(/parent workspace/u);
  });

  it("has the platform's code, message and context, and names the fields", () => {
    const context = { json: { name: ['String should have at most 100 characters'], effort: ['bad'] } };
    const body = { code: 'VA301', message: 'Request validation error', context };
    const error = refusalOf({ method: 'POST', path: RULES }, answer(400, body));
    expect(error.message).toBe(
      `Sekoia answered POST ${RULES} with 400 VA301: Request validation error (context: ${JSON.stringify(context)})`,
    );
    expect(error.platform).toEqual(body);
    expect(error.help).toBe('Correct "name", "effort" as the platform says.');
  });

  it('is shortened where the platform talks long', () => {
    const body = { code: 'c'.repeat(500), message: 'm'.repeat(5000), context: { json: { a: ['x'.repeat(5000)] } } };
    const error = refusalOf({ method: 'POST', path: RULES }, answer(400, body));
    expect(error.message.length).toBeLessThan(1500);
    expect(error.platform?.message).toBe(body.message);
  });

  it.each([
    [{ detail: 'Not allowed' }, ': Not allowed'],
    [{ code: 12, message: ['a', 'b'] }, ' 12: ["a","b"]'],
    [{ error: 'of another shape' }, ': {"error":"of another shape"}'],
    [{ message: 'm', context: 'text' }, ': m (context: "text")'],
  ])('keeps what an unusual body says: %j', (body, told) => {
    const error = refusalOf({ method: 'GET', path: RULE }, answer(400, body));
    expect(error.message).toBe(`Sekoia answered GET ${RULE} with 400${told}`);
  });

  it.each([
    [PAGE, "a page that is not the API's: Request blocked No"],
    [
      '<script>alert("x")</script>\u0007\u202eplain\n::error::text',
      "a page that is not the API's: plain ::error::text",
    ],
    ['w'.repeat(1000), `a page that is not the API's: ${'w'.repeat(199)}…`],
    ['<img onerror=', 'nothing that can be read'],
    ['', 'nothing that can be read'],
    ['"text"', `a page that is not the API's: "text"`],
  ])('never prints a page as it is: %j', (page, told) => {
    const error = refusalOf({ method: 'PUT', path: RULE }, answer(403, page));
    expect(error.message).toBe(`Sekoia answered PUT ${RULE} with 403 and ${told}`);
    expect(error.platform).toBeNull();
  });

  it.each([
    ['https://login.example:8443/x?token=1', 'login.example:8443'],
    ['/elsewhere', 'another path of the same host'],
    ['https://', 'an address that is none'],
    [null, 'nowhere'],
  ])('that redirects to %s names the host alone', (location, told) => {
    const error = refusalOf({ method: 'GET', path: RULE }, answer(307, '', location));
    expect(error.message).toBe(`Sekoia answered GET ${RULE} with 307, a redirect to ${told}`);
  });
});

describe('other ends of a call', () => {
  it('tells what to do when no answer came', () => {
    const error = failureError(
      { method: 'GET', path: RULE },
      { kind: 'failure', reason: 'untrusted-certificate', sent: 'no', detail: 'self-signed certificate' },
    );
    expect(error).toMatchObject({ code: 'untrusted-certificate', status: null, platform: null });
    expect(error.message).toContain('self-signed certificate');
    expect(error.help).toContain('NODE_EXTRA_CA_CERTS');
  });

  it("keeps the platform's words in a lost answer", () => {
    const refusal = refusalOf({ method: 'POST', path: RULES }, answer(500, { code: 'X1', message: 'oops' }));
    const lost = lostAnswer(refusal);
    expect(lost).toMatchObject({ code: 'answer-lost', status: 500, method: 'POST', path: RULES, cause: refusal });
    expect(lost.platform).toEqual({ code: 'X1', message: 'oops', context: null });
    expect(lost.message).toContain('500 X1: oops. The rule may or may not have been created');
  });

  it('tells a success that cannot be read', () => {
    expect(unreadable({ method: 'GET', path: RULE }, answer(200, PAGE))).toMatchObject({
      code: 'unreadable-answer',
      status: 200,
    });
  });
});
