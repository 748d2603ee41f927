import { asCommitSha, type CommitSha } from '../git/types.js';
import { type Api, member, textOf } from './api.js';
import { GitHubError } from './errors.js';
import type { BranchRule, Bypass } from './types.js';

export async function branchHead(api: Api, branch: string): Promise<CommitSha | null> {
  const { octokit, owner, repo } = api;
  try {
    return await api.ask({
      doing: `read the branch "${branch}"`,
      effect: 'repeatable',
      send: () => octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { owner, repo, ref: `heads/${branch}` }),
      read: (answer) => asCommitSha(textOf(member(member(member(answer, 'data'), 'object'), 'sha'))),
    });
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'not-found') return null;
    throw error;
  }
}

export async function createBranch(api: Api, branch: string, at: CommitSha): Promise<void> {
  const { octokit, owner, repo } = api;
  await api.ask({
    doing: `make the branch "${branch}"`,
    effect: 'moves-branch',
    send: () =>
      octokit.request('POST /repos/{owner}/{repo}/git/refs', { owner, repo, ref: `refs/heads/${branch}`, sha: at }),
    read: (answer) => asCommitSha(textOf(member(member(member(answer, 'data'), 'object'), 'sha'))),
  });
}

/** 201 with the merge commit, 204 when the branch has the commit already, 409 for a conflict. */
export async function mergeInto(api: Api, branch: string, head: CommitSha, message: string): Promise<CommitSha | null> {
  const { octokit, owner, repo } = api;
  const merged = await api.ask({
    doing: `merge ${head} into the branch "${branch}"`,
    effect: 'moves-branch',
    send: () =>
      octokit.request('POST /repos/{owner}/{repo}/merges', {
        owner,
        repo,
        base: branch,
        head,
        commit_message: message,
      }),
    read: (answer): CommitSha | 'nothing' | undefined =>
      member(answer, 'status') === 204 ? 'nothing' : asCommitSha(textOf(member(member(answer, 'data'), 'sha'))),
  });
  return merged === 'nothing' ? null : merged;
}

/** Rules of active rulesets, at most 300; classic branch protection is not among them. */
export async function readRules(api: Api, branch: string): Promise<readonly BranchRule[]> {
  const { octokit, owner, repo } = api;
  const rules: BranchRule[] = [];
  for (let page = 1; page <= 3; page++) {
    const read = await api.ask({
      doing: `read the rules of the branch "${branch}"`,
      effect: 'repeatable',
      send: () =>
        octokit.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
          owner,
          repo,
          branch,
          per_page: 100,
          page,
        }),
      read: (answer) => rulesOf(member(answer, 'data')),
    });
    rules.push(...read);
    if (read.length < 100) break;
  }
  return rules;
}

function rulesOf(data: unknown): readonly BranchRule[] | undefined {
  if (!Array.isArray(data)) return undefined;
  return data.flatMap((rule: unknown) => {
    const type = textOf(member(rule, 'type'));
    const id = member(rule, 'ruleset_id');
    const source = textOf(member(rule, 'ruleset_source')) ?? null;
    return type === undefined ? [] : [{ type, rulesetId: typeof id === 'number' ? id : null, source }];
  });
}

export async function bypassOf(api: Api, rulesetId: number): Promise<Bypass> {
  const { octokit, owner, repo } = api;
  const word = await api.ask({
    doing: `read the ruleset ${rulesetId}`,
    effect: 'repeatable',
    send: () =>
      octokit.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', { owner, repo, ruleset_id: rulesetId }),
    read: (answer) => {
      const data = member(answer, 'data');
      return typeof data === 'object' ? (textOf(member(data, 'current_user_can_bypass')) ?? '') : undefined;
    },
  });
  switch (word) {
    // An exempt actor may pass as well, and is not even asked.
    case 'exempt':
    case 'always':
      return 'always';
    case 'pull_requests_only':
      return 'pull-requests-only';
    case 'never':
      return 'never';
    default:
      return 'unknown';
  }
}
