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

export interface TreeCommit {
  readonly branch: string;
  readonly parent: CommitSha;
  readonly files: readonly (CommitFile & { readonly mode: '100644' | '100755' })[];
  readonly message: string;
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
  /** Where the head stands to the base; null when GitHub does not tell, for whatever reason. Throws nothing. */
  compare(base: CommitSha, head: CommitSha): Promise<Relation | null>;
  close(): Promise<void>;
}
