import type { Comments } from './comments.js';
import type { Protection } from './protection.js';
import type { PullPermissions, StandInPull } from './pulls.js';
import type { GitStore, Identity } from './store.js';

/** What REST and GraphQL act on. */
export interface StandInRepository {
  /** `owner/name`. */
  readonly name: string;
  readonly defaultBranch: string;
  readonly contents: 'read' | 'write';
  readonly pullPermissions: PullPermissions;
  readonly pulls: StandInPull[];
  /** Root of web pages. */
  readonly serverUrl: () => string;
  readonly comments: Comments;
  readonly store: GitStore;
  readonly protection: Protection;
  /** Commits that GitHub signed. */
  readonly verified: Set<string>;
  /** Runs just before a branch is moved through the API. */
  readonly beforeCommit: () => Promise<void>;
}

/** Author of commits made with the built-in token. */
export const ACTIONS_BOT: Identity = {
  name: 'github-actions[bot]',
  mail: '41898282+github-actions[bot]@users.noreply.github.com',
};

/** Committer of everything that GitHub commits itself. */
export const GITHUB: Identity = { name: 'GitHub', mail: 'noreply@github.com' };
