import type { Pattern, PatternDocument } from '../parse/types.js';
import type { Problem, ReadingCode } from '../problem.js';
import { checkAliases, checkGroupBy } from './check-group-by.js';
import { checkConditions } from './check-conditions.js';
import { checkCorrelation } from './check-correlation.js';
import { checkDocuments } from './check-documents.js';
import { checkEntry } from './check-entry.js';
import { checkFields } from './check-fields.js';
import { checkNegations } from './check-negations.js';
import { checkSelections, entriesIn } from './check-selections.js';
import { checkTimeZone } from './check-time.js';
import { checkInvisible } from './check-invisible.js';
import { checkYaml } from './check-yaml.js';
import type { LintCode } from './codes.js';
import { requirementsOf } from './required-fields.js';
import type { Remark } from './remark.js';

export type LintProblem = Problem<ReadingCode | LintCode>;

/**
 * All that is wrong with a pattern or will surprise (sigma.md §9), in the order of the text: what reading and parsing
 * found, and what the checks see in the rest. A pattern that cannot be read has the errors of reading only.
 */
export function lintPattern(pattern: Pattern): readonly LintProblem[] {
  if (pattern.reading.problems.length > 0) return pattern.problems;
  const found: LintProblem[] = [
    ...pattern.problems,
    ...checkInvisible(pattern.reading),
    ...checkYaml(pattern.reading),
    ...checkDocuments(pattern),
    ...pattern.documents.flatMap((document) => checkDocument(document, pattern)),
    ...checkFields(pattern),
  ];
  return limited(found.sort((one, other) => one.offset - other.offset || (one.code < other.code ? -1 : 1)));
}

function checkDocument(document: PatternDocument, pattern: Pattern): readonly Remark[] {
  if (document.kind === 'correlation') {
    return [...checkCorrelation(document, pattern), ...checkAliases(document), ...checkGroupBy(document, pattern)];
  }
  const requirements = requirementsOf(document);
  return [
    ...checkConditions(document),
    ...checkSelections(document, pattern.problems),
    ...entriesIn(document).flatMap((entry) => checkEntry(entry)),
    ...checkTimeZone(document),
    ...checkNegations(document, requirements),
  ];
}

/** More of one kind than anybody reads. */
const MOST_OF_A_CODE = 50;

function limited(problems: readonly LintProblem[]): readonly LintProblem[] {
  const counts = new Map<string, number>();
  return problems.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MOST_OF_A_CODE;
  });
}
