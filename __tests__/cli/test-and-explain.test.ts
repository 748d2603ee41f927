import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { metadata, pair } from '../support/detections.js';
import { deskScene } from './at-desk.js';
import type { DeskScene } from './at-desk.js';

const SEVERAL = `name: failed
detection:
  selection:
    event.outcome: failure
    user.name: '*'
  filter:
    user.name: backup
  condition: selection and not filter
---
name: guessing
action: correlation
type: event_count
rule: failed
group-by: user.name
timespan: 5m
condition:
  gte: 2
`;

const TESTS = `tests:
  - name: two failures
    expect: alert
    events:
      - { event.outcome: failure, user.name: alice }
      - { event.outcome: failure, user.name: backup }
      - { event.outcome: failure, user.name: alice }
  - name: once is not enough
    expect: alert
    events:
      - { event.outcome: failure, user.name: bob }
`;

let desk: DeskScene;

beforeEach(async () => {
  desk = await deskScene({
    ...pair('detections/a', 'First detection'),
    'detections/a_tests.yml': 'tests:\n  - name: one\n    expect: alert\n    events:\n      - process.name: a.exe\n',
    'detections/guess.json': metadata('Guessing of passwords'),
    'detections/guess_sigma.yml': SEVERAL,
    'detections/guess_tests.yml': TESTS,
    ...pair('detections/untested', 'No tests here'),
  });
});

afterEach(() => desk.remove());

describe('test', () => {
  it('runs the tests there are, and tells of those that failed', async () => {
    const { exitCode, out } = await desk.run('test');
    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /^ok {3}detections\/a\.json \(1 test\)\nFAIL detections\/guess\.json \(1 of 2 tests failed\)\n\n/u,
    );
    expect(out).toContain('detections/guess_tests.yml:9:5: error test-failed: Test "once is not enough" failed');
    expect(out).toMatch(/3 tests of 2 detections: 1 failed \(\d\.\d s\)\.\n$/u);
  });

  it.each([['detections/a.json'], ['detections/a_tests.yml'], ['detections/a*']])('runs those of %s', async (path) => {
    const { exitCode, out } = await desk.run('test', path);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^ok {3}detections\/a\.json \(1 test\)\n\n1 test of 1 detection passed/u);
  });

  it('says that there are none', async () => {
    const { exitCode, out } = await desk.run('test', 'detections/untested.json');
    expect([exitCode, out]).toEqual([0, 'No detection with tests (NAME_tests.yml) among these.\n']);
  });

  it('shows with --trace what each event matched, and how far each window came', async () => {
    const { out } = await desk.run('test', '--trace', 'detections/guess.json');
    expect(out).toContain(
      `  two failures: passed
    event 1  2025-01-06T10:00:00.000Z  match failed  selections: selection
        correlation guessing [user.name=alice]: 1 of 2 in the window
    event 2  2025-01-06T10:00:01.000Z  no match  selections: selection, filter
    event 3  2025-01-06T10:00:02.000Z  match failed  selections: selection  ALERT
        correlation guessing [user.name=alice]: 2 of 2 in the window, satisfied
  once is not enough: failed
`,
    );
  });

  it('tells why tests could not run', async () => {
    await desk.save({ 'detections/a_sigma.yml': 'detection: [\n' });
    const { exitCode, out } = await desk.run('test', 'detections/a.json');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/a_sigma\.yml:\d+:\d+: error yaml-syntax/u);
  });

  it('prints with --json the report of what has tests', async () => {
    const { exitCode, out } = await desk.run('test', '--json');
    const { detections } = JSON.parse(out) as { detections: readonly { path: string; tests: unknown }[] };
    expect(exitCode).toBe(1);
    expect(detections.map(({ path, tests }) => [path, tests])).toEqual([
      ['detections/a.json', { passed: 1, failed: 0 }],
      ['detections/guess.json', { passed: 1, failed: 1 }],
    ]);
  });

  it('never lets the name of a test move the cursor', async () => {
    await desk.save({
      'detections/a_tests.yml':
        'tests:\n  - name: "\\e[2J\\u202e"\n    expect: nothing\n    events:\n      - process.name: a.exe\n',
    });
    const { out } = await desk.run('test', '--trace', 'detections/a.json');
    // eslint-disable-next-line no-control-regex -- these must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
  });
});

describe('explain', () => {
  it('shows the page of a check', async () => {
    const { exitCode, out } = await desk.run('explain', 'yaml-escape');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^yaml-escape\n\nError\. Between double quotes [\s\S]*\nBad:\n[\s\S]*\nGood:\n/u);
  });

  it('lists them all', async () => {
    expect((await desk.run('explain')).out).toMatch(/^test-failed \(error\): /mu);
  });

  it.each(['conditon-syntax', 'syntax', '', 'toString', '\u001b[2J', 'x'.repeat(10_000)])(
    'names the nearest ones for %j',
    async (code) => {
      const { exitCode, err } = await desk.run('explain', code);
      expect(exitCode).toBe(2);
      expect(err).toMatch(/The nearest are [a-z-]+, [a-z-]+, [a-z-]+;/u);
      expect(err).not.toContain('\u001b');
    },
  );

  it('knows the nearest', async () => {
    expect((await desk.run('explain', 'conditon-syntax')).err).toContain('The nearest are condition-syntax,');
  });
});

describe('the command', () => {
  it('shows its version, and help with examples', async () => {
    expect(await desk.run('--version')).toEqual({ exitCode: 0, out: '0.1.0\n', err: '' });
    for (const args of [['--help'], ['check', '--help'], ['help', 'test'], ['explain', '-h']]) {
      const { exitCode, out } = await desk.run(...args);
      expect(exitCode).toBe(0);
      expect(out).toMatch(/Examples?:\n {2}\$ sekoia-detections /u);
    }
  });

  it('says what was meant', async () => {
    expect((await desk.run('chek')).err).toContain('Did you mean check?');
  });
});
