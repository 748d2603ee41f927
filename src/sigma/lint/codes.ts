import type { ReadingCode } from '../problem.js';

export type LintSeverity = 'error' | 'warning';

/**
 * Every check of a pattern and its severity when nobody changes it (sigma.md §9). docs/checks.md has a section for each.
 * A finding may be milder than its check: `timespan: 1d` works, and is not documented.
 *
 * An error is what the platform refuses, by all that is known; a warning is what it takes and does not do as meant.
 */
export const CHECKS = {
  'document-kind': 'error',
  'document-unknown-key': 'warning',
  'document-several-roots': 'warning',
  'document-name-duplicate': 'error',

  'yaml-value-changed': 'warning',
  'yaml-control-character': 'warning',
  'yaml-comment': 'warning',
  'yaml-anchor': 'warning',
  'invisible-character': 'warning',

  'condition-missing': 'error',
  'condition-syntax': 'error',
  'condition-unknown-name': 'error',
  'condition-empty-pattern': 'error',
  'condition-unsupported': 'error',
  'condition-undocumented': 'warning',
  'condition-upper-case': 'warning',
  'condition-mixed': 'warning',
  'condition-only-negative': 'warning',

  'selection-name': 'warning',
  'selection-unused': 'warning',
  'selection-shape': 'error',
  'selection-mixed': 'warning',
  'keyword-all': 'warning',
  'keyword-field-like': 'warning',
  'keyword-modifier': 'warning',
  'negation-missing-field': 'warning',

  'modifier-unknown': 'error',
  'modifier-unsupported': 'error',
  'modifier-chain': 'error',
  'modifier-value': 'error',
  'modifier-value-type': 'warning',
  'all-single-value': 'warning',
  'list-null': 'warning',
  'value-escaped-wildcard': 'warning',
  'value-wildcard-redundant': 'warning',
  'value-duplicate': 'warning',
  'value-empty': 'warning',
  'regex-syntax': 'error',
  'regex-whole-field': 'warning',
  'regex-never': 'warning',
  'time-value': 'error',
  'time-field': 'warning',
  'time-zone': 'error',

  'correlation-key': 'error',
  'correlation-type': 'error',
  'correlation-condition': 'error',
  'correlation-reference': 'error',
  'correlation-cycle': 'error',
  'correlation-spelling': 'warning',
  'correlation-several-rules': 'warning',
  'correlation-chain-group': 'warning',
  timespan: 'error',
  'alias-incomplete': 'error',
  'alias-unused': 'warning',
  'group-by-unknown': 'warning',
  'group-by-may-be-missing': 'warning',

  'field-unknown': 'warning',
  'field-case': 'warning',
  'field-never-filled': 'warning',
} as const satisfies Record<string, LintSeverity>;

export type LintCode = keyof typeof CHECKS;

export const LINT_CODES = Object.keys(CHECKS) as readonly LintCode[];

export function isLintCode(code: string): code is LintCode {
  return Object.hasOwn(CHECKS, code);
}

/** Errors of reading, which no setting reaches. */
export const READING_CODES: Readonly<Record<ReadingCode, true>> = {
  'yaml-syntax': true,
  'yaml-tab': true,
  'yaml-plain-value': true,
  'yaml-escape': true,
  'yaml-duplicate-key': true,
  'yaml-too-big': true,
  encoding: true,
};
