import type { TestCounts, TestTrace } from '../rule-tests/types.js';
import type { RuleUuid, WriteRule } from '../sekoia/types.js';

export type Severity = 'error' | 'warning';

/** Something wrong in a file. Lines and columns count from 1; columns count UTF-16 units, as editors do. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly severity: Severity;
  /** Stable, kebab-case; docs/checks.md lists them. */
  readonly code: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly help: string;
}

/** Whose values of a metadata file count; null, in its place, stands for a run without targets. */
export interface TargetKey {
  /** `[a-z0-9-]{1,40}` */
  readonly name: string;
  /** Whether the plain `uuid` of files is its UUID, until it was moved to `uuids`. One target at most. */
  readonly takesUuid: boolean;
}

/** The writable fields of a rule that a file may hold; the pattern is a file of its own. */
export type FileFields = {
  readonly [Field in Exclude<keyof WriteRule, 'payload'>]?: WriteRule[Field] | null;
};

/** Whether a rule runs in a sub-community of the parent workspace. */
export interface SubcommunityState {
  /** Of the sub-community, lower case. */
  readonly uuid: string;
  readonly state: 'enabled' | 'disabled';
}

/** A metadata file and its pattern without error findings. */
export interface Detection {
  /** The metadata file, repository-relative, forward slashes. */
  readonly path: string;
  readonly patternPath: string;
  readonly name: string;
  readonly uuid: RuleUuid | null;
  /** The UUID is the plain `uuid` of a file with targets: it moves to `uuids` once the rule is found in place. */
  readonly movesUuid?: true;
  /** Checked, never deployed. */
  readonly draft: boolean;
  /**
   * Exactly the fields that the file has, with the values that are sent; null clears a field. `name`, `severity` and
   * `effort` are there, and `alert_type_uuid` unless the file has the type's name.
   */
  readonly fields: FileFields;
  /** The name of the alert type, as the file writes it; its UUID is looked up before anything is planned. */
  readonly alertType?: string;
  /** In the order of the file; left out where it names none. */
  readonly subcommunities?: readonly SubcommunityState[];
  /** The pattern's text less a byte order mark. */
  readonly pattern: string;
}

/** A detection of the scope: sound, or held back by error findings. */
export type ReadDetection =
  | {
      readonly kind: 'sound';
      readonly detection: Detection;
      /** Only where there is a tests file. */
      readonly tests?: TestCounts;
    }
  | {
      readonly kind: 'faulty';
      readonly path: string;
      /** As far as the file could be read. */
      readonly name: string | null;
      readonly uuid: RuleUuid | null;
      /** The error findings that hold it back, at least one. */
      readonly errors: readonly Finding[];
      /** Only where there is a tests file. */
      readonly tests?: TestCounts;
    };

/** The metadata file of a detection, sound or not. */
export function pathOfRead(read: ReadDetection): string {
  return read.kind === 'sound' ? read.detection.path : read.path;
}

export interface ReadDetections {
  /** In path order. */
  readonly detections: readonly ReadDetection[];
  /** All findings, those of the faulty detections included; in path, line, column order. */
  readonly findings: readonly Finding[];
  /** What the reader should know that no file stands for, such as a folder without any detection. */
  readonly notes: readonly string[];
  /**
   * The files below the roots, in the scope or not, that have a UUID, in path order; of a file that cannot be read it is
   * every UUID in its text. Empty when nothing is in the scope: then nothing was read.
   */
  readonly claims: ReadonlyMap<RuleUuid, readonly string[]>;
  /** Detections of the scope that leave the target out (`only`, `except`), in path order; none without targets. */
  readonly leftOut: readonly LeftOut[];
  /** Every path that the events of the tests in the scope depend on, sorted; of a change, those that were looked up for it. */
  readonly eventFiles?: readonly string[];
  /** What the events of the tests did, by metadata path; only where it was asked for. */
  readonly traces?: ReadonlyMap<string, readonly TestTrace[]>;
}

/** A detection that is not meant for the target. */
export interface LeftOut {
  /** The metadata file. */
  readonly path: string;
  readonly name: string | null;
  /** The rule that the target has of it still, as far as the file says. */
  readonly uuid: RuleUuid | null;
  /** Where the file wants the rule (`community_uuid`), lower case. */
  readonly community?: string;
}

/** A detection whose metadata file left the branch, or leaves the target out by now. */
export interface Removed {
  /** Where the metadata file was. */
  readonly path: string;
  readonly name: string | null;
  /** Of the file's newest version that had one; null when it never had. */
  readonly uuid: RuleUuid | null;
  /** Where that version wanted the rule (`community_uuid`), lower case. */
  readonly community?: string;
  /** Every other name that it had. */
  readonly formerNames: readonly string[];
  /** The file is on the branch, and leaves the target out (`only`, `except`). */
  readonly isLeftOut?: true;
}

/** A file that may belong to a detection. */
export interface SourceFile {
  readonly path: string;
  /** A symbolic link's content is the text of its target. */
  readonly kind: 'file' | 'link' | 'submodule';
  /** Bytes. */
  readonly size: number;
}

/** Where detections are read from: a commit, or the work tree. */
export interface FileSource {
  /** Every file at or below the folders (repository-relative; `''` is the root), links not followed. */
  list(folders: readonly string[]): Promise<readonly SourceFile[]>;
  /** Exactly these paths, without those that do not exist. */
  find(paths: readonly string[]): Promise<readonly SourceFile[]>;
  /** The content of files (of links: their target) found before. */
  read(files: readonly SourceFile[]): Promise<ReadonlyMap<string, Buffer>>;
}
