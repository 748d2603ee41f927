import type { Detection, Finding } from '../detections/types.js';
import type { Rule, RuleUuid, WriteRule } from '../sekoia/types.js';

/** A field that an update changes, in the write shape. */
export interface FieldChange {
  readonly field: keyof WriteRule;
  readonly from: unknown;
  readonly to: unknown;
}

/** Why an operation cannot be carried out, found before any write. */
export interface Obstacle {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

export type Operation =
  | { readonly kind: 'create'; readonly detection: Detection; readonly body: WriteRule }
  | {
      /** `adopt`: the rule was found by its name, and its UUID is written into the file. */
      readonly kind: 'update' | 'adopt';
      readonly detection: Detection;
      readonly rule: Rule;
      readonly body: WriteRule;
      /** Empty only for an adoption whose rule already equals the detection. */
      readonly changes: readonly FieldChange[];
    }
  | { readonly kind: 'unchanged'; readonly detection: Detection; readonly rule: Rule }
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
      /** Looked at and left alone on purpose: a draft, or a run that only validates. */
      readonly kind: 'none';
      readonly detection: Detection;
      readonly reason: string;
    };

export interface Plan {
  /** In the order of the detections. */
  readonly operations: readonly Operation[];
}
