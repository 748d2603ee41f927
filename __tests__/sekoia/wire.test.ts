import { describe, expect, it } from '@jest/globals';
import { parseServerTime, readRule, writeBody } from '../../src/sekoia/wire.js';

const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
const ALERT_TYPE = '599f4b1a-dd60-43fe-8ee9-07d3c5d00ded';

// The shape of sekoia-api.md §3.7.
const ANSWER = {
  uuid: UUID,
  instance_uuid: '6a2f1e6c-2f3a-4d0e-8b64-7d8f0f7f2c22',
  enabled: true,
  community_uuid: '11111111-1111-4111-8111-111111111111',
  name: 'Encoded command',
  type: 'sigma',
  private: true,
  description: 'Something was encoded',
  payload: 'detection:\r\n  selection:\n    a: b\n  condition: selection',
  severity: 40,
  effort: 3,
  alert_type: { uuid: ALERT_TYPE, category_uuid: UUID, value: 'backdoor', detail: '', description: '' },
  alert_category: { uuid: UUID, name: 'intrusions' },
  tags: [{ uuid: UUID, name: 'windows' }, 'plain'],
  source: 'Acme',
  verified: false,
  related_object_refs: ['attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736'],
  datasources: [{ uuid: UUID, name: 'Process monitoring' }],
  event_fields: [
    { field: 'process.name', description: 'the process' },
    { field: 'host.name', ndescription: 'the host' },
  ],
  similarity_strategy: ['user.name', ['source.ip', 'destination.ip']],
  parameters: [{ uuid: UUID, name: 'limit', value: 3, default: 1, description: 'how many' }],
  all_entities: false,
  entities: [{ uuid: ALERT_TYPE, name: 'Workshop', number_of_intakes: 1 }],
  all_assets: false,
  assets: [UUID],
  last_compilation_success: true,
  last_compilation_message: '',
  last_compilation_at: '2026-09-01T10:00:02.000000Z',
  goal: 'find it',
  false_positives: 'none',
  available_for_subcommunities: true,
  created_at: '2026-09-01T10:00:00.000000Z',
  created_by_type: 'apikey',
  updated_at: '2026-09-01T10:00:01.000000Z',
  updated_by: 'somebody',
  updated_by_type: 'avatar',
};

const WRITTEN = {
  name: 'Encoded command',
  type: 'sigma',
  description: 'Something was encoded',
  payload: 'detection:\r\n  selection:\n    a: b\n  condition: selection',
  severity: 40,
  effort: 3,
  alert_type_uuid: ALERT_TYPE,
  enabled: true,
  tags: ['windows', 'plain'],
  related_object_refs: ['attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736'],
  datasources: [UUID],
  event_fields: [
    { field: 'process.name', description: 'the process' },
    { field: 'host.name', description: 'the host' },
  ],
  parameters: [{ uuid: UUID, name: 'limit', value: 3 }],
  all_entities: false,
  entities: [ALERT_TYPE],
  all_assets: false,
  assets: [UUID],
  goal: 'find it',
  available_for_subcommunities: true,
  false_positives: 'none',
  similarity_strategy: ['user.name', ['source.ip', 'destination.ip']],
};

describe('a rule in an answer', () => {
  it('is brought into the write shape', () => {
    expect(readRule(ANSWER)).toEqual({
      uuid: UUID,
      verified: false,
      saysVerified: true,
      write: WRITTEN,
      community: '11111111-1111-4111-8111-111111111111',
      missing: [],
      compilation: { success: true, message: '', at: '2026-09-01T10:00:02.000000Z' },
      createdAt: '2026-09-01T10:00:00.000000Z',
      createdBy: null,
      createdByType: 'apikey',
      updatedAt: '2026-09-01T10:00:01.000000Z',
      updatedBy: 'somebody',
      updatedByType: 'avatar',
    });
  });

  it('is sent back as exactly the write fields, whatever else it came with', () => {
    const rule = readRule(ANSWER);
    expect(JSON.parse(writeBody({ ...rule!.write, ...({ uuid: UUID, verified: true } as object) }))).toEqual(WRITTEN);
  });

  it('is sent with the community of the file, never with the one that it is in', () => {
    expect(readRule(ANSWER)!.write).not.toHaveProperty('community_uuid');
    expect(JSON.parse(writeBody({ ...readRule(ANSWER)!.write, community_uuid: UUID }))).toEqual({
      ...WRITTEN,
      community_uuid: UUID,
    });
  });

  it.each([
    ['null', null, undefined],
    ['false', false, false],
    ['the text of true', 'true', true],
  ])('may be available to sub-communities as %s', (_title, said, read) => {
    const rule = readRule({ ...ANSWER, available_for_subcommunities: said });
    expect([rule?.write.available_for_subcommunities, rule?.missing]).toEqual([read, []]);
    expect('available_for_subcommunities' in (rule?.write ?? {})).toBe(read !== undefined);
  });

  it.each([
    ['null', null],
    ['a name', 'acme'],
    ['nothing', undefined],
  ])('is in no known community with %s', (_title, community_uuid) => {
    expect(readRule({ ...ANSWER, community_uuid })?.community).toBeNull();
  });

  it('is read once more where a row leaves out whether it is available: an update could reset it', () => {
    const row = Object.entries(ANSWER).filter(([key]) => key !== 'available_for_subcommunities');
    expect(readRule(Object.fromEntries(row))?.missing).toEqual(['available_for_subcommunities']);
  });

  it('may have nulls wherever the schema does not forbid them', () => {
    const nulls = Object.fromEntries(Object.keys(ANSWER).map((key) => [key, null]));
    const rule = readRule({ ...nulls, uuid: UUID });
    expect(rule).toMatchObject({
      missing: [],
      verified: false,
      write: { name: '', type: 'sigma', tags: [], entities: [], all_entities: false, parameters: [], goal: '' },
      compilation: { success: null, message: null, at: null },
      updatedAt: null,
    });
  });

  it('tells which writable fields a shortened row does not have', () => {
    const row = readRule({ uuid: UUID, name: 'Short', type: 'sigma', severity: 80, enabled: true, alert_type: null });
    expect(row?.missing).toEqual([
      'description',
      'payload',
      'effort',
      'tags',
      'related_object_refs',
      'datasources',
      'event_fields',
      'parameters',
      'all_entities',
      'entities',
      'all_assets',
      'assets',
      'goal',
      'false_positives',
      'similarity_strategy',
      'available_for_subcommunities',
    ]);
  });

  it.each([
    ['id instead of uuid', { ...ANSWER, uuid: undefined, id: UUID }, UUID],
    ['an upper-case UUID', { ...ANSWER, uuid: UUID.toUpperCase() }, UUID],
    ['a UUID that is none beside an id', { ...ANSWER, uuid: 7, id: UUID }, UUID],
  ])('may have %s', (_what, body, uuid) => {
    expect(readRule(body)?.uuid).toBe(uuid);
  });

  it.each([[{}], [null], [[]], ['text'], [{ uuid: 'none' }], [{ items: [] }]])('is none without a UUID: %j', (body) => {
    expect(readRule(body)).toBeNull();
  });

  it('survives values of other types', () => {
    const rule = readRule({
      ...ANSWER,
      severity: '70',
      effort: 'high',
      enabled: 'true',
      verified: 'yes',
      tags: 'windows',
      entities: [null, 3, { name: 'no uuid' }, UUID],
      event_fields: ['text', { field: 'a' }],
      parameters: [{ name: 'only', default: 5 }, 'text'],
      alert_type: ALERT_TYPE,
    });
    expect(rule).toMatchObject({
      verified: false,
      write: {
        severity: 70,
        effort: 1,
        enabled: true,
        tags: [],
        entities: [UUID],
        event_fields: [{ field: 'a', description: '' }],
        parameters: [{ name: 'only', value: 5 }],
        alert_type_uuid: ALERT_TYPE,
      },
    });
  });
});

describe('a server time', () => {
  const NOON = Date.UTC(2026, 8, 1, 12, 0, 0) * 1000;

  it.each([
    ['2026-09-01T12:00:00Z', 0],
    ['2026-09-01 12:00:00', 0],
    ['2026-09-01T12:00', 0],
    ['2026-09-01t12:00:00z', 0],
    ['2026-09-01T14:00:00+02:00', 0],
    ['2026-09-01T06:30:00-0530', 0],
    ['2026-09-01T13:00:00+01', 0],
    ['2026-09-01 12:00:00.077939', 77_939],
    ['2026-09-01T12:00:00.5Z', 500_000],
    ['2026-09-01T12:00:00.000001+00:00', 1],
    ['2026-09-01T12:00:00.123456789Z', 123_456],
  ])('%s is read to the microsecond', (text, after) => {
    expect(parseServerTime(text)).toBe(NOON + after);
  });

  it.each([
    [''],
    ['now'],
    ['2026-09-01'],
    ['2026-13-01T12:00:00Z'],
    ['2026-02-30T12:00:00Z'],
    ['2026-09-01T25:00:00Z'],
    ['2026-09-01T12:60:00Z'],
    ['1756728000'],
  ])('%j is none', (text) => {
    expect(parseServerTime(text)).toBeNull();
  });
});
