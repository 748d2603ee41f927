import type { Outcome } from '../deploy/types.js';
import type { Finding, ReadDetections } from '../detections/types.js';
import type { Authorship } from '../git/types.js';
import type { NotImported } from '../import/types.js';
import type { Attention, Drift, FieldChange, Hand, Operation } from '../plan/types.js';
import type { TestCounts } from '../rule-tests/types.js';
import type { RuleUuid, WriteRule } from '../sekoia/types.js';
import type { PullRequest } from '../github/types.js';
import type { WriteBack } from '../writeback/types.js';

export type Mode = 'deploy' | 'plan' | 'drift' | 'import' | 'validate' | 'alert-types';

/** What the earlier stages hand over; nothing in it is made harmless yet. */
export interface ReportInput {
  readonly mode: Mode;
  /** `owner/name`. */
  readonly repository: string;
  readonly branch: string | null;
  /** The commit that was looked at. */
  readonly head: string;
  /** Null when the run is not for a pull request. */
  readonly pullRequest: number | null;
  /** The page of the run; null when it is not known. */
  readonly runUrl: string | null;
  /** What was compared and why, one sentence. */
  readonly scope: string;
  readonly read: Omit<ReadDetections, 'claims' | 'leftOut'>;
  readonly outcomes: readonly Outcome[];
  /** Null: not wanted (`write-back: none`), or there was nothing to write. */
  readonly writeBack: WriteBack | null;
  /** What else the reader should know, a sentence each. */
  readonly notes: readonly string[];
  /** What to look at twice in a plan, by metadata path. */
  readonly attention?: ReadonlyMap<string, readonly Attention[]>;
  /** Who brought files to what they are, by path, newest first. */
  readonly authors?: ReadonlyMap<string, Authorship>;
  /** Where the platform differs, by metadata path; of `mode: drift` alone. */
  readonly drifts?: ReadonlyMap<string, Drift>;
  /** Rules of the community that no file has; of `mode: drift` alone. */
  readonly strangers?: readonly Stranger[];
  /** What `mode: alert-types` read, in the order to show it. */
  readonly alertTypes?: readonly AlertTypeRow[];
  /** Rules that were brought into files; of `mode: import` alone. */
  readonly imports?: readonly ImportedRule[];
  /** Rules of the community's own that no file stands for; of `mode: import` alone. */
  readonly notImported?: readonly NotImported[];
  /** What ended the run before its end; detections without an outcome are then reported as failed for it. */
  readonly stopped?: Stop | null;
  readonly spent?: Spent | null;
  /** The open pull request of earlier runs, whose UUIDs counted as the branch's. */
  readonly waiting?: PullRequest | null;
}

/** A failure of the run as a whole. */
export interface Stop {
  readonly message: string;
  readonly help: string;
}

export interface Spent {
  /** Requests sent to Sekoia. */
  readonly requests: number;
  readonly elapsedMs: number;
}

/** A type that alerts can have. */
export interface AlertTypeRow {
  /** What a metadata file writes as `alert_type`. */
  readonly name: string;
  /** As the web app shows it. */
  readonly display: string;
  /** Null where the platform gives none that is one. */
  readonly uuid: string | null;
  readonly description: string;
}

/** A rule on the platform that no file has. */
export interface Stranger {
  /** Only in runs with targets. */
  readonly target?: string;
  readonly uuid: RuleUuid;
  readonly name: string;
  readonly created: Hand;
}

/** A rule that was brought into a pair of files. */
export interface ImportedRule {
  readonly path: string;
  readonly patternPath: string;
  readonly name: string;
  readonly uuid: RuleUuid;
  /** Where the files are, and what is to be known of them. */
  readonly reason: string;
}

/** One detection looked at; with targets one for each of them. */
export interface Row {
  /** Only in runs with targets. */
  readonly target?: string;
  /** The metadata file. */
  readonly path: string;
  /** Null where it is not known, as for a detection that left the branch. */
  readonly patternPath: string | null;
  /** The last commit that changed either file; null where the clone does not tell. */
  readonly brought: Authorship | null;
  /** Null when the file could not be read that far. */
  readonly name: string | null;
  readonly uuid: RuleUuid | null;
  readonly operation: Operation['kind'] | 'import';
  readonly outcome: Outcome['kind'];
  /** Why; empty for what went as planned. */
  readonly reason: string;
  /** What to do about it; empty when there is nothing to do. */
  readonly help: string;
  /** What an update, an adoption or a removal changes in the rule. */
  readonly changes: readonly FieldChange[];
  /** What a create or an adoption sends, an update would send; null where nothing is sent. */
  readonly body: WriteRule | null;
  /** What `mode: drift` found. */
  readonly drift?: Drift;
  /** What a reviewer should look at twice. */
  readonly attention: readonly Attention[];
  /** Those of its files. */
  readonly findings: readonly Finding[];
  /** Only where there is a tests file. */
  readonly tests?: TestCounts;
}

/** A rule whose UUID does not stand in its metadata file. */
export interface MissingUuid {
  /** Only in runs with targets. */
  readonly target?: string;
  readonly path: string;
  readonly uuid: RuleUuid;
  readonly reason: string;
  readonly help: string;
}

export interface Counts {
  readonly created: number;
  readonly adopted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly disabled: number;
  readonly deleted: number;
  /** Detections that are not in place. */
  readonly failed: number;
  /** Error findings. */
  readonly findings: number;
}

/** What is told of a target as a whole. */
export interface TargetFacts {
  readonly name: string;
  readonly ring: string | null;
  /** As the input records it. */
  readonly community: string | null;
  readonly counts: Counts;
  /** How many were looked at. */
  readonly detections: number;
  /** Of `mode: drift`: how many rules differ or are missing. */
  readonly drifted: number;
  /** Of `mode: drift`: rules that no file has. */
  readonly strangers: number;
  /** UUIDs that did not get onto the branch. */
  readonly lost: number;
  /** Sent to Sekoia. */
  readonly requests: number;
  /** What ended the work on this target before its end; the others went on. */
  readonly stopped: Stop | null;
}

/** All that is told about a run, to people and to machines. */
export interface Report {
  readonly mode: Mode;
  readonly repository: string;
  readonly branch: string | null;
  readonly head: string;
  readonly pullRequest: number | null;
  readonly runUrl: string | null;
  readonly scope: string;
  /** In path order. */
  readonly rows: readonly Row[];
  /** Errors first, then warnings; each in path, line, column order. */
  readonly findings: readonly Finding[];
  readonly counts: Counts;
  /** Of `mode: drift`, by name. */
  readonly strangers?: readonly Stranger[];
  /** Of `mode: alert-types`. */
  readonly alertTypes?: readonly AlertTypeRow[];
  /** Of `mode: import`, by name. */
  readonly notImported?: readonly NotImported[];
  /** UUIDs that should be on the branch and are not: they turn the run red. */
  readonly lost: readonly MissingUuid[];
  /** UUIDs that nobody was asked to write (`write-back: none`). */
  readonly unwritten: readonly MissingUuid[];
  /** The write-back's commit. */
  readonly commit: string | null;
  /** The open pull request that UUIDs wait in. */
  readonly uuidPullRequest: PullRequest | null;
  readonly notes: readonly string[];
  readonly stopped: Stop | null;
  readonly spent: Spent | null;
  /** In the order of the input `targets`; left out in a run without them. */
  readonly targets?: readonly TargetFacts[];
}

/** Whether the detection is not in place although the run should have put it there. */
export function hasFailed(row: Pick<Row, 'operation' | 'outcome'>): boolean {
  switch (row.outcome) {
    case 'done':
    case 'planned':
      return false;
    case 'failed':
    case 'unknown':
      return true;
    case 'skipped':
      return row.operation !== 'none';
  }
}
