import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/deploy/types.js';
import type { Operation } from '../../src/plan/types.js';
import { uuidEditsOf } from '../../src/writeback/uuid-edits.js';
import { uuid } from './scene.js';

const ACME = { name: 'acme', takesUuid: true };
const PATH = 'detections/a.json';

/** Of an operation no more is looked at than this. */
function outcome(kind: Operation['kind'], more: object, about: Partial<Outcome> = {}): Outcome {
  const detection = { path: PATH, movesUuid: true };
  const operation = { kind, detection, replaces: null, rule: { uuid: uuid(2) }, ...more } as unknown as Operation;
  return { operation, kind: 'done', uuid: uuid(1), reason: '', help: '', ...about };
}

describe('the edits that outcomes ask for', () => {
  it.each<[what: string, outcome: Outcome, expected: readonly unknown[]]>([
    ['a new rule', outcome('create', {}), [{ path: PATH, uuid: uuid(1), replaces: null, target: ACME }]],
    [
      'one that failed afterwards, in the place of another',
      outcome('create', { replaces: uuid(3) }, { kind: 'failed' }),
      [{ path: PATH, uuid: uuid(1), replaces: uuid(3), target: ACME }],
    ],
    ['one that was not made', outcome('create', {}, { uuid: null, kind: 'failed' }), []],
    [
      'a plain UUID found in place',
      outcome('unchanged', {}),
      [{ path: PATH, uuid: uuid(2), replaces: null, target: ACME }],
    ],
    ['one whose update failed', outcome('update', {}, { kind: 'failed' }), []],
    ['a UUID that stands in its place', outcome('update', { detection: { path: PATH } }), []],
  ])('%s', (_what, given, expected) => {
    expect(uuidEditsOf([given], ACME)).toEqual(expected);
  });
});
