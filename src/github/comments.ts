import { type Api, member, textOf } from './api.js';
import { GitHubError } from './errors.js';
import type { KeptComment } from './types.js';

/** A conversation of more comments than this is not looked through to its end. */
const PAGE = 100;
const MOST_PAGES = 30;

/**
 * One comment on a pull request, found by its first line and kept up to date. A comment that begins so and is somebody
 * else's is left alone: anybody may copy the line. What was deleted is written anew.
 */
export async function keepComment(api: Api, kept: KeptComment): Promise<'created' | 'updated' | 'same' | 'none'> {
  const found = await findComment(api, kept);
  if (found !== null && found.body === kept.body) return 'same';
  if (found !== null && (await updateComment(api, found.id, kept.body))) return 'updated';
  if (!kept.create) return 'none';
  await createComment(api, kept);
  return 'created';
}

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly login: string;
  readonly isBot: boolean;
}

/** REST calls a GitHub App `name[bot]`; GraphQL leaves the end away in some places. */
function isBy({ login, isBot }: Comment, own: string): boolean {
  if (own === UNKNOWN) return isBot;
  return login === own || (isBot && login === `${own}[bot]`);
}

async function findComment(api: Api, { pullRequest, marker }: KeptComment): Promise<Comment | null> {
  let own: string | null = null;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const comments = await listComments(api, pullRequest, page);
    for (const comment of comments.read) {
      if (!comment.body.startsWith(marker)) continue;
      own ??= await ownLogin(api);
      if (isBy(comment, own)) return comment;
    }
    if (comments.size < PAGE) break;
  }
  return null;
}

/** Oldest first. */
function listComments(
  api: Api,
  pullRequest: number,
  page: number,
): Promise<{ readonly size: number; readonly read: readonly Comment[] }> {
  const { octokit, owner, repo } = api;
  return api.ask({
    doing: `read the comments of pull request ${pullRequest}`,
    effect: 'repeatable',
    send: () =>
      octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        owner,
        repo,
        issue_number: pullRequest,
        per_page: PAGE,
        page,
      }),
    read: (answer) => {
      const data = member(answer, 'data');
      if (!Array.isArray(data)) return undefined;
      return { size: data.length, read: data.flatMap((one: unknown) => commentOf(one) ?? []) };
    },
  });
}

function commentOf(data: unknown): Comment | undefined {
  const id = member(data, 'id');
  // A deleted account leaves no user.
  const user = member(data, 'user');
  const login = textOf(member(user, 'login'));
  if (typeof id !== 'number' || login === undefined) return undefined;
  return {
    id,
    login: login.toLowerCase(),
    isBot: member(user, 'type') === 'Bot',
    body: textOf(member(data, 'body')) ?? '',
  };
}

/** Who the token is, where GitHub does not tell: then a comment of any App that begins so is taken for its own. */
const UNKNOWN = '';

/** REST tells it to people's tokens only, GraphQL to every one that can be had today. */
async function ownLogin(api: Api): Promise<string> {
  try {
    const login = await api.ask({
      doing: 'tell whose token this is',
      effect: 'repeatable',
      send: () => api.octokit.graphql('query { viewer { login } }'),
      read: (answer) => textOf(member(member(answer, 'viewer'), 'login')),
    });
    return login.toLowerCase();
  } catch (error) {
    if (error instanceof GitHubError && (error.code === 'not-permitted' || error.code === 'refused')) return UNKNOWN;
    throw error;
  }
}

/** False when it is not there any more. */
async function updateComment(api: Api, id: number, body: string): Promise<boolean> {
  const { octokit, owner, repo } = api;
  try {
    await api.ask({
      doing: 'update the comment on the pull request',
      effect: 'repeatable',
      send: () =>
        octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          owner,
          repo,
          comment_id: id,
          body,
        }),
      read: (answer) => member(member(answer, 'data'), 'id'),
    });
    return true;
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'not-found') return false;
    throw error;
  }
}

async function createComment(api: Api, { pullRequest, body }: KeptComment): Promise<void> {
  const { octokit, owner, repo } = api;
  await api.ask({
    doing: `comment on pull request ${pullRequest}`,
    // Once: sent again after a lost answer, it could stand there twice.
    effect: 'moves-branch',
    send: () =>
      octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        owner,
        repo,
        issue_number: pullRequest,
        body,
      }),
    read: (answer) => member(member(answer, 'data'), 'id'),
  });
}
