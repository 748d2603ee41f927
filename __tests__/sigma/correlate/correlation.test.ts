import { describe, expect, it } from '@jest/globals';
import type { Evaluator } from '../../../src/sigma/evaluate.js';
import type { Event } from '../../../src/sigma/match/field-path.js';
import { evaluator } from '../patterns.js';

const RULES = ['a', 'b']
  .map((name) => `name: ${name}\ndetection: {s: {is: '*${name}*'}, condition: s}\n---\n`)
  .join('');

/** `seconds:rules` with fields behind, such as `5:a u=x`; several texts with `,`. */
function stream(text: string): { readonly event: Event; readonly at: number }[] {
  return text.split(/\s*;\s*/).map((one) => {
    const [head = '', ...fields] = one.split(' ');
    const [seconds = '', is = ''] = head.split(':');
    const pairs = fields.map((field): [string, string[]] => {
      const [name = '', value = ''] = field.split('=');
      return [name, value.split(',')];
    });
    return { event: { is, ...Object.fromEntries(pairs) }, at: Number(seconds) * 1_000 };
  });
}

/** `seconds[:group]` of each alert of a correlation; in a pattern without any, of each alert. */
function alerts({ pattern, alertsOf }: Evaluator, text: string): string[] {
  const kind = pattern.documents.some((document) => document.kind === 'correlation') ? 'correlation' : 'detection';
  return alertsOf(stream(text))
    .filter(({ document }) => document.kind === kind)
    .map(({ event, group }) => [event.at / 1_000, ...group.map(({ value }) => value)].join(':'));
}

function correlation(text: string): Evaluator {
  return evaluator(`${RULES}action: correlation\n${text}`);
}

describe('event_count', () => {
  const three = correlation('type: event_count\nrule: a\ntimespan: 10s\ncondition: {gte: 3}\ngroup-by: u\n');
  it.each([
    ['in one window, ends included', '0:a u=x; 5:a u=x; 10:a u=x', ['10:x']],
    ['not beyond it', '0:a u=x; 5:a u=x; 11:a u=x', []],
    ['in a window that slides', '0:a u=x; 8:a u=x; 11:a u=x; 18:a u=x', ['18:x']],
    ['starts anew after an alert', '0:a u=x; 1:a u=x; 2:a u=x; 3:a u=x; 4:a u=x; 5:a u=x', ['2:x', '5:x']],
    ['for each group', '0:a u=x; 1:a u=y; 2:a u=x; 3:a u=y; 4:a u=x; 5:a u=y', ['4:x', '5:y']],
    ['groups compare exactly', '0:a u=x; 1:a u=X; 2:a u=x', []],
    ['without the group field not', '0:a; 1:a; 2:a', []],
    ['a list belongs to each', '0:a u=x,y; 1:a u=y; 2:a u=x,y', ['2:y']],
    ['other events do not count', '0:a u=x; 1:b u=x; 2:a u=x', []],
    ['in any order given', '10:a u=x; 0:a u=x; 5:a u=x', ['10:x']],
  ])('%s', (_what, events, wanted) => {
    expect(alerts(three, events)).toEqual(wanted);
  });

  it.each([
    ['{gt: 1}', ['1']],
    ['{gte: 1}', ['0', '1']],
    ['{gte: 0}', ['0', '1']],
    ['{gt: 0}', ['0', '1']],
  ])('of %s', (condition, wanted) => {
    const rule = correlation(`type: event_count\nrule: a\ntimespan: 10s\ncondition: ${condition}\n`);
    expect(alerts(rule, '0:a; 1:a; 1:b')).toEqual(wanted);
  });

  it('counts an event of several rules once, and leaves other rules their alerts', () => {
    const both = correlation('type: event_count\nrule: [a, b]\ntimespan: 10s\ncondition: {gte: 3}\n');
    expect(alerts(both, '0:ab; 1:ab')).toEqual([]);
    expect(alerts(both, '0:ab; 1:a; 2:b')).toEqual(['2']);
  });
});

describe('value_count', () => {
  const rule = correlation('type: value_count\nrule: a\nfield: h\ntimespan: 10s\ncondition: {gte: 3}\n');
  it.each([
    ['distinct values', '0:a h=1; 1:a h=1; 2:a h=2; 3:a h=3', ['3']],
    ['exact texts', '0:a h=x; 1:a h=X; 2:a h=y', ['2']],
    ['not without the field', '0:a h=1; 1:a; 2:a h=2', []],
    ['each element of a list', '0:a h=1,2,3', ['0']],
    ['the last time of a value counts', '0:a h=1; 8:a h=1; 9:a h=2; 17:a h=3', ['17']],
    ['not beyond the window', '0:a h=1; 5:a h=2; 11:a h=3', []],
  ])('%s', (_what, events, wanted) => {
    expect(alerts(rule, events)).toEqual(wanted);
  });
});

describe('temporal', () => {
  const any = correlation('type: temporal\nrule: [a, b]\ntimespan: 10s\n');
  const ordered = correlation('type: temporal\nrule: [a, b, a]\ntimespan: 10s\nordered: true\n');
  it.each([
    ['in either order', any, '0:b; 10:a', ['10']],
    ['one event may be both', any, '0:ab', ['0']],
    ['not beyond the window', any, '0:a; 11:b', []],
    ['the last of each counts', any, '0:a; 5:a; 15:b', ['15']],
    ['starts anew', any, '0:a; 1:b; 2:b; 3:a', ['1', '3']],
    ['in order', ordered, '0:a; 1:b; 2:a', ['2']],
    ['not out of order', ordered, '0:b; 1:a; 2:a', []],
    ['steps are different events', ordered, '0:ab; 1:ab', []],
    ['steps at one time go by the stream', ordered, '0:a; 0:b; 0:a', ['0']],
    ['the latest start counts', ordered, '0:a; 9:a; 10:b; 15:a', ['15']],
    ['from first to last', ordered, '0:a; 5:b; 11:a', []],
    ['others between do not matter', ordered, '0:a; 1:a; 2:b; 3:b; 4:a', ['4']],
  ])('%s', (_what, rule, events, wanted) => {
    expect(alerts(rule, events)).toEqual(wanted);
  });
});

describe('an alias', () => {
  it('reads for each rule its own field', () => {
    const rule = correlation(
      'type: temporal\nrule: [a, b]\ntimespan: 10s\ngroup-by: ip\naliases: {ip: {a: dst, b: src}}\n',
    );
    expect(alerts(rule, '0:a dst=1 src=2; 1:b dst=1 src=2; 2:b src=1')).toEqual(['2:1']);
    expect(rule.alertsOf(stream('0:a dst=1; 1:b src=1'))[0]?.group).toEqual([{ name: 'ip', value: '1' }]);
  });
});

describe('a chain', () => {
  const chain = correlation(
    'name: many\ntype: event_count\nrule: a\ntimespan: 10s\ncondition: {gte: 2}\ngroup-by: [u, h]\n---\n' +
      'action: correlation\ntype: temporal\nrule: [many, b]\ntimespan: 5s\nordered: true\ngroup-by: u\n',
  );
  it.each([
    ['goes on from the event that completed the inner one', '0:a u=x h=1; 9:a u=x h=1; 14:b u=x', ['14:x']],
    ['not later', '0:a u=x h=1; 9:a u=x h=1; 15:b u=x', []],
    ['in the group that it carries', '0:a u=x h=1; 1:a u=x h=1; 2:b u=y', []],
    ['the event that completed it comes before it', '0:a u=x h=1; 1:ab u=x h=1', []],
  ])('%s', (_what, events, wanted) => {
    expect(alerts(chain, events)).toEqual(wanted);
  });

  it('may count alerts, whatever the order of the documents', () => {
    const outer =
      'action: correlation\ntype: value_count\nrule: many\nfield: who\ntimespan: 1m\ncondition: {gte: 2}\n---\n' +
      'name: many\naction: correlation\ntype: event_count\nrule: [a]\ntimespan: 10s\ncondition: {gte: 2}\n' +
      'group-by: who\naliases: {who: {a: u}}\n---\n';
    const rule = evaluator(outer + RULES.replace(/---\n$/, ''));
    expect(alerts(rule, '0:a u=x; 1:a u=x; 20:a u=x; 21:a u=x; 30:a u=y; 31:a u=y')).toEqual(['31']);
  });
});

describe('a stream', () => {
  it('gives alerts as its events come, and forgets what is behind the windows', () => {
    const { openStream } = correlation('type: event_count\nrule: a\ntimespan: 10s\ncondition: {gte: 3}\ngroup-by: u\n');
    const { push, rememberedGroups } = openStream();
    let most = 0;
    for (let second = 0; second < 5_000; second += 1) {
      expect(push({ event: { is: 'a', u: `user${second}` }, at: second * 1_000 })).toEqual([]);
      most = Math.max(most, rememberedGroups());
    }
    expect(most).toBe(11);
    expect(() => push({ event: {}, at: 0 })).toThrow(RangeError);
    expect(() => push({ event: {}, at: NaN })).toThrow(RangeError);
  });

  it('is one of its own each time', () => {
    const rule = correlation('type: event_count\nrule: a\ntimespan: 10s\ncondition: {gte: 2}\n');
    expect([rule.alertsOf(stream('0:a')), rule.alertsOf(stream('0:a'))]).toEqual([[], []]);
  });

  it('of a pattern without correlations has an alert for each event that matches', () => {
    const rule = evaluator('detection: {s: {is: a}, condition: s}\n');
    expect(alerts(rule, '0:a; 0:b; 0:a')).toEqual(['0', '0']);
  });

  it('follows 64 combinations of lists at most', () => {
    const rule = correlation('type: event_count\nrule: a\ntimespan: 1s\ncondition: {gte: 1}\ngroup-by: [u, h]\n');
    const many = Array.from({ length: 100 }, (_, index) => index).join(',');
    expect(alerts(rule, `0:a u=${many} h=${many}`)).toHaveLength(64);
  });
});
