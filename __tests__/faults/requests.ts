import type { SeenRequest as GitHubRequest } from '../support/github/faults.js';
import type { SeenRequest as SekoiaRequest } from '../support/sekoia/faults.js';

/** One request of a run, told apart from all others of it. */
export interface RequestName {
  readonly server: 'sekoia' | 'github';
  /** What it is, without ids: the same for the same step of two runs. */
  readonly shape: string;
  /** The n-th of this shape in the run, from 1. */
  readonly nth: number;
}

/** Gives each request of a run its name, in the order of arrival. */
export function requestNamer(): {
  readonly sekoia: (request: SekoiaRequest) => RequestName;
  readonly github: (request: GitHubRequest) => RequestName;
} {
  const counts = new Map<string, number>();
  const named = (server: RequestName['server'], shape: string): RequestName => {
    const key = `${server} ${shape}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return { server, shape, nth };
  };
  return {
    sekoia: (request) => named('sekoia', shapeOfSekoia(request)),
    github: (request) => named('github', shapeOfGitHub(request)),
  };
}

export function textOf({ server, shape, nth }: RequestName): string {
  return `${server} ${shape} #${nth}`;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;

function shapeOfSekoia({ method, path, query }: SekoiaRequest): string {
  const short = path.replace(/^.*\/rules-catalog\//u, '').replace(UUID, 'UUID');
  return `${method} ${short}${'match[name]' in query ? '?name' : ''}`;
}

function shapeOfGitHub({ method, path, graphql }: GitHubRequest): string {
  if (graphql !== undefined) return `GraphQL ${graphql}`;
  const short = decodeURIComponent(path)
    .replace(/^\/(?:repos\/)?acme\/detections(?:\.git)?/u, '')
    .replace(/[0-9a-f]{40}/gu, 'SHA');
  return `${method} ${short}`;
}
