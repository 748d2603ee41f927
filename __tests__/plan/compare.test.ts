import { describe, expect, it } from '@jest/globals';
import { differences } from '../../src/plan/compare.js';
import type { WriteRule } from '../../src/sekoia/types.js';
import { writeRule } from './values.js';

const [A, B] = ['aaaaaaaa-1111-4111-8111-111111111111', 'bbbbbbbb-1111-4111-8111-111111111111'];

describe('rules are the same', () => {
  it.each<[string, Partial<WriteRule>, Partial<WriteRule>]>([
    ['in another order of tags', { tags: ['a', 'b'] }, { tags: ['b', 'a'] }],
    ['with CRLF in the pattern', { payload: 'a:\r\n  b\r\n' }, { payload: 'a:\n  b' }],
    ['with blanks at line ends', { payload: 'a:  \n  b\t\n' }, { payload: 'a:\n  b\n' }],
    ['with a number as text', { severity: '40' as unknown as number }, { severity: 40 }],
    ['with null for nothing', { goal: null as unknown as string }, { goal: '' }],
    ['in the letter case of UUIDs', { entities: [A.toUpperCase(), B] }, { entities: [B, A] }],
    [
      'in the key order of parameters',
      { parameters: [{ value: { a: 1, b: 2 } }] },
      { parameters: [{ value: { b: 2, a: 1 } }] },
    ],
    [
      'where the file names a parameter only',
      { parameters: [{ uuid: A, name: 'n', value: '5' }] },
      { parameters: [{ name: 'n', value: 5 }] },
    ],
  ])('%s', (_title, from, to) => {
    expect(differences(writeRule(from), writeRule(to))).toEqual([]);
    expect(differences(writeRule(to), writeRule(from))).toEqual([]);
  });
});

describe('rules differ', () => {
  it.each<[keyof WriteRule, Partial<WriteRule>]>([
    ['name', { name: 'Another name' }],
    ['payload', { payload: 'detection:\n  x: y\n' }],
    ['severity', { severity: 41 }],
    ['enabled', { enabled: false }],
    ['tags', { tags: ['a'] }],
    ['alert_type_uuid', { alert_type_uuid: A }],
    ['all_entities', { all_entities: false }],
    ['entities', { entities: [A] }],
    ['event_fields', { event_fields: [{ field: 'user.name', description: '' }] }],
    ['parameters', { parameters: [{ name: 'n', value: 1 }] }],
    ['similarity_strategy', { similarity_strategy: [['source.ip', 'destination.ip']] }],
  ])('in %s', (field, change) => {
    expect(differences(writeRule(), writeRule(change)).map((difference) => difference.field)).toEqual([field]);
  });

  it('in the order of event fields, which is that of the columns', () => {
    const columns = ['a', 'b'].map((field) => ({ field, description: '' }));
    const from = writeRule({ event_fields: columns });
    expect(differences(from, writeRule({ event_fields: [...columns].reverse() }))).toHaveLength(1);
  });

  it('tells from and to', () => {
    expect(differences(writeRule(), writeRule({ severity: 70 }))).toEqual([{ field: 'severity', from: 40, to: 70 }]);
  });
});
