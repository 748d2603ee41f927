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
    ['with a number as text of another form', { effort: '2.0' as unknown as number }, { effort: 2 }],
    ['with truth as text', { enabled: 'true' as unknown as boolean }, { enabled: true }],
    ['with a tag named twice', { tags: ['a', 'a'] }, { tags: ['a'] }],
    ['without the final line end', { payload: 'a: 1\n' }, { payload: 'a: 1' }],
    ['with more final line ends', { payload: 'a: 1\n\n \n' }, { payload: 'a: 1\n' }],
    ['with a byte order mark', { payload: '\ufeffa: 1\n' }, { payload: 'a: 1\n' }],
    ['with old Macintosh line ends', { description: 'a\rb' }, { description: 'a\nb' }],
    ['with CRLF in other texts', { goal: 'a\r\nb', false_positives: 'c\r\n' }, { goal: 'a\nb', false_positives: 'c' }],
    ['in the letter case of the alert type', { alert_type_uuid: A.toUpperCase() }, { alert_type_uuid: A }],
    [
      'in the letter case of STIX ids',
      { related_object_refs: [`attack-pattern--${A.toUpperCase()}`] },
      { related_object_refs: [`attack-pattern--${A}`] },
    ],
    [
      'in the order of data sources and assets',
      { datasources: [A, B], assets: [B, A] },
      { datasources: [B, A], assets: [A, B] },
    ],
    [
      'in the key order of event fields',
      { event_fields: [{ field: 'a', description: 'A' }] },
      { event_fields: [{ description: 'A', field: 'a' }] },
    ],
    [
      'with an absent description of an event field',
      { event_fields: [{ field: 'a' } as never] },
      { event_fields: [{ field: 'a', description: '' }] },
    ],
    [
      'with a null description of an event field',
      { event_fields: [{ field: 'a', description: null } as never] },
      { event_fields: [{ field: 'a', description: '' }] },
    ],
    [
      'in the order of parameters',
      {
        parameters: [
          { name: 'a', value: 1 },
          { name: 'b', value: 2 },
        ],
      },
      {
        parameters: [
          { name: 'b', value: '2' },
          { name: 'a', value: '1' },
        ],
      },
    ],
    [
      'with a null for an absent name',
      { parameters: [{ uuid: A, name: null, value: 1 } as never] },
      { parameters: [{ uuid: A, value: 1 }] },
    ],
    ['with null in a value', { parameters: [{ value: { a: null, b: 1 } }] }, { parameters: [{ value: { b: '1.0' } }] }],
    ...(['description', 'goal', 'false_positives'] as const).map(
      (field): [string, Partial<WriteRule>, Partial<WriteRule>] => [
        `with ${field} absent`,
        { [field]: undefined },
        { [field]: '' },
      ],
    ),
    ...(
      [
        'tags',
        'related_object_refs',
        'datasources',
        'event_fields',
        'parameters',
        'entities',
        'assets',
        'similarity_strategy',
      ] as const
    ).flatMap((field): [string, Partial<WriteRule>, Partial<WriteRule>][] => [
      [`with null for ${field}`, { [field]: null }, { [field]: [] }],
      [`with ${field} absent`, { [field]: undefined }, { [field]: [] }],
    ]),
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
    ['parameters', { parameters: [{ name: 'n', value: '12345678901234567890' }] }],
    ['related_object_refs', { related_object_refs: [`malware--${A}`] }],
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

  it.each([
    ['long numbers as text', '12345678901234567890', '12345678901234567891'],
    ['leading zeros', '007', 7],
    ['versions', '1.10.0', '1.1.0'],
  ])('in %s', (_what, one, other) => {
    const [from, to] = [one, other].map((value) => writeRule({ parameters: [{ name: 'n', value }] }));
    expect(differences(from!, to!)).toHaveLength(1);
  });

  it('in leading blanks, which mean something in a pattern', () => {
    expect(differences(writeRule({ payload: 'a:\n  b: 1' }), writeRule({ payload: 'a:\n b: 1' }))).toHaveLength(1);
  });

  it('tells from and to', () => {
    expect(differences(writeRule(), writeRule({ severity: 70 }))).toEqual([{ field: 'severity', from: 40, to: 70 }]);
  });
});

describe('availability in sub-communities', () => {
  it.each([
    [true, true, []],
    [true, undefined, []],
    [undefined, false, []],
    [false, true, ['available_for_subcommunities']],
    [true, false, ['available_for_subcommunities']],
  ])('%s and %s differ in %j: where one side does not say it, nobody can tell', (from, to, fields) => {
    const rule = (value: boolean | undefined): WriteRule =>
      writeRule(value === undefined ? {} : { available_for_subcommunities: value });
    expect(differences(rule(from), rule(to)).map(({ field }) => field)).toEqual(fields);
  });

  it('is all that is compared of communities: the one of the file is no field of an answer', () => {
    expect(differences(writeRule(), writeRule({ community_uuid: A }))).toEqual([]);
  });
});
