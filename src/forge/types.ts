import type { CommitSha } from '../git/types.js';
import type { KeptComment, PullRequest, Relation } from '../github/types.js';
import type { DriftPullRequest } from '../writeback/drift-pull-request.js';
import type { ImportPullRequest } from '../writeback/import-pull-request.js';
import type { PendingUuids } from '../writeback/pending-uuids.js';
import type { SaveRequest } from '../writeback/save-uuids.js';
import type { Way, WriteBack } from '../writeback/types.js';

/** The branches that the UUIDs of a run are about. */
export interface UuidBranches {
  readonly branch: string;
  readonly defaultBranch: string | null;
}

/**
 * What the server of the repository offers besides git: GitHub has an API for all of it, others are asked by git, and
 * make merge requests of a push or none at all. No stage knows which one it is.
 */
export interface Forge {
  /** Where the head stands to the base; null when nobody can tell. */
  readonly compare: (base: CommitSha, head: CommitSha) => Promise<Relation | null>;
  /** The newest commit that a branch and a head have in common; null when nobody can tell. */
  readonly mergeBase: (branch: string, head: CommitSha) => Promise<CommitSha | null>;
  /**
   * The way that UUIDs will get onto the branch, made sure of before the first rule is created.
   *
   * @param asked.head a commit of the branch that is here.
   * @throws ActionError when none is open.
   */
  readonly chooseWay: (asked: UuidBranches & { readonly writeBack: Way; readonly head: CommitSha }) => Promise<Way>;
  /** Gets UUIDs onto the branch, or into a pull request. Throws nothing. */
  readonly saveUuids: (request: Omit<SaveRequest, 'github' | 'repository' | 'log'>) => Promise<WriteBack>;
  /** UUIDs that earlier runs put into a pull request; null where none wait. Throws nothing. */
  readonly pendingUuids: (of: UuidBranches) => Promise<PendingUuids | null>;
  /** One open pull request that brings the platform's values into the files. @throws ActionError */
  readonly proposeDrift: (
    request: Omit<DriftPullRequest, 'github' | 'repository' | 'log'>,
  ) => Promise<PullRequest | null>;
  /** One open pull request that brings rules into files. @throws ActionError */
  readonly proposeImport: (
    request: Omit<ImportPullRequest, 'github' | 'repository' | 'log'>,
  ) => Promise<PullRequest | null>;
  /** Keeps the one comment of a pull request. @throws ActionError */
  readonly keepComment: (comment: KeptComment) => Promise<'created' | 'updated' | 'same' | 'none'>;
  readonly close: () => Promise<void>;
}
