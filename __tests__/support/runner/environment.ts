import { join } from 'node:path';

/** What happened in the repository that the workflow runs in. */
export interface RunnerEvent {
  /** `push`, `workflow_dispatch`, `pull_request` and so on. */
  readonly name: string;
  readonly payload: unknown;
  /** In full: `refs/heads/main`. */
  readonly ref: string;
  readonly sha: string;
}

export interface RunnerSite {
  /** GitHub's addresses without a slash at their end. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** `apiUrl` and `/graphql` when left out. */
  readonly graphqlUrl?: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
}

export interface Folders {
  readonly workspace: string;
  readonly home: string;
  readonly temp: string;
  readonly toolCache: string;
  readonly eventFile: string;
}

/** The `github` context as far as defaults of inputs may ask for it. */
export function githubContext(event: RunnerEvent, site: RunnerSite): Readonly<Record<string, string>> {
  return {
    token: site.token,
    repository: site.repository,
    ref: event.ref,
    ref_name: shortRef(event.ref),
    sha: event.sha,
    event_name: event.name,
    server_url: site.serverUrl,
    api_url: site.apiUrl,
  };
}

/** The variables of a step, and of the machine only what a process cannot start without. */
export function stepVariables(
  event: RunnerEvent,
  site: RunnerSite,
  folders: Folders,
): Readonly<Record<string, string>> {
  const [owner = ''] = site.repository.split('/');
  return {
    ...machineVariables(folders),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_REF: '',
    GITHUB_ACTION_REPOSITORY: '',
    GITHUB_ACTOR: 'analyst',
    GITHUB_TRIGGERING_ACTOR: 'analyst',
    GITHUB_WORKFLOW: 'Deploy detections',
    GITHUB_JOB: 'deploy',
    GITHUB_RUN_ID: '1000',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: folders.eventFile,
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: shortRef(event.ref),
    GITHUB_REF_TYPE: event.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_BASE_REF: '',
    GITHUB_HEAD_REF: '',
    GITHUB_SHA: event.sha,
    GITHUB_REPOSITORY: site.repository,
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_WORKSPACE: folders.workspace,
    GITHUB_SERVER_URL: site.serverUrl,
    GITHUB_API_URL: site.apiUrl,
    GITHUB_GRAPHQL_URL: site.graphqlUrl ?? `${site.apiUrl}/graphql`,
    RUNNER_OS: { darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux',
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_NAME: 'stand-in',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.toolCache,
  };
}

/** No proxies, no NODE_OPTIONS, no git settings of whoever runs the tests. */
function machineVariables(folders: Folders): Readonly<Record<string, string>> {
  const base = { PATH: process.env['PATH'] ?? '', HOME: folders.home, GIT_CONFIG_NOSYSTEM: '1' };
  if (process.platform !== 'win32') return { ...base, LANG: 'C.UTF-8', TMPDIR: folders.temp };
  const kept = ['SystemRoot', 'ComSpec', 'PATHEXT'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    ...base,
    USERPROFILE: folders.home,
    APPDATA: join(folders.home, 'AppData'),
    TEMP: folders.temp,
    TMP: folders.temp,
  };
}

/** Of a pull request `7/merge`, of a branch or a tag its name. */
function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags|pull)\//u, '');
}
