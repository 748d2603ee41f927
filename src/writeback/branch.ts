import type { CommitSha } from '../git/types.js';

/** A file of a commit to be made, whole. */
export interface EditedFile {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly content: Buffer;
}

export type Tip =
  /** `commit` is null when there is no such branch. Else its files can be read by git. */
  | { readonly kind: 'at'; readonly commit: CommitSha | null }
  /** Not to be had just now; worth another try. */
  | { readonly kind: 'unreachable'; readonly error: Error; readonly waitMs?: number };

export type Attempt =
  | { readonly kind: 'committed'; readonly commit: CommitSha }
  /** Somebody was faster: the branch is not at `parent` any more, and nothing was done. */
  | { readonly kind: 'moved' }
  /** The branch has to be looked at again: the commit may be there (`unclear`), or is certainly not (`unreachable`). */
  | { readonly kind: 'unclear' | 'unreachable'; readonly error: Error; readonly waitMs?: number };

/** A branch that takes commits one on top of another: through the API, by push, and later by pull request. */
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
