import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDetections } from '../../src/detections/read-detections.js';
import type { FileSource } from '../../src/detections/types.js';
import { makeImports } from '../../src/import-target.js';
import type { Imported } from '../../src/import-target.js';
import { metadataText } from '../../src/import/metadata-text.js';
import { differences } from '../../src/plan/compare.js';
import { newRule, overlay } from '../../src/plan/desired.js';
import type { Rule } from '../../src/sekoia/types.js';
import { pattern } from '../support/detections.js';
import { ruleOf, uuid } from './rules.js';

function sourceOf(files: Readonly<Record<string, Buffer>>): FileSource {
  const all = Object.entries(files).map(([path, { length }]) => ({ path, kind: 'file' as const, size: length }));
  return {
    list: () => Promise.resolve(all),
    find: (paths) => Promise.resolve(all.filter(({ path }) => paths.includes(path))),
    read: (wanted) => Promise.resolve(new Map(wanted.map(({ path }) => [path, files[path]!]))),
  };
}

const NO_SEKOIA = { survey: () => Promise.reject(new Error('nothing is read here')) };

function importOf(
  rules: readonly Rule[],
  { roots = ['detections'], files = {} }: { roots?: readonly string[]; files?: Readonly<Record<string, Buffer>> } = {},
): Promise<Imported> {
  return makeImports(
    { sekoia: NO_SEKOIA, target: null, roots, checks: [] },
    { rules, others: [], unread: [] },
    { source: sourceOf(files), waiting: new Map() },
  );
}

function filesOf({ pairs }: Imported): Readonly<Record<string, Buffer>> {
  return Object.fromEntries(
    pairs.flatMap(({ path, metadata, patternPath, pattern: text }) => [
      [path, metadata],
      [patternPath, text],
    ]),
  );
}

const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\n',
    'a\r\nb \n\n',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ud800',
    '\0',
    'yes',
    '0x10',
    '1e3',
    '__proto__',
  ),
);
const uuids = fc.array(fc.uuid(), { maxLength: 3 });
const answer = fc.record(
  {
    name: fc.oneof(text, fc.string({ unit: 'grapheme', minLength: 5, maxLength: 100 }), fc.constant('A sound name')),
    description: fc.oneof(text, fc.constant(null)),
    payload: fc.oneof(
      fc.constantFrom(
        pattern(),
        pattern().replaceAll('\n', '\r\n'),
        pattern().trimEnd(),
        `\ufeff${pattern()}`,
        `${pattern()}\n \n`,
      ),
      text.map((tail) => `${pattern()}# ${tail}`),
      text.map((value) => pattern(JSON.stringify(value))),
      text,
    ),
    severity: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }).map(String), fc.double()),
    effort: fc.integer({ min: 1, max: 4 }),
    enabled: fc.boolean(),
    tags: fc.array(
      text.map((name) => ({ name })),
      { maxLength: 4 },
    ),
    related_object_refs: fc.array(
      fc.uuid().map((id) => `attack-pattern--${id}`),
      { maxLength: 2 },
    ),
    datasources: uuids.map((ids) => ids.map((id) => ({ uuid: id }))),
    event_fields: fc.array(fc.record({ field: text, description: text }), { maxLength: 2 }),
    parameters: fc.array(
      fc.record({ name: text, uuid: fc.oneof(fc.uuid(), fc.constant(null)), value: fc.jsonValue() }),
      {
        maxLength: 2,
      },
    ),
    similarity_strategy: fc.array(fc.oneof(text, fc.array(text, { maxLength: 2 }), fc.jsonValue()), { maxLength: 2 }),
    all_entities: fc.boolean(),
    entities: uuids.map((ids) => ids.map((id) => ({ uuid: id }))),
    all_assets: fc.boolean(),
    assets: uuids,
    goal: fc.oneof(text, fc.constant(null)),
    false_positives: text,
  },
  { requiredKeys: [] },
);

describe('a rule, made into files and read again', () => {
  it('is the same rule, now, after an update, and when it has to be made anew; or it is listed with a reason', async () => {
    let imported = 0;
    await fc.assert(
      fc.asyncProperty(answer, async (fields) => {
        const rule = ruleOf(fields);
        const made = await importOf([rule]);
        expect(made.pairs.length + made.others.length).toBe(1);
        for (const { reason } of made.others) expect(reason).not.toBe('');
        if (made.pairs.length === 0) return;
        imported += 1;
        const read = await readDetections({
          source: sourceOf(filesOf(made)),
          roots: ['detections'],
          changes: { scope: 'all', reason: '', since: null },
          target: null,
          targets: null,
        });
        const [only] = read.detections;
        expect(only?.kind).toBe('sound');
        if (only?.kind !== 'sound') return;
        const { detection } = only;
        expect(detection.uuid).toBe(rule.uuid);
        expect(detection.pattern).toBe(rule.write.payload.replace(/^\ufeff/, ''));
        // What an update sends, where somebody changes the severity.
        const update = overlay(rule.write, { ...detection, fields: { ...detection.fields, severity: 7 } });
        expect(differences(update, { ...rule.write, severity: 7 })).toEqual([]);
        // A list beside "all" says nothing, and is not made anew.
        const { all_entities: everyEntity, entities, all_assets: everyAsset, assets } = rule.write;
        const meant = { ...rule.write, entities: everyEntity ? [] : entities, assets: everyAsset ? [] : assets };
        expect(differences(newRule(detection), meant)).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(imported).toBeGreaterThan(50);
  });

  it('imports nothing the second time, and has the same bytes whatever the order of the rules', async () => {
    const rules = Array.from({ length: 20 }, (_, index) =>
      ruleOf({ uuid: uuid(index + 1), name: `Rule number ${index % 7}`, tags: ['b', 'a'] }),
    );
    const first = await importOf(rules);
    expect(first.pairs).toHaveLength(20);
    const turned = await importOf(
      [...rules].reverse().map((rule) => ({ ...rule, write: { ...rule.write, tags: ['a', 'b'] } })),
    );
    expect(filesOf(turned)).toEqual(Object.fromEntries(Object.entries(filesOf(first))));
    const again = await importOf(rules, { files: filesOf(first) });
    expect(again).toMatchObject({ pairs: [], others: [] });
  });
});

describe('the metadata file', () => {
  const eased: readonly string[] = [];

  it('names the target of several in `uuids`', () => {
    const of = ruleOf({ name: 'A rule of acme' });
    const members = JSON.parse(metadataText(of, { target: { name: 'acme' }, eased })) as Record<string, unknown>;
    expect(members['uuids']).toEqual({ acme: of.uuid });
    expect('uuid' in members).toBe(false);
    expect(Object.keys(members).at(-1)).toBe('uuids');
  });

  it('shows what nobody sees by its number', () => {
    const of = ruleOf({ goal: 'a\u202eb\u2028c\u0085\ufeff\u200b' });
    expect(metadataText(of, { target: null, eased })).toContain(
      String.raw`"goal": "a\u202eb\u2028c\u0085\ufeff\u200b"`,
    );
  });

  it.each([
    [{ enabled: false }, { enabled: false }],
    [{ enabled: true }, {}],
    [{ all_entities: true, entities: [{ uuid: uuid(9) }] }, {}],
    [{ all_entities: false, entities: [{ uuid: uuid(9) }] }, { entities: [uuid(9)] }],
    [{ all_entities: false, entities: [] }, { all_entities: false }],
    [{ all_assets: false, assets: [] }, { all_assets: false }],
    [{ description: null, goal: '', tags: [] }, {}],
    [{ severity: '55' }, { severity: 55 }],
    [{ datasources: [{ uuid: uuid(9) }, { uuid: uuid(8) }, { uuid: uuid(8) }] }, { datasources: [uuid(8), uuid(9)] }],
  ])('says of %j what it takes', (fields, expected) => {
    const plain = JSON.parse(metadataText(ruleOf(), { target: null, eased })) as object;
    expect(JSON.parse(metadataText(ruleOf(fields), { target: null, eased }))).toEqual({ ...plain, ...expected });
  });

  it('says nothing of what the platform did not say, and lists a rule that an update could reset', async () => {
    const { enabled, ...rest } = { ...ruleOf().write, uuid: uuid(1), verified: false };
    expect(enabled).toBe(true);
    const rule = { ...ruleOf(rest), missing: ['enabled'] as const };
    expect(metadataText({ ...rule, write: { ...rule.write, enabled: false } }, { target: null, eased })).not.toContain(
      'enabled',
    );
    const made = await importOf([rule]);
    expect(made.others).toMatchObject([{ reason: expect.stringContaining('does not hold enabled') as unknown }]);
  });
});

describe('where the files go', () => {
  it.each([
    [['detections'], 'detections/a-rule-of-ours.json'],
    [['./rules/own/', 'detections'], 'rules/own/a-rule-of-ours.json'],
    [['.'], 'a-rule-of-ours.json'],
    [['one/**/*.json', 'one/**/*.yml'], 'one/a-rule-of-ours.json'],
    [['one/file.json', 'two'], 'two/a-rule-of-ours.json'],
    [['!x', 'two'], 'two/a-rule-of-ours.json'],
  ])('with %j it is %s', async (roots, path) => {
    expect((await importOf([ruleOf()], { roots })).pairs.map((pair) => pair.path)).toEqual([path]);
  });

  it('is nowhere when no line takes new files, or a file is in the way', async () => {
    await expect(importOf([ruleOf()], { roots: ['one/file.json'] })).rejects.toThrow('takes new files');
    const files = { detections: Buffer.from('x') };
    await expect(importOf([ruleOf()], { files })).rejects.toThrow('is no folder but a file');
  });

  it('lists a rule whose files a line takes out', async () => {
    const made = await importOf([ruleOf()], { roots: ['detections', '!detections/a-rule*'] });
    expect(made).toMatchObject({ pairs: [], others: [{ reason: expect.stringContaining('takes') as unknown }] });
  });
});
