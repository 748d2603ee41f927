import { didYouMean } from './nearest.js';
import type { Source } from './source.js';
import type { Position } from './text-pattern.js';
import type { Place, Word } from './types.js';

/** What the modifiers of a key come to: how a value is encoded, and how it is compared (sigma.md §6). */
export interface ModifierChain {
  readonly encoders: readonly Encoder[];
  readonly comparison: Comparison | undefined;
  readonly quantifier: 'any' | 'all';
}

export type Encoder = 'wide' | 'base64' | 'base64offset';
export type Comparison = Exclude<Position, 'whole'> | 're' | 'cidr' | NumberOperator | TimeModifier;
export type NumberOperator = 'lt' | 'lte' | 'gt' | 'gte';
export type TimeModifier = 'timerange' | 'day_of_week' | 'day_of_year' | 'public_holiday_in';

const GROUPS = {
  contains: 'position',
  startswith: 'position',
  endswith: 'position',
  all: 'all',
  base64: 'encoder',
  base64offset: 'encoder',
  wide: 'encoder',
  re: 'regex',
  cidr: 'network',
  lt: 'number',
  lte: 'number',
  gt: 'number',
  gte: 'number',
  timerange: 'time',
  day_of_week: 'time',
  day_of_year: 'time',
  public_holiday_in: 'time',
} as const;

type Modifier = keyof typeof GROUPS;

/** Every modifier that is documented or used by Sekoia's own rules. */
export const MODIFIERS: readonly string[] = Object.keys(GROUPS);

/** Modifiers of Sigma that Sekoia neither documents nor uses, each with what to write instead. */
const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ['exists', "Write `field: '*'` for a field that is there, and `field: null` or a negated `'*'` for one that is not."],
  ['i', 'Write `(?i)` at the start of the expression.'],
  ['m', 'Write `(?m)` at the start of the expression.'],
  ['s', 'Write `(?s)` at the start of the expression.'],
  ['neq', 'Make a selection of its own of it and negate that in the condition: `not NAME`.'],
  ['windash', 'Write one value with `-` and one with `/`.'],
  ...['cased', 'fieldref', 'expand', 'utf16', 'utf16le', 'utf16be'].map(withoutCounterpart),
  ...['minute', 'hour', 'day', 'week', 'month', 'year'].map(withoutCounterpart),
]);

function withoutCounterpart(name: string): [string, string] {
  return [name, 'The platform has nothing in its place; leave it out or write the values another way.'];
}

/** Reads a chain from left to right; undefined when it is faulty, which has been reported. */
export function readModifiers(
  words: readonly Word[],
  field: Word | undefined,
  source: Source,
): ModifierChain | undefined {
  const known = words.filter((word) => isKnown(word, source));
  if (known.length < words.length) return undefined;
  const fault = (at: Place, message: string, help: string): ModifierChain | undefined => {
    source.report('modifier-chain', at, message, help);
    return undefined;
  };
  const encoders: Encoder[] = [];
  let comparison: Comparison | undefined;
  let quantifier: 'any' | 'all' = 'any';
  for (const { text, place } of known) {
    const modifier = text as Modifier;
    if (known.some((other) => other.text === text && other.place.offset < place.offset)) {
      return fault(place, `\`${text}\` stands twice in one key.`, 'Leave one of the two out.');
    }
    if (modifier === 'all') quantifier = 'all';
    else if (isEncoder(modifier)) {
      if (comparison !== undefined) {
        return fault(
          place,
          `\`${text}\` cannot stand behind \`${comparison}\`: a value is encoded first and compared then.`,
          isPosition(comparison)
            ? `Write \`${text}|${comparison}\`.`
            : `\`${comparison}\` takes no encoded values; leave one of the two out.`,
        );
      }
      const last = encoders.at(-1);
      if (last !== undefined && last !== 'wide') {
        const help = 'One of `base64` and `base64offset`, with `wide` before it at most.';
        return fault(place, `\`${text}\` cannot stand behind \`${last}\`.`, help);
      }
      encoders.push(modifier);
    } else if (comparison !== undefined) {
      const help = 'One key has one way of comparing. Leave one of the two out, or make two entries.';
      return fault(place, `\`${comparison}\` and \`${text}\` cannot be used together.`, help);
    } else if (encoders.length > 0 && !isPosition(modifier)) {
      const message = `\`${text}\` does not go with \`${encoders.join('|')}\`: it does not compare texts.`;
      return fault(place, message, 'Leave one of the two out.');
    } else comparison = modifier;
  }
  if (field === undefined && comparison !== undefined && !isPosition(comparison) && comparison !== 're') {
    const [first] = known;
    const help = `Write the name of the field before it, such as \`source.ip|${comparison}\`.`;
    return fault(first?.place ?? source.placeAt(0), `\`${comparison}\` needs a field.`, help);
  }
  return { encoders, comparison, quantifier };
}

function isKnown({ text, place }: Word, source: Source): boolean {
  if (Object.hasOwn(GROUPS, text)) return true;
  const help = UNSUPPORTED.get(text);
  if (help !== undefined) {
    source.report('modifier-unsupported', place, `Sekoia does not document the modifier \`${text}\`.`, help);
  } else if (text === '') {
    source.report(
      'modifier-unknown',
      place,
      'Nothing stands behind this `|`.',
      'Write a modifier there, or remove it.',
    );
  } else {
    const message = `There is no modifier \`${text}\`.${didYouMean(text, MODIFIERS)}`;
    source.report('modifier-unknown', place, message, `The modifiers are ${MODIFIERS.join(', ')}.`);
  }
  return false;
}

export function isPosition(modifier: string | undefined): modifier is Exclude<Position, 'whole'> {
  return modifier === 'contains' || modifier === 'startswith' || modifier === 'endswith';
}

function isEncoder(modifier: Modifier): modifier is Encoder {
  return GROUPS[modifier] === 'encoder';
}
