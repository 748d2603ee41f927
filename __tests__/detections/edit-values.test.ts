import { Buffer } from 'node:buffer';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { putPattern, putValue } from '../../src/detections/edit-values.js';
import { readMetadataText } from '../../src/detections/read-metadata-text.js';

const TYPE = '599f4b1a-dd60-43fe-8ee9-07d3c5d00ded';
const [A, B, C] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-1111-4111-8111-111111111111`) as [
  string,
  string,
  string,
];

function put(path: string, text: string, field: string, value: unknown): string {
  const result = putValue({ path, content: Buffer.from(text, 'utf8') }, field, value);
  return result.kind === 'edited' ? result.content.toString('utf8') : `NOT: ${result.reason}`;
}

const JSON_HEAD = `{\n  "name": "Some rule",\n  "severity": 40,\n  "effort": 2,\n  "alert_type_uuid": "${TYPE}",\n`;
const YAML_HEAD = `# Ours\nname: Some rule\nseverity: 40 # why\neffort: 2\nalert_type_uuid: ${TYPE}\n`;

type Row = readonly [what: string, before: string, field: string, value: unknown, after: string];

describe('a value put into JSON', () => {
  const rows: readonly Row[] = [
    ['number', '  "goal": ""\n}', 'severity', 60, '  "goal": ""\n}'],
    ['text', '  "goal" : "a"\n}\n', 'goal', 'é "b"\nc', '  "goal" : "é \\"b\\"\\nc"\n}\n'],
    ['truth', '  "enabled":true\n}\n', 'enabled', false, '  "enabled":false\n}\n'],
    ['null to text', '  "goal": null\n}\n', 'goal', 'x', '  "goal": "x"\n}\n'],
    ['added tag', '  "tags": ["a", "b"]\n}\n', 'tags', ['c', 'b', 'a'], '  "tags": ["a", "b", "c"]\n}\n'],
    ['tag less', '  "tags": ["a", "b"]\n}\n', 'tags', ['b'], '  "tags": ["b"]\n}\n'],
    ['no tag left', '  "tags": [\n    "a"\n  ]\n}\n', 'tags', [], '  "tags": []\n}\n'],
    ['first tag', '  "tags": []\n}\n', 'tags', ['a', 'b'], '  "tags": ["a", "b"]\n}\n'],
    ['tight list', '  "tags":["a","b"]\n}\n', 'tags', ['a', 'c'], '  "tags":["a","c"]\n}\n'],
    [
      'tall list',
      '  "tags": [\n    "a",\n    "b"\n  ]\n}\n',
      'tags',
      ['b', 'c'],
      '  "tags": [\n    "b",\n    "c"\n  ]\n}\n',
    ],
    [
      'tall list of one',
      '  "tags": [\n    "a"\n  ]\n}\n',
      'tags',
      ['a', 'c'],
      '  "tags": [\n    "a",\n    "c"\n  ]\n}\n',
    ],
    [
      'letter case of UUIDs',
      `  "entities": ["${A.toUpperCase()}", "${B}"]\n}\n`,
      'entities',
      [C, A],
      `  "entities": ["${A.toUpperCase()}", "${C}"]\n}\n`,
    ],
    [
      'event fields',
      '  "event_fields": [\n    {\n      "field": "a",\n      "description": "A"\n    }\n  ]\n}\n',
      'event_fields',
      [
        { field: 'a', description: 'A' },
        { field: 'b', description: '' },
      ],
      '  "event_fields": [\n    {\n      "field": "a",\n      "description": "A"\n    },\n    {\n      "field": "b",\n      "description": ""\n    }\n  ]\n}\n',
    ],
    [
      'parameter of the same name',
      '  "parameters": [{"name": "n", "value": 1}]\n}\n',
      'parameters',
      [{ uuid: A, name: 'n', value: 2 }],
      '  "parameters": [{ "name": "n", "value": 2 }]\n}\n',
    ],
    [
      'swappable fields',
      '  "similarity_strategy": ["a", ["b", "c"]]\n}\n',
      'similarity_strategy',
      [['b', 'c'], 'a'],
      '  "similarity_strategy": [["b", "c"], "a"]\n}\n',
    ],
    ['the same by meaning', '  "tags": [ "a","b" ]\n}\n', 'tags', ['b', 'a'], '  "tags": [ "a","b" ]\n}\n'],
  ];
  it.each(rows)('changes nothing else: %s', (_what, before, field, value, after) => {
    const head = field === 'severity' ? JSON_HEAD.replace('40', String(value)) : JSON_HEAD;
    expect(put('a.json', JSON_HEAD + before, field, value)).toBe(head + after);
    const windows = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}`;
    expect(put('a.json', windows(JSON_HEAD + before), field, value)).toBe(windows(head + after));
  });
});

describe('a value put into YAML', () => {
  const rows: readonly Row[] = [
    ['number beside a comment', 'goal: x\n', 'severity', 60, 'goal: x\n'],
    ['plain text', 'goal: one # why\ntags: []\n', 'goal', 'two', 'goal: two # why\ntags: []\n'],
    ['text that needs quotes', 'goal: one # why\n', 'goal', 'a: b # c', 'goal: "a: b # c" # why\n'],
    ['text that looks like a number', 'goal: one\n', 'goal', '12', 'goal: "12"\n'],
    ['single quotes', "goal: 'one'\n", 'goal', "it's", "goal: 'it''s'\n"],
    ['double quotes', 'goal: "one"\n', 'goal', 'two', 'goal: "two"\n'],
    ['no value', 'goal:\ntags: []\n', 'goal', 'two', 'goal: "two"\ntags: []\n'],
    ['a null', 'goal: ~ # none\n', 'goal', 'two', 'goal: two # none\n'],
    ['cleared', 'goal: two # some\n', 'goal', '', 'goal: "" # some\n'],
    [
      'a text block',
      'goal: | # why\n  one\n\n  two\n\ntags: []\n',
      'goal',
      'one\n\n three',
      'goal: | # why\n  one\n\n   three\n\ntags: []\n',
    ],
    ['a stripped block at the end', 'goal: |-\n    one', 'goal', 'one\ntwo\n', 'goal: |-\n    one\n    two'],
    [
      'a folded block',
      'goal: >-\n  one\n  more\ntags: []\n',
      'goal',
      'two\nthree',
      'goal: >-\n  two\n\n  three\ntags: []\n',
    ],
    ['a text block cleared', 'goal: |\n  one\ntags: []\n', 'goal', '', 'goal: ""\ntags: []\n'],
    [
      'lines in place of a plain text',
      'goal: one\ntags: []\n',
      'goal',
      'one\ntwo',
      'goal: |-\n  one\n  two\ntags: []\n',
    ],
    [
      'an entry more',
      'tags:\n  - a # A\n  # of b\n  - b\n# end\n',
      'tags',
      ['a', 'b', 'c'],
      'tags:\n  - a # A\n  # of b\n  - b\n  - c\n# end\n',
    ],
    ['an entry less', 'tags:\n  - a # A\n  # of b\n  - b\n# end\n', 'tags', ['a'], 'tags:\n  - a # A\n# end\n'],
    ['entries at the key', 'tags:\n- a\n- "b"\ngoal: x\n', 'tags', ['b', 'c'], 'tags:\n- "b"\n- c\ngoal: x\n'],
    ['quoted entries', "tags:\n  - 'a'\n", 'tags', ['a', 'c'], "tags:\n  - 'a'\n  - 'c'\n"],
    ['no final line end', 'tags:\n  - a', 'tags', ['a', 'c'], 'tags:\n  - a\n  - c'],
    ['no entry left', 'tags: # ours\n  - a\ngoal: x\n', 'tags', [], 'tags: [] # ours\ngoal: x\n'],
    ['a flow list', 'tags: [a, b] # ours\n', 'tags', ['b', 'c: d'], 'tags: [b, "c: d"] # ours\n'],
    ['an entry that is no plain text', 'tags:\n  - a\n', 'tags', ['a', 'true'], 'tags:\n  - a\n  - "true"\n'],
    [
      'event fields',
      'event_fields:\n  - field: user.name # who\n    description: User\n',
      'event_fields',
      [
        { field: 'user.name', description: 'User' },
        { field: 'host.name', description: '' },
      ],
      'event_fields:\n  - field: user.name # who\n    description: User\n  - field: host.name\n    description: ""\n',
    ],
  ];
  it.each(rows)('changes nothing else: %s', (_what, before, field, value, after) => {
    const head = field === 'severity' ? YAML_HEAD.replace('40', String(value)) : YAML_HEAD;
    expect(put('a.yml', YAML_HEAD + before, field, value)).toBe(head + after);
    const windows = (text: string): string => text.replaceAll('\n', '\r\n');
    expect(put('a.yml', windows(YAML_HEAD + before), field, value)).toBe(windows(head + after));
  });

  it('of a value that other fields refer to is no edit', () => {
    const text = `${YAML_HEAD}goal: &g one\nfalse_positives: *g\n`;
    expect(put('a.yml', text, 'goal', 'two')).toMatch(/^NOT: its value cannot be written without/);
    expect(put('a.yml', text, 'false_positives', 'two')).toBe(text.replace('*g', 'two'));
  });
});

describe('no edit', () => {
  it.each([
    ['of a field that the file does not have', 'goal', 'x', 'the file has no `goal` of its own'],
    ['of the UUID', 'uuid', A, 'a UUID says which rule the file is'],
    ['that the checks would refuse', 'name', 'abc', 'name'],
  ])('%s', (_what, field, value, reason) => {
    expect(put('a.json', `${JSON_HEAD}  "tags": []\n}`, field, value)).toMatch(`NOT:`);
    expect(put('a.json', `${JSON_HEAD}  "tags": []\n}`, field, value)).toContain(reason);
  });

  it('of a file that cannot be read', () => {
    expect(put('a.json', '{', 'name', 'x')).toMatch(/^NOT: /);
  });
});

describe('any value', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((each) => !/[\ud800-\udfff]/u.test(each));
  const bases = [
    ['a.json', `${JSON_HEAD}  "goal": "x",\n  "tags": ["a", "b"]\n}\n`],
    ['a.yml', `${YAML_HEAD}goal: x\ntags:\n  - a # A\n  - b\n`],
    ['b.yml', `${YAML_HEAD}goal: |\n  x\ntags: [a, b]\n`],
  ] as const;
  it.each(bases)('is there afterwards, and alone has changed, or there is no edit: %s', (path, base) => {
    const before = readMetadataText(path, Buffer.from(base));
    fc.assert(
      fc.property(
        text,
        fc.uniqueArray(
          text.filter((each) => each !== ''),
          { maxLength: 5 },
        ),
        (goal, tags) => {
          for (const [field, value] of [
            ['goal', goal],
            ['tags', tags],
          ] as const) {
            const result = put(path, base, field, value);
            if (result.startsWith('NOT')) continue;
            const after = readMetadataText(path, Buffer.from(result));
            if (before.kind !== 'read' || after.kind !== 'read') throw new Error('unreadable');
            const found = after.value[field];
            if (Array.isArray(found)) expect(new Set(found)).toEqual(new Set(value));
            else
              expect(String(found).replace(/\n+$/, '')).toBe(
                goal
                  .replace(/\r\n?/g, '\n')
                  .replace(/\n+$/, '')
                  .replace(/^\ufeff/, ''),
              );
            expect({ ...after.value, [field]: 0 }).toEqual({ ...before.value, [field]: 0 });
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a pattern put into its file', () => {
  const pattern = (text: string, value: string): string => {
    const result = putPattern({ path: 'a_sigma.yml', content: Buffer.from(text) }, value);
    return result.kind === 'edited' ? result.content.toString() : `NOT: ${result.reason}`;
  };
  it.each([
    ['LF', 'a: 1\n', 'a: 2\r\nb: 3', 'a: 2\nb: 3\n'],
    ['CRLF', 'a: 1\r\n', 'a: 2\nb: 3\n', 'a: 2\r\nb: 3\r\n'],
    ['a byte order mark', '\ufeffa: 1\n', 'a: 2\n', '\ufeffa: 2\n'],
    ['no final line end', 'a: 1', 'a: 2\n\n', 'a: 2'],
    ['empty lines at the end', 'a: 1\n\n', 'a: 2\n', 'a: 2\n\n'],
  ])('keeps %s', (_what, before, value, after) => {
    expect(pattern(before, value)).toBe(after);
  });

  it('is none when the pattern cannot be read', () => {
    expect(pattern('a: 1\n', 'a: [')).toMatch(/^NOT: /);
  });
});
