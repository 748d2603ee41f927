import { isLintCode } from './codes.js';
import type { LintCode, LintSeverity } from './codes.js';
import type { LintProblem } from './lint-pattern.js';

export const CHECK_SETTINGS = ['error', 'warning', 'off'] as const satisfies readonly (LintSeverity | 'off')[];
export type CheckSetting = (typeof CHECK_SETTINGS)[number];

/** What somebody wants of a check, or of all of them. */
export interface CheckRule {
  readonly code: LintCode | '*';
  readonly severity: CheckSetting;
}

/** A rule of which nothing would be left to do without it: no problem of its code that it makes another one. */
export function isWithoutEffect(
  rule: CheckRule,
  {
    problems,
    before,
    after,
  }: { problems: readonly LintProblem[]; before: readonly CheckRule[]; after: readonly CheckRule[] },
): boolean {
  if (after.some(({ code }) => code === rule.code)) return true;
  const ofCode = problems.filter(({ code }) => code === rule.code);
  const severities = (rules: readonly CheckRule[]): string =>
    withSeverities(ofCode, rules)
      .map(({ severity }) => severity)
      .join();
  return severities(before) === severities([...before, rule]);
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
