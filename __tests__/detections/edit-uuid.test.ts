import { Buffer } from 'node:buffer';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { putUuid } from '../../src/detections/edit-uuid.js';
import { readMetadataText } from '../../src/detections/read-metadata-text.js';
import type { RuleUuid } from '../../src/sekoia/types.js';

const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11' as RuleUuid;

function put(name: string, text: string): ReturnType<typeof putUuid> {
  return putUuid({ path: name, content: Buffer.from(text, 'utf8') }, { uuid: UUID, replaces: null, target: null });
}

/** The edited text, in which `@` stands for the UUID to keep the rows readable. */
function edited(name: string, text: string): string {
  const result = put(name, text);
  if (result.kind !== 'edited') return JSON.stringify(result);
  return result.content.toString('utf8').replaceAll(UUID, '@');
}

describe('a UUID put into JSON', () => {
  const rows: readonly [what: string, before: string, after: string][] = [
    ['two blanks', '{\n  "name": "a"\n}\n', '{\n  "name": "a",\n  "uuid": "@"\n}\n'],
    ['four blanks, no final newline', '{\n    "name": "a"\n}', '{\n    "name": "a",\n    "uuid": "@"\n}'],
    ['TABs', '{\n\t"name": "a"\n}\n', '{\n\t"name": "a",\n\t"uuid": "@"\n}\n'],
    ['CRLF', '{\r\n  "name": "a"\r\n}\r\n', '{\r\n  "name": "a",\r\n  "uuid": "@"\r\n}\r\n'],
    ['a byte order mark', '\ufeff{\n  "name": "a"\n}\n', '\ufeff{\n  "name": "a",\n  "uuid": "@"\n}\n'],
    ['one line with blanks', '{ "name": "a", "x": 1 }', '{ "name": "a", "x": 1, "uuid": "@" }'],
    ['one line without blanks', '{"name":"a","x":1}', '{"name":"a","x":1,"uuid":"@"}'],
    ['one member without blanks', '{"name":"a"}', '{"name":"a","uuid":"@"}'],
    ['one member with blanks', '{ "name": "a" }', '{ "name": "a", "uuid": "@" }'],
    ['blanks before colons', '{\n  "name" : "a"\n}', '{\n  "name" : "a",\n  "uuid" : "@"\n}'],
    ['members in rows', '{ "a": 1,\n    "b": 2, "c": 3 }', '{ "a": 1,\n    "b": 2, "c": 3, "uuid": "@" }'],
    ['commas first', '{ "a": 1\n, "b": 2\n}\n', '{ "a": 1\n, "b": 2, "uuid": "@"\n}\n'],
    ['a list last', '{\n  "a": [\n    1\n  ]\n}\n', '{\n  "a": [\n    1\n  ],\n  "uuid": "@"\n}\n'],
    ['empty lines at the end', '{\n  "a": 1\n\n}\n\n\n', '{\n  "a": 1,\n  "uuid": "@"\n\n}\n\n\n'],
    ['a null', '{\n  "uuid": null,\n  "a": 1\n}\n', '{\n  "uuid": "@",\n  "a": 1\n}\n'],
    ['an empty text', '{"uuid":"","a":1}', '{"uuid":"@","a":1}'],
    ['a text of blanks', '{"uuid": "  " , "a":1}', '{"uuid": "@" , "a":1}'],
    [
      'escapes and emoji',
      '{"name":"\\u00e9 🦉 \\ud83e\\udd89\\/"}',
      '{"name":"\\u00e9 🦉 \\ud83e\\udd89\\/","uuid":"@"}',
    ],
    ['a uuid further down', '{"a":{"uuid":"x"}}', '{"a":{"uuid":"x"},"uuid":"@"}'],
    ['a key named __proto__', '{"__proto__":{"a":1}}', '{"__proto__":{"a":1},"uuid":"@"}'],
    ['no member', '{}', '{"uuid": "@"}'],
  ];
  it.each(rows)('keeps everything else: %s', (_what, before, after) => {
    expect(edited('a.json', before)).toBe(after);
  });
});

describe('a UUID put into YAML', () => {
  const rows: readonly [what: string, before: string, after: string][] = [
    ['plain', 'name: a\nseverity: 1\n', 'name: a\nseverity: 1\nuuid: @\n'],
    ['no final newline', 'name: a', 'name: a\nuuid: @'],
    ['CRLF', 'name: a\r\nx: 1\r\n', 'name: a\r\nx: 1\r\nuuid: @\r\n'],
    ['CRLF without a final one', 'name: a\r\nx: 1', 'name: a\r\nx: 1\r\nuuid: @'],
    ['a byte order mark', '\ufeffname: a\n', '\ufeffname: a\nuuid: @\n'],
    ['comments', '# top\nname: a # why\n# end\n', '# top\nname: a # why\nuuid: @\n# end\n'],
    ['a comment and no newline', 'name: a # why', 'name: a # why\nuuid: @'],
    ['comments of the last list', 'a:\n  - x # 1\n  # - y\n# end\n', 'a:\n  - x # 1\n  # - y\nuuid: @\n# end\n'],
    ['a comment of the last list at the end', 'a:\n  - x\n  # - y', 'a:\n  - x\n  # - y\nuuid: @'],
    ['a list at the key', 'a:\n- x\n- y\n', 'a:\n- x\n- y\nuuid: @\n'],
    ['nested maps', 'a:\n  b:\n    c: 1\n\n\n', 'a:\n  b:\n    c: 1\nuuid: @\n\n\n'],
    ['markers', '---\nname: a\n...\n', '---\nname: a\nuuid: @\n...\n'],
    ['a trailing marker', 'name: a\n---\n', 'name: a\nuuid: @\n---\n'],
    ['an indented map', '  name: a\n  x: 1\n', '  name: a\n  x: 1\n  uuid: @\n'],
    ['quoted keys', '"name": "a"\n', '"name": "a"\n"uuid": "@"\n'],
    ['single-quoted keys', "'name': a\n", "'name': a\n'uuid': '@'\n"],
    ['a text block', 'd: |\n  one\n\n  two\n', 'd: |\n  one\n\n  two\nuuid: @\n'],
    ['a text block and empty lines', 'd: |-\n  one\n\n\n', 'd: |-\n  one\nuuid: @\n\n\n'],
    ['a keeping text block', 'd: |+\n  one\n\n\n', 'd: |+\n  one\n\n\nuuid: @\n'],
    ['a keeping text block without a final newline', 'd: |+\n  one', 'd: |+\n  one\nuuid: @'],
    ['a folded block with a comment', 'd: >- # why\n  one\n  two\n', 'd: >- # why\n  one\n  two\nuuid: @\n'],
    ['a text block that ends in blanks', 'd: |\n  one\n      \n', 'd: |\n  one\n      \nuuid: @\n'],
    ['a text over lines', 'd: one\n  two\nx: "a\n  b"\n', 'd: one\n  two\nx: "a\n  b"\nuuid: @\n'],
    ['an empty last value', 'name: a\ntags:\n', 'name: a\ntags:\nuuid: @\n'],
    ['an empty last value with a comment', 'tags: # none\n', 'tags: # none\nuuid: @\n'],
    ['an alias last', 'a: &x [1]\nb: *x\n', 'a: &x [1]\nb: *x\nuuid: @\n'],
    ['merge keys', 'a: &x {k: 1}\n<<: *x\n', 'a: &x {k: 1}\n<<: *x\nuuid: @\n'],
    ['a flow map', '{name: a, x: 1}\n', '{name: a, x: 1, uuid: @}\n'],
    ['a flow map over lines', '{\n  name: a,\n  x: [1],\n}\n', '{\n  name: a,\n  x: [1],\n  uuid: @,\n}\n'],
    ['a flow map with a comment', '{\n  a: 1 # why\n}\n', '{\n  a: 1, # why\n  uuid: @\n}\n'],
    ['a flow map with a comma and a comment', '{\n  a: 1, # why\n}\n', '{\n  a: 1, # why\n  uuid: @,\n}\n'],
    ['JSON in a YAML file', '{"name": "a"}\n', '{"name": "a", "uuid": "@"}\n'],
    ['an empty uuid', 'uuid:\nname: a\n', 'uuid: @\nname: a\n'],
    ['an empty uuid with a comment', 'uuid:   # later\nname: a\n', 'uuid: @   # later\nname: a\n'],
    ['an empty uuid at the end', 'name: a\nuuid:', 'name: a\nuuid: @'],
    ['a null uuid', 'uuid: ~ # later\nname: a\n', 'uuid: @ # later\nname: a\n'],
    ['an empty text', "uuid: ''\n", "uuid: '@'\n"],
    ['an empty text in double quotes', 'uuid: ""\r\nname: a\r\n', 'uuid: "@"\r\nname: a\r\n'],
    ['an empty text block', 'uuid: |\n\nname: a\n', 'uuid: @\n\nname: a\n'],
    ['an empty uuid in a flow map', '{uuid: , a: 1}', '{uuid: @ , a: 1}'],
    ['an empty uuid without a colon', '{a: 1, uuid}', '{a: 1, uuid: @}'],
    ['a uuid that refers to nothing', 'a: &n ~\nuuid: *n\n', 'a: &n ~\nuuid: @\n'],
    ['a text that looks like a key', 'd: |\n  uuid: x\n', 'd: |\n  uuid: x\nuuid: @\n'],
  ];
  it.each(rows)('keeps everything else: %s', (_what, before, after) => {
    expect(edited('a.yml', before)).toBe(after);
  });
});

describe('a UUID put in the place of one whose rule is gone', () => {
  const OLD = '11111111-aaaa-4111-8111-111111111111' as RuleUuid;
  function replaced(name: string, text: string): string {
    const content = Buffer.from(text.replaceAll('#OLD', OLD).replaceAll('#CAPITALS', OLD.toUpperCase()), 'utf8');
    const result = putUuid({ path: name, content }, { uuid: UUID, replaces: OLD, target: null });
    if (result.kind !== 'edited') return JSON.stringify(result);
    return result.content.toString('utf8').replaceAll(UUID, '@').replaceAll(OLD, '#OLD');
  }

  it.each([
    ['JSON', 'a.json', '{\n  "uuid": "#OLD",\n  "name": "a"\n}\n', '{\n  "uuid": "@",\n  "name": "a"\n}\n'],
    ['JSON with CRLF, at the end', 'a.json', '{\r\n  "uuid": "#OLD"\r\n}', '{\r\n  "uuid": "@"\r\n}'],
    ['JSON with a byte order mark', 'a.json', '\ufeff{"uuid":"#OLD"}', '\ufeff{"uuid":"@"}'],
    ['capitals and blanks', 'a.json', '{"uuid": " #CAPITALS\\t" }', '{"uuid": " @\\t" }'],
    ['an escape sequence in it', 'a.json', `{"uuid": "${OLD.replace('-', '\\u002d')}"}`, '{"uuid": "@"}'],
    ['YAML', 'a.yml', 'name: a\nuuid: #OLD # mine\nx: 1\n', 'name: a\nuuid: @ # mine\nx: 1\n'],
    ['YAML with CRLF, without a final one', 'a.yml', 'name: a\r\nuuid: #CAPITALS', 'name: a\r\nuuid: @'],
    ['single quotes', 'a.yml', "uuid: '#OLD'\r\nname: a\r\n", "uuid: '@'\r\nname: a\r\n"],
    ['a line of its own', 'a.yml', 'uuid:\n  #OLD\nname: a\n', 'uuid:\n  @\nname: a\n'],
    ['a text block', 'a.yml', 'uuid: |\r\n  #OLD\r\nname: a\r\n', 'uuid: |\r\n  @\r\nname: a\r\n'],
    ['a flow map', 'a.yml', '{uuid: #OLD, name: a}\n', '{uuid: @, name: a}\n'],
    ['an anchor that nothing refers to', 'a.yml', 'uuid: &u #OLD\nname: a\n', 'uuid: &u @\nname: a\n'],
    ['a reference', 'a.yml', 'goal: &u #OLD\nuuid: *u\n', 'goal: &u #OLD\nuuid: @\n'],
    ['the same UUID in another field', 'a.yml', 'goal: #OLD\nuuid: #OLD\n', 'goal: #OLD\nuuid: @\n'],
    ['a file that has none by now', 'a.yml', 'name: a\r\n', 'name: a\r\nuuid: @\r\n'],
  ])('keeps everything else: %s', (_what, name, before, after) => {
    expect(replaced(name, before)).toBe(after);
  });

  it('leaves any other alone', () => {
    const other = '22222222-2222-4222-8222-222222222222';
    for (const present of [other, `${OLD}0`, 'mine']) {
      const content = Buffer.from(`{"uuid":"${present}"}`);
      expect(putUuid({ path: 'a.json', content }, { uuid: UUID, replaces: OLD, target: null })).toEqual({
        kind: 'other-uuid',
        uuid: present,
      });
    }
    const mine = Buffer.from(`{"uuid":"${UUID}"}`);
    expect(putUuid({ path: 'a.json', content: mine }, { uuid: UUID, replaces: OLD, target: null })).toEqual({
      kind: 'already-there',
    });
    const old = Buffer.from(`{"uuid":"${OLD}"}`);
    expect(putUuid({ path: 'a.json', content: old }, { uuid: UUID, replaces: null, target: null })).toEqual({
      kind: 'other-uuid',
      uuid: OLD,
    });
  });

  it('cannot be put where another field would change with it', () => {
    expect(replaced('a.yml', 'uuid: &u #OLD\ngoal: *u\n')).toContain('not-editable');
  });
});

describe('a file that is left alone', () => {
  it.each([
    ['the same UUID', 'a.json', `{"uuid":"${UUID}"}`],
    ['in capitals', 'a.json', `{"uuid":"${UUID.toUpperCase()}"}`],
    ['with a blank behind it', 'a.yml', `uuid: "${UUID} "\n`],
    ['by a merge key', 'a.yml', `a: &x {uuid: ${UUID}}\n<<: *x\n`],
  ])('has it already: %s', (_what, name, text) => {
    expect(put(name, text)).toEqual({ kind: 'already-there' });
  });

  it('has another one, which is never overwritten', () => {
    const other = '11111111-1111-4111-8111-111111111111';
    expect(put('a.json', `{"uuid":"${other}"}`)).toEqual({ kind: 'other-uuid', uuid: other });
    expect(put('a.yml', 'uuid: mine\n')).toEqual({ kind: 'other-uuid', uuid: 'mine' });
  });

  it.each([
    ['broken JSON', 'a.json', '{"a": 1'],
    ['JSON with a comment', 'a.json', '{"a": 1 /* x */}'],
    ['JSON with a comma behind the last member', 'a.json', '{"a": 1,}'],
    ['a list', 'a.json', '[1]'],
    ['nothing', 'a.json', ''],
    ['broken YAML', 'a.yml', 'a: [1\n'],
    ['two documents', 'a.yml', 'a: 1\n---\nb: 2\n'],
    ['a key twice', 'a.yml', 'a: 1\na: 2\n'],
    ['a number as uuid', 'a.yml', 'uuid: 12\n'],
    ['a shared empty uuid', 'a.yml', 'uuid: &x\nb: *x\n'],
  ])('cannot be edited: %s', (_what, name, text) => {
    const result = put(name, text);
    expect(result).toEqual({ kind: 'not-editable', reason: expect.stringMatching(/\S/) });
  });

  it('is not UTF-8', () => {
    const content = Buffer.from('{"name":"\xe9"}', 'latin1');
    expect(putUuid({ path: 'a.json', content }, { uuid: UUID, replaces: null, target: null }).kind).toBe(
      'not-editable',
    );
  });
});

describe('any metadata', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('', '# x', 'a: b', ' x ', 'x\ny\n', '- a'),
  );
  const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  const value = fc.oneof(
    leaf,
    fc.array(leaf, { maxLength: 3 }),
    fc.array(fc.dictionary(text, leaf, { maxKeys: 2 }), { maxLength: 2 }),
  );
  const key = text.filter((name) => name !== 'uuid' && name !== '<<' && name !== '__proto__');
  const metadata = fc.tuple(
    fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 6 }),
    fc.constantFrom<readonly [string, unknown][]>([], [['uuid', null]], [['uuid', '']]),
    fc.array(fc.tuple(key, value), { maxLength: 2 }),
  );
  const eol = fc.constantFrom('\n', '\r\n');
  const ending = fc.constantFrom('', '\n', '\n\n');

  function check(name: string, source: string, read: (text: string) => unknown): void {
    const result = put(name, source);
    if (result.kind !== 'edited') throw new Error(`${JSON.stringify(source)}: ${JSON.stringify(result)}`);
    const after = result.content.toString('utf8');
    expect(read(after)).toEqual({ ...(read(source) as object), uuid: UUID });
    expect(putUuid({ path: name, content: result.content }, { uuid: UUID, replaces: null, target: null })).toEqual({
      kind: 'already-there',
    });
    // The edit is one insertion or one value: what is left without it is a run of the old bytes in order.
    expect(after.length - source.length).toBeLessThanOrEqual(UUID.length + 60);
  }

  /** The library writes some empty collections and text blocks so that it cannot read them. */
  function isReadable(source: string): boolean {
    return readMetadataText('a.yml', Buffer.from(`${source}\n`)).kind === 'read';
  }

  it('in JSON gains the UUID and nothing else, once', () => {
    fc.assert(
      fc.property(
        metadata,
        fc.constantFrom<string | number>('', 1, 2, 4, '\t'),
        eol,
        ending,
        (parts, indent, end, last) => {
          const object = Object.fromEntries(parts.flat());
          const source = JSON.stringify(object, null, indent).replaceAll('\n', end) + last;
          check('a.json', source, (json) => JSON.parse(json) as unknown);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('in YAML gains the UUID and nothing else, once', () => {
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      defaultStringType: fc.constantFrom(
        'PLAIN' as const,
        'QUOTE_DOUBLE' as const,
        'QUOTE_SINGLE' as const,
        'BLOCK_LITERAL' as const,
      ),
    });
    fc.assert(
      fc.property(metadata, style, eol, ending, (parts, options, end, last) => {
        const object = Object.fromEntries(parts.flat());
        // A line break inside a text would change with the line ends, which is no matter of ours.
        const source = stringify(object, { defaultKeyType: 'QUOTE_DOUBLE', ...options }).replace(/\n$/, '');
        fc.pre(!source.includes('\r') && isReadable(source));
        check('a.yml', source.replaceAll('\n', end) + last, (yaml) => parse(yaml) as unknown);
      }),
      { numRuns: 300 },
    );
  });
});

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpora/detections');
if (!existsSync(corpus)) console.warn(`skipped: the UUID edit over ${corpus}, which is not there`);
(existsSync(corpus) ? describe : describe.skip)('the metadata of the corpus', () => {
  it('gains the UUID and is otherwise the same bytes', () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
    expect(files.length).toBeGreaterThan(90);
    for (const name of files) {
      const content = readFileSync(path.join(corpus, name));
      const before = content.toString('utf8');
      const result = putUuid({ path: name, content }, { uuid: UUID, replaces: null, target: null });
      if (result.kind === 'already-there' || result.kind === 'other-uuid') continue;
      if (result.kind !== 'edited') throw new Error(`${name}: ${result.reason}`);
      const after = result.content.toString('utf8');
      const removed = /,[ \t\r\n]*"uuid"[ \t]*:[ \t]*"0b9c3f0e-[-0-9a-f]+"/;
      expect(after.replace(removed, '')).toBe(before);
    }
  });
});
