import { Buffer } from 'node:buffer';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readClaims } from '../../src/detections/claims.js';
import type { Claims } from '../../src/detections/claims.js';
import { glanceAt } from '../../src/detections/glance.js';
import { identityOf } from '../../src/detections/identity.js';
import { readMetadataText } from '../../src/detections/read-metadata-text.js';
import type { FileSource } from '../../src/detections/types.js';

const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
const OTHER = '11111111-1111-4111-8111-111111111111';
const ALERT_TYPE = '26b9f04e-65c7-4fcd-b0a4-ab5854cc36e7';

/** Files that are handed over from memory; `reads` has the paths of every reading. */
function sourceOf(files: Readonly<Record<string, string>>): FileSource & { readonly reads: string[][] } {
  const reads: string[][] = [];
  const sizes = Object.entries(files).map(([name, content]) => ({ path: name, size: Buffer.byteLength(content) }));
  return {
    reads,
    list: () => Promise.resolve(sizes.map((each) => ({ ...each, kind: 'file' as const }))),
    find: () => Promise.resolve([]),
    read: (wanted) => {
      reads.push(wanted.map((file) => file.path));
      return Promise.resolve(new Map(wanted.map((file) => [file.path, Buffer.from(files[file.path] ?? '')])));
    },
  };
}

function claims(files: Readonly<Record<string, string>>): Promise<Claims> {
  return readClaims({ target: null, source: sourceOf(files), roots: ['detections'] });
}

function glance(name: string, text: string | Buffer): [uuids: readonly string[], name: string | null] {
  const seen = glanceAt(name, Buffer.from(text), true);
  return [seen.uuids, seen.name];
}

describe('the claims of a repository', () => {
  it('are of every metadata file below the roots, read in one go', async () => {
    const source = sourceOf({
      'detections/a.json': `{"uuid": " ${UUID.toUpperCase()}", "name": "One name"}`,
      'detections/a_sigma.yml': `id: ${OTHER}\n`,
      'detections/b.yml': `name: One name\nuuid: ${UUID}\n`,
      'detections/b_sigma.yaml': '',
      'detections/lone.yaml': `name: One name\nuuid: ${OTHER}\n`,
      'detections/c.JSON': `{"uuid": "${ALERT_TYPE}"}`,
      'detections/d_tests.yml': `uuid: ${OTHER}\n`,
      'detections/old/e.json': `{"uuid": "${OTHER}"}`,
      'detections/big.json': `{"uuid": "${OTHER}", "x": "${'x'.repeat(1_048_576)}"}`,
    });
    expect(await readClaims({ target: null, source, roots: ['detections', '!detections/old'] })).toEqual({
      byUuid: new Map([
        [UUID, ['detections/a.json', 'detections/b.yml']],
        [ALERT_TYPE, ['detections/c.JSON']],
        [OTHER, ['detections/lone.yaml']],
      ]),
      byName: new Map([['One name', ['detections/a.json', 'detections/b.yml']]]),
    });
    expect(source.reads).toHaveLength(1);
  });

  it('need no reading where there is nothing', async () => {
    const source = sourceOf({ 'detections/README.md': '' });
    expect((await readClaims({ target: null, source, roots: ['detections'] })).byUuid.size).toBe(0);
    expect(source.reads).toEqual([]);
  });

  it('tell nothing but the UUID of what the file is itself', async () => {
    const text = { name: 'A name', alert_type_uuid: ALERT_TYPE, datasources: [OTHER], description: `see ${OTHER}` };
    const { byUuid } = await claims({
      'detections/a.json': JSON.stringify(text),
      'detections/b.yml': stringify({ ...text, parameters: [{ uuid: OTHER, value: 1 }] }),
    });
    expect([...byUuid]).toEqual([]);
  });
});

describe('a glance at a metadata file', () => {
  it.each<[what: string, name: string, text: string, uuids: string[], ruleName: string | null]>([
    ['escapes', 'a.json', `{"n\\u0061me":"A \\"b\\"","\\u0075uid":"${UUID.replace('-', '\\u002d')}"}`, [UUID], 'A "b"'],
    ['a byte order mark', 'a.json', `\ufeff{"uuid":"${UUID}","name":"x"}`, [UUID], 'x'],
    ['no object', 'a.json', `["${UUID}"]`, [UUID], null],
    ['plain', 'a.yml', `name: A good name # why\r\nuuid: ${UUID}\r\n`, [UUID], 'A good name'],
    ['quotes', 'a.yml', `'name': "A 'good' #1 name"\n"uuid": '${UUID} ' # x`, [UUID], "A 'good' #1 name"],
    ['doubled quotes', 'a.yml', `name: 'It''s'\nuuid: ${UUID}\n`, [UUID], "It's"],
    ['escapes in YAML', 'a.yml', `name: "\\x41 name"\n"\\x75uid": ${UUID}\n`, [UUID], 'A name'],
    ['long escapes', 'a.yml', `"u\\u0075i\\U00000064": ${UUID}\nname: A name\n`, [UUID], 'A name'],
    ['a key that goes over lines', 'a.yml', `{name: x, "uu\\\n  id": ${UUID}}\n`, [UUID], 'x'],
    ['a name that goes over lines', 'a.yml', `name: A good\n\n  name\nx: 1\n`, [], 'A good\nname'],
    ['text blocks', 'a.yml', `name: >-\n  A good\n  name\nuuid: |\n  ${UUID}\n`, [UUID], 'A good name'],
    ['an indented map', 'a.yml', `  name: A name\n  uuid: ${UUID}\n`, [UUID], 'A name'],
    ['a flow map', 'a.yml', `{name: A name, uuid: ${UUID}}`, [UUID], 'A name'],
    ['an explicit key', 'a.yml', `? uuid\n: ${UUID}\n? name\n: A name\n`, [UUID], 'A name'],
    ['references', 'a.yml', `goal: &u ${UUID}\nuuid: *u\nname: &n A name\n`, [UUID], 'A name'],
    ['a reference as key, which is refused', 'a.yml', `goal: &k uuid\n*k : ${UUID}\nname: x\n`, [UUID], null],
    ['a merge key', 'a.yml', `<<: {uuid: ${UUID}, name: A name}\ngoal: x\n`, [UUID], 'A name'],
    ['a tag', 'a.yml', `!!str uuid: !!str ${UUID}\nname: !!str 12\n`, [UUID], '12'],
    ['a value on the next line', 'a.yml', `uuid: # below\n  ${UUID}\nname:\n  A name\n`, [UUID], 'A name'],
    ['a value behind a comment', 'a.yml', `uuid:\n# below\n  ${UUID}\nname: A name\n`, [UUID], 'A name'],
    ['an empty uuid', 'a.yml', `uuid:\nname: A name\n`, [], 'A name'],
    ['a null uuid', 'a.yml', `name: A name\nuuid: null # later`, [], 'A name'],
    ['a number as name', 'a.yml', `name: 4624\n`, [], null],
    ['a name that begins with a number', 'a.yml', `name: 4624 logons\n`, [], '4624 logons'],
    ['true as name', 'a.yml', `name: true\n`, [], null],
    ['no name', 'a.yml', `name:\nuuid: ${UUID}\n`, [UUID], null],
    ['the word in a text', 'a.yml', `name: A name\ngoal: the uuid of ${UUID}\n`, [], 'A name'],
  ])('sees what a reader sees: %s', (_what, name, text, uuids, ruleName) => {
    expect(glance(name, text)).toEqual([uuids, ruleName]);
  });

  it.each<[what: string, name: string, text: string | Buffer]>([
    ['broken JSON', 'a.json', `{"uuid": "${UUID}"`],
    ['a JSON key twice', 'a.json', `{"uuid": "${UUID}", "uuid": "x"}`],
    ['broken YAML', 'a.yml', `uuid: [${UUID}\n`],
    ['a YAML key twice', 'a.yml', `uuid: ${UUID}\nuuid: x\n`],
    ['UTF-16', 'a.json', Buffer.from(`\ufeff{"uuid": "${UUID}"}`, 'utf16le')],
    ['Windows-1252', 'a.yml', Buffer.from(`name: \xe9\nuuid: ${UUID}\n`, 'latin1')],
  ])('takes every UUID in a file that cannot be read: %s', (_what, name, text) => {
    expect(glance(name, text)[0]).toContain(UUID);
  });

  it('is not slowed down by long runs of blanks and quotes', () => {
    const text = `name: x${' '.repeat(400_000)}y${'\n'.repeat(100_000)}${'\n#'.repeat(50_000)}${'"'.repeat(100_000)}`;
    expect(glanceAt('a.yml', Buffer.from(text), false).uuids).toEqual([]);
  });
});

describe('any metadata', () => {
  const word = fc.constantFrom('uuid', 'name', 'draft', 'goal', 'alert_type_uuid', 'tags');
  const odd = [
    UUID,
    ` ${OTHER.toUpperCase()} `,
    'uuid',
    'name: x',
    `uuid: ${UUID}`,
    '# x',
    'a\nuuid: b',
    '12',
    '',
    '~',
  ];
  const text = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'grapheme', maxLength: 12 }));
  const value = fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text, { maxLength: 2 }));
  const object = fc.dictionary(word, value, { maxKeys: 5 });

  function compare(name: string, source: string): void {
    const content = Buffer.from(source, 'utf8');
    const reading = readMetadataText(name, content);
    fc.pre(reading.kind === 'read');
    const exact = identityOf(reading.value, null);
    expect(glance(name, content)).toEqual([exact.uuid === null ? [] : [exact.uuid], exact.name || null]);
  }

  it('in JSON is seen as it is read', () => {
    fc.assert(
      fc.property(object, fc.constantFrom(0, 2), (fields, indent) => {
        compare('a.json', JSON.stringify(fields, null, indent));
      }),
      { numRuns: 300 },
    );
  });

  it('in YAML is seen as it is read', () => {
    const style = fc.record({
      lineWidth: fc.constantFrom(0, 20),
      defaultStringType: fc.constantFrom(
        'PLAIN' as const,
        'QUOTE_DOUBLE' as const,
        'QUOTE_SINGLE' as const,
        'BLOCK_FOLDED' as const,
        'BLOCK_LITERAL' as const,
      ),
      defaultKeyType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
      collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
    });
    fc.assert(
      fc.property(object, style, fc.constantFrom('\n', '\r\n'), (fields, options, eol) => {
        compare('a.yml', stringify(fields, options).replaceAll('\n', eol));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '{\n  more\nname: A name\n}',
    `{ a: 1,\nname: x, uuid: ${UUID} }`,
    `# c\n\n---\n{\nmore\nuuid: ${UUID}\n}`,
    `--- {\n  more\nname: A name\n}`,
    `&a {\n  more\nname: A name\n}`,
    `"a\n  b\nname: A name"`,
    `# c\r\n---\r\nuuid: ${UUID}\r\nname: x\r\n`,
  ])('that begins otherwise than with a key is seen as it is read: %j', (text) => {
    const content = Buffer.from(text);
    const reading = readMetadataText('a.yml', content);
    const exact = reading.kind === 'read' ? identityOf(reading.value, null) : null;
    if (exact !== null)
      expect(glance('a.yml', content)).toEqual([exact.uuid === null ? [] : [exact.uuid], exact.name || null]);
  });

  it('made of odd lines is seen as it is read', () => {
    const line = fc.constantFrom(
      ...['name: A name', 'name: "A', '  b"', "name: 'x'", 'name: x # y', 'name:', 'name: >-', '<<: {name: z}'],
      ...[`uuid: ${UUID}`, `uuid: "${UUID}"`, 'uuid:', `  ${UUID}`, `"uuid": '${OTHER}'`, `uuid: ${OTHER},`],
      ...['  - x', '  more', '', '# uuid: x', `goal: &g ${UUID}`, 'uuid: *g', 'goal: |', '---', '...', '{', '}'],
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        compare('a.yml', lines.join('\n'));
      }),
      { numRuns: 1_000 },
    );
  });
});

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpora/detections');
if (!existsSync(corpus)) console.warn(`skipped: the claims of ${corpus}, which is not there`);
(existsSync(corpus) ? it : it.skip)('the metadata of the corpus is seen as it is read', () => {
  const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  expect(names.length).toBeGreaterThan(90);
  for (const name of names) {
    const content = readFileSync(path.join(corpus, name));
    const reading = readMetadataText(name, content);
    if (reading.kind !== 'read') throw new Error(name);
    const { uuid, name: ruleName } = identityOf(reading.value, null);
    for (const seen of [glance(name, content), glance('a.yml', stringify(reading.value))]) {
      expect(seen).toEqual([uuid === null ? [] : [uuid], ruleName]);
    }
  }
});
