import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch } from 'undici';
import { GitHubError } from './errors.js';

/** The way to GitHub's server: a `fetch` for octokit, and its end. */
export interface Transport {
  readonly fetch: typeof fetch;
  close(): Promise<void>;
}

/** 30 s: GitHub ends a request itself after 10 s. */
const DEADLINE_MS = 30_000;
const LIMITS = { maxResponseSize: 32 * 1024 * 1024, connect: { timeout: 10_000 } };

/**
 * Proxies by the environment handed in, as the runner's own programs read it: `https_proxy` or `http_proxy` by the
 * API's scheme, `no_proxy`, lower case before upper case, never for a loopback address. `@actions/github` reads them
 * once from the process at import, so it gets this `fetch` instead.
 *
 * @throws GitHubError `unavailable` when the proxy's address is none.
 */
export function openTransport(options: {
  readonly apiUrl: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of one request, headers and body. */
  readonly deadlineMs?: number;
  /** Aborted: cuts every request, those to come as well. */
  readonly deadline?: AbortSignal;
}): Transport {
  const dispatcher = dispatcherFor(options.apiUrl, options.env);
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  const { deadline } = options;
  const ends = (): AbortSignal => {
    const timeout = AbortSignal.timeout(deadlineMs);
    return deadline === undefined ? timeout : AbortSignal.any([timeout, deadline]);
  };
  return {
    fetch: (input, init) => fetch(input, { ...init, dispatcher, signal: ends() }),
    close: () => dispatcher.destroy(),
  };
}

function dispatcherFor(apiUrl: string, env: Readonly<Record<string, string | undefined>>): Dispatcher {
  const url = new URL(apiUrl);
  const setting = (name: string): string => env[name]?.trim() || env[name.toUpperCase()]?.trim() || '';
  const proxy = setting(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  if (proxy === '' || isLoopback(url.hostname)) return new Agent(LIMITS);
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  try {
    return new EnvHttpProxyAgent({
      ...LIMITS,
      httpProxy: address,
      httpsProxy: address,
      noProxy: setting('no_proxy'),
    });
  } catch (error) {
    throw new GitHubError(
      'unavailable',
      'The address of the proxy is not a URL.',
      'Look at HTTPS_PROXY and HTTP_PROXY of the runner: http://HOST:PORT is what is needed.',
      { cause: error },
    );
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
}
