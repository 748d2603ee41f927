import { Agent, EnvHttpProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import { messageOf } from '../errors.js';
import { SekoiaError } from './errors.js';

const CONNECT_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * Keep-alive connections to the API, through the proxy that `env` names for the scheme of its address: `HTTPS_PROXY` or
 * `HTTP_PROXY`, unless `NO_PROXY` holds the host.
 *
 * @throws SekoiaError `bad-settings` when the proxy variable is not an address
 */
export function openDispatcher(
  base: string,
  env: Readonly<Record<string, string | undefined>>,
  connections: number,
): Dispatcher {
  const settings = {
    connections,
    maxResponseSize: MAX_ANSWER_BYTES,
    // Node gives each address of a host a quarter of a second, too little for a region on another continent.
    connect: { timeout: CONNECT_TIMEOUT_MS, autoSelectFamilyAttemptTimeout: 2_000 },
  };
  const [variable, proxy] = proxyFor(base, env);
  if (proxy === '') return new Agent(settings);
  try {
    // Both are given, and NO_PROXY too: what is left out the library takes from the process, not from `env`.
    return new EnvHttpProxyAgent({
      ...settings,
      httpProxy: proxy,
      httpsProxy: proxy,
      noProxy: read(env, 'no_proxy'),
    });
  } catch (thrown) {
    throw new SekoiaError(
      'bad-settings',
      `The proxy address in ${variable} cannot be used: ${messageOf(thrown)}`,
      `Set ${variable} to an address such as http://proxy.example:3128.`,
    );
  }
}

/** The variable for the scheme and its value with a scheme of its own, as curl and the runner read them. */
function proxyFor(base: string, env: Readonly<Record<string, string | undefined>>): readonly [string, string] {
  const name = base.startsWith('https:') ? 'https_proxy' : 'http_proxy';
  const value = read(env, name).trim();
  return [name.toUpperCase(), value === '' || value.includes('://') ? value : `http://${value}`];
}

/** Lower case wins, as everywhere; an empty variable is none. */
function read(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const lower = env[name];
  return lower !== undefined && lower !== '' ? lower : (env[name.toUpperCase()] ?? '');
}
