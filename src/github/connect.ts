import type { Log } from '../log.js';
import { pause } from '../pause.js';
import { type Api, asker } from './api.js';
import { branchHead, bypassOf, createBranch, mergeInto, readRules } from './branches.js';
import { keepComment } from './comments.js';
import { commitByTree, commitOnBranch, writeCommit, writeProof } from './commits.js';
import { commitsAhead, compare, mergeBase } from './compare.js';
import { GitHubError } from './errors.js';
import { createPullRequest, openPullRequest, provePullRequests, updatePullRequest } from './pulls.js';
import { openTransport } from './transport.js';
import type { GitHub } from './types.js';

export interface GitHubOptions {
  /** `GITHUB_API_URL`: `https://api.github.com`, or `https://HOST/api/v3` on GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly userAgent?: string;
  /** Where the proxy variables are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Aborted: nobody waits any longer between two tries. */
  readonly signal?: AbortSignal;
  /** Aborted: what is under way is cut, and nothing more is tried. */
  readonly deadline?: AbortSignal;
  /** For tests: waits between tries, the chance in them, and the deadline of one request. */
  readonly sleep?: (ms: number) => Promise<void>;
  readonly random?: () => number;
  readonly deadlineMs?: number;
}

/**
 * The repository on GitHub, through octokit. Nothing is sent yet.
 *
 * @throws GitHubError `unauthorised` without a token.
 */
export function connectGitHub(options: GitHubOptions): GitHub {
  const { token, log } = options;
  if (token === '') {
    throw new GitHubError(
      'unauthorised',
      'There is no GitHub token.',
      'Leave the input `github-token` out (its default is the token of the job), or hand in one that is not empty.',
    );
  }
  const apiUrl = options.apiUrl.replace(/\/+$/, '');
  const transport = openTransport({ ...options, apiUrl });
  // octokit would write its own notes (deprecations) to standard output, past the log.
  const note = (line: string): void => {
    log.debug(line);
  };
  const [owner = '', repo = ''] = options.repository.split('/');
  const ask = asker({
    log,
    sleep: options.sleep ?? ((ms) => pause(ms, options.signal)),
    ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
    random: options.random ?? Math.random,
  });
  const open = async (): Promise<Api> => {
    // Loaded with the first call: most runs make none, and octokit takes longer to start than they have to wait for
    // git. `eager` keeps it in the one file of the bundle.
    const { getOctokit } = await import(/* webpackMode: "eager" */ '@actions/github');
    const octokit = getOctokit(token, {
      baseUrl: apiUrl,
      request: { fetch: loggingFetch(transport.fetch, log) },
      log: { debug: note, info: note, warn: note, error: note },
      ...(options.userAgent === undefined ? {} : { userAgent: options.userAgent }),
    });
    return { octokit, owner, repo, ask };
  };
  let opened: Promise<Api> | undefined;
  const api = (): Promise<Api> => (opened ??= open());
  return {
    proveWritable: async () => writeProof(await api()),
    branchRules: async (branch) => readRules(await api(), branch),
    bypassOf: async (rulesetId) => bypassOf(await api(), rulesetId),
    branchHead: async (branch) => branchHead(await api(), branch),
    commitOnBranch: async (commit) => commitOnBranch(await api(), commit),
    commitByTree: async (commit) => commitByTree(await api(), commit),
    writeCommit: async (commit) => writeCommit(await api(), commit),
    createBranch: async (branch, at) => createBranch(await api(), branch, at),
    mergeInto: async (branch, head, message) => mergeInto(await api(), branch, head, message),
    commitsAhead: async (base, head) => commitsAhead(await api(), base, head),
    openPullRequest: async (branches) => openPullRequest(await api(), branches),
    createPullRequest: async (request) => createPullRequest(await api(), request),
    updatePullRequest: async (number, change) => updatePullRequest(await api(), number, change),
    provePullRequests: async (base) => provePullRequests(await api(), base),
    compare: async (base, head) => compare(await api(), base, head),
    mergeBase: async (branch, head) => mergeBase(await api(), branch, head),
    keepComment: async (comment) => keepComment(await api(), comment),
    close: () => transport.close(),
  };
}

type Fetch = ReturnType<typeof openTransport>['fetch'];

/** Method, path, status, time and GitHub's request id, never headers or bodies. */
function loggingFetch(fetch: Fetch, log: Log): Fetch {
  return async (input, init) => {
    const started = performance.now();
    // octokit always calls with the address as text.
    const told = `${init?.method ?? 'GET'} ${typeof input === 'string' ? new URL(input).pathname : ''}`;
    const since = (): string => `${Math.round(performance.now() - started)} ms`;
    try {
      const response = await fetch(input, init);
      const id = response.headers.get('x-github-request-id') ?? '-';
      log.debug(`GitHub ${told}: ${response.status} in ${since()}, request ${id}`);
      return response;
    } catch (error) {
      log.debug(`GitHub ${told}: no answer after ${since()}`);
      throw error;
    }
  };
}
