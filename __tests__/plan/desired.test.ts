import { describe, expect, it } from '@jest/globals';
import { newRule, overlay } from '../../src/plan/desired.js';
import { detection, PATTERN, writeRule } from './values.js';

const ENTITY = '11111111-1111-4111-8111-111111111111';

describe('a new rule', () => {
  it('applies to all entities and assets, is enabled, and holds an empty description', () => {
    expect(newRule(detection())).toEqual(writeRule());
  });

  it('is disabled when the file says so', () => {
    expect(newRule(detection({ with: { enabled: false } })).enabled).toBe(false);
  });

  it.each([
    { title: 'a list limits it', fields: { entities: [ENTITY] }, all: false, entities: [ENTITY] },
    { title: 'an empty list does not', fields: { entities: [] }, all: true, entities: [] },
    { title: 'null does not', fields: { entities: null }, all: true, entities: [] },
    { title: 'the file has the last word', fields: { all_entities: false }, all: false, entities: [] },
  ])('$title (entities)', ({ fields, all, entities }) => {
    expect(newRule(detection({ with: fields }))).toMatchObject({ all_entities: all, entities });
  });

  it('is limited to chosen assets', () => {
    expect(newRule(detection({ with: { assets: [ENTITY] } }))).toMatchObject({ all_assets: false, all_entities: true });
  });

  it('sends the pattern byte for byte', () => {
    const pattern = `${PATTERN.replaceAll('\n', '\r\n')}  \n`;
    expect(newRule(detection({ pattern })).payload).toBe(pattern);
  });
});

describe('what is said of communities', () => {
  const shared = writeRule({ available_for_subcommunities: true });

  it('is not sent where neither file nor platform says it', () => {
    const keys = [...Object.keys(newRule(detection())), ...Object.keys(overlay(writeRule(), detection()))];
    expect(keys).not.toContain('community_uuid');
    expect(keys).not.toContain('available_for_subcommunities');
  });

  it('is sent as the file has it, the UUID in small letters', () => {
    const given = detection({ with: { community_uuid: ENTITY.toUpperCase(), available_for_subcommunities: false } });
    const wanted = { community_uuid: ENTITY, available_for_subcommunities: false };
    expect(newRule(given)).toMatchObject(wanted);
    expect(overlay(shared, given)).toMatchObject(wanted);
  });

  it("keeps the platform's value where the file has none", () => {
    expect(overlay(shared, detection())).toMatchObject({ available_for_subcommunities: true });
  });
});

describe('an update', () => {
  const soc = writeRule({
    enabled: false,
    description: 'by the SOC',
    tags: ['soc'],
    all_entities: false,
    entities: [ENTITY],
    similarity_strategy: ['user.name'],
    goal: 'find it',
  });

  it("keeps the SOC's entities, similarity and state when the file has none", () => {
    expect(overlay(soc, detection({ with: { severity: 70 } }))).toEqual({ ...soc, severity: 70 });
  });

  it.each([
    { given: { tags: [] }, field: 'tags', wanted: [] },
    { given: { tags: null }, field: 'tags', wanted: [] },
    { given: { description: '' }, field: 'description', wanted: '' },
    { given: { goal: null }, field: 'goal', wanted: '' },
    { given: { similarity_strategy: null }, field: 'similarity_strategy', wanted: [] },
    { given: { enabled: true }, field: 'enabled', wanted: true },
  ])('takes $given over what the platform has', ({ given, field, wanted }) => {
    expect(overlay(soc, detection({ with: given }))).toHaveProperty(field, wanted);
  });

  it('lifts the limit with an emptied list of entities: a rule that applies to nothing is never meant', () => {
    expect(overlay(soc, detection({ with: { entities: [] } }))).toMatchObject({ all_entities: true, entities: [] });
  });
});
