import { connectGitHub } from './connect.js';
import type { GitHubOptions } from './connect.js';
import type { GitHub } from './types.js';

/** A connection that comes about with the first use: most runs never talk to GitHub's API. */
export interface LazyGitHub {
  /** @throws GitHubError `unauthorised` without a token. */
  readonly open: () => GitHub;
  readonly close: () => Promise<void>;
}

export function connectLazily(options: GitHubOptions): LazyGitHub {
  let github: GitHub | null = null;
  return {
    open: () => (github ??= connectGitHub(options)),
    close: async () => github?.close(),
  };
}
