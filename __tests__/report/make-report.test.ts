import { describe, expect, it } from '@jest/globals';
import type { Operation } from '../../src/plan/types.js';
import { exitCode } from '../../src/report/make-report.js';
import type { Outcome } from '../../src/deploy/types.js';
import {
  COMMIT,
  UUID_A,
  UUID_B,
  blocked,
  create,
  detection,
  faulty,
  finding,
  none,
  report,
  rule,
  unchanged,
  update,
  write,
} from './samples.js';

const adopt: Outcome = {
  operation: {
    kind: 'adopt',
    detection: detection('g'),
    rule: rule(UUID_B),
    body: write(),
    changes: [],
    replaces: null,
  },
  kind: 'done',
  uuid: UUID_B,
  reason: '',
  help: '',
};

describe('the counts', () => {
  it.each<[string, Outcome, Record<string, number>]>([
    ['a rule created', create('a'), { created: 1 }],
    ['a rule taken over by name, as adopted only', adopt, { adopted: 1 }],
    ['a rule updated', update('b', []), { updated: 1 }],
    ['a rule that needs nothing', unchanged('c'), { unchanged: 1 }],
    ['a draft, as nothing', none('d', 'a draft'), {}],
    ['findings that hold a detection back, as failed', blocked('e', [finding('detections/e.json')]), { failed: 1 }],
    ['a refusal', create('f', { kind: 'failed', uuid: null }), { failed: 1 }],
    ['a rule that did not compile, as failed though it exists', create('f', { kind: 'failed' }), { failed: 1 }],
    ['an unknown outcome, as failed', create('f', { kind: 'unknown', uuid: null }), { failed: 1 }],
    ['a rule left out after a 401, as failed', update('f', [], { kind: 'skipped' }), { failed: 1 }],
  ])('count %s', (_what, outcome, expected) => {
    const nothing = {
      created: 0,
      adopted: 0,
      updated: 0,
      unchanged: 0,
      disabled: 0,
      deleted: 0,
      failed: 0,
      findings: 0,
    };
    expect(report({ outcomes: [outcome] }).counts).toEqual({ ...nothing, ...expected });
  });

  it('count error findings, not warnings', () => {
    const findings = [finding('a.json', { severity: 'warning' }), finding('b.json')];
    expect(report({ read: { detections: [], findings, notes: [] } }).counts.findings).toBe(1);
  });
});

describe('the rows', () => {
  it('come in path order, whatever the order of the outcomes', () => {
    const rows = report({ outcomes: [unchanged('c'), create('a'), update('b', [])] }).rows;
    expect(rows.map(({ path }) => path)).toEqual(['detections/a.json', 'detections/b.json', 'detections/c.json']);
  });

  it('name the first finding of a detection held back, and how many more there are', () => {
    const errors = [finding('detections/a.json'), finding('detections/a_sigma.yml')];
    expect(report({ outcomes: [blocked('a', errors)] }).rows[0]).toMatchObject({
      operation: 'blocked',
      outcome: 'failed',
      reason: 'There is no field `severty`. (detections/a.json:3), and 1 more error',
      help: 'Did you mean `severity`?',
    });
  });

  it('tell what the catalogue says where that holds a detection back', () => {
    const operation: Operation = {
      kind: 'blocked',
      path: 'a.json',
      name: null,
      uuid: UUID_A,
      findings: [],
      obstacle: { code: 'rule-missing', message: 'The rule is gone.', help: 'Take the UUID out.' },
    };
    const outcomes: readonly Outcome[] = [{ operation, kind: 'skipped', uuid: null, reason: '', help: '' }];
    expect(report({ outcomes }).rows[0]).toMatchObject({
      outcome: 'failed',
      uuid: UUID_A,
      reason: 'The rule is gone.',
      help: 'Take the UUID out.',
    });
  });

  it('hold the findings of both files of a detection', () => {
    const findings = [
      finding('detections/a.json', { severity: 'warning' }),
      finding('detections/a_sigma.yml', { severity: 'warning' }),
      finding('detections/b.json', { severity: 'warning' }),
    ];
    const { rows } = report({
      outcomes: [create('a')],
      read: { detections: [{ kind: 'sound', detection: detection('a') }], findings, notes: [] },
    });
    expect(rows[0]?.findings).toEqual(findings.slice(0, 2));
  });

  it('are none and skipped for what a validating run found sound, blocked and failed for the rest', () => {
    const errors = [finding('detections/b.json')];
    const { rows, counts } = report({
      mode: 'validate',
      read: {
        detections: [{ kind: 'sound', detection: detection('a') }, faulty('b', errors)],
        findings: errors,
        notes: [],
      },
    });
    expect(rows.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['none', 'skipped'],
      ['blocked', 'failed'],
    ]);
    expect(counts.failed).toBe(1);
  });

  it('fail for a stopped run where a deployment had not come to the detection', () => {
    const stopped = { message: 'The token may not write.', help: 'Give it contents: write.' };
    const read = {
      detections: [
        { kind: 'sound', detection: detection('a') },
        { kind: 'sound', detection: detection('b', { draft: true }) },
      ],
      findings: [],
      notes: [],
    } as const;
    const { rows } = report({ read, stopped });
    expect(rows.map(({ outcome, reason, help }) => ({ outcome, reason, help }))).toEqual([
      { outcome: 'failed', reason: 'not deployed: The token may not write.', help: 'Give it contents: write.' },
      { outcome: 'skipped', reason: '', help: '' },
    ]);
  });
});

describe('a UUID that did not get into its file', () => {
  const missing = { path: 'detections/a.json', uuid: UUID_A };
  const edit = { ...missing, replaces: null, target: null };

  it('is lost when the write-back says so; the rule stays done and the run turns red', () => {
    const lost = { kind: 'lost', edit, reason: 'the file is gone', help: 'Restore it.' } as const;
    const made = report({ outcomes: [create('a')], writeBack: { commit: null, parent: null, results: [lost] } });
    expect(made.lost).toEqual([{ ...missing, reason: 'the file is gone', help: 'Restore it.' }]);
    expect(made.rows[0]).toMatchObject({
      outcome: 'done',
      reason: 'its UUID is not on the branch: the file is gone',
      help: 'Restore it.',
    });
    expect(made.counts).toMatchObject({ created: 1, failed: 0 });
    expect(exitCode(made)).toBe(1);
  });

  it('is lost when the write-back has no result for it', () => {
    const made = report({ outcomes: [create('a')], writeBack: { commit: COMMIT, parent: null, results: [] } });
    expect(made.lost).toMatchObject([missing]);
    expect(exitCode(made)).toBe(1);
  });

  it('is left to the user, and green, when no write-back was wanted', () => {
    const made = report({ outcomes: [create('a')], writeBack: null });
    expect(made.unwritten).toMatchObject([missing]);
    expect(made.lost).toEqual([]);
    expect(exitCode(made)).toBe(0);
  });

  it('is not missing for an adoption that was left out', () => {
    const made = report({ outcomes: [{ ...adopt, kind: 'skipped', reason: 'no key' }], writeBack: null });
    expect([made.lost, made.unwritten, made.counts.failed]).toEqual([[], [], 1]);
  });

  it('is known of a rule that failed to compile as well', () => {
    const made = report({
      outcomes: [create('a', { kind: 'failed', reason: 'does not compile' })],
      writeBack: { commit: null, parent: null, results: [] },
    });
    expect(made.lost).toMatchObject([missing]);
    expect(made.rows[0]?.reason).toBe('does not compile');
  });

  it.each(['written', 'already-there'] as const)('is not missing when it is %s', (kind) => {
    const made = report({
      outcomes: [create('a')],
      writeBack: { commit: COMMIT, parent: null, results: [{ kind, edit }] },
    });
    expect([made.lost, made.unwritten, made.commit, exitCode(made)]).toEqual([[], [], COMMIT, 0]);
  });
});

describe('the exit code', () => {
  it.each([
    ['0 for nothing to do', {}, 0],
    ['0 for rules in place and a draft', { outcomes: [create('a'), unchanged('b'), none('c', 'a draft')] }, 0],
    ['1 for a failure among others', { outcomes: [create('a'), update('b', [], { kind: 'failed' })] }, 1],
    ['1 for an unknown outcome', { outcomes: [create('a', { kind: 'unknown' })] }, 1],
    ['1 for a rule that was not sent', { outcomes: [create('a', { kind: 'skipped' })] }, 1],
    ['1 for a stopped run', { stopped: { message: 'x', help: 'y' } }, 1],
    ['1 for an error in a file of no detection', { read: { detections: [], findings: [finding('x')], notes: [] } }, 1],
    [
      '0 for warnings alone',
      { read: { detections: [], findings: [finding('x', { severity: 'warning' as const })], notes: [] } },
      0,
    ],
  ] as const)('is %s', (_what, input, code) => {
    expect(exitCode(report(input))).toBe(code);
  });
});
