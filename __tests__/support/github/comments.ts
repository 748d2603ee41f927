import { type Answer, notFound, problem, readOnlyToken } from './answers.js';
import type { RestRequest } from './rest.js';

export interface StandInComment {
  readonly id: number;
  body: string;
  readonly login: string;
  readonly type: 'Bot' | 'User';
}

/** Conversations of pull requests; every number has one. */
export interface Comments {
  /** Oldest first. */
  of(number: number): readonly StandInComment[];
  add(number: number, comment: Omit<StandInComment, 'id'>): StandInComment;
  remove(id: number): void;
  /** From here on the token's actor may not comment there. */
  lock(number: number): void;
  /** Answers a request about comments; null when it is about something else. */
  answer(request: RestRequest): Answer | null;
}

/** GitHub's limit, in characters. */
const LONGEST = 65_536;

/**
 * @param permission for pull requests; `none` hides what a private repository has.
 * @param actor whose token it is.
 */
export function openComments(
  permission: 'none' | 'read' | 'write',
  actor: Omit<StandInComment, 'id' | 'body'>,
): Comments {
  const conversations = new Map<number, StandInComment[]>();
  const locked = new Set<number>();
  let ids = 1000;
  const of = (number: number): StandInComment[] => {
    const comments = conversations.get(number) ?? [];
    conversations.set(number, comments);
    return comments;
  };
  const add: Comments['add'] = (number, comment) => {
    ids += 1;
    const added = { id: ids, ...comment };
    of(number).push(added);
    return added;
  };

  const create = (number: number, body: unknown): Answer => {
    const refused = refuse(permission, body);
    if (refused !== null) return refused;
    if (locked.has(number)) return problem(403, 'Unable to create comment because issue is locked.');
    return { status: 201, body: told(add(number, { ...actor, body: body as string })) };
  };
  const update = (id: number, body: unknown): Answer => {
    const comment = [...conversations.values()].flat().find((one) => one.id === id);
    if (comment === undefined) return notFound;
    const refused = refuse(permission, body);
    if (refused !== null) return refused;
    comment.body = body as string;
    return { status: 200, body: told(comment) };
  };

  return {
    of,
    add,
    remove: (id) => {
      for (const [number, comments] of conversations) {
        conversations.set(
          number,
          comments.filter((one) => one.id !== id),
        );
      }
    },
    lock: (number) => void locked.add(number),
    answer: ({ method, path, query, body }) => {
      const text = (body as { readonly body?: unknown } | null)?.body;
      const one = /^\/issues\/comments\/(\d+)$/u.exec(path)?.[1];
      if (one !== undefined) return method === 'PATCH' ? update(Number(one), text) : notFound;
      const number = /^\/issues\/(\d+)\/comments$/u.exec(path)?.[1];
      if (number === undefined) return null;
      if (method === 'POST') return create(Number(number), text);
      if (permission === 'none') return readOnlyToken;
      const [size, page] = [Math.min(100, Number(query.get('per_page') ?? 30)), Number(query.get('page') ?? 1)];
      const shown = of(Number(number)).slice((page - 1) * size, page * size);
      return { status: 200, body: shown.map(told) };
    },
  };
}

function refuse(permission: string, body: unknown): Answer | null {
  if (permission !== 'write') return readOnlyToken;
  if (typeof body !== 'string' || body.trim() === '') return invalid("Body can't be blank");
  return body.length > LONGEST ? invalid(`Body is too long (maximum is ${LONGEST} characters)`) : null;
}

function invalid(message: string): Answer {
  const { status, body } = problem(422, 'Validation Failed');
  const errors = [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }];
  return { status, body: { ...(body as object), errors } };
}

function told({ id, body, login, type }: StandInComment): unknown {
  return {
    id,
    body,
    user: { login, type },
    performed_via_github_app: type === 'Bot' ? { slug: 'github-actions' } : null,
  };
}
