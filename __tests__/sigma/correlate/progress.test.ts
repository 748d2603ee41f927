import { describe, expect, it } from '@jest/globals';
import type { Event } from '../../../src/sigma/match/field-path.js';
import { evaluator } from '../patterns.js';

const RULES = ['a', 'b']
  .map((name) => `name: ${name}\ndetection: {s: {is: '*${name}*'}, condition: s}\n---\n`)
  .join('');

/** How far the windows came with each event: `is` at each second, user `u`. */
function progress(text: string, events: readonly string[]): readonly string[] {
  const told: string[] = [];
  const { openStream } = evaluator(`${RULES}action: correlation\n${text}`);
  const { push } = openStream(({ group, reached, needed, isSatisfied }) => {
    const of = group.map(({ name, value }) => `${name}=${value} `).join('');
    told.push(`${of}${reached}/${needed}${isSatisfied ? '!' : ''}`);
  });
  for (const [second, written] of events.entries()) {
    const [is = '', u = 'x'] = written.split(' ');
    push({ event: { is, u } satisfies Event, at: second * 1_000 });
  }
  return told;
}

describe('the progress of windows', () => {
  it.each([
    [
      'events',
      'type: event_count\nrule: a\ntimespan: 10s\ncondition: {gte: 2}\n',
      ['a', 'b', 'a', 'a'],
      ['1/2', '2/2!', '1/2'],
    ],
    [
      'events that left the window',
      'type: event_count\nrule: a\ntimespan: 1s\ncondition: {gte: 3}\n',
      ['a', 'a', 'a'],
      ['1/3', '2/3', '2/3'],
    ],
    [
      'groups',
      'type: event_count\nrule: a\ntimespan: 10s\ncondition: {gt: 1}\ngroup-by: u\n',
      ['a x', 'a y', 'a x'],
      ['u=x 1/2', 'u=y 1/2', 'u=x 2/2!'],
    ],
    [
      'values',
      'type: value_count\nrule: a\nfield: u\ntimespan: 10s\ncondition: {gte: 2}\n',
      ['a x', 'a x', 'a y'],
      ['1/2', '1/2', '2/2!'],
    ],
    ['rules in any order', 'type: temporal\nrule: [a, b]\ntimespan: 10s\n', ['b', 'b', 'a'], ['1/2', '1/2', '2/2!']],
    [
      'steps in order',
      'type: temporal\nrule: [a, b]\nordered: true\ntimespan: 10s\n',
      ['b', 'a', 'b'],
      ['0/2', '1/2', '2/2!'],
    ],
  ])('counts %s', (_, text, events, told) => {
    expect(progress(text, events)).toEqual(told);
  });
});
