import { readEvent, readPayload } from './github-event.js';
import { publishToRunner } from './github-report.js';
import type { Host } from './types.js';

type Env = Readonly<Record<string, string | undefined>>;

/** A step of a GitHub Actions workflow. */
export function githubHost(env: Env): Host {
  return {
    name: 'github',
    workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    serverUrl: env['GITHUB_SERVER_URL'] ?? 'https://github.com',
    tokenUser: 'x-access-token',
    forge: { kind: 'github', apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com' },
    readEvent: async (settings) => readEvent({ env, payload: await readPayload(env), settings }),
    publish: (report, comment) => publishToRunner(report, { env, comment }),
  };
}
