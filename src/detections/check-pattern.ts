import { isLintCode } from '../sigma/lint/codes.js';
import type { LintProblem } from '../sigma/lint/lint-pattern.js';
import { CHECK_SETTINGS, isWithoutEffect, withSeverities } from '../sigma/lint/severities.js';
import type { CheckRule } from '../sigma/lint/severities.js';
import { findingIn } from './check-metadata.js';
import type { MetadataText } from './read-metadata-text.js';
import type { Finding } from './types.js';

/** The metadata file of a pattern, whose `checks` win over the input. */
export interface OwnChecks {
  readonly path: string;
  readonly file: MetadataText;
}

export interface CheckedPattern {
  /** Of the pattern, with the severities that are wanted. */
  readonly problems: readonly LintProblem[];
  /** On the metadata file's `checks`. */
  readonly findings: readonly Finding[];
}

/** What a pattern's lint found, as it is wanted: what the input and the metadata file want of the checks decides what becomes of it. */
export function checkPattern(
  problems: readonly LintProblem[],
  checks: readonly CheckRule[],
  own: OwnChecks | undefined,
): CheckedPattern {
  const entries = own === undefined ? [] : ownRules(own.file);
  const rules = entries.map(({ rule }) => rule);
  const wanted = withSeverities(problems, [...checks, ...rules]);
  // An error may keep other checks from looking: what they would find is known once it is gone.
  const isWhole = wanted.every(({ severity }) => severity !== 'error');
  return {
    problems: wanted,
    findings:
      own === undefined || !isWhole
        ? []
        : entries.flatMap(({ rule, index }, at) => {
            const context = { problems, before: [...checks, ...rules.slice(0, at)], after: rules.slice(at + 1) };
            return isWithoutEffect(rule, context) ? [unused(own, rule, index)] : [];
          }),
  };
}

interface OwnRule {
  readonly rule: CheckRule;
  /** In the file's list. */
  readonly index: number;
}

/** Entries that are not as they should be are errors of the metadata, and nothing here. */
function ownRules({ value }: MetadataText): readonly OwnRule[] {
  const list: unknown = value['checks'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index) => {
    const {
      code,
      severity: wanted,
      reason,
    } = (typeof entry === 'object' ? (entry ?? {}) : {}) as Record<string, unknown>;
    const severity = CHECK_SETTINGS.find((setting) => setting === wanted);
    const isSound = typeof code === 'string' && typeof reason === 'string' && reason.trim() !== '';
    if (!isSound || !isLintCode(code) || severity === undefined) return [];
    return [{ rule: { code, severity }, index }];
  });
}

function unused({ path, file }: OwnChecks, { code, severity }: CheckRule, index: number): Finding {
  const words = {
    code: 'check-unused',
    message: `\`${code}: ${severity}\` changes nothing: no finding of this pattern would be another without it.`,
    help: 'Remove the entry from `checks`.',
  };
  return findingIn(path, file, ['checks', String(index), 'code'], words, 'warning');
}
