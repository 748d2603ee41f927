import { Buffer } from 'node:buffer';
import { describe, expect, it } from '@jest/globals';
import { readEventFile } from '../../src/rule-tests/read-event-file.js';
import { readTests } from '../../src/rule-tests/read-tests.js';
import { runTests } from '../../src/rule-tests/run-tests.js';
import type { TestResults } from '../../src/rule-tests/run-tests.js';
import { parse } from '../sigma/patterns.js';

const FAILURE = `detection:
  selection:
    event.category: authentication
    action.outcome: failure
  service:
    user.name|startswith: svc_
  condition: selection and not service
`;
const BURST = `name: failed_logon
detection:
  selection:
    event.outcome: failure
  condition: selection
---
correlation:
  type: event_count
  rules: [failed_logon]
  group-by: [user.name]
  timespan: 5m
  condition: {gte: 10}
`;
const SEQUENCE = `name: failed
detection:
  selection: {event.outcome: failure}
  condition: selection
---
name: succeeded
detection:
  selection: {event.outcome: success}
  condition: selection
---
action: correlation
type: temporal
rule: [failed, succeeded]
group-by: [user.name, log.hostname]
timespan: 10m
ordered: true
`;
const NIGHT = `detection:
  selection:
    event.code: 4720
    timestamp|timerange: '22:00-06:00'
  condition: selection
timezone: Europe/Paris
`;

function run(pattern: string, tests: string, files: Readonly<Record<string, string>> = {}): TestResults {
  return runTests({
    reading: readTests(Buffer.from(tests), 'yaml'),
    pattern: parse(pattern),
    eventsOf: (path) => readEventFile(Buffer.from(files[path] ?? '')),
  });
}

/** `passed/failed`, then code, place and message of each problem. */
function told({ passed, failed, problems }: TestResults): string[] {
  return [
    `${passed}/${failed}`,
    ...problems.map(({ code, line, column, message }) => `${code} ${line}:${column} ${message}`),
  ];
}

function test(body: string, expected = 'alert'): string {
  return `tests:\n  - name: t\n    expect: ${expected}\n${body.replace(/^/gm, '    ')}\n`;
}

describe('a test', () => {
  it('of a brute force takes five lines', () => {
    const burst = `tests:
  - name: burst of failures
    expect: {alerts: 1}
    events:
      - {repeat: 10, every: 20s, of: {event.outcome: failure, user.name: alice}}
`;
    expect(told(run(BURST, burst))).toEqual(['1/0']);
    expect(told(run(BURST, burst.replace('20s', '40s')))[0]).toBe('0/1');
  });

  it('says what was expected and what came, with what matched each event', () => {
    const tests = `tests:
  - name: one failure too few
    expect: alert
    events:
      - repeat: 9
        of: {event.outcome: failure, user.name: alice}
      - {event.outcome: success}
`;
    expect(told(run(BURST, tests))).toEqual([
      '0/1',
      'test-failed 3:5 Test "one failure too few" failed: expected an alert, got none. Selections that matched: events 1-9: selection; event 10: none.',
    ]);
  });

  it('names the events that raised alerts nobody expected', () => {
    const events = `events:
  - {event: {category: authentication}, action: {outcome: failure}, user.name: bob}
  - {event.category: authentication, action.outcome: failure, user.name: svc_backup}
  - {event.category: authentication, action.outcome: failure}`;
    expect(told(run(FAILURE, test(events, 'nothing')))).toEqual([
      '0/1',
      'test-failed 3:5 Test "t" failed: expected no alert, got 2 alerts (at event 1, 3). Selections that matched: event 1: selection; event 2: selection, service; event 3: selection.',
    ]);
    expect(told(run(FAILURE, test(events, '{alerts: 2}')))).toEqual(['1/0']);
    expect(told(run(FAILURE, test(events, '{alerts: 3}')))[1]).toContain('expected exactly 3 alerts, got 2 alerts');
  });

  it('tells the first twenty events, and of several detections which one a selection is of', () => {
    const many = run(SEQUENCE, test('events:\n  - repeat: 25\n    of: {event.outcome: failure}'));
    expect(told(many)[1]).toMatch(/: events 1-20: failed\.selection; and 5 more events\.$/);
  });

  it('may have no events at all', () => {
    expect(told(run(FAILURE, test('events: []', 'nothing')))).toEqual(['1/0']);
    expect(told(run(FAILURE, test('events: []')))[1]).toContain('got none. The test has no events.');
  });

  it('counts each event that matches, and the sum of several detections', () => {
    const two = `${FAILURE}---\n${FAILURE.replace('failure', '"*"')}`;
    const events = 'events:\n  - repeat: 3\n    of: {event.category: authentication, action.outcome: failure}';
    expect(told(run(two, test(events, '{alerts: 6}')))).toEqual(['1/0']);
  });

  it('fails alone', () => {
    const tests = `tests:
  - {name: a, expect: nothing, events: [{event.code: 1}]}
  - {name: b, expect: alert, events: [{event.code: 1}]}
  - {name: c, expect: sometimes, events: []}
  - {name: d, expect: nothing, events: [{event.code: 1}]}
`;
    const results = told(run(FAILURE, tests));
    expect(results.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '2/2',
      'test-failed 3:15',
      'test-syntax 4:23',
    ]);
  });
});

describe('the examples of the format', () => {
  it('hold', () => {
    const night = `tests:
  - name: admin tool at night, Paris time
    expect: alert
    start: 2025-07-01T21:30:00Z
    events:
      - {event.code: 4720, user.name: alice}
  - name: the same in the morning, by its own time
    expect: nothing
    events:
      - {event.code: 4720, '@timestamp': '2025-07-01T09:00:00+02:00'}
  - name: and by a time of the block
    expect: alert
    events:
      - at: 2025-07-02T01:00:00+02:00
        of: {event.code: 4720, '@timestamp': '2025-07-01T09:00:00+02:00'}
`;
    expect(told(run(NIGHT, night))).toEqual(['3/0']);
    const users = `tests:
  - name: ten users, one failure each
    expect: nothing
    events:
      - repeat: 10
        of: {event: {category: authentication, outcome: failure}}
        vary: {user.name: 'user{n}'}
  - name: two users in turn
    expect: {alerts: 2}
    events:
      - repeat: 20
        of: {event: {category: authentication, outcome: failure}, user: {name: x}}
        vary: {user.name: [alice, bob]}
`;
    expect(told(run(BURST, users))).toEqual(['2/0']);
    const sequence = `tests:
  - name: failures, then success within ten minutes
    expect: {alerts: 1}
    events:
      - repeat: 5
        every: 1m
        of: {event.outcome: failure, user.name: bob, log.hostname: dc1}
      - at: 8m
        of: {event.outcome: success, user.name: bob, log.hostname: dc1}
  - name: too late
    expect: nothing
    events:
      - {event.outcome: failure, user.name: bob, log.hostname: dc1}
      - at: 11m
        of: {event.outcome: success, user.name: bob, log.hostname: dc1}
  - name: written in another order than their times
    expect: alert
    events:
      - at: 5m
        of: {event.outcome: success, user.name: bob, log.hostname: dc1}
      - at: 0s
        of: {event.outcome: failure, user.name: bob, log.hostname: dc1}
`;
    expect(told(run(SEQUENCE, sequence))).toEqual(['3/0']);
  });
});

describe('a file of events', () => {
  const event = '{"event.outcome": "failure", "user": {"name": "a"}}';
  it.each([
    ['an array', `[${Array(10).fill(event).join(',\n')}]`],
    ['one event a line', `${Array(10).fill(event).join('\n')}\n\n`],
  ])('may be %s', (_what, content) => {
    expect(told(run(BURST, test('events: e.json'), { 'e.json': content }))).toEqual(['1/0']);
    const slow = 'events:\n  - from: e.json\n    every: 1m';
    expect(told(run(BURST, test(slow, 'nothing'), { 'e.json': content }))).toEqual(['1/0']);
  });

  it('may be one event, with integers of any length', () => {
    const pattern = 'detection:\n  s: {a: "12345678901234567890"}\n  condition: s\n';
    expect(told(run(pattern, test('events: e.json'), { 'e.json': '{\n"a": 12345678901234567890\n}' }))).toEqual([
      '1/0',
    ]);
    expect(told(run(pattern, test('events:\n  - a: 12345678901234567890')))).toEqual(['1/0']);
  });

  it('has times of its own, which sort them', () => {
    const times = [9, 0, 1].map((minute) => `{"event.code": "4720", "timestamp": "2025-07-02T00:0${minute}:00Z"}`);
    expect(told(run(NIGHT, test('events: e.json', '{alerts: 3}'), { 'e.json': times.join('\n') }))).toEqual(['1/0']);
  });

  it.each([
    ['', 'The file is empty.'],
    ['[1]', 'Its item 1 is no event.'],
    ['7', 'It holds no event.'],
    ['{"a": 1}\n{"a": }\n', 'Line 2: This is not valid JSON (ValueExpected).'],
    ['{\n"a": 1,\n}', 'Line 3: This is not valid JSON (PropertyNameExpected).'],
    [`${'['.repeat(70)}1${']'.repeat(70)}`, 'more than 64 levels'],
    [`[${Array(10_001).fill('{}').join(',')}]`, 'This test has 10,001 events, and 10,000 are the most.'],
  ])('that cannot be used is an error where it is named (%#)', (content, message) => {
    const [counts, problem] = told(run(FAILURE, test('events:\n  - from: e.json', 'nothing'), { 'e.json': content }));
    expect(counts).toBe('0/1');
    expect(problem).toMatch(/^test-syntax 5:15 `e\.json`: |^test-syntax 5:15 This test/);
    expect(problem).toContain(message);
  });
});

describe('a pattern that cannot be evaluated', () => {
  it('fails its tests, whatever they expect', () => {
    const tests = 'tests:\n  - {name: a, expect: nothing, events: []}\n  - {name: b, expect: nothing, events: []}\n';
    expect(told(run(FAILURE.replace('startswith', 'cased'), tests))[0]).toBe('0/2');
    expect(told(run(FAILURE.replace('startswith', 'cased'), tests))[1]).toMatch(/^test-not-testable 2:15 .* line 6: /);
    const unknown = BURST.replace('[failed_logon]', '[other_rule]');
    expect(told(run(unknown, tests))[1]).toMatch(/^test-not-testable 2:15 .* line 9: /);
  });

  it('for want of holidays fails the tests without them', () => {
    const pattern = "detection:\n  s: {timestamp|public_holiday_in: 'NO'}\n  condition: s\n";
    const tests = `tests:
  - {name: without, expect: nothing, events: [{a: 1}]}
  - {name: with, expect: alert, start: 2025-05-17T10:00:00Z, holidays: {NO: [2025-05-17]}, events: [{a: 1}]}
  - {name: another day, expect: nothing, holidays: {NO: [2025-05-17]}, events: [{a: 1}]}
`;
    const results = told(run(pattern, tests));
    expect(results).toHaveLength(2);
    expect(results[0]).toBe('2/1');
    expect(results[1]).toMatch(/^test-not-testable 2:21 Test "without" cannot run: .*holidays of NO/);
  });
});

describe('times', () => {
  const at = (fields: string): string => `detection:\n  s: {${fields}}\n  condition: s\n`;

  it('are written into events that lack them', () => {
    const both = at("timestamp: '2025-01-06T10:00:00.000Z', '@timestamp': '2025-01-06T10:00:00.000Z'");
    expect(told(run(both, test('events:\n  - {a: 1}')))).toEqual(['1/0']);
    const own = at("timestamp: '2025-01-06T12:00:00+01:00', '@timestamp': '2025-01-06T11:00:00.000Z'");
    expect(told(run(own, test("events:\n  - {timestamp: '2025-01-06T12:00:00+01:00'}")))).toEqual(['1/0']);
  });

  it('go on from the last event and its step', () => {
    const late = at("timestamp: '2025-01-06T10:03:00.000Z'");
    const events = 'events:\n  - {every: 1m, repeat: 3, of: {a: 1}}\n  - {a: 1}';
    expect(told(run(late, test(events, '{alerts: 1}')))).toEqual(['1/0']);
  });

  it('replace those of a repeated event but for its first', () => {
    const pattern = at("timestamp|endswith: '+01:00'");
    const events = "events:\n  - {repeat: 3, of: {timestamp: '2025-01-06T12:00:00+01:00'}}";
    expect(told(run(pattern, test(events, '{alerts: 1}')))).toEqual(['1/0']);
  });

  it.each(["{'@timestamp': yesterday}", '{at: 99999999999999d, of: {a: 1}}'])(
    'that are none are an error: %s',
    (item) => {
      const [counts, problem] = told(run(at('a: 1'), test(`events:\n  - ${item}`)));
      expect(counts).toBe('0/1');
      expect(problem).toMatch(/^test-syntax 5:9 /);
    },
  );
});

describe('the largest files that there may be', () => {
  const values = Array.from({ length: 40 }, (_, index) => `f${index}: ${index}`).join(', ');
  const list = Array.from({ length: 20_000 }, (_, index) => `'value number ${index}'`).join(', ');
  const many = (item: string, tests: number): string =>
    `tests:\n${Array.from({ length: tests }, (_, index) => `  - {name: t${index}, expect: nothing, events: [${item}]}\n`).join('')}`;

  it.each([
    ['tests', FAILURE, many(`{repeat: 10000, of: {${values}}, vary: {f1: 'x{n}'}}`, 1000), 1000],
    [
      'values',
      `detection:\n  s: {f1|contains: [${list}]}\n  condition: s\n`,
      many('{repeat: 10000, of: {f1: x}}', 99),
      99,
    ],
    ['texts', FAILURE, many(`{repeat: 10000, of: {a: 1}, vary: {user.name: '${'{n}'.repeat(300_000)}'}}`, 1), 1],
    ['texts that vary', FAILURE, many(`{repeat: 10000, of: {user.name: ${'x'.repeat(900_000)}}}`, 1), 1],
    [
      'variations',
      FAILURE,
      many(`{repeat: 10000, of: {${values}}, vary: {${values.replaceAll(/: (\d+)/g, ': [$1]')}}}`, 9),
      9,
    ],
  ])('are done in seconds: %s', (_what, pattern, tests, number) => {
    const start = Date.now();
    const { passed, failed } = run(pattern, tests);
    expect(Date.now() - start).toBeLessThan(20_000);
    expect(passed + failed).toBe(number);
  });

  it('leave room for what anybody needs', () => {
    const item = `{repeat: 10000, of: {${values}}, vary: {f1: 'x{n}', f2: [a, b]}}`;
    expect(told(run(FAILURE, many(item, 2)))).toEqual(['2/0']);
  });
});
