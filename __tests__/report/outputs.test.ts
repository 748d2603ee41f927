import { describe, expect, it } from '@jest/globals';
import { OUTPUTS, outputs } from '../../src/report/outputs.js';
import { COMMIT, HOSTILE, UUID_A, blocked, create, detection, finding, report, unchanged, write } from './samples.js';

describe('the outputs', () => {
  it('are all there when there was nothing to do', () => {
    expect(outputs(report())).toEqual({
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
    });
  });

  it('are exactly those of the contract', () => {
    expect(Object.keys(outputs(report()))).toEqual([...OUTPUTS]);
  });

  it('hold one object a detection with exactly the fields of the contract', () => {
    const edit = { path: 'detections/a.json', uuid: UUID_A, replaces: null };
    const made = report({
      outcomes: [create('a'), blocked('b', [finding('detections/b.json')])],
      writeBack: { commit: COMMIT, parent: null, results: [{ kind: 'written', edit }] },
    });
    const { rules, commit } = outputs(made);
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
    const { rules } = outputs(report({ outcomes }));
    expect(rules).not.toMatch(/[\r\n]/u);
    expect((JSON.parse(rules) as { name: string }[]).map(({ name }) => name)).toEqual([...HOSTILE]);
  });
});
