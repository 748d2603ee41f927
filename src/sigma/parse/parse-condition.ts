import type { Scalar } from 'yaml';
import { operatorOf, unsupportedIn, wordsOfCondition } from './condition-words.js';
import type { Operator } from './condition-words.js';
import { didYouMean } from './nearest.js';
import type { SelectionNames } from './selection-names.js';
import type { Source } from './source.js';
import type { Condition, Expression, Place, SyntaxCode, Word } from './types.js';

/** Brackets and `not` inside one another; the evaluator is as deep. */
const DEEPEST = 500;
/** More unknown names than anybody reads. */
const MOST_UNKNOWN = 50;

/** Parses the text of a condition by the grammar of sigma.md §4, and looks its names up. */
export function parseCondition(node: Scalar, names: SelectionNames, source: Source): Condition {
  const value = source.value(node);
  const text = node.source ?? '';
  const placeOf = source.placesIn(node);
  const words = wordsOfCondition(text, placeOf);
  const operators = words.filter((word) => operatorOf(word, names.all) !== undefined);
  const unsupported = unsupportedIn(words, names.all);
  if (unsupported !== undefined) {
    const { word, message, help } = unsupported;
    source.report('condition-unsupported', word.place, message, help);
    return { value, expression: undefined, operators };
  }
  try {
    const grammar = new Grammar(words, placeOf(text.trimEnd().length), names);
    const expression = grammar.parse();
    for (const { code, place, message, help } of grammar.unknown) source.report(code, place, message, help);
    return { value, expression: grammar.unknown.length === 0 ? expression : undefined, operators };
  } catch (error) {
    if (!(error instanceof ConditionFault)) throw error;
    source.report(error.code, error.place, error.message, error.help);
    return { value, expression: undefined, operators };
  }
}

class ConditionFault extends Error {
  readonly code: SyntaxCode;
  readonly place: Place;
  readonly help: string;
  constructor(code: SyntaxCode, place: Place, message: string, help: string) {
    super(message);
    this.code = code;
    this.place = place;
    this.help = help;
  }
}

/** Recursive descent over the words; recursion is as deep as brackets and `not` are, which is bounded. */
class Grammar {
  private readonly words: readonly Word[];
  private readonly end: Place;
  private readonly names: SelectionNames;
  /** Names without a selection. Each is a fault of its own, told only when the grammar holds. */
  readonly unknown: ConditionFault[] = [];
  private at = 0;
  private depth = 0;

  constructor(words: readonly Word[], end: Place, names: SelectionNames) {
    this.words = words;
    this.end = end;
    this.names = names;
  }

  parse(): Expression {
    const expression = this.chain('or');
    const left = this.peek();
    if (left === undefined) return expression;
    if (left.text === ')') throw this.fault(left, 'This `)` closes nothing.', 'Remove it, or add the `(`.');
    const before = this.words[this.at - 1]?.text ?? '';
    const message = `Between \`${before}\` and \`${left.text}\` stands no operator.`;
    throw this.fault(left, message, 'Write `and` or `or` between the two.');
  }

  /** `or` of `and`s of what follows `not`. */
  private chain(operator: 'or' | 'and'): Expression {
    const next = (): Expression => (operator === 'or' ? this.chain('and') : this.unary());
    const first = next();
    const operands = [first];
    while (this.operator() === operator) {
      this.at += 1;
      operands.push(next());
    }
    return operands.length === 1 ? first : { kind: operator, operands, place: first.place, isBracketed: false };
  }

  private unary(): Expression {
    const word = this.peek();
    if (word === undefined || this.operator() !== 'not') return this.primary();
    this.at += 1;
    const operand = this.deeper(word, () => this.unary());
    return { kind: 'not', operand, place: word.place, isBracketed: false };
  }

  private primary(): Expression {
    const word = this.peek();
    if (word === undefined) throw this.ended();
    if (word.text === '(') return this.bracket(word);
    const operator = this.operator();
    this.at += 1;
    if (this.operator() === 'of' && (operator === '1' || operator === 'any' || operator === 'all')) {
      this.at += 1;
      return this.target(operator, word);
    }
    if (word.text === ')' || operator !== undefined) throw this.misplaced(word, operator);
    if (!this.names.all.has(word.text)) this.note(() => this.unknownName(word));
    return { kind: 'name', name: word.text, place: word.place, isBracketed: false };
  }

  private bracket(open: Word): Expression {
    this.at += 1;
    const inner = this.deeper(open, () => this.chain('or'));
    const close = this.peek();
    if (close?.text === ')') {
      this.at += 1;
      return { ...inner, isBracketed: true };
    }
    if (close === undefined) throw this.fault(open, 'This `(` is not closed.', 'Add the `)`.');
    const before = this.words[this.at - 1]?.text ?? '';
    const message = `Between \`${before}\` and \`${close.text}\` stands no operator.`;
    throw this.fault(close, message, 'Write `and` or `or` between the two, or close the bracket.');
  }

  private target(quantifier: '1' | 'any' | 'all', { text, place }: Word): Expression {
    const target = this.peek();
    if (target === undefined) throw this.ended();
    const operator = this.operator();
    if (target.text === '(' || target.text === ')' || (operator !== undefined && operator !== 'them')) {
      const help = `Write \`${text} of them\`, or a name with \`*\` such as \`${text} of selection_*\`.`;
      throw this.fault(target, `\`${text} of\` has no target: \`${target.text}\` follows.`, help);
    }
    this.at += 1;
    const names = operator === 'them' ? this.names.them() : this.names.matching(target.text);
    if (names === 'too-many') {
      const help = 'Use fewer patterns that stand for many selections.';
      throw this.fault(target, 'The patterns of this condition stand for too many selections.', help);
    }
    if (names.length === 0) this.note(() => this.noHit(target, operator === 'them'));
    return { kind: 'of', quantifier, target, names, place, isBracketed: false };
  }

  private deeper(word: Word, parse: () => Expression): Expression {
    this.depth += 1;
    if (this.depth > DEEPEST) {
      const message = `The condition has more than ${DEEPEST} brackets and \`not\` inside one another.`;
      throw this.fault(word, message, 'Make it flatter.');
    }
    const expression = parse();
    this.depth -= 1;
    return expression;
  }

  private peek(): Word | undefined {
    return this.words[this.at];
  }

  private operator(): Operator | undefined {
    const word = this.peek();
    return word === undefined ? undefined : operatorOf(word, this.names.all);
  }

  private fault({ place }: Word, message: string, help: string): ConditionFault {
    return new ConditionFault('condition-syntax', place, message, help);
  }

  private ended(): ConditionFault {
    const last = this.words.at(-1);
    const help = 'Write the name of a selection there.';
    const message = last === undefined ? 'The condition is empty.' : `The condition ends behind \`${last.text}\`.`;
    return new ConditionFault('condition-syntax', this.end, message, help);
  }

  private misplaced(word: Word, operator: Operator | undefined): ConditionFault {
    if (operator === '1' || operator === 'any' || operator === 'all') {
      const help = `Write \`${word.text} of them\` or \`${word.text} of NAME*\`. A selection of this name cannot be named in a condition.`;
      return this.fault(word, `\`${word.text}\` has to be followed by \`of\`.`, help);
    }
    const help = 'Write the name of a selection there. The words `and or not of them all any 1` are no names.';
    return this.fault(word, `A name was expected where \`${word.text}\` stands.`, help);
  }

  private note(fault: () => ConditionFault): void {
    if (this.unknown.length < MOST_UNKNOWN) this.unknown.push(fault());
  }

  private unknownName(word: Word): ConditionFault {
    const { text, place } = word;
    if (text.includes('*')) {
      const help = `Write \`1 of ${text}\` or \`all of ${text}\`.`;
      return this.fault(word, `The pattern \`${text}\` stands alone.`, help);
    }
    const message = `There is no selection \`${text}\`.${didYouMean(text, this.names.all)}`;
    return new ConditionFault('condition-unknown-name', place, message, helpWithNames(this.names.all));
  }

  private noHit({ text, place }: Word, isThem: boolean): ConditionFault {
    const isName = !isThem && !text.includes('*');
    if (isName) {
      const message = `There is no selection \`${text}\`.${didYouMean(text, this.names.all)}`;
      return new ConditionFault('condition-unknown-name', place, message, helpWithNames(this.names.all));
    }
    const message = isThem
      ? 'There is no selection that `them` stands for; names that begin with `_` are left out.'
      : `No selection's name fits \`${text}\`.${this.names.nearestPattern(text)}`;
    return new ConditionFault('condition-empty-pattern', place, message, helpWithNames(this.names.all));
  }
}

function helpWithNames(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, 10).map((name) => `\`${name}\``);
  if (shown.length === 0) return 'The detection has no selections yet: add one beside the condition.';
  return `The selections are ${shown.join(', ')}${names.size > shown.length ? ', …' : ''}.`;
}
