import type { Detection, Finding, Removed } from '../detections/types.js';
import type { Rule, RuleUuid, WriteRule } from '../sekoia/types.js';

/** A field that an update changes, in the write shape. */
export interface FieldChange {
  readonly field: keyof WriteRule;
  readonly from: unknown;
  readonly to: unknown;
}

/** Who wrote last, and when, as far as the platform says. */
export interface Hand {
  /** Server time as the platform wrote it. */
  readonly at: string | null;
  /** A UUID: of a person, or of an API key. */
  readonly by: string | null;
  /** The platform's word: `avatar` (a person), `apikey`, `application`. */
  readonly byType: string | null;
}

/** How the platform's rule differs from the branch's detection though the branch did not change. */
export type Drift =
  | {
      readonly kind: 'changed';
      /** From the file's value to the platform's. */
      readonly changes: readonly FieldChange[];
      /** Of the rule's last change, whichever it was. */
      readonly hand: Hand;
    }
  | { readonly kind: 'missing' };

/** Why an operation cannot be carried out, found before any write. */
export interface Obstacle {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

export type Operation =
  | {
      readonly kind: 'create';
      readonly detection: Detection;
      readonly body: WriteRule;
      /** The UUID in the file, of a rule that is gone on the platform; the new one takes its place. */
      readonly replaces: RuleUuid | null;
    }
  | {
      /** `adopt`: the rule was found by its name, and its UUID is written into the file. */
      readonly kind: 'update' | 'adopt';
      readonly detection: Detection;
      readonly rule: Rule;
      readonly body: WriteRule;
      /** Empty only for an adoption whose rule already equals the detection. */
      readonly changes: readonly FieldChange[];
      readonly replaces: RuleUuid | null;
    }
  | { readonly kind: 'unchanged'; readonly detection: Detection; readonly rule: Rule }
  | {
      /** The detection left the branch. */
      readonly kind: 'disable' | 'delete';
      readonly removed: Removed;
      readonly rule: Rule;
    }
  | {
      /** Held back by findings or by what the catalogue says; counts as failed. */
      readonly kind: 'blocked';
      readonly path: string;
      readonly name: string | null;
      readonly uuid: RuleUuid | null;
      readonly findings: readonly Finding[];
      readonly obstacle: Obstacle | null;
    }
  | {
      /** Looked at and left alone on purpose: a draft, a removed detection whose rule stays as it is. */
      readonly kind: 'none';
      readonly path: string;
      readonly name: string | null;
      readonly uuid: RuleUuid | null;
      readonly reason: string;
    };

/** The metadata file of the detection, where it is or was. */
export function metadataPathOf(operation: Operation): string {
  if ('detection' in operation) return operation.detection.path;
  return 'removed' in operation ? operation.removed.path : operation.path;
}

export interface Plan {
  /** In the order of the detections, those that left the branch last. */
  readonly operations: readonly Operation[];
}

/** Something in a plan that a reviewer should look at twice. */
export interface Attention {
  readonly code:
    | 'turned-on'
    | 'turned-off'
    | 'severity-changed'
    | 'removal'
    | 'type-changed'
    | 'edited-on-platform'
    | 'ambiguous-to-adopt';
  /** One sentence without its full stop. */
  readonly message: string;
}

/** What the user decided about identity and removal (design.md, "Contract"). */
export interface Policy {
  readonly adopt: 'safe' | 'never';
  readonly onMissing: 'fail' | 'recreate';
  readonly onRemoved: 'keep' | 'disable' | 'delete';
  /** Above so many removals none is carried out. */
  readonly maxRemovals: number;
}
