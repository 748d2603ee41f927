import { describe, expect, it } from '@jest/globals';
import { OUTPUTS, outputs, rulesOutput } from '../../src/report/outputs.js';
import { COMMIT, HOSTILE, UUID_A, blocked, create, detection, finding, report, unchanged, write } from './samples.js';

const NO_FILES = { report: null, sarif: null };

describe('the outputs', () => {
  it('are all there when there was nothing to do', () => {
    expect(outputs(report(), NO_FILES)).toEqual({
      created: '0',
      adopted: '0',
      updated: '0',
      unchanged: '0',
      disabled: '0',
      deleted: '0',
      failed: '0',
      findings: '0',
      rules: '[]',
      commit: '',
      'pull-request': '',
      report: '',
      sarif: '',
      strangers: '[]',
    });
  });

  it('are exactly those of the contract', () => {
    expect(Object.keys(outputs(report(), NO_FILES))).toEqual([...OUTPUTS]);
  });

  it('hold one object a detection with exactly the fields of the contract', () => {
    const edit = { path: 'detections/a.json', uuid: UUID_A, replaces: null, target: null };
    const made = report({
      outcomes: [create('a'), blocked('b', [finding('detections/b.json')])],
      writeBack: { commit: COMMIT, parent: null, results: [{ kind: 'written', edit }] },
    });
    const { rules, commit } = outputs(made, NO_FILES);
    expect(commit).toBe(COMMIT);
    expect(JSON.parse(rules)).toStrictEqual([
      { path: 'detections/a.json', name: 'Rule a', uuid: UUID_A, operation: 'create', outcome: 'done', reason: '' },
      {
        path: 'detections/b.json',
        name: 'Rule b',
        uuid: null,
        operation: 'blocked',
        outcome: 'failed',
        reason: 'There is no field `severty`. (detections/b.json:3)',
      },
    ]);
  });

  it('count the tests of a detection that has some, in every mode', () => {
    const sound = { kind: 'sound', detection: detection('a'), tests: { passed: 3, failed: 0 } } as const;
    const held = {
      kind: 'faulty',
      path: 'detections/b.json',
      name: 'Rule b',
      uuid: null,
      errors: [finding('detections/b_tests.yml')],
      tests: { passed: 1, failed: 2 },
    } as const;
    const read = { detections: [sound, held], findings: [], notes: [] };
    const deployed = report({ read, outcomes: [create('a'), blocked('b', held.errors)] });
    const validated = report({ mode: 'validate', read });
    for (const each of [deployed, validated]) {
      const rows = JSON.parse(outputs(each, NO_FILES).rules) as { tests?: unknown }[];
      expect(rows.map(({ tests }) => tests)).toEqual([sound.tests, held.tests]);
    }
  });

  it('keep hostile names as they are, on one line of JSON', () => {
    const outcomes = HOSTILE.map((name, index) => ({
      ...unchanged('x'),
      operation: {
        kind: 'create',
        detection: detection(String(index).padStart(3, '0'), { name }),
        body: write(),
        replaces: null,
      },
    })) as never;
    const { rules } = outputs(report({ outcomes }), NO_FILES);
    expect(rules).not.toMatch(/[\r\n]/u);
    expect((JSON.parse(rules) as { name: string }[]).map(({ name }) => name)).toEqual([...HOSTILE]);
  });
});

describe('the output rules, when it is too long for GitHub', () => {
  const made = report({
    outcomes: [
      ...Array.from({ length: 3_000 }, (_, index) => unchanged(`u${index}`)),
      ...Array.from({ length: 200 }, (_, index) => blocked(`b${index}`, [finding('x', { message: 'é'.repeat(400) })])),
    ],
  });
  const whole = JSON.stringify(rulesOutput(made, Number.MAX_SAFE_INTEGER).text).length;

  it('goes without what is unchanged, and says so', () => {
    const { text, leftOut } = rulesOutput(made);
    expect(leftOut).toBe('3000 unchanged rows');
    expect(JSON.parse(text)).toHaveLength(200);
    expect(text.length * 2).toBeLessThanOrEqual(900 * 1024);
    expect(whole * 2).toBeGreaterThan(900 * 1024);
  });

  it('goes without reasons, then without the last rows, when that is not enough', () => {
    const { text, leftOut } = rulesOutput(made, 20_000);
    const rows = JSON.parse(text) as readonly { readonly reason: string }[];
    expect(text.length * 2).toBeLessThanOrEqual(20_000);
    expect(rows.length).toBeGreaterThan(50);
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(['']));
    expect(leftOut).toBe(`every reason, 3000 unchanged rows and ${200 - rows.length} other rows`);
  });

  it('is whole otherwise', () => {
    expect(rulesOutput(report({ outcomes: [unchanged('a')] }))).toMatchObject({ leftOut: null });
  });
});
