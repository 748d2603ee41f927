import { type Api, member, textOf } from './api.js';
import { GitHubError } from './errors.js';
import type { PullRequest, PullRequestBranches } from './types.js';

export async function openPullRequest(api: Api, { branch, base }: PullRequestBranches): Promise<PullRequest | null> {
  const { octokit, owner, repo } = api;
  const found = await api.ask({
    doing: `look for the pull request of the branch "${branch}"`,
    effect: 'repeatable',
    send: () =>
      octokit.request('GET /repos/{owner}/{repo}/pulls', {
        owner,
        repo,
        state: 'open',
        // Without the owner the filter is passed over.
        head: `${owner}:${branch}`,
        base,
      }),
    read: (answer): readonly unknown[] | undefined => {
      const data = member(answer, 'data');
      return Array.isArray(data) ? data : undefined;
    },
  });
  // A filter that is passed over would tell of others.
  const ours = found.find((one) => textOf(member(member(one, 'head'), 'ref')) === branch);
  return pullRequestOf(ours) ?? null;
}

/** GitHub takes one open pull request for two branches, so a second try after a lost answer does no harm. */
export async function createPullRequest(
  api: Api,
  request: PullRequestBranches & { readonly title: string; readonly body: string },
): Promise<PullRequest> {
  const { octokit, owner, repo } = api;
  const { branch, base, title, body } = request;
  try {
    return await api.ask({
      doing: `open a pull request of the branch "${branch}"`,
      effect: 'repeatable',
      send: () => octokit.request('POST /repos/{owner}/{repo}/pulls', { owner, repo, head: branch, base, title, body }),
      read: (answer) => pullRequestOf(member(answer, 'data')),
    });
  } catch (error) {
    const there = isInvalid(error) ? await openPullRequest(api, request) : null;
    if (there !== null) return there;
    throw error;
  }
}

export async function updatePullRequest(
  api: Api,
  number: number,
  change: { readonly body?: string; readonly state?: 'closed' },
): Promise<void> {
  const { octokit, owner, repo } = api;
  await api.ask({
    doing: `change the pull request #${number}`,
    effect: 'repeatable',
    send: () =>
      octokit.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
        owner,
        repo,
        pull_number: number,
        ...change,
      }),
    read: (answer) => answer,
  });
}

/**
 * A pull request of a branch into itself is refused as invalid (422), whoever asks; a token that may make none is refused
 * before that (403, or 404 where it must not see the repository).
 */
export async function provePullRequests(api: Api, base: string): Promise<void> {
  const { octokit, owner, repo } = api;
  try {
    await api.ask({
      doing: 'make a pull request with this token',
      effect: 'repeatable',
      send: () =>
        octokit.request('POST /repos/{owner}/{repo}/pulls', {
          owner,
          repo,
          head: base,
          base,
          title: 'Can this token make a pull request?',
        }),
      read: (answer) => answer,
    });
  } catch (error) {
    if (!isInvalid(error)) throw error;
  }
}

function isInvalid(error: unknown): boolean {
  return error instanceof GitHubError && error.status === 422;
}

function pullRequestOf(data: unknown): PullRequest | undefined {
  const number = member(data, 'number');
  const url = textOf(member(data, 'html_url'));
  return typeof number === 'number' && url !== undefined ? { number, url } : undefined;
}
