import { describe, expect, it } from '@jest/globals';
import type { Detection, ReadDetection } from '../../src/detections/types.js';
import { makePlan, wantedFor, wantedForGone } from '../../src/plan/make-plan.js';
import type { Operation } from '../../src/plan/types.js';
import type { Catalogue } from '../../src/sekoia/types.js';
import { catalogue, desired, detection, gone, OTHER_UUID, rule, UUID } from './values.js';

const NOTHING: Catalogue = {
  byUuid: new Map(),
  byName: new Map([['Suspicious process', { kind: 'found', value: [] }]]),
};

function planOne(given: Detection, from: Catalogue): Operation {
  const [operation] = makePlan(desired([sound(given)]), from).operations;
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
    const plan = makePlan(
      desired([sound(detection()), sound(owner)], { claims: new Map([[UUID, ['detections/b.json']]]) }),
      catalogue([rule()]),
    );
    expect(plan.operations.map(({ kind }) => kind)).toEqual(['create', 'unchanged']);
  });

  it('is held back when the look-up failed: a blind create could make a second rule', () => {
    const from = catalogue([], new Map([['Suspicious process', new Error('no answer')]]));
    expect(planOne(detection(), from)).toMatchObject({ kind: 'blocked', obstacle: { message: 'no answer' } });
  });
});

it('leaves a rule alone that two detections would adopt, each naming the other', () => {
  const twins = [detection({ path: 'detections/a.json' }), detection({ path: 'detections/b.json' })];
  const { operations } = makePlan(desired(twins.map(sound)), catalogue([rule()]));
  expect(operations).toMatchObject([
    { kind: 'blocked', path: 'detections/a.json', obstacle: { code: 'adopt-ambiguous' } },
    { kind: 'blocked', path: 'detections/b.json', obstacle: { message: expect.stringContaining('detections/a.json') } },
  ]);
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

describe('a detection that came back to the branch', () => {
  const back = new Set(['detections/a.json']);
  const off = catalogue([rule({}, { enabled: false })]);
  const planned = (given: Parameters<typeof detection>[0], returned = back): Operation =>
    makePlan(desired([sound(detection({ uuid: UUID, ...given }))], { returned }), off).operations[0]!;

  it('has its rule, which was disabled when it left, enabled again', () => {
    expect(planned({})).toMatchObject({ kind: 'update', changes: [{ field: 'enabled', from: false, to: true }] });
  });

  it('stays off where the file says so, or was there all the time', () => {
    expect(planned({ with: { enabled: false } }).kind).toBe('unchanged');
    expect(planned({}, new Set()).kind).toBe('unchanged');
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
    expect(wantedFor(desired([sound(detection({ draft: true }))]))).toEqual({ uuids: [], names: [] });
  });
});

it('asks for rules by UUID, and by name for those without', () => {
  const reads = [sound(detection({ uuid: UUID })), sound(detection({ name: 'New one here' }))];
  expect(wantedFor(desired(reads))).toEqual({ uuids: [UUID], names: ['New one here'] });
});

it('holds back a detection with error findings and goes on with the others', () => {
  const faulty: ReadDetection = { kind: 'faulty', path: 'detections/x.json', name: null, uuid: null, errors: [] };
  const plan = makePlan(desired([faulty, sound(detection())]), NOTHING);
  expect(plan.operations.map(({ kind }) => kind)).toEqual(['blocked', 'create']);
});

describe('a former name', () => {
  const formerNames = new Map([['detections/a.json', ['Old name here']]]);
  const reads = [sound(detection())];

  it('is looked for as well', () => {
    expect(wantedFor(desired(reads, { formerNames })).names).toEqual(['Suspicious process', 'Old name here']);
  });

  it('leads to the rule that an earlier run made under it', () => {
    const from = catalogue([rule({}, { name: 'Old name here' })]);
    const byName = new Map([...from.byName, ...NOTHING.byName]);
    const [operation] = makePlan(desired(reads, { formerNames }), { ...from, byName }).operations;
    expect(operation).toMatchObject({ kind: 'adopt', changes: [{ field: 'name' }] });
  });
});

it('creates without a look when adoption is switched off', () => {
  const policy = { adopt: 'never' } as const;
  const reads = [sound(detection())];
  expect(wantedFor(desired(reads, { policy }))).toEqual({ uuids: [], names: [] });
  expect(makePlan(desired(reads, { policy }), catalogue([])).operations[0]?.kind).toBe('create');
});

describe('a rule that is gone on the platform', () => {
  const known = [sound(detection({ uuid: UUID }))];

  it('fails by default', () => {
    expect(makePlan(desired(known), gone([UUID])).operations[0]).toMatchObject({
      kind: 'blocked',
      obstacle: { code: 'rule-gone' },
    });
  });

  it('is created anew with recreate, its old UUID replaced', () => {
    const wish = desired(known, { policy: { onMissing: 'recreate' } });
    expect(wantedForGone(wish, gone([UUID])).names).toEqual(['Suspicious process']);
    const from = { ...gone([UUID]), byName: NOTHING.byName };
    expect(makePlan(wish, from).operations[0]).toMatchObject({ kind: 'create', replaces: UUID });
  });

  it('takes the rule that an earlier run recreated', () => {
    const again = catalogue([rule({ uuid: OTHER_UUID })]);
    const from = { byUuid: gone([UUID]).byUuid, byName: again.byName };
    const [operation] = makePlan(desired(known, { policy: { onMissing: 'recreate' } }), from).operations;
    expect(operation).toMatchObject({ kind: 'adopt', replaces: UUID, rule: { uuid: OTHER_UUID } });
  });

  it.each(['fail', 'recreate'] as const)('looks like a wrong key when every one is (%s)', (onMissing) => {
    const two = [...known, sound(detection({ path: 'detections/b.json', uuid: OTHER_UUID }))];
    const wish = desired(two, { policy: { onMissing } });
    expect(wantedForGone(wish, gone([UUID, OTHER_UUID])).names).toEqual([]);
    const codes = makePlan(wish, gone([UUID, OTHER_UUID])).operations.map((operation) =>
      operation.kind === 'blocked' ? operation.obstacle?.message : operation.kind,
    );
    expect(codes).toEqual([
      expect.stringContaining('right key and region?'),
      expect.stringContaining('right key and region?'),
    ]);
  });
});

describe('a detection that left the branch', () => {
  const removed = [{ path: 'detections/old.json', name: 'Old one', uuid: UUID, formerNames: [] }];
  const planned = (given: Parameters<typeof desired>[1], from = catalogue([rule()])): Operation | undefined =>
    makePlan(desired([], { removed, ...given }), from).operations[0];

  it.each([
    ['disable', 'disable'],
    ['delete', 'delete'],
    ['keep', 'none'],
  ] as const)('with on-removed %s: %s', (onRemoved, kind) => {
    expect(planned({ policy: { onRemoved } })?.kind).toBe(kind);
  });

  it.each([
    ['is disabled already', catalogue([rule({}, { enabled: false })])],
    ['is verified', catalogue([rule({ verified: true })])],
    ['is gone already', gone([UUID])],
  ])('is left alone when its rule %s', (_title, from) => {
    expect(planned({}, from)?.kind).toBe('none');
  });

  it('is left alone when another file has its rule', () => {
    expect(planned({ claims: new Map([[UUID, ['detections/new.json']]]) })?.kind).toBe('none');
  });

  it('is left alone when a detection adopts its rule in the same run', () => {
    const plan = makePlan(desired([sound(detection())], { removed }), catalogue([rule()]));
    expect(plan.operations.map(({ kind }) => kind)).toEqual(['adopt', 'none']);
  });

  it('is held back, and all with it, when more went than max-removals', () => {
    expect(planned({ policy: { maxRemovals: 0 } })).toMatchObject({
      kind: 'blocked',
      uuid: UUID,
      obstacle: { code: 'too-many-removals' },
    });
  });
});

describe('the community that the file names', () => {
  const [HERE, THERE] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  const wants = (community_uuid: string): Detection => detection({ uuid: UUID, with: { community_uuid } });

  it.each([
    ['the rule is in it', HERE],
    ['the platform does not say where the rule is', null],
    ['an answer has no word on it', undefined],
  ])('changes nothing where %s', (_title, community) => {
    const found = rule(community === undefined ? {} : { community });
    expect(planOne(wants(HERE.toUpperCase()), catalogue([found])).kind).toBe('unchanged');
  });

  it('is none for a file without it: the rule stays where it is', () => {
    expect(planOne(detection({ uuid: UUID }), catalogue([rule({ community: THERE })])).kind).toBe('unchanged');
  });

  it('blocks a rule that is in another one, whatever else would change, and names both', () => {
    const operation = planOne(wants(HERE), catalogue([rule({ community: THERE }, { severity: 1 })]));
    expect(operation).toMatchObject({ kind: 'blocked', uuid: UUID, obstacle: { code: 'community-changed' } });
    const message = operation.kind === 'blocked' ? (operation.obstacle?.message ?? '') : '';
    expect(message).toContain(HERE);
    expect(message).toContain(THERE);
  });

  it('blocks an adoption in the same way, and a second rule is not made', () => {
    const given = detection({ with: { community_uuid: HERE } });
    expect(planOne(given, catalogue([rule({ community: THERE })]))).toMatchObject({
      kind: 'blocked',
      obstacle: { code: 'community-changed' },
    });
    expect(planOne(given, catalogue([rule({ community: HERE })])).kind).toBe('adopt');
  });

  it('stands in what a new rule sends', () => {
    expect(planOne(detection({ with: { community_uuid: HERE } }), NOTHING)).toMatchObject({
      kind: 'create',
      body: { community_uuid: HERE },
    });
  });
});
