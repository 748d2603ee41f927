import { describe, expect, it } from '@jest/globals';
import type { CorrelationDocument } from '../../../src/sigma/parse/types.js';
import { parse, problems } from '../patterns.js';

const RULES = 'name: a\ndetection: {s: x, condition: s}\n---\nname: b\ndetection: {s: x, condition: s}\n---\n';

function correlation(text: string): CorrelationDocument {
  const pattern = parse(RULES + text);
  expect(pattern.problems).toEqual([]);
  const document = pattern.documents[2];
  if (document?.kind !== 'correlation') throw new Error('no correlation');
  return document;
}

/** Problems with lines counted from the correlation's first. */
function faults(text: string): string[] {
  return parse(RULES + text).problems.map(({ code, line, column }) => `${code} ${line - 6}:${column}`);
}

const COUNT = 'action: correlation\ntype: event_count\nrule: a\ntimespan: 5m\ncondition: {gte: 3}\n';

describe('a correlation', () => {
  it('is read in the documented spelling', () => {
    const text = `${COUNT.replace('rule: a', 'rule: [a, b]')}name: many\ngroup-by: [ip]\naliases: {ip: {a: source.ip, b: destination.ip}}\n`;
    expect(correlation(text)).toMatchObject({
      spelling: 'action',
      name: { text: 'many' },
      type: 'event_count',
      isOrdered: false,
      rules: [{ text: 'a', place: { line: 9, column: 8 } }, { text: 'b' }],
      timespan: { milliseconds: 300_000, unit: 'm' },
      groupBy: [{ text: 'ip' }],
      condition: { operator: { text: 'gte' }, atLeast: 3 },
      aliases: [{ name: { text: 'ip' }, fields: [{ rule: { text: 'a' }, field: { text: 'source.ip' } }, {}] }],
    });
  });

  it('is read in the spelling of Sigma 2, and means the same', () => {
    const value = correlation(
      'title: many\ncorrelation:\n  type: value_count\n  rules: a\n  timespan: 1h\n  condition: {gt: 2, field: host.name}\n',
    );
    expect(value).toMatchObject({
      spelling: 'block',
      name: { text: 'many' },
      field: { text: 'host.name' },
      condition: { atLeast: 3 },
    });
    const ordered = correlation('correlation:\n  type: temporal_ordered\n  rules: [a, b]\n  timespan: 1h\n');
    expect(ordered).toMatchObject({ type: 'temporal', isOrdered: true, writtenType: { text: 'temporal_ordered' } });
  });

  it('leaves alerts to the documents that nothing refers to', () => {
    const { roots } = parse(`${RULES}${COUNT}`);
    expect(roots.map(({ kind, name }) => `${kind} ${name?.text ?? ''}`)).toEqual(['detection b', 'correlation ']);
  });

  it.each<[what: string, text: string, found: string[]]>([
    ['no type', COUNT.replace('type: event_count\n', ''), ['correlation-key 1:1']],
    ['no rule', COUNT.replace('rule: a\n', ''), ['correlation-key 1:1']],
    ['an empty rule', COUNT.replace('rule: a', 'rule:'), ['correlation-key 3:6']],
    ['an empty list of rules', COUNT.replace('rule: a', 'rule: []'), ['correlation-key 3:7']],
    ['rule and rules', `${COUNT}rules: a\n`, ['correlation-key 6:1']],
    ['no timespan', COUNT.replace('timespan: 5m\n', ''), ['correlation-key 1:1']],
    ['no condition', COUNT.replace('condition: {gte: 3}\n', ''), ['correlation-key 1:1']],
    ['no field', COUNT.replace('event_count', 'value_count'), ['correlation-key 1:1']],
    ['a list of fields', `${COUNT.replace('event_count', 'value_count')}field: [a, b]\n`, ['correlation-key 6:8']],
    ['an unknown type', COUNT.replace('event_count', 'value_sum'), ['correlation-type 2:7']],
    ['lt', COUNT.replace('gte', 'lt'), ['correlation-condition 5:13']],
    ['two numbers', COUNT.replace('gte: 3', 'gte: 3, gt: 1'), ['correlation-condition 5:21']],
    ['no number', COUNT.replace('{gte: 3}', '{}'), ['correlation-condition 5:1']],
    ['no map', COUNT.replace('{gte: 3}', '3'), ['correlation-condition 5:12']],
    ['a fraction', COUNT.replace('3', '3.5'), ['correlation-condition 5:18']],
    ['a negative number', COUNT.replace('3', '-3'), ['correlation-condition 5:18']],
    ['an unknown rule', COUNT.replace('rule: a', 'rule: aa'), ['correlation-reference 3:7']],
    ['itself', `name: me\n${COUNT.replace('rule: a', 'rule: me')}`, ['correlation-cycle 4:7']],
    ['ordered as text', `${COUNT}ordered: maybe\n`, ['correlation-key 6:10']],
    [
      'an alias without a rule',
      `${COUNT.replace('rule: a', 'rule: [a, b]')}group-by: x\naliases: {x: {a: f}}\n`,
      ['alias-incomplete 7:11'],
    ],
    ['aliases without maps', `${COUNT}aliases: {x: f}\n`, ['correlation-key 6:11']],
  ])('has an error: %s', (_what, text, found) => {
    expect(faults(text)).toEqual(found);
  });

  it.each(['0m', '-5m', '+5m', '5_0m', '"5 m"', '5M', '5', '1h30m', '5min', '25h', '2d', '1441m', '', "'５m'"])(
    'has no timespan %s',
    (timespan) => {
      expect(faults(COUNT.replace('5m', timespan)).map((fault) => fault.split(' ')[0])).toEqual(['timespan']);
    },
  );

  it.each(['1s', '24h', '1440m', '86400s', '1d', '005m'])('may have the timespan %s', (timespan) => {
    expect(faults(COUNT.replace('5m', timespan))).toEqual([]);
  });

  it('may not come back to itself over others', () => {
    const link = (name: string, rule: string): string => `name: ${name}\n${COUNT.replace('rule: a', `rule: ${rule}`)}`;
    const [problem, ...rest] = parse(`${RULES}${link('x', 'y')}---\n${link('y', 'x')}`).problems;
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({ code: 'correlation-cycle', message: expect.stringContaining('x → y → x') });
  });

  it('may stand before what it refers to', () => {
    expect(problems(`${COUNT}---\nname: a\ndetection: {s: x, condition: s}\n`)).toEqual([]);
  });
});
