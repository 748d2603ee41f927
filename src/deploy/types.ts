import type { Operation } from '../plan/types.js';
import type { RuleUuid } from '../sekoia/types.js';

/** What came of one operation. */
export interface Outcome {
  readonly operation: Operation;
  /**
   * `unknown`: it was sent and the answer was lost, so the platform may or may not have done it; `planned`: the run only
   * shows what a deployment would do.
   */
  readonly kind: 'done' | 'failed' | 'unknown' | 'skipped' | 'planned';
  /** The rule, where one is known to stand behind the detection (a rule that failed to compile has one). */
  readonly uuid: RuleUuid | null;
  /** Why; empty for what went as planned. */
  readonly reason: string;
  /** What to do about it; empty when there is nothing to do. */
  readonly help: string;
}
