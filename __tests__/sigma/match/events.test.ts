import { describe, expect, it } from '@jest/globals';
import { fieldReader } from '../../../src/sigma/match/field-path.js';
import type { Event } from '../../../src/sigma/match/field-path.js';
import { conditionOver, detection, evaluator } from '../patterns.js';

function read(path: string, event: unknown): readonly unknown[] {
  return fieldReader(path)(event as Event);
}

describe('the values of a field', () => {
  it.each<[what: string, path: string, event: unknown, values: unknown[]]>([
    ['nested', 'a.b.c', { a: { b: { c: 1 } } }, [1]],
    ['dotted', 'a.b.c', { 'a.b.c': 1 }, [1]],
    ['mixed', 'a.b.c', { 'a.b': { c: 1 }, a: { 'b.c': 2, b: { c: 3 } }, 'a.b.c': 4 }, [3, 2, 1, 4]],
    ['lists at any level', 'a.b', { a: [{ b: [1, [2]] }, { b: 3 }, 'x', null] }, [1, 2, 3]],
    ['no value', 'a', { a: null }, []],
    ['an object', 'a', { a: { b: 1 } }, []],
    ['a text that is entered', 'a.length', { a: 'xyz' }, []],
    ['letter case', 'A', { a: 1 }, []],
    ['names that objects have', 'constructor', {}, []],
    ['names that objects have, below', '__proto__.constructor', { a: 1 }, []],
    ['such a name of its own', '__proto__.a', JSON.parse('{"__proto__": {"a": 1}}'), [1]],
    ['an empty name', '', { '': 1 }, [1]],
    ['empty parts', 'a..b', { a: { '': { b: 1 } }, 'a..b': 2 }, [1, 2]],
    ['what is no number', 'a', { a: [NaN, Infinity, 1] }, [1]],
    ['no event', 'a', 'text', []],
  ])('%s', (_what, path, event, values) => {
    expect(read(path, event)).toEqual(values);
  });

  it('end at a bound, in paths and in lists', () => {
    expect(read(`${'a.'.repeat(100_000)}a`, { a: 1 })).toEqual([]);
    let nested: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) nested = [nested];
    expect(read('a', { a: nested })).toEqual([]);
  });
});

describe('a rule', () => {
  const { matches } = evaluator(conditionOver(['a', 'b', 'c'], '(a or b) and not c'));
  it.each([
    [{ a: 1 }, true],
    [{ b: '1' }, true],
    [{ a: 1, c: 1 }, false],
    [{ a: 1, c: 2 }, true],
    [{}, false],
  ])('on %j', (event, verdict) => {
    expect(matches(event)).toBe(verdict);
  });

  it('asks a selection that is named twice once, for each event anew', () => {
    const twice = evaluator(conditionOver(['a', 'b'], '(a and b) or (a and not b) or (not a and b)'));
    expect([{ a: 1 }, {}, { b: 1 }, {}].map((event) => twice.matches(event))).toEqual([true, false, true, false]);
  });

  it('matches a list of values when one matches, and not when none does', () => {
    const negated = evaluator(detection('f: x', 'not selection'));
    expect([{ f: ['x', 'y'] }, { f: ['y'] }, {}].map((event) => negated.matches(event))).toEqual([false, true, true]);
  });

  it('holds when any of its conditions does', () => {
    const { matches: any } = evaluator('detection:\n  a: {f: x}\n  b: {g: y}\n  condition: [a, b]\n');
    expect([{ f: 'x' }, { g: 'y' }, {}].map((event) => any(event))).toEqual([true, true, false]);
  });

  it('tells which selections matched, entry by entry', () => {
    const { explain } = evaluator(
      'detection:\n  a: {f: x, g: y}\n  b: [{f: x}, word]\n  unused: {f: z}\n  condition: a or b\n',
    );
    const [explanation] = explain({ f: 'x', message: 'no' });
    expect(explanation?.matches).toBe(true);
    expect(
      explanation?.selections.map(({ selection, matches: does, alternatives }) => [
        selection.name.text,
        does,
        alternatives.map((one) => [
          one.matches,
          ...one.entries.map(({ entry, matches: hit }) => `${entry.key.text}: ${hit}`),
        ]),
      ]),
    ).toEqual([
      ['a', false, [[false, 'f: true', 'g: false']]],
      ['b', true, [[true, 'f: true'], [false]]],
      ['unused', false, [[false, 'f: false']]],
    ]);
  });
});
