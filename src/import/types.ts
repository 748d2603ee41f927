import type { Buffer } from 'node:buffer';
import type { Finding } from '../detections/types.js';
import type { Rule, RuleUuid } from '../sekoia/types.js';

/** A rule as a pair of files. */
export interface Pair {
  readonly rule: Rule;
  /** The metadata file, repository-relative, forward slashes. */
  readonly path: string;
  readonly metadata: Buffer;
  readonly patternPath: string;
  readonly pattern: Buffer;
  /** Checks of patterns that the metadata file turns into warnings, since they would hold the rule back. */
  readonly eased: readonly string[];
}

/** A rule of the community's own that stays without files, and why. */
export interface NotImported {
  /** Only in runs with targets. */
  readonly target?: string;
  readonly uuid: RuleUuid;
  readonly name: string;
  /** The platform's word, such as `sigma` or `cti`. */
  readonly type: string;
  readonly reason: string;
  /** What to do about it; empty when there is nothing to do. */
  readonly help: string;
}

/** What the branch says of a pair, read as every run reads it, and planned against the rule that it was made of. */
export type ReadBack =
  | { readonly kind: 'unchanged' }
  /** Error findings would hold it back, at least one. */
  | { readonly kind: 'errors'; readonly errors: readonly Finding[] }
  /** It would say something else than the rule, or could not be deployed. */
  | { readonly kind: 'different'; readonly reason: string; readonly help: string };

export type MadePair =
  { readonly kind: 'pair'; readonly pair: Pair } | { readonly kind: 'not-imported'; readonly rule: NotImported };
