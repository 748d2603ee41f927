import type { SeenRequest as GitHubRequest } from '../support/github/faults.js';
import type { SeenRequest as SekoiaRequest } from '../support/sekoia/faults.js';
import type { Site } from '../support/site.js';

export type Service = 'sekoia' | 'github' | 'git';

/** One request of a run: the n-th of its kind, from 1. What a run sends at once may come in any order otherwise. */
export interface RequestPlace {
  readonly service: Service;
  /** Such as `PUT rules/{uuid}`. */
  readonly kind: string;
  readonly nth: number;
}

export function sekoiaKind({ method, path, query }: Pick<SekoiaRequest, 'method' | 'path' | 'query'>): string {
  const short = path.replace(/^.*\/rules-catalog\//u, '').replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu, 'X');
  return `${method} ${short}${'match[name]' in query ? '?name' : ''}`;
}

export function githubKind({
  method,
  path,
  query,
  graphql,
}: Pick<GitHubRequest, 'method' | 'path' | 'query' | 'graphql'>): { readonly service: Service; readonly kind: string } {
  const git = /\/(info\/refs|git-(?:upload|receive)-pack)$/u.exec(path)?.[1];
  if (git === 'info/refs') return { service: 'git', kind: `look ${query.includes('receive') ? 'push' : 'fetch'}` };
  if (git !== undefined) return { service: 'git', kind: git === 'git-receive-pack' ? 'push' : 'fetch' };
  if (graphql !== undefined) return { service: 'github', kind: graphql };
  const short = path.replace(/^\/repos\/[^/]+\/[^/]+\//u, '').replaceAll(/[\da-f]{40}/gu, 'X');
  return { service: 'github', kind: `${method} ${short}` };
}

/** What both servers have seen so far. */
export interface Seen {
  readonly sekoia: number;
  readonly github: number;
}

export function seenBy({ sekoia, github }: Site): Seen {
  return { sekoia: sekoia.requests.length, github: github.requests.length };
}

/** The requests since then, as places. */
export function placesSince({ sekoia, github }: Site, since: Seen): readonly RequestPlace[] {
  const kinds = [
    ...github.requests.slice(since.github).map((request) => githubKind(request)),
    ...sekoia.requests
      .slice(since.sekoia)
      .map((request) => ({ service: 'sekoia' as const, kind: sekoiaKind(request) })),
  ];
  const counts = new Map<string, number>();
  return kinds.map(({ service, kind }) => {
    const nth = (counts.get(`${service} ${kind}`) ?? 0) + 1;
    counts.set(`${service} ${kind}`, nth);
    return { service, kind, nth };
  });
}
