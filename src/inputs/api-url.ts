import { InputError } from './errors.js';

/** Bases of the regions, design.md "Contract" (sekoia-api.md §1.1); `/v1/...` follows. */
const BASES = {
  fra1: 'https://api.sekoia.io',
  fra2: 'https://app.fra2.sekoia.io/api',
  mco1: 'https://app.mco1.sekoia.io/api',
  uae1: 'https://app.uae1.sekoia.io/api',
  usa1: 'https://app.usa1.sekoia.io/api',
  sgp1: 'https://api.sgp1.sekoia.io',
} as const;

export type Region = keyof typeof BASES;

export const REGIONS = Object.keys(BASES) as readonly Region[];

/**
 * The base of the API: that of the text, or where it is empty the region's.
 *
 * @param what names the text in messages
 * @throws InputError `bad-url`
 */
export function apiUrlIn(what: string, text: string, region: Region): string {
  if (text === '') return BASES[region];
  const url = URL.canParse(text) ? new URL(text) : null;
  // Not shown until it is known to hold no password.
  if (url === null) throw badUrl(what, 'is not a URL');
  if (url.username !== '' || url.password !== '') throw badUrl(what, 'holds a user name or a password');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw badUrl(what, `starts with ${url.protocol}// (the API key would travel in the clear)`);
  }
  if (/[?#]/.test(text)) throw badUrl(what, 'holds a query or a fragment');
  const path = url.pathname.replace(/\/+$/, '');
  if (/\/v1(?:\/|$)/.test(path)) throw badUrl(what, 'goes beyond the base: /v1 is added by the action');
  return `${url.origin}${platformPath(url.hostname, path)}`;
}

/**
 * The platform's own hosts with or without the trailing `/api`: `app.` hosts serve the API below `/api`, `api.` hosts at
 * the root (sekoia-api.md §1.1). Other hosts (a gateway, a stand-in) are taken as given.
 */
function platformPath(host: string, path: string): string {
  if (/^app\.(?:[a-z0-9-]+\.)?sekoia\.io$/.test(host) && path === '') return '/api';
  if (/^api\.(?:[a-z0-9-]+\.)?sekoia\.io$/.test(host) && path === '/api') return '';
  return path;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

function badUrl(what: string, fault: string): InputError {
  return new InputError(
    'bad-url',
    `${what} ${fault}.`,
    'Give the base of the API alone, such as https://app.fra2.sekoia.io/api, or use the region instead.',
  );
}
