import { GitError } from '../git/errors.js';
import type { CommitSha } from '../git/types.js';
import { GitHubError } from '../github/errors.js';
import type { UuidEdit } from './types.js';

/** A file of a commit to be made, whole. */
export interface EditedFile {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly content: Buffer;
}

/** No answer; worth another try. A commit that ended so may be on the branch or not: only the next look tells. */
export interface NoAnswer {
  readonly kind: 'no-answer';
  readonly error: Error;
  /** As long as the server asked for, in milliseconds. */
  readonly waitMs: number;
}

/** `commit` is null when there is no such branch. Else its files can be read by git. */
export type Tip =
  { readonly kind: 'at'; readonly commit: CommitSha | null; readonly carried?: CarriedEdits } | NoAnswer;

/** Edits that an earlier run made and the tip lacks: they are made again along with the others. */
export interface CarriedEdits {
  readonly edits: readonly UuidEdit[];
  /** The commit that their paths are of. */
  readonly from: CommitSha;
}

export type Attempt =
  | { readonly kind: 'committed'; readonly commit: CommitSha }
  /** The branch is not at `parent` any more. */
  | { readonly kind: 'moved' }
  | NoAnswer;

/** A branch that takes commits one on top of another: through the API, by push, or the branch of a pull request. */
export interface WritableBranch {
  readonly name: string;
  /** @throws ActionError for what another try will not change. */
  tip(): Promise<Tip>;
  /**
   * Commits on top of exactly `parent`, by compare-and-swap.
   *
   * @throws ActionError when the commit is refused for good.
   */
  commit(parent: CommitSha, files: readonly EditedFile[], message: string): Promise<Attempt>;
}

const PASSING: readonly string[] = ['unavailable', 'answer-lost', 'rate-limited'];

/** @throws what no further try will change. */
export function tryAgain(error: unknown): NoAnswer {
  if (error instanceof GitHubError && PASSING.includes(error.code)) {
    return { kind: 'no-answer', error, waitMs: error.retryAfterMs ?? 0 };
  }
  if (error instanceof GitError && error.code === 'fetch-failed') return { kind: 'no-answer', error, waitMs: 0 };
  throw error;
}
