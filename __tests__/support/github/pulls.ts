import { type Answer, DOCUMENTATION, problem, readOnlyToken } from './answers.js';
import type { StandInRepository } from './repository.js';
import type { RestRequest } from './rest.js';

export interface StandInPull {
  readonly number: number;
  title: string;
  body: string;
  readonly head: string;
  readonly base: string;
  state: 'open' | 'closed';
  merged: boolean;
}

/** What the token and the repository's settings allow. */
export interface PullPermissions {
  readonly token: 'none' | 'read' | 'write';
  /** "Allow GitHub Actions to create and approve pull requests". */
  readonly isAllowed: boolean;
}

/** The pull-request calls, with what GitHub answers to those that cannot succeed; null: none of these calls. */
export async function answerPulls(repository: StandInRepository, request: RestRequest): Promise<Answer | null> {
  const one = /^\/pulls\/(?<number>\d+)$/.exec(request.path)?.groups?.number;
  if (one === undefined && request.path !== '/pulls') return null;
  const { token } = repository.pullPermissions;
  if (token === 'none' || (request.method !== 'GET' && token === 'read')) return readOnlyToken;
  const pull = repository.pulls.find(({ number }) => number === Number(one));
  if (one !== undefined && pull === undefined) return problem(404, 'Not Found');
  switch (request.method) {
    case 'GET':
      return pull === undefined
        ? list(repository, request.query)
        : { status: 200, body: await bodyOf(repository, pull) };
    case 'POST':
      return create(repository, request.body as NewPull);
    case 'PATCH': {
      if (pull === undefined) return null;
      const { title, body, state } = request.body as Partial<StandInPull>;
      Object.assign(pull, title === undefined ? {} : { title }, body === undefined ? {} : { body });
      if (state !== undefined) pull.state = state;
      return { status: 200, body: await bodyOf(repository, pull) };
    }
    default:
      return null;
  }
}

async function list(repository: StandInRepository, query: URLSearchParams): Promise<Answer> {
  const [state, head, base] = [query.get('state') ?? 'open', query.get('head'), query.get('base')];
  const [owner = ''] = repository.name.split('/');
  const found = repository.pulls.filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      // A head without owner is passed over.
      (head?.includes(':') !== true || head === `${owner}:${pull.head}`) &&
      (base === null || base === pull.base),
  );
  return { status: 200, body: await Promise.all(found.reverse().map((pull) => bodyOf(repository, pull))) };
}

interface NewPull {
  readonly title?: string;
  readonly body?: string;
  readonly head?: string;
  readonly base?: string;
}

async function create(repository: StandInRepository, { title, body, head = '', base = '' }: NewPull): Promise<Answer> {
  const { pullPermissions, store, pulls } = repository;
  if (!pullPermissions.isAllowed) {
    return problem(403, 'GitHub Actions is not permitted to create or approve pull requests.');
  }
  const [from, to] = [await store.readRef(`refs/heads/${head}`), await store.readRef(`refs/heads/${base}`)];
  if (to === null) return invalid({ field: 'base', code: 'invalid' });
  if (from === null) return invalid({ field: 'head', code: 'invalid' });
  const [owner = ''] = repository.name.split('/');
  if (pulls.some((pull) => pull.state === 'open' && pull.head === head && pull.base === base)) {
    return invalid({ code: 'custom', message: `A pull request already exists for ${owner}:${head}.` });
  }
  const { ahead, mergeBase } = await store.compare(to, from);
  if (mergeBase === null) {
    return invalid({ code: 'custom', message: `The ${head} branch has no history in common with ${base}` });
  }
  if (ahead.length === 0) return invalid({ code: 'custom', message: `No commits between ${base} and ${head}` });
  if (title === undefined) return invalid({ field: 'title', code: 'missing_field' });
  const number = pulls.length + 1;
  const pull: StandInPull = { number, title, body: body ?? '', head, base, state: 'open', merged: false };
  pulls.push(pull);
  return { status: 201, body: await bodyOf(repository, pull) };
}

function invalid(error: object): Answer {
  const errors = [{ resource: 'PullRequest', ...error }];
  return {
    status: 422,
    body: { message: 'Validation Failed', errors, documentation_url: DOCUMENTATION, status: '422' },
  };
}

async function bodyOf({ name, store, serverUrl }: StandInRepository, pull: StandInPull): Promise<unknown> {
  const side = async (ref: string): Promise<unknown> => ({ ref, sha: await store.readRef(`refs/heads/${ref}`) });
  return {
    number: pull.number,
    html_url: `${serverUrl()}/${name}/pull/${pull.number}`,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    head: await side(pull.head),
    base: await side(pull.base),
    merged_at: pull.merged ? new Date().toISOString() : null,
  };
}
