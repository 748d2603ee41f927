import type { CommitSha } from '../git/types.js';
import type { RuleUuid } from '../sekoia/types.js';

/** A UUID to put into a metadata file. */
export interface UuidEdit {
  readonly path: string;
  readonly uuid: RuleUuid;
  /** The UUID of a rule that is gone, whose place the new one takes; null: the file has none. */
  readonly replaces: RuleUuid | null;
}

/**
 * The byte-preserving edit of `detections/`, handed in: a stage knows the values of earlier stages, not their code.
 */
export type PutUuid = (
  file: { readonly path: string; readonly content: Buffer },
  uuid: RuleUuid,
  replaces: RuleUuid | null,
) =>
  | { readonly kind: 'edited'; readonly content: Buffer }
  | { readonly kind: 'already-there' }
  | { readonly kind: 'other-uuid'; readonly uuid: string }
  | { readonly kind: 'not-editable'; readonly reason: string };

/** What became of one edit on the branch. */
export type EditResult =
  | { readonly kind: 'written' | 'already-there'; readonly edit: UuidEdit }
  | {
      /** Not on the branch: the file is gone, has another UUID by now, cannot be edited, or the commit was refused. */
      readonly kind: 'lost';
      readonly edit: UuidEdit;
      readonly reason: string;
      readonly help: string;
    };

export interface WriteBack {
  /** The commit that holds the edits; null when none was needed, wanted or possible. */
  readonly commit: CommitSha | null;
  /** What that commit sits on; null where it is not known, or there is none. */
  readonly parent: CommitSha | null;
  /** One for each edit, in their order. */
  readonly results: readonly EditResult[];
}
