import { isLintCode } from './codes.js';
import type { LintCode, LintSeverity } from './codes.js';
import type { LintProblem } from './lint-pattern.js';

export type CheckSetting = LintSeverity | 'off';

/** What somebody wants of a check, or of all of them. */
export interface CheckRule {
  readonly code: LintCode | '*';
  readonly severity: CheckSetting;
}

/** The problems as the rules want them, of which later ones win. Errors of reading stay as they are. */
export function withSeverities<Problem extends LintProblem>(
  problems: readonly Problem[],
  rules: readonly CheckRule[],
): readonly Problem[] {
  if (rules.length === 0) return problems;
  const settings = new Map<LintCode | '*', CheckSetting>();
  for (const { code, severity } of rules) {
    if (code === '*') settings.clear();
    settings.set(code, severity);
  }
  return problems.flatMap((problem) => {
    const { code } = problem;
    const setting = isLintCode(code) ? (settings.get(code) ?? settings.get('*')) : undefined;
    if (setting === undefined || setting === problem.severity) return [problem];
    return setting === 'off' ? [] : [{ ...problem, severity: setting }];
  });
}
