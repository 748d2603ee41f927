import { describe, expect, it } from '@jest/globals';
import { annotations } from '../../src/report/annotations.js';
import { HARMFUL, HOSTILE, UUID_A, blocked, create, finding, report, update } from './samples.js';

const findings = (number: number, severity: 'error' | 'warning'): ReturnType<typeof finding>[] =>
  Array.from({ length: number }, (_, index) =>
    finding(`detections/${index}.json`, { severity, code: `${severity}-${index}` }),
  );

const read = (found: ReturnType<typeof finding>[]): { detections: []; findings: typeof found; notes: [] } => ({
  detections: [],
  findings: found,
  notes: [],
});

describe('annotations', () => {
  it('stand on the line of their finding, with its code as the title', () => {
    expect(annotations(report({ read: read([finding('detections/a.json')]) }))).toEqual([
      {
        level: 'error',
        title: 'field-unknown',
        message: 'There is no field `severty`. Did you mean `severity`?',
        path: 'detections/a.json',
        line: 3,
        column: 5,
      },
    ]);
  });

  it('stand at the top of the metadata file for what the platform refused', () => {
    const outcomes = [update('a', [], { kind: 'failed', reason: '400 VA301', help: 'Shorten it.' })];
    expect(annotations(report({ outcomes }))).toMatchObject([
      {
        level: 'error',
        title: 'Failed',
        message: 'Rule a (rule bbbbbbbb-0000-4000-8000-000000000002): 400 VA301. Shorten it.',
        path: 'detections/a.json',
        line: 1,
      },
    ]);
  });

  it('tell of a detection held back once, by its findings', () => {
    const errors = [finding('detections/a.json')];
    const made = report({ outcomes: [blocked('a', errors)], read: read(errors) });
    expect(annotations(made).map(({ title }) => title)).toEqual(['field-unknown']);
  });

  it('come in the order of what needs a hand first', () => {
    const errors = findings(1, 'error');
    const lost = {
      kind: 'lost',
      edit: { path: 'detections/l.json', uuid: UUID_A, replaces: null, target: null },
      reason: 'it is gone',
      help: 'Restore it.',
    } as const;
    const made = report({
      outcomes: [
        create('s', { kind: 'skipped', uuid: null, reason: 'no key' }),
        create('f', { kind: 'failed', uuid: null, reason: 'refused' }),
        create('u', { kind: 'unknown', uuid: null, reason: 'no answer' }),
        create('l'),
      ],
      read: read([...findings(1, 'warning'), ...errors]),
      writeBack: { commit: null, parent: null, results: [lost] },
      stopped: { message: 'Cancelled.', help: 'Run it again.' },
    });
    expect(annotations(made).map(({ title }) => title)).toEqual([
      'Run stopped',
      'UUID not on the branch',
      'Outcome unknown',
      'Failed',
      'error-0',
      'Not sent',
      'warning-0',
    ]);
  });

  it('say once why many rules were not sent', () => {
    const outcomes = ['a', 'b', 'c'].map((stem) =>
      update(stem, [], { kind: 'skipped', reason: 'no key', help: 'Renew it.' }),
    );
    expect(annotations(report({ outcomes }))).toMatchObject([
      { message: '3 detections not sent: no key. Renew it.', path: null },
    ]);
  });

  it.each([
    [10, 10, null],
    [11, 10, 'and 2 more, all in the summary'],
    [500, 10, 'and 491 more, all in the summary'],
  ])('of %i errors are %i, as many as the runner shows', (number, shown, last) => {
    const made = annotations(report({ read: read([...findings(number, 'error'), ...findings(3, 'warning')]) }));
    const errors = made.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(shown);
    if (last !== null) expect(errors.at(-1)?.message).toBe(last);
    expect(made.filter(({ level }) => level === 'warning')).toHaveLength(3);
  });

  it('are not longer than the runner takes', () => {
    for (const text of ['x'.repeat(10_000), '😀'.repeat(10_000)]) {
      const [annotation] = annotations(report({ read: read([finding('a', { message: text })]) }));
      expect(annotation?.message.length).toBeLessThanOrEqual(4096);
    }
  });

  it.each(HOSTILE)('are one harmless line for %j', (text) => {
    const made = report({
      outcomes: [create('a', { kind: 'failed', reason: text, help: text })],
      read: read([finding('a', { message: text, help: text })]),
      stopped: { message: text, help: text },
    });
    for (const { message } of annotations(made)) {
      expect(message).not.toMatch(HARMFUL);
    }
  });
});
