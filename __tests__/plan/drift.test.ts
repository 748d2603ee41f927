import { describe, expect, it } from '@jest/globals';
import type { Detection, ReadDetection } from '../../src/detections/types.js';
import { findDrift, rulesToSurvey } from '../../src/plan/drift.js';
import type { DriftFound } from '../../src/plan/drift.js';
import type { Rule, RuleLookup, RuleUuid } from '../../src/sekoia/types.js';
import { detection, OTHER_UUID, rule, UUID, writeRule } from './values.js';

function sound(given: Partial<Detection>): ReadDetection {
  return { kind: 'sound', detection: detection({ uuid: UUID, ...given }) };
}

function platform(given: Partial<Rule> = {}): Rule {
  return { ...rule({ uuid: UUID, write: writeRule() }), saysVerified: true, ...given };
}

const GONE: RuleLookup = { kind: 'gone' };

interface Context {
  readonly rows?: readonly Rule[];
  readonly isPending?: boolean;
  readonly claims?: readonly RuleUuid[];
}

/** What is found where the platform has these rules. */
function find(
  detections: readonly ReadDetection[],
  lookups: readonly (readonly [RuleUuid, RuleLookup | Rule])[],
  { rows = [], isPending = false, claims = [] }: Context = {},
): DriftFound {
  const byUuid = new Map(
    lookups.map(([uuid, found]): [RuleUuid, RuleLookup] => [
      uuid,
      'kind' in found ? found : { kind: 'found', value: found },
    ]),
  );
  const taken = new Map(claims.map((uuid) => [uuid, ['detections/x.json']] as const));
  return findDrift({ detections, claims: taken }, { byUuid, rows }, () => isPending);
}

function kinds({ plan }: DriftFound): readonly string[] {
  return plan.operations.map(({ kind }) => kind);
}

describe('drift', () => {
  const hand = { updatedAt: '2026-10-01T08:00:00Z', updatedBy: OTHER_UUID, updatedByType: 'avatar' };

  it("is a rule that differs in a field of the file: from the file's value to the platform's, by its last hand", () => {
    const found = find(
      [sound({})],
      [[UUID, platform({ write: writeRule({ severity: 70, goal: 'theirs' }), ...hand })]],
    );
    expect(kinds(found)).toEqual(['update']);
    expect(found.drifts.get('detections/a.json')).toEqual({
      kind: 'changed',
      changes: [{ field: 'severity', from: 40, to: 70 }],
      hand: { at: hand.updatedAt, by: OTHER_UUID, byType: 'avatar' },
    });
  });

  it('is a rule that is missing, with what to do', () => {
    const other = sound({ path: 'detections/b.json', uuid: OTHER_UUID });
    const found = find(
      [sound({}), other],
      [
        [UUID, GONE],
        [OTHER_UUID, platform({ uuid: OTHER_UUID })],
      ],
    );
    expect(kinds(found)).toEqual(['blocked', 'unchanged']);
    expect([...found.drifts]).toEqual([['detections/a.json', { kind: 'missing' }]]);
    expect(found.plan.operations[0]).toMatchObject({
      obstacle: { help: expect.stringContaining('scope: all') as unknown },
    });
  });

  it.each<[string, ReadDetection, RuleLookup | Rule]>([
    ['a change that is not deployed', sound({}), platform({ write: writeRule({ severity: 70 }) })],
    ['a new UUID that is not deployed', sound({}), GONE],
    ['a detection without UUID', sound({ uuid: null }), platform()],
    ['a draft', sound({ draft: true }), platform({ write: writeRule({ severity: 70 }) })],
  ])('is not %s', (_what, read, found) => {
    const result = find([read], [[UUID, found]], { isPending: true });
    expect(kinds(result)).toEqual(['none']);
    expect(result.drifts.size).toBe(0);
  });

  it('is not told of a whole community that has none of the rules, nor are its rules strangers', () => {
    const other = sound({ path: 'detections/b.json', uuid: OTHER_UUID });
    const found = find(
      [sound({}), other],
      [
        [UUID, GONE],
        [OTHER_UUID, GONE],
      ],
      { rows: [platform({ uuid: '11111111-1111-4111-8111-111111111111' as RuleUuid })] },
    );
    expect(found.plan.operations).toMatchObject([
      { obstacle: { code: 'all-gone' } },
      { obstacle: { code: 'all-gone' } },
    ]);
    expect(found).toMatchObject({ strangers: [], knowsStrangers: false });
    expect(found.drifts.size).toBe(0);
  });

  it('holds back what cannot be compared, as a deployment does', () => {
    const found = find([sound({})], [[UUID, platform({ verified: true })]]);
    expect(found.plan.operations).toMatchObject([{ kind: 'blocked', obstacle: { code: 'rule-verified' } }]);
    expect(found.drifts.size).toBe(0);
  });
});

describe('strangers', () => {
  const named = (name: string, uuid: string, given: Partial<Rule> = {}): Rule =>
    platform({ uuid: uuid as RuleUuid, write: writeRule({ name }), ...given });
  const rows = [named('b', '2'), named('a', '1'), named('ours', UUID), named('verified', '3', { verified: true })];

  it("are the community's own rules that no file has, by name", () => {
    const { strangers } = find([], [], { rows, claims: [UUID] });
    expect(strangers.map(({ write }) => write.name)).toEqual(['a', 'b']);
  });

  it("cannot be told where the list does not say which rules are Sekoia's own", () => {
    const found = find([], [], { rows: [...rows, named('c', '4', { saysVerified: false })] });
    expect(found).toMatchObject({ strangers: [], knowsStrangers: false });
  });
});

it('looks at the rules of sound detections that are deployed', () => {
  const faulty: ReadDetection = { kind: 'faulty', path: 'x', name: null, uuid: OTHER_UUID, errors: [] };
  expect(rulesToSurvey([sound({}), sound({ draft: true }), sound({ uuid: null }), faulty])).toEqual([UUID]);
});
