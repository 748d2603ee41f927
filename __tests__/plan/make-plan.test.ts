import { describe, expect, it } from '@jest/globals';
import type { Detection, ReadDetection } from '../../src/detections/types.js';
import { makePlan, wantedFor } from '../../src/plan/make-plan.js';
import type { Operation } from '../../src/plan/types.js';
import type { Catalogue } from '../../src/sekoia/types.js';
import { catalogue, detection, OTHER_UUID, rule, UUID } from './values.js';

const NOTHING: Catalogue = {
  byUuid: new Map(),
  byName: new Map([['Suspicious process', { kind: 'found', value: [] }]]),
};

function planOne(given: Detection, from: Catalogue): Operation {
  const [operation] = makePlan([sound(given)], from).operations;
  return operation!;
}

function sound(given: Detection): ReadDetection {
  return { kind: 'sound', detection: given };
}

describe('a detection without UUID', () => {
  it('is created when no rule has its name', () => {
    expect(planOne(detection(), NOTHING)).toMatchObject({ kind: 'create', body: { enabled: true, all_assets: true } });
  });

  it('is created beside a verified rule of its name', () => {
    const from = catalogue([rule({ verified: true })]);
    expect(planOne(detection(), from).kind).toBe('create');
  });

  it('adopts the one rule that an API key made, and updates it', () => {
    const from = catalogue([rule({}, { severity: 10 })]);
    expect(planOne(detection(), from)).toMatchObject({
      kind: 'adopt',
      changes: [{ field: 'severity', from: 10, to: 40 }],
    });
  });

  it('adopts a rule of the same content whoever made it', () => {
    const from = catalogue([rule({ createdByType: 'avatar' })]);
    expect(planOne(detection(), from)).toMatchObject({ kind: 'adopt', changes: [] });
  });

  it("leaves a person's rule with other content alone and names it", () => {
    const from = catalogue([rule({ createdByType: 'avatar' }, { severity: 10 })]);
    expect(planOne(detection(), from)).toMatchObject({
      kind: 'blocked',
      obstacle: { code: 'adopt-foreign', message: expect.stringContaining(UUID) },
    });
  });

  it('chooses none of several and names them all', () => {
    const from = catalogue([rule(), rule({ uuid: OTHER_UUID })]);
    expect(planOne(detection(), from)).toMatchObject({
      kind: 'blocked',
      obstacle: { code: 'adopt-ambiguous', message: expect.stringMatching(new RegExp(`${UUID}.*${OTHER_UUID}`)) },
    });
  });

  it('never takes a rule that another file has', () => {
    const owner = detection({ path: 'detections/b.json', uuid: UUID });
    const plan = makePlan([sound(detection()), sound(owner)], catalogue([rule()]));
    expect(plan.operations.map(({ kind }) => kind)).toEqual(['create', 'unchanged']);
  });

  it('is held back when the look-up failed: a blind create could make a second rule', () => {
    const from = catalogue([], new Map([['Suspicious process', new Error('no answer')]]));
    expect(planOne(detection(), from)).toMatchObject({ kind: 'blocked', obstacle: { message: 'no answer' } });
  });
});

describe('a detection with UUID', () => {
  const known = detection({ uuid: UUID });

  it('is left alone when nothing would change', () => {
    expect(planOne(known, catalogue([rule()])).kind).toBe('unchanged');
  });

  it('is updated in place when its name changed', () => {
    expect(planOne(known, catalogue([rule({}, { name: 'Old name' })]))).toMatchObject({
      kind: 'update',
      changes: [{ field: 'name', from: 'Old name', to: 'Suspicious process' }],
    });
  });

  it.each([
    ['rule-verified', rule({ verified: true })],
    ['rule-type', rule({}, { type: 'cti' })],
    ['rule-incomplete', rule({ missing: ['related_object_refs'] })],
  ])('is blocked as %s', (code, found) => {
    expect(planOne(known, catalogue([found]))).toMatchObject({ kind: 'blocked', uuid: UUID, obstacle: { code } });
  });

  it('takes an answer without a field that the file has', () => {
    const found = rule({ missing: ['severity', 'goal'] });
    expect(planOne(known, catalogue([found])).kind).toBe('unchanged');
  });
});

describe('a draft', () => {
  it('is never deployed, even with a UUID', () => {
    expect(planOne(detection({ draft: true, uuid: UUID }), catalogue([rule({}, { severity: 1 })]))).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('draft'),
    });
  });

  it('asks the platform nothing', () => {
    expect(wantedFor([sound(detection({ draft: true }))])).toEqual({ uuids: [], names: [] });
  });
});

it('asks for rules by UUID, and by name for those without', () => {
  const reads = [sound(detection({ uuid: UUID })), sound(detection({ name: 'New one here' }))];
  expect(wantedFor(reads)).toEqual({ uuids: [UUID], names: ['New one here'] });
});

it('holds back a detection with error findings and goes on with the others', () => {
  const faulty: ReadDetection = { kind: 'faulty', path: 'detections/x.json', name: null, uuid: null, errors: [] };
  const plan = makePlan([faulty, sound(detection())], NOTHING);
  expect(plan.operations.map(({ kind }) => kind)).toEqual(['blocked', 'create']);
});
