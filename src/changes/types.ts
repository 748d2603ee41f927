import type { CommitSha, FileChange } from '../git/types.js';

/** All that differs between a base and the head, in any folder. */
export interface Since {
  readonly base: CommitSha;
  readonly files: readonly FileChange[];
}

/** Which detections a run looks at, and why. */
export type Changes =
  | {
      readonly scope: 'all';
      readonly reason: string;
      /** What differs from the last deployed commit: files that left the branch since are found there. */
      readonly since: Since | null;
    }
  | (Since & { readonly scope: 'changed'; readonly reason: string });
