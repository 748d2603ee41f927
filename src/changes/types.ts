import type { CommitSha, FileChange } from '../git/types.js';

/** Which detections a run looks at, and why. */
export type Changes =
  | { readonly scope: 'all'; readonly reason: string }
  | {
      readonly scope: 'changed';
      readonly base: CommitSha;
      readonly reason: string;
      /** All that differs between base and head, in any folder. */
      readonly files: readonly FileChange[];
    };
