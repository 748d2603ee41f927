import type { CommitSha } from '../git/types.js';

/** An active rule of a branch, of a ruleset of the repository or its owner. */
export interface BranchRule {
  /** GitHub's word: `pull_request`, `required_status_checks`, … */
  readonly type: string;
  readonly rulesetId: number | null;
  /** Owner or `owner/name` that the ruleset belongs to. */
  readonly source: string | null;
}

/** What the token's actor may do about a ruleset; GitHub does not say it to everybody. */
export type Bypass = 'always' | 'pull-requests-only' | 'never' | 'unknown';

export interface CommitFile {
  readonly path: string;
  readonly content: Buffer;
}

export interface BranchCommit {
  readonly branch: string;
  /** The commit that the branch must be at. */
  readonly expectedHead: CommitSha;
  readonly files: readonly CommitFile[];
  /** First line is the headline. */
  readonly message: string;
}

/** A commit that stands on no branch yet. */
export interface LooseCommit {
  readonly parent: CommitSha;
  readonly files: readonly (CommitFile & { readonly mode: '100644' | '100755' })[];
  readonly message: string;
}

export interface TreeCommit extends LooseCommit {
  readonly branch: string;
}

/** What a head has that a base lacks. */
export interface Ahead {
  readonly relation: Relation;
  /** The newest commit that both have. */
  readonly mergeBase: CommitSha;
  /** Oldest first. */
  readonly commits: readonly AheadCommit[];
  /** False when there are more commits than GitHub tells at once. */
  readonly isWhole: boolean;
}

export interface AheadCommit {
  readonly message: string;
  /** Milliseconds since 1970; NaN where GitHub does not say. */
  readonly authoredAt: number;
  readonly committedAt: number;
}

export interface PullRequest {
  readonly number: number;
  /** Its page. */
  readonly url: string;
}

/** The two branches of a pull request, both of this repository. */
export interface PullRequestBranches {
  readonly branch: string;
  /** What it is to be merged into. */
  readonly base: string;
}

/** A comment on a pull request that there is to be once. */
export interface KeptComment {
  readonly pullRequest: number;
  /** Its first line, by which it is found again. */
  readonly marker: string;
  /** Whole, the marker first; GitHub takes 65,536 characters. */
  readonly body: string;
  /** Whether it is written where there is none yet. */
  readonly create: boolean;
}

/** How a head stands to a base, in GitHub's words: `ahead` when the base lies behind it. */
export type Relation = 'identical' | 'ahead' | 'behind' | 'diverged';

/** The repository on GitHub. Every call throws `GitHubError`. */
export interface GitHub {
  /** Writes a blob that nothing refers to: harmless, and only a token that may write contents can. */
  proveWritable(): Promise<void>;
  branchRules(branch: string): Promise<readonly BranchRule[]>;
  bypassOf(rulesetId: number): Promise<Bypass>;
  /** Null when there is no such branch. */
  branchHead(branch: string): Promise<CommitSha | null>;
  /**
   * One commit on top of exactly `expectedHead`, signed by GitHub. All its files become mode 100644
   * (action-engineering.md §2.1).
   *
   * @throws GitHubError `head-moved` when the branch is elsewhere by now, `answer-lost` when it may be done or not.
   */
  commitOnBranch(commit: BranchCommit): Promise<CommitSha>;
  /** The same by the REST git data calls, which keep modes. Throws as `commitOnBranch` does. */
  commitByTree(commit: TreeCommit): Promise<CommitSha>;
  /** The commit alone, signed where the token allows it; no branch moves. */
  writeCommit(commit: LooseCommit): Promise<CommitSha>;
  /** @throws GitHubError `head-moved` when there is such a branch. */
  createBranch(branch: string, at: CommitSha): Promise<void>;
  /**
   * Merges a commit into the branch.
   *
   * @returns the branch's new head; null when it has the commit already.
   * @throws GitHubError `conflict` when a person has to do it.
   */
  mergeInto(branch: string, head: CommitSha, message: string): Promise<CommitSha | null>;
  /** What the head has that the base lacks; null when they have nothing in common, or one is not known. */
  commitsAhead(base: CommitSha, head: CommitSha): Promise<Ahead | null>;
  /** Null when none is open. */
  openPullRequest(branches: PullRequestBranches): Promise<PullRequest | null>;
  /** Opens it, or finds the one that is open. */
  createPullRequest(
    request: PullRequestBranches & { readonly title: string; readonly body: string },
  ): Promise<PullRequest>;
  updatePullRequest(number: number, change: { readonly body?: string; readonly state?: 'closed' }): Promise<void>;
  /** Asks for a pull request that cannot come about, and succeeds when the token could have made it. */
  provePullRequests(base: string): Promise<void>;
  /** Where the head stands to the base; null when GitHub does not tell, for whatever reason. Throws nothing. */
  compare(base: CommitSha, head: CommitSha): Promise<Relation | null>;
  /** The newest commit that a branch and a head have in common; null when GitHub does not tell. Throws nothing. */
  mergeBase(branch: string, head: CommitSha): Promise<CommitSha | null>;
  /**
   * Writes, updates or leaves the one comment. Needs `pull-requests: write`.
   *
   * @throws GitHubError `not-permitted` also for a locked conversation, `answer-lost` when it may be there or not.
   */
  keepComment(comment: KeptComment): Promise<'created' | 'updated' | 'same' | 'none'>;
  close(): Promise<void>;
}
