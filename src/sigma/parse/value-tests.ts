import { parseDecimal } from './decimal.js';
import { encode } from './encode.js';
import type { ModifierChain } from './modifiers.js';
import { parseNetwork } from './network.js';
import type { Regexes } from './regexes.js';
import type { Source } from './source.js';
import { parseTextPattern, placeAt } from './text-pattern.js';
import type { Position } from './text-pattern.js';
import { readTimeValue } from './time-values.js';
import type { SyntaxCode, Value } from './types.js';
import type { ValueTest } from './value-test.js';

export interface TestContext {
  readonly chain: ModifierChain;
  /** Whether the key names a field; else the value is a keyword. */
  readonly hasField: boolean;
  readonly regexes: Regexes;
  readonly source: Source;
}

/** What a value demands under a chain of modifiers (sigma.md §5–§7); undefined when it is faulty, which is reported. */
export function readValueTest(value: Value, context: TestContext): ValueTest | undefined {
  const { chain, hasField, source } = context;
  const { comparison, encoders } = chain;
  if (value.text === null) return nullTest(value, context);
  const fault = (code: SyntaxCode, message: string, help: string): ValueTest | undefined => {
    source.report(code, value.place, message, help);
    return undefined;
  };
  switch (comparison) {
    case 're': {
      const reading = context.regexes(value.text);
      if (reading.kind === 'refused') return fault('regex-syntax', reading.message, reading.help);
      return { kind: 'regex', regex: reading.regex, covers: hasField ? 'whole' : 'part' };
    }
    case 'cidr': {
      const reading = parseNetwork(value.text);
      if (reading.kind === 'network') return { kind: 'network', network: reading.network };
      const help = 'Write an address and the length of its prefix, such as `10.0.0.0/8` or `2001:db8::/32`.';
      return fault('modifier-value', `\`${shown(value)}\` is no network.`, help);
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte': {
      const bound = parseDecimal(value.text);
      if (bound !== undefined) return { kind: 'number', operator: comparison, bound };
      const help = `\`${comparison}\` compares numbers: write one, without a unit.`;
      return fault('modifier-value', `\`${shown(value)}\` is no number.`, help);
    }
    case 'timerange':
    case 'day_of_week':
    case 'day_of_year':
    case 'public_holiday_in': {
      const reading = readTimeValue(comparison, value);
      return reading.kind === 'time' ? reading : fault('time-value', reading.message, reading.help);
    }
    case 'contains':
    case 'startswith':
    case 'endswith':
    case undefined: {
      const encoded = encode(parseTextPattern(value.text), encoders);
      if (encoded === undefined) {
        const message = `\`${encoders.join('|')}\` cannot encode the wildcards of \`${shown(value)}\`.`;
        return fault(
          'modifier-value',
          message,
          'Write the plain text; put a backslash before a `*` or `?` that is meant.',
        );
      }
      const position = positionOf(comparison, hasField);
      return { kind: 'text', patterns: encoded.map((pattern) => placeAt(pattern, position)) };
    }
  }
}

/** A keyword occurs anywhere. */
export function keywordTest(text: string): ValueTest {
  return { kind: 'text', patterns: [placeAt(parseTextPattern(text), 'contains')] };
}

function positionOf(comparison: Position | undefined, hasField: boolean): Position {
  return comparison ?? (hasField ? 'whole' : 'contains');
}

function nullTest(value: Value, { chain, hasField, source }: TestContext): ValueTest | undefined {
  const named = chain.comparison ?? chain.encoders[0];
  if (named === undefined && hasField) return { kind: 'null' };
  const message = named === undefined ? 'A keyword is missing here.' : `\`${named}\` needs a value; here stands none.`;
  const help =
    named === undefined
      ? 'Write the text that is looked for.'
      : 'Write the value, in single quotes if it is empty or begins with a special character.';
  source.report(named === undefined ? 'selection-shape' : 'modifier-value', value.place, message, help);
  return undefined;
}

function shown({ written }: Value): string {
  return written.length <= 60 ? written : `${written.slice(0, 57)}…`;
}
