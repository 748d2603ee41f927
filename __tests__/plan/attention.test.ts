import { describe, expect, it } from '@jest/globals';
import { attentionIn } from '../../src/plan/attention.js';
import { makePlan } from '../../src/plan/make-plan.js';
import type { Detection, Removed } from '../../src/detections/types.js';
import type { Policy } from '../../src/plan/types.js';
import type { Catalogue, Rule, WriteRule } from '../../src/sekoia/types.js';
import { catalogue, desired, detection, rule, UUID } from './values.js';

function codesOf(
  detections: readonly Detection[],
  from: Catalogue,
  given: { readonly removed?: readonly Removed[]; readonly policy?: Partial<Policy> } = {},
): readonly (readonly [string, readonly string[]])[] {
  const reads = detections.map((each) => ({ kind: 'sound', detection: each }) as const);
  const points = attentionIn(makePlan(desired(reads, given), from));
  return [...points].map(([path, all]) => [path, all.map(({ code }) => code)] as const);
}

const known = (fields: Parameters<typeof detection>[0] = {}): Detection => detection({ uuid: UUID, ...fields });
const holding = (write: Partial<WriteRule>, given: Partial<Rule> = {}): Catalogue => catalogue([rule(given, write)]);

describe('what a reviewer should look at twice', () => {
  it.each([
    ['a rule that is turned off', known({ with: { enabled: false } }), holding({}), ['turned-off']],
    ['a rule that is turned on', known({ with: { enabled: true } }), holding({ enabled: false }), ['turned-on']],
    ['another severity', known(), holding({ severity: 90 }), ['severity-changed']],
    ['another type', known(), holding({ type: 'cti' }), ['type-changed']],
    [
      'a rule that a person edited since',
      known({ with: { description: 'ours' } }),
      holding({ description: 'theirs' }, { updatedByType: 'avatar', updatedBy: 'u', updatedAt: '2026-11-01' }),
      ['edited-on-platform'],
    ],
    [
      'a name that a person gave another rule',
      detection(),
      holding({ severity: 1 }, { createdByType: 'avatar' }),
      ['ambiguous-to-adopt'],
    ],
  ])('%s', (_, given, from, codes) => {
    expect(codesOf([given], from)).toEqual([[given.path, codes]]);
  });

  it('a removal, and whether the rule is gone for good', () => {
    const removed = [{ path: 'd/old.json', name: 'Old', uuid: UUID, formerNames: [] }];
    expect(codesOf([], holding({}), { removed })).toEqual([['d/old.json', ['removal']]]);
    const gone = attentionIn(makePlan(desired([], { removed, policy: { onRemoved: 'delete' } }), holding({})));
    expect(gone.get('d/old.json')?.[0]?.message).toContain('for good');
  });

  it('two new detections of one name', () => {
    const from: Catalogue = {
      byUuid: new Map(),
      byName: new Map([['Suspicious process', { kind: 'found', value: [] }]]),
    };
    const twins = [detection({ path: 'd/a.json' }), detection({ path: 'd/b.json' })];
    expect(codesOf(twins, from)).toEqual([
      ['d/a.json', ['ambiguous-to-adopt']],
      ['d/b.json', ['ambiguous-to-adopt']],
    ]);
  });

  it('nothing in what stays, in a plain create, and in an edit of ours', () => {
    expect(codesOf([known()], holding({}, { updatedByType: 'avatar' }))).toEqual([]);
    expect(codesOf([known({ with: { description: 'new' } })], holding({}))).toEqual([]);
  });
});
