import { ActionError } from './errors.js';
import type { CommitSha } from './git/types.js';

export type EventErrorCode =
  'not-in-github-actions' | 'not-on-host' | 'bad-environment' | 'payload-unreadable' | `${OnBranch}-not-allowed`;

/** Modes that go with a branch alone. */
export type OnBranch = 'deploy' | 'drift' | 'import';

/** What started the run cannot be made out, or does not go with the mode asked for. */
export class EventError extends ActionError<EventErrorCode> {}

/** Where the comparison of files starts. */
export type Start =
  | {
      readonly kind: 'commit';
      readonly commit: CommitSha;
      /** The commit was replaced by a force push, so it may not be an ancestor of the head. */
      readonly forced: boolean;
      /** Completes "Comparing BASE..HEAD because …". */
      readonly reason: string;
    }
  | {
      readonly kind: 'all';
      /** Completes "Looking at every detection: …". */
      readonly reason: string;
      /** The event should name a commit to compare with and does not: worth a notice. */
      readonly fallback?: true;
    };

/** What started the run, and what follows from it. */
export interface RunEvent {
  /** The event's name, such as `push`. */
  readonly name: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly mode: 'deploy' | 'plan' | 'drift' | 'import' | 'validate' | 'alert-types';
  /** Why this mode, in one line. */
  readonly modeReason: string;
  readonly head: CommitSha;
  /** The branch that the run stands on; null for tags and pull requests. */
  readonly branch: string | null;
  readonly defaultBranch: string | null;
  /** The branch that this is deployed from, or will be once it is merged; null when the event does not tell. */
  readonly into: string | null;
  /** Null when the run is not for a pull request. */
  readonly pullRequest: number | null;
  readonly start: Start;
  /** The page of this run; null where the runner does not say enough to know it. */
  readonly runUrl: string | null;
  /** Why there is nothing to do at all; null when there may be. */
  readonly nothingToDo: string | null;
}
