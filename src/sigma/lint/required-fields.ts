import type { DetectionDocument, Entry, Expression, Selection } from '../parse/types.js';

/** What a detection can match on, as far as its fields and conditions say. */
export interface Requirements {
  /** The fields that each event has on which a condition holds; of several conditions, on which any holds. */
  readonly fields: ReadonlySet<string>;
  /** The same for each condition that could be parsed, in their order. */
  readonly ofConditions: readonly ReadonlySet<string>[];
}

export function requirementsOf({ conditions, selections }: DetectionDocument): Requirements {
  const ofSelection = demandsOfSelections(selections);
  const ofConditions = conditions
    .flatMap(({ expression }) => expression ?? [])
    .slice(0, MOST_CONDITIONS)
    .map((expression) => demandOf(expression, false, ofSelection));
  return { fields: common(ofConditions), ofConditions };
}

/** A list of more conditions was made to be slow. */
export const MOST_CONDITIONS = 20;

/** The fields that are there when a selection matches, and when it does not. */
interface Demand {
  readonly matching: ReadonlySet<string>;
  readonly failing: ReadonlySet<string>;
}

type DemandOf = (name: string) => Demand;

const NONE: ReadonlySet<string> = new Set();

function demandsOfSelections(selections: ReadonlyMap<string, Selection>): DemandOf {
  const known = new Map<string, Demand>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const selection = selections.get(name);
    const demand = selection === undefined ? { matching: NONE, failing: NONE } : demandOfSelection(selection);
    known.set(name, demand);
    return demand;
  };
}

function demandOf(expression: Expression, isNegated: boolean, ofSelection: DemandOf): ReadonlySet<string> {
  const ofName = (name: string): ReadonlySet<string> =>
    isNegated ? ofSelection(name).failing : ofSelection(name).matching;
  switch (expression.kind) {
    case 'name':
      return ofName(expression.name);
    case 'not':
      return demandOf(expression.operand, !isNegated, ofSelection);
    case 'of':
      return joined(expression.quantifier === 'all', isNegated, setsOf(expression.names, ofName));
    case 'and':
    case 'or': {
      const operands = expression.operands.map((operand) => demandOf(operand, isNegated, ofSelection));
      return joined(expression.kind === 'and', isNegated, operands);
    }
  }
}

/** Distinct ones: a pattern may stand in a condition many times, for many selections that demand nothing. */
function setsOf(
  names: readonly string[],
  ofName: (name: string) => ReadonlySet<string>,
): readonly ReadonlySet<string>[] {
  return [...new Set(names.slice(0, MOST_NAMES).map(ofName))];
}

const MOST_NAMES = 200;

/** Not all of them: at least one does not; none of them: all do not. */
function joined(isAnd: boolean, isNegated: boolean, parts: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return isAnd === isNegated ? common(parts) : united(parts);
}

function demandOfSelection({ alternatives }: Selection): Demand {
  const ofAlternatives = alternatives.map((alternative) =>
    alternative.kind === 'keyword'
      ? new Set(['message'])
      : new Set(alternative.entries.filter(demandsPresence).flatMap(({ field }) => field?.text ?? [])),
  );
  const failing = alternatives.flatMap((alternative) => {
    // Of several entries it is open which one failed.
    const [entry, second] = alternative.kind === 'map' ? alternative.entries : [];
    return entry?.field !== undefined && second === undefined && isOnlyNull(entry) ? [entry.field.text] : [];
  });
  return { matching: common(ofAlternatives), failing: new Set(failing) };
}

/** Only null matches a field that is not there. */
export function demandsPresence({ values, quantifier }: Entry): boolean {
  const isNull = values.map(({ kind }) => kind === 'null');
  return quantifier === 'all' ? isNull.includes(false) : values.length > 0 && !isNull.includes(true);
}

function isOnlyNull({ values }: Entry): boolean {
  return values.length > 0 && values.every(({ kind }) => kind === 'null');
}

function common(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first, ...others] = new Set(sets);
  if (first === undefined) return NONE;
  return others.length === 0 ? first : new Set([...first].filter((each) => others.every((set) => set.has(each))));
}

function united(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first, ...others] = new Set(sets);
  if (first === undefined) return NONE;
  return others.length === 0 ? first : new Set([first, ...others].flatMap((set) => [...set]));
}

/** Fields that every event has. */
export function isAlwaysThere(field: string): boolean {
  return /^(?:@?timestamp|event\.dialect(?:_uuid)?|sekoiaio\.intake\.(?:dialect|dialect_uuid|uuid|key|name))$/.test(
    field,
  );
}
