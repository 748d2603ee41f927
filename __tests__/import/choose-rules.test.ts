import { describe, expect, it } from '@jest/globals';
import { communityOf, rulesToRead, withoutFiles } from '../../src/import/choose-rules.js';
import { SekoiaError } from '../../src/sekoia/errors.js';
import type { SekoiaErrorCode } from '../../src/sekoia/errors.js';
import type { Rule, RuleLookup, RuleUuid } from '../../src/sekoia/types.js';
import { ruleOf, uuid } from './rules.js';

const CALL = { method: 'GET', path: '/rules/x' } as const;
const NONE = (): boolean => false;

function found(...rules: readonly Rule[]): ReadonlyMap<RuleUuid, RuleLookup> {
  return new Map(rules.map((rule) => [rule.uuid, { kind: 'found', value: rule }]));
}

function failed(of: Rule, code: SekoiaErrorCode): ReadonlyMap<RuleUuid, RuleLookup> {
  return new Map([[of.uuid, { kind: 'failed', error: new SekoiaError(code, 'no answer', 'Try again.', CALL) }]]);
}

describe('the rules to read', () => {
  it("are neither Sekoia's own, nor of another type, nor such as have files", () => {
    const rows = [
      ruleOf({ uuid: uuid(1) }),
      ruleOf({ uuid: uuid(2), verified: true }),
      ruleOf({ uuid: uuid(3), type: 'cti' }),
      ruleOf({ uuid: uuid(4) }),
    ];
    expect(rulesToRead(rows, (each) => each === uuid(4))).toEqual([uuid(1)]);
  });

  it('are read whole where a shortened row does not tell', () => {
    const row = { ...ruleOf(), saysVerified: false, missing: ['type' as const] };
    expect(rulesToRead([row], NONE)).toEqual([row.uuid]);
    for (const whole of [ruleOf({ verified: true }), { ...ruleOf(), uuid: row.uuid, verified: true }]) {
      expect(communityOf({ rows: [row], byUuid: found(whole) }, NONE)).toEqual({ rules: [], others: [], unread: [] });
    }
    const other = communityOf({ rows: [row], byUuid: found(ruleOf({ type: 'anomaly' })) }, NONE);
    expect(other).toMatchObject({ rules: [], others: [{ type: 'anomaly' }] });
  });
});

describe('the community', () => {
  it('lists once what cannot be a file, and says nothing of what is gone by now', () => {
    const [cti, gone, plain] = [
      ruleOf({ uuid: uuid(1), type: 'cti' }),
      ruleOf({ uuid: uuid(2) }),
      ruleOf({ uuid: uuid(3) }),
    ];
    const byUuid = new Map([...found(plain), [gone.uuid, { kind: 'gone' }] as const]);
    const community = communityOf({ rows: [cti, gone, plain], byUuid }, NONE);
    expect(community.rules).toEqual([plain]);
    expect(community.others).toMatchObject([{ uuid: uuid(1), type: 'cti' }]);
    expect(community.unread).toEqual([]);
  });

  it('tells a rule that the key may not have from one that was not read this time', () => {
    const rule = ruleOf();
    expect(communityOf({ rows: [rule], byUuid: failed(rule, 'forbidden') }, NONE)).toMatchObject({
      others: [{ reason: 'it could not be read: no answer' }],
      unread: [],
    });
    expect(communityOf({ rows: [rule], byUuid: failed(rule, 'timed-out') }, NONE)).toMatchObject({
      others: [],
      unread: [{ reason: 'it could not be read: no answer', help: 'Try again.' }],
    });
  });

  it('takes nothing for its own of which the platform does not say it', () => {
    const rule = { ...ruleOf(), saysVerified: false };
    expect(communityOf({ rows: [rule], byUuid: found(rule) }, NONE)).toMatchObject({ rules: [], others: [{}] });
  });
});

describe('a rule without files', () => {
  const community = { rules: [ruleOf({ name: 'Some rule' })], others: [], unread: [] };

  it('is left to a detection of its name that has no UUID', () => {
    const nameless = new Map([['Some rule', ['detections/a.json', 'detections/b.json']]]);
    const { rules, others } = withoutFiles(community, { claims: new Map(), nameless });
    expect(rules).toEqual([]);
    expect(others[0]?.reason).toBe('detections/a.json and 1 more has its name and no UUID, and may be it');
  });

  it('is nothing to tell of when a file has its UUID', () => {
    const claims = new Map([[uuid(1), ['detections/a.json']]]);
    expect(withoutFiles(community, { claims, nameless: new Map() })).toEqual({ rules: [], others: [] });
  });
});
