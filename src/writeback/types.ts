import type { TargetKey } from '../detections/types.js';
import type { ActionError } from '../errors.js';
import type { CommitSha } from '../git/types.js';
import type { PullRequest } from '../github/types.js';
import type { RuleUuid } from '../sekoia/types.js';

/** A UUID to put into a metadata file. */
export interface UuidEdit {
  readonly path: string;
  readonly uuid: RuleUuid;
  /** The UUID of a rule that is gone, whose place the new one takes; null: the file has none. */
  readonly replaces: RuleUuid | null;
  /** Whose UUID it is; null: of a run without targets. */
  readonly target: TargetKey | null;
}

/** What to write by hand where the edit could not be made: `"uuid": "…"`, or an entry of `uuids`. */
export function memberOf({ uuid, target }: Pick<UuidEdit, 'uuid' | 'target'>): string {
  return target === null ? `"uuid": "${uuid}"` : `"uuids": {"${target.name}": "${uuid}"}`;
}

/**
 * The byte-preserving edit of `detections/`, handed in: a stage knows the values of earlier stages, not their code.
 */
export type PutUuid = (
  file: { readonly path: string; readonly content: Buffer },
  wanted: Pick<UuidEdit, 'uuid' | 'replaces' | 'target'>,
) =>
  | { readonly kind: 'edited'; readonly content: Buffer }
  | { readonly kind: 'already-there' }
  | { readonly kind: 'other-uuid'; readonly uuid: string }
  | { readonly kind: 'not-editable'; readonly reason: string };

/** What is known of metadata files, handed in as well. */
export interface MetadataFiles {
  readonly putUuid: PutUuid;
  /** UUID and name as the file has them; undefined for what is no metadata file, or cannot be read. */
  readonly identify: (
    file: { readonly path: string; readonly content: Buffer },
    target: TargetKey | null,
  ) => { readonly uuid: RuleUuid | null; readonly name: string | null } | undefined;
  /** The UUIDs, of whichever target, that one version of a file has and the one before it does not. */
  readonly broughtUuids: (file: {
    readonly path: string;
    readonly before: Buffer;
    readonly after: Buffer;
  }) => readonly Omit<UuidEdit, 'path'>[];
  /** Where the pattern of a metadata file may stand. */
  readonly patternPaths: (path: string) => readonly string[];
}

/** The way that UUIDs take into the files. */
export type Way = 'commit' | 'push' | 'pull-request';

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
  /** What that commit sits on; null where it is not known, or there is none, or it waits in a pull request. */
  readonly parent: CommitSha | null;
  /** The pull request that the commit, or an earlier one with the same UUIDs, waits in. */
  readonly pullRequest?: PullRequest;
  /** The edits that the branch took from nobody like us: rules or permissions are in the way. */
  readonly refused?: { readonly edits: readonly UuidEdit[]; readonly error: ActionError };
  /** One for each edit, in their order. */
  readonly results: readonly EditResult[];
}
