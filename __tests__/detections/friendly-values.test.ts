import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import schema from '../../schema/detection.schema.json' with { type: 'json' };
import { attackPatternOf, TECHNIQUES, techniqueOf } from '../../src/detections/attack-patterns.js';
import { checkMetadata } from '../../src/detections/check-metadata.js';
import { membersFor, resolvedValues } from '../../src/detections/friendly-members.js';
import { EFFORTS, SEVERITIES, sentValues } from '../../src/detections/friendly-values.js';
import { readMetadataText } from '../../src/detections/read-metadata-text.js';
import { PLAIN_VIEW } from '../../src/detections/target-values.js';
import type { Finding } from '../../src/detections/types.js';
import type { AlertType } from '../../src/sekoia/alert-types.js';

const TYPE = '599f4b1a-dd60-43fe-8ee9-07d3c5d00ded';
const BRUTE_FORCE = '26b9f04e-65c7-4fcd-b0a4-ab5854cc36e7';
const GUESSING = 'attack-pattern--09c4c11e-4fa1-4f8c-8dad-3cf8e69ad119';
const POWERSHELL = 'attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736';
const OTHER = 'intrusion-set--01e28736-2ffc-455b-9880-ed4d1407ae07';

function check(fields: Readonly<Record<string, unknown>>, path = 'a.json'): readonly Finding[] {
  const text = readMetadataText(path, Buffer.from(JSON.stringify(fields, null, 2)));
  if (text.kind === 'unreadable') throw new Error(text.reason);
  return checkMetadata(path, text, PLAIN_VIEW);
}

function metadata(fields: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { name: 'Some rule', severity: 40, effort: 2, alert_type: 'brute-force', ...fields };
}

describe('a word for a severity', () => {
  // sekoia-api.md §5.2: the labels of the web app.
  const labelOf = (severity: number): string => (severity >= 75 ? 'high' : severity >= 50 ? 'medium' : 'low');

  it.each(['low', 'medium', 'high'] as const)('is a number that the web app shows as %s', (word) => {
    expect(labelOf(SEVERITIES[word])).toBe(word);
  });

  it('is higher the worse it sounds', () => {
    const { informational, low, medium, high, critical } = SEVERITIES;
    const numbers = [0, informational, low, medium, high, critical, 101];
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  });

  it('is one that the schema takes, as every effort is', () => {
    for (const severity of Object.keys(SEVERITIES)) expect(check(metadata({ severity }))).toEqual([]);
    for (const effort of Object.keys(EFFORTS)) expect(check(metadata({ effort }))).toEqual([]);
    expect(schema.properties.severity.description).toContain(
      'informational (10), low (30), medium (50), high (75) or critical (90)',
    );
  });
});

describe('what people write in place of numbers and ids', () => {
  it('is sent as numbers and ids', () => {
    const values = {
      severity: 'high',
      effort: 'advanced',
      alert_type: 'brute-force',
      attack: ['t1110.001'],
      tags: ['low'],
    };
    expect(sentValues(metadata(values))).toEqual({
      name: 'Some rule',
      severity: 75,
      effort: 3,
      tags: ['low'],
      related_object_refs: [GUESSING],
    });
  });

  it('leaves everything else as it is, names that objects have included', () => {
    const members = { severity: 'constructor', effort: 'toString', goal: 'high', __proto__: 1 };
    expect(sentValues(members)).toEqual(members);
  });

  it('adds techniques to the ids of the file, each once', () => {
    const refs = [OTHER, GUESSING.toUpperCase()];
    const { related_object_refs: sent } = sentValues({
      attack: ['T1110.001', 'T1059.001', 'T1059.001'],
      related_object_refs: refs,
    });
    expect(sent).toEqual([...refs, POWERSHELL]);
    expect(sentValues({ attack: null })).toEqual({ related_object_refs: [] });
    expect(sentValues({ attack: ['T1110.001'], related_object_refs: null })).toEqual({
      related_object_refs: [GUESSING],
    });
  });

  it.each<[string, Readonly<Record<string, unknown>>, string, RegExp]>([
    ['a word with a typing error', { severity: 'hihg' }, '3:15 metadata-value', /Did you mean `high`/],
    ['a word in capitals', { severity: 'HIGH' }, '3:15 metadata-value', /Did you mean `high`/],
    ['a word of the other field', { effort: 'high' }, '4:13 metadata-value', /from 1 to 4/],
    ['no word at all', { severity: '' }, '3:15 metadata-value', /from 0 to 100/],
    ['a very long word', { severity: 'x'.repeat(100_000) }, '3:15 metadata-value', /from 0 to 100/],
    ['a number in quotes', { effort: '3' }, '4:13 metadata-type', /without quotes: 3/],
    ['a list for a number', { severity: [1] }, '3:15 metadata-type', /a whole number or a word for it/],
    ['no name', { alert_type: '' }, '5:17 metadata-value', /intrusion-attempts\/brute-force/],
    ['a category alone', { alert_type: 'fraud/' }, '5:17 metadata-value', /alert-types/],
    ['a long name', { alert_type: 'x'.repeat(201) }, '5:17 metadata-value', /201 characters/],
    ['a name of no kind', { alert_type: 5 }, '5:17 metadata-type', /text/],
    [
      'a UUID as a name',
      { alert_type: TYPE.toUpperCase() },
      '5:17 metadata-value',
      new RegExp(`alert_type_uuid\`: ${TYPE}`),
    ],
    ['both names', { alert_type_uuid: TYPE }, '5:3 alert-type-twice', /Remove one/],
    ['a technique of another form', { attack: ['T1110.1'] }, '7:5 metadata-value', /T1110\.001/],
    ['techniques in one text', { attack: 'T1110' }, '6:13 metadata-type', /\["T1110"\]/],
    [
      'a technique that is not known',
      { attack: ['T1110.001', 't9999'] },
      '8:5 attack-unknown',
      /T9999.*related_object_refs/s,
    ],
  ])('is told where it is wrong: %s', (_title, fields, where, words) => {
    const [first, ...others] = check(metadata(fields));
    expect(others).toEqual([]);
    expect(`${first?.line}:${first?.column} ${first?.code}`).toBe(where);
    expect(`${first?.message} ${first?.help}`).toMatch(words);
    expect(`${first?.message}`.length).toBeLessThan(300);
  });

  it('needs one name of the alert type', () => {
    const rest = { name: 'Some rule', severity: 40, effort: 2 };
    expect(check(rest)).toMatchObject([
      { code: 'metadata-missing-key', help: expect.stringContaining('`alert_type`') },
    ]);
  });
});

describe('a technique', () => {
  it('and its STIX id lead to each other', () => {
    expect(attackPatternOf('T1110.001')).toBe(GUESSING);
    expect(techniqueOf(GUESSING.toUpperCase())).toBe('T1110.001');
    for (const name of ['constructor', '__proto__', 'T0000', '']) expect(attackPatternOf(name)).toBeUndefined();
    const all = TECHNIQUES.map((technique) => [technique, techniqueOf(attackPatternOf(technique) ?? '')]);
    expect(all).toEqual(TECHNIQUES.map((technique) => [technique, technique]));
    expect(TECHNIQUES.length).toBeGreaterThan(150);
  });

  it('is in the table where our examples have it', () => {
    for (const technique of ['T1059.001', 'T1110', 'T1110.001', 'T1078', 'T1566']) {
      expect(attackPatternOf(technique)).toMatch(/^attack-pattern--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });
});

const TYPES: readonly AlertType[] = [
  { uuid: BRUTE_FORCE, category: 'Intrusion attempts', value: 'brute-force', detail: '', description: '' },
  { uuid: TYPE, category: 'Intrusions', value: 'application-compromise', detail: '', description: '' },
];

describe("the platform's value in a file", () => {
  it.each<[string, Readonly<Record<string, unknown>>, string, unknown, unknown]>([
    ['a number over a word', { severity: 'high' }, 'severity', 80, [['severity', 80]]],
    [
      'a name over a name',
      { alert_type: 'brute-force' },
      'alert_type_uuid',
      TYPE,
      [['alert_type', 'intrusions/application-compromise']],
    ],
    [
      'a UUID over a UUID',
      { alert_type_uuid: TYPE },
      'alert_type_uuid',
      BRUTE_FORCE,
      [['alert_type_uuid', BRUTE_FORCE]],
    ],
    [
      'fewer techniques',
      { attack: ['T1110.001', 'T1059.001'] },
      'related_object_refs',
      [POWERSHELL],
      [['attack', ['T1059.001']]],
    ],
    [
      'another technique',
      { attack: ['T1110.001'] },
      'related_object_refs',
      [GUESSING, POWERSHELL],
      [['attack', ['T1110.001', 'T1059.001']]],
    ],
    ['none left', { attack: ['T1110.001'] }, 'related_object_refs', [], [['attack', []]]],
    [
      'another id beside techniques',
      { attack: ['t1110.001'], related_object_refs: null },
      'related_object_refs',
      [GUESSING, OTHER],
      [['related_object_refs', [OTHER]]],
    ],
    [
      'a technique and an id less',
      { attack: ['T1110.001'], related_object_refs: [OTHER] },
      'related_object_refs',
      [POWERSHELL],
      [
        ['attack', []],
        ['related_object_refs', [POWERSHELL]],
      ],
    ],
    [
      'an id that is there in both ways',
      { attack: ['T1110.001'], related_object_refs: [GUESSING, OTHER] },
      'related_object_refs',
      [GUESSING],
      [['related_object_refs', [GUESSING]]],
    ],
    [
      'ids without techniques',
      { related_object_refs: [] },
      'related_object_refs',
      [GUESSING],
      [['related_object_refs', [GUESSING]]],
    ],
  ])('keeps the way that the file writes: %s', (_title, file, field, value, members) => {
    expect(membersFor(file, field, value, TYPES)).toEqual({ kind: 'members', members });
  });

  it.each([
    [
      'a type that has no name',
      { alert_type: 'brute-force' },
      'alert_type_uuid',
      'aaaaaaaa-1111-4111-8111-111111111111',
    ],
    ['an id that is no technique', { attack: ['T1110.001'] }, 'related_object_refs', [GUESSING, OTHER]],
  ])('cannot be written otherwise: %s', (_title, file, field, value) => {
    expect(membersFor(file, field, value, TYPES)).toMatchObject({ kind: 'none' });
  });

  it('is read back by the same names, and never taken for equal when a name leads nowhere', () => {
    expect(resolvedValues({ alert_type: 'intrusion-attempts/brute-force' }, TYPES)).toEqual({
      alert_type_uuid: BRUTE_FORCE,
    });
    expect(resolvedValues({ alert_type: 'nothing' }, TYPES)).toEqual({ alert_type_uuid: '' });
    expect(resolvedValues({ alert_type_uuid: TYPE }, [])).toEqual({ alert_type_uuid: TYPE });
  });
});

describe('docs/metadata.md', () => {
  it('shows the same rule in words and in numbers, and the numbers of every word', async () => {
    const guide = await readFile(new URL('../../docs/metadata.md', import.meta.url), 'utf8');
    const [words, numbers] = Array.from(guide.matchAll(/```yaml\n(name:[\s\S]*?)```/gu), ([, text]) => text ?? '').map(
      (text) => parse(text) as Readonly<Record<string, unknown>>,
    );
    expect(resolvedValues(words!, TYPES)).toEqual(numbers);
    for (const file of [words!, numbers!]) expect(check(file)).toEqual([]);
    const told = Array.from(guide.matchAll(/^\| `([a-z]+)` +\| (\d+) +\|/gmu), ([, word, number]) => [
      word,
      Number(number),
    ]);
    expect(Object.fromEntries(told)).toEqual({ ...SEVERITIES, ...EFFORTS });
  });
});
