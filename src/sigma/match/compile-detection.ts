import type { Alternative, DetectionDocument, Entry, Expression, Keyword, Selection } from '../parse/types.js';
import { compileValues } from './compile-values.js';
import type { Holidays, TimeContext } from './compile-values.js';
import type { EventView, FieldTable } from './event-view.js';
import { zoneClock } from './zone-clock.js';

/** Keywords are looked for in this field (sigma.md §3). */
const KEYWORD_FIELD = 'message';

/** A claim about an event. */
export interface EventTest {
  readonly holds: (view: EventView) => boolean;
  /** What it costs, roughly: cheap ones are asked first. */
  readonly cost: number;
}

/** A compiled detection document. */
export interface Detector {
  readonly document: DetectionDocument;
  readonly matches: (view: EventView) => boolean;
}

/** What a compiler has at hand besides the document. */
export interface CompileContext {
  readonly fields: FieldTable;
  readonly holidays: Holidays;
}

/** Compiles a detection without problems. Whatever the event is, its evaluation ends and throws nothing. */
export function compileDetection(document: DetectionDocument, context: CompileContext): Detector {
  const compile = selectionCompiler(document, context);
  const selections = memoized(document, compile);
  const expressions = document.conditions.map(({ expression }) => expression).filter((one) => one !== undefined);
  const condition = anyOf(expressions.map((expression) => compileExpression(expression, selections.test)));
  const { forget } = selections;
  return {
    document,
    matches: (view) => {
      forget();
      return condition.holds(view);
    },
  };
}

/** Compiles the selections, entries and keywords of one document. */
export interface SelectionCompiler {
  readonly selection: (selection: Selection) => EventTest;
  readonly alternative: (alternative: Alternative) => EventTest;
  readonly entry: (entry: Entry) => EventTest;
}

export function selectionCompiler(document: DetectionDocument, context: CompileContext): SelectionCompiler {
  const time: TimeContext = { clock: zoneClock(document.timezone?.text ?? 'UTC'), holidays: context.holidays };
  const entry = ({ field, tests, quantifier }: Entry): EventTest => {
    const slot = context.fields.slotOf(field?.text ?? KEYWORD_FIELD);
    const { holds, cost } = compileValues(tests, quantifier, time);
    return { cost, holds: (view) => holds(view.field(slot)) };
  };
  const keywords = (words: readonly Keyword[]): EventTest => {
    const slot = context.fields.slotOf(KEYWORD_FIELD);
    const { holds, cost } = compileValues(
      words.map(({ test }) => test),
      'any',
      time,
    );
    return { cost, holds: (view) => holds(view.field(slot)) };
  };
  const alternative = (one: Alternative): EventTest =>
    one.kind === 'keyword' ? keywords([one]) : allOf(one.entries.map(entry));
  const selection = ({ alternatives }: Selection): EventTest => {
    const words = alternatives.filter((one) => one.kind === 'keyword');
    const maps = alternatives.filter((one) => one.kind === 'map');
    return anyOf([...(words.length === 0 ? [] : [keywords(words)]), ...maps.map(alternative)]);
  };
  return { selection, alternative, entry };
}

/** Each selection of a condition, asked once an event at most: those named several times remember their answer. */
function memoized(
  document: DetectionDocument,
  compile: SelectionCompiler,
): { readonly test: (name: string) => EventTest; readonly forget: () => void } {
  const uses = new Map<string, number>();
  for (const { expression } of document.conditions) if (expression !== undefined) countNames(expression, uses);
  const tests = new Map<string, EventTest>();
  const answers: (boolean | undefined)[] = [];
  for (const [name, count] of uses) {
    const selection = document.selections.get(name);
    if (selection === undefined) continue;
    const { holds, cost } = compile.selection(selection);
    if (count === 1) {
      tests.set(name, { holds, cost });
      continue;
    }
    const index = answers.push(undefined) - 1;
    tests.set(name, { cost, holds: (view) => (answers[index] ??= holds(view)) });
  }
  return {
    test: (name) => tests.get(name) ?? { holds: () => false, cost: 0 },
    forget: answers.length === 0 ? () => undefined : () => answers.fill(undefined),
  };
}

function countNames(expression: Expression, uses: Map<string, number>): void {
  switch (expression.kind) {
    case 'and':
    case 'or':
      for (const operand of expression.operands) countNames(operand, uses);
      return;
    case 'not':
      countNames(expression.operand, uses);
      return;
    case 'name':
      uses.set(expression.name, (uses.get(expression.name) ?? 0) + 1);
      return;
    case 'of':
      for (const name of expression.names) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
}

/** Recursion is as deep as the parser lets brackets and `not` be (500). */
function compileExpression(expression: Expression, selection: (name: string) => EventTest): EventTest {
  switch (expression.kind) {
    case 'and':
      return allOf(expression.operands.map((operand) => compileExpression(operand, selection)));
    case 'or':
      return anyOf(expression.operands.map((operand) => compileExpression(operand, selection)));
    case 'not': {
      const { holds, cost } = compileExpression(expression.operand, selection);
      return { cost, holds: (view) => !holds(view) };
    }
    case 'name':
      return selection(expression.name);
    case 'of': {
      const tests = expression.names.map(selection);
      return expression.quantifier === 'all' ? allOf(tests) : anyOf(tests);
    }
  }
}

/** Nothing that is asked has an effect, so the order is free: cheap ones first. */
function allOf(tests: readonly EventTest[]): EventTest {
  const { holds, cost } = byCost(tests);
  const [first, second] = holds;
  if (first === undefined) return { holds: () => true, cost };
  if (second === undefined) return { holds: first, cost };
  if (holds.length === 2) return { cost, holds: (view) => first(view) && second(view) };
  return {
    cost,
    holds: (view) => {
      for (const test of holds) if (!test(view)) return false;
      return true;
    },
  };
}

function anyOf(tests: readonly EventTest[]): EventTest {
  const { holds, cost } = byCost(tests);
  const [first, second] = holds;
  if (first === undefined) return { holds: () => false, cost };
  if (second === undefined) return { holds: first, cost };
  if (holds.length === 2) return { cost, holds: (view) => first(view) || second(view) };
  return {
    cost,
    holds: (view) => {
      for (const test of holds) if (test(view)) return true;
      return false;
    },
  };
}

function byCost(tests: readonly EventTest[]): { readonly holds: readonly EventTest['holds'][]; readonly cost: number } {
  const sorted = [...tests].sort((one, other) => one.cost - other.cost);
  return { holds: sorted.map(({ holds }) => holds), cost: sorted.reduce((sum, test) => sum + test.cost, 0) };
}
