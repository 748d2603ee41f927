import { BlockList, isIPv4 } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fieldReader } from '../../../src/sigma/match/field-path.js';
import type { Event } from '../../../src/sigma/match/field-path.js';
import { parseDecimal, compareDecimals } from '../../../src/sigma/parse/decimal.js';
import { isInNetwork, parseAddress, parseNetwork } from '../../../src/sigma/parse/network.js';
import { evaluator } from '../patterns.js';
import { referenceMatches } from './reference.js';
import type { ReferenceCondition, ReferenceEntry, ReferenceRule, ReferenceSelection } from './reference.js';

const text = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', 'é', 'É', '😀', '\n', '*', '?', '\\', '.', '1'),
  maxLength: 6,
});
const value = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'é', '😀', '*', '*', '?', '\\', '1'), maxLength: 5 });
const field = fc.constantFrom('a', 'a.b', 'a.b.c', 'b', 'message');

const entry: fc.Arbitrary<ReferenceEntry> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      field,
      modifiers: fc
        .subarray(['contains', 'startswith', 'endswith'], { maxLength: 1 })
        .chain((position) => fc.constantFrom(position, [...position, 'all'], ['all', ...position])),
      values: fc.array(value, { minLength: 1, maxLength: 12 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      field,
      modifiers: fc.constantFrom<string[]>([], ['all']),
      values: fc.array(fc.oneof(fc.constantFrom(null, 1, 1.5), value), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      field,
      modifiers: fc.constantFrom(['gt'], ['lte'], ['gt', 'all']),
      values: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 3 }),
    }),
  },
);

// Two entries of one key would be one YAML key twice.
const entries = fc.uniqueArray(entry, {
  minLength: 1,
  maxLength: 3,
  selector: (one) => [one.field, ...one.modifiers].join('|'),
});

const selection: fc.Arbitrary<ReferenceSelection> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('map' as const), entries }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('maps' as const),
      maps: fc.array(entries, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('keywords' as const),
      words: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
  },
);

const NAMES = ['x', 'y_1', 'y_2', 'orz'];

const condition = fc.letrec<{ tree: ReferenceCondition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ op: fc.constant('name' as const), name: fc.constantFrom(...NAMES) }),
    fc.record({
      op: fc.constant('of' as const),
      quantifier: fc.constantFrom('1' as const, 'all' as const),
      prefix: fc.constantFrom('y_', 'x', ''),
    }),
    fc.record({ op: fc.constant('not' as const), item: tie('tree') }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      items: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).tree;

const rule: fc.Arbitrary<ReferenceRule> = fc.record({
  selections: fc
    .tuple(selection, selection, selection, selection)
    .map((four) => Object.fromEntries(NAMES.map((name, index) => [name, four[index]!]))),
  condition,
});

const leaf = fc.oneof({ weight: 5, arbitrary: text }, fc.constantFrom<unknown>(null, true, 1, 0, -1.5, [], {}));
const inner = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }));
const event: fc.Arbitrary<Event> = fc.dictionary(
  fc.constantFrom('a', 'a.b', 'a.b.c', 'b', 'b.c', 'message'),
  fc.oneof(
    inner,
    fc.dictionary(fc.constantFrom('b', 'b.c', 'c'), fc.oneof(inner, fc.dictionary(fc.constant('c'), inner)), {
      maxKeys: 3,
    }),
    fc.array(fc.dictionary(fc.constantFrom('b', 'b.c'), inner, { maxKeys: 2 }), { maxLength: 2 }),
  ),
  { maxKeys: 4 },
);

/** The rule as text, with brackets only where precedence asks for them. */
function patternOf({ selections, condition: tree }: ReferenceRule): string {
  const mapOf = (list: readonly ReferenceEntry[]): Record<string, unknown> =>
    Object.fromEntries(list.map((one) => [[one.field, ...one.modifiers].join('|'), one.values]));
  const bodies = Object.entries(selections).map(([name, one]): [string, unknown] => [
    name,
    one.kind === 'map' ? mapOf(one.entries) : one.kind === 'maps' ? one.maps.map(mapOf) : one.words,
  ]);
  return JSON.stringify({ detection: { ...Object.fromEntries(bodies), condition: written(tree, 0) } });
}

const LEVELS = { or: 0, and: 1, not: 2 } as const;

function written(tree: ReferenceCondition, level: number): string {
  if (tree.op === 'name') return tree.name;
  if (tree.op === 'of') return `${tree.quantifier} of ${tree.prefix}*`;
  const own = LEVELS[tree.op];
  const words =
    tree.op === 'not'
      ? `not ${written(tree.item, own)}`
      : tree.items.map((item) => written(item, own + 1)).join(` ${tree.op} `);
  return own < level ? `(${words})` : words;
}

describe('the evaluator agrees with the reference', () => {
  it('on any rule and events', () => {
    fc.assert(
      fc.property(rule, fc.array(event, { minLength: 1, maxLength: 12 }), (one, events) => {
        const { matches, explain } = evaluator(patternOf(one));
        for (const each of events) {
          const wanted = referenceMatches(one, each);
          expect(matches(each)).toBe(wanted);
          const [explanation] = explain(each);
          expect(explanation?.matches).toBe(wanted);
          for (const { selection: explained, matches: does } of explanation?.selections ?? []) {
            const { text: name } = explained.name;
            expect([name, does]).toEqual([name, referenceMatches({ ...one, condition: { op: 'name', name } }, each)]);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('on any value and text', () => {
    const one = (values: readonly string[], modifiers: readonly string[]): ReferenceRule => ({
      selections: { x: { kind: 'map', entries: [{ field: 'a', modifiers, values }] } },
      condition: { op: 'name', name: 'x' },
    });
    const position = fc.constantFrom([], ['contains'], ['startswith'], ['endswith']);
    fc.assert(
      fc.property(value, position, fc.array(text, { minLength: 1, maxLength: 20 }), (pattern, modifiers, texts) => {
        const tested = one([pattern], modifiers);
        const { matches } = evaluator(patternOf(tested));
        for (const a of texts) expect([a, matches({ a })]).toEqual([a, referenceMatches(tested, { a })]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('an address', () => {
  const octets = fc.ipV4();
  it('is in a network when the platform of these tests says so', () => {
    fc.assert(
      fc.property(fc.oneof(octets, fc.ipV6()), fc.oneof(octets, fc.ipV6()), fc.nat(128), (address, base, length) => {
        const family = isIPv4(base) ? 'ipv4' : 'ipv6';
        const prefix = Math.min(length, family === 'ipv4' ? 32 : 128);
        const reading = parseNetwork(`${base}/${prefix}`);
        if (reading.kind !== 'network') throw new Error(base);
        const list = new BlockList();
        list.addSubnet(base, prefix, family);
        const parsed = parseAddress(address);
        if (parsed === undefined) throw new Error(address);
        const isSameFamily = isIPv4(address) === isIPv4(base);
        expect(isInNetwork(parsed, reading.network)).toBe(isSameFamily && list.check(address, family));
        const own = parseAddress(base);
        expect(own !== undefined && isInNetwork(own, reading.network)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a decimal number', () => {
  it('compares as integers of any length do', () => {
    const big = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(
        fc.oneof(big, fc.bigInt(-20n, 20n)),
        fc.oneof(big, fc.bigInt(-20n, 20n)),
        fc.nat(25),
        (a, b, zeros) => {
          const one = parseDecimal(String(a));
          // The same number with zeros that mean nothing.
          const other = parseDecimal(`${b < 0n ? '-' : ''}00${String(b).replace('-', '')}.${'0'.repeat(zeros)}`);
          if (one === undefined || other === undefined) throw new Error('no number');
          expect(Math.sign(compareDecimals(one, other))).toBe(a < b ? -1 : a > b ? 1 : 0);
        },
      ),
    );
  });
});

describe('the values of a field', () => {
  it('are read without throwing, whatever the event and the path', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ unit: fc.constantFrom('a', 'b', '.') }), (anything, path) => {
        expect(Array.isArray(fieldReader(path)(anything as Event))).toBe(true);
      }),
    );
  });
});
