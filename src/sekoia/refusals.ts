import { shorten } from '../text.js';
import { SekoiaError } from './errors.js';
import type { PlatformWords, SekoiaErrorCode } from './errors.js';
import type { HttpAnswer, HttpFailure, HttpRequest } from './transport.js';
import { isObject } from './wire.js';

/** Below the API's base: whose key it is (sekoia-api.md §1.2). */
export const ME_PATH = '/v1/me';

type Named = Pick<HttpRequest, 'method' | 'path'>;

interface Asked extends Named {
  readonly query?: HttpRequest['query'];
}

/** The body of an answer: JSON, or something that the API did not write. */
export type Body = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'foreign' };

export function readBody(text: string): Body {
  try {
    return { kind: 'json', value: JSON.parse(text.replace(/^\ufeff/u, '')) as unknown };
  } catch {
    return { kind: 'foreign' };
  }
}

/**
 * What an answer without success means, and what to do about it. The one place that maps foreign statuses, codes and
 * messages to ours (sekoia-api.md §1.5, §8).
 */
export function refusalOf(request: Asked, answer: HttpAnswer): SekoiaError {
  const platform = platformWords(answer.text);
  const [code, help] = meaning(request, answer, platform);
  const { method, path } = request;
  return new SekoiaError(code, told(request, answer, platform), help, {
    method,
    path,
    status: answer.status,
    platform,
  });
}

/** What a request without an answer means. */
export function failureError(request: Named, failure: HttpFailure): SekoiaError {
  const message = `${request.method} ${request.path} had no answer: ${failure.detail}`;
  return new SekoiaError(failure.reason, message, FAILURE_HELP[failure.reason], request);
}

/** 2xx, but not the JSON that was asked for. */
export function unreadable(request: Named, answer: HttpAnswer): SekoiaError {
  const platform = platformWords(answer.text);
  return new SekoiaError(
    'unreadable-answer',
    told(request, answer, platform),
    'Check api-url: it is not the API that answers there, or its answer was cut or changed on the way.',
    {
      ...request,
      status: answer.status,
      platform,
    },
  );
}

/** The same, for a create that may have been carried out: nobody knows, and it must not be sent again blindly. */
export function lostAnswer(error: SekoiaError): SekoiaError {
  return new SekoiaError(
    'answer-lost',
    `${error.message}. The rule may or may not have been created`,
    'Look in the rules catalogue for a rule of this name before the create is sent again.',
    {
      method: error.method,
      path: error.path,
      status: error.status,
      platform: error.platform,
      cause: error,
      effect: 'maybe',
    },
  );
}

/** The same, for a write that ends the same however often it is sent. */
export function openEnded(error: SekoiaError): SekoiaError {
  const { code, message, help, method, path, status, platform } = error;
  return new SekoiaError(code, message, help, { method, path, status, platform, cause: error, effect: 'maybe' });
}

function meaning(
  request: Asked,
  answer: HttpAnswer,
  platform: PlatformWords | null,
): readonly [SekoiaErrorCode, string] {
  const { status } = answer;
  if (status >= 300 && status < 400) {
    return [
      'redirected',
      'Set api-url to the address that answers itself; a redirect is not followed, since the API key would travel with it.',
    ];
  }
  if (status === 401) {
    return [
      'unauthorised',
      'Check api-key and region: the key is wrong, revoked, expired (a key lives a year at most, unless made without an end) or of another region.',
    ];
  }
  if (platform === null && (status === 403 || status === 429 || status === 503)) {
    return [
      'blocked',
      'This is the web firewall before the platform, not a missing permission: a block lasts from 30 seconds to 10 minutes and hits everybody behind this address. Wait, then run again; lower requests-per-second if it comes back.',
    ];
  }
  if (status === 404 && (platform === null || platform.code === 'T404')) {
    return [
      'wrong-url',
      `Check api-url and region: there is no ${request.path === ME_PATH ? '' : 'rules '}API at this address.`,
    ];
  }
  if (status === 403 && request.path === ME_PATH) {
    return [
      'forbidden',
      'Any valid key may ask this: check api-key and what stands between the runner and the platform.',
    ];
  }
  if (status === 403) {
    const own = `${lacks(request)}${request.query?.['community_uuid'] === undefined ? '' : NO_RIGHT_THERE}`;
    return [
      'forbidden',
      request.path.endsWith('/rules')
        ? `${own}.`
        : `${own}; or the rule is gone, belongs to another community or is one of Sekoia's own: the platform answers all of these alike.`,
    ];
  }
  if (status === 404)
    return [
      'not-found',
      'The rule is not in this community: it was deleted, or the UUID is of another community or region.',
    ];
  if (status === 429) return ['throttled', 'Wait, then run again; lower requests-per-second if it comes back.'];
  if (status >= 500) return ['server-error', 'The platform is in trouble: run again later.'];
  return ['refused', refusedHelp(platform)];
}

/** The names of §1.3, in the web app and in the API. */
function lacks({ method }: Named): string {
  const codes = [
    'SIC_READ_RULES',
    'SIC_WRITE_RULES',
    method === 'DELETE' ? 'SIC_DELETE_RULES' : 'SIC_ENABLE_DISABLE_RULES',
  ];
  return `The API key may lack a permission: it needs "View rules and alert filters" and "Manage rules and alert filters" (${codes.join(', ')})`;
}

/** §1.5: a community that the key has no part in is answered like a missing permission. */
const NO_RIGHT_THERE =
  '; or it has no right in the community that the file names (`community_uuid`, `subcommunities`), which takes a key of the parent workspace';

function refusedHelp(platform: PlatformWords | null): string {
  if (platform?.code === 'VA301') {
    const fields = invalidFields(platform.context);
    return fields.length === 0
      ? 'Correct the values that the platform names.'
      : `Correct ${fields.map((field) => `"${shorten(field, 60)}"`).join(', ')} as the platform says.`;
  }
  if (platform?.code === 'RUL143') {
    return "Use a field of Sekoia's taxonomy (ECS and its extensions) in the pattern; this one is not in it.";
  }
  return "Correct the detection as the platform's message says.";
}

/** §1.5: `context` is location, then field, then messages. */
function invalidFields(context: unknown): readonly string[] {
  if (!isObject(context)) return [];
  const fields = Object.values(context).flatMap((location) => (isObject(location) ? Object.keys(location) : []));
  return [...new Set(fields)].slice(0, 10);
}

const FAILURE_HELP: Readonly<Record<HttpFailure['reason'], string>> = {
  unreachable: 'Check api-url and region, and HTTPS_PROXY and NO_PROXY where the runner stands behind a proxy.',
  'untrusted-certificate':
    'If a proxy of yours opens TLS, set NODE_EXTRA_CA_CERTS to the file with its certificate authority, for the runner or the job.',
  'timed-out': 'Run again; if it comes back, check the way from the runner to the platform.',
  'connection-lost': 'Run again; if it comes back, check the way from the runner to the platform.',
  'answer-too-large': 'Check api-url: no answer of the API is that large.',
};

/** null when the body is not the API's: the SDK and every known shape have an object (§1.5). */
function platformWords(text: string): PlatformWords | null {
  const body = readBody(text);
  if (body.kind === 'foreign' || !isObject(body.value)) return null;
  const { code, message, detail, context } = body.value;
  return { code: words(code), message: words(message ?? detail), context: context ?? null };
}

function words(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function told(request: Named, answer: HttpAnswer, platform: PlatformWords | null): string {
  const head = `Sekoia answered ${request.method} ${request.path} with ${answer.status}`;
  if (answer.status >= 300 && answer.status < 400) return `${head}, a redirect to ${targetHost(answer.location)}`;
  if (platform === null) return `${head} and ${firstWords(answer.text)}`;
  const code = platform.code === null ? '' : ` ${shorten(platform.code, 60)}`;
  const message = platform.message === null ? '' : `: ${shorten(platform.message, 600)}`;
  const context = platform.context === null ? '' : ` (context: ${shorten(JSON.stringify(platform.context), 600)})`;
  // A body in a shape of its own is better than no reason at all.
  const rest = code + message + context === '' ? `: ${shorten(answer.text.trim(), 600)}` : '';
  return head + code + message + context + rest;
}

function targetHost(location: string | null): string {
  if (location === null) return 'nowhere';
  const url = URL.canParse(location, 'http://same-host.invalid') ? new URL(location, 'http://same-host.invalid') : null;
  if (url === null) return 'an address that is none';
  return url.hostname === 'same-host.invalid' ? 'another path of the same host' : url.host;
}

/** The words of a page without its markup. */
function firstWords(text: string): string {
  const plain = text
    .slice(0, 20_000)
    .replace(/<(script|style)\b[^]*?<\/\1\s*>/giu, ' ')
    .replace(/<[^>]*>?/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\s<>]+/gu, ' ')
    .trim();
  return plain === '' ? 'nothing that can be read' : `a page that is not the API's: ${shorten(plain, 200)}`;
}
