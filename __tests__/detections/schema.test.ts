import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schema/detection.schema.json' with { type: 'json' };
import { METADATA_KEYS, schemaErrors } from '../../src/detections/schema-validator.js';
import { LINT_CODES } from '../../src/sigma/lint/codes.js';

it('the published schema is sound, strict and stands alone', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  expect(ajv.validateSchema(schema)).toBe(true);
  expect(() => ajv.compile(schema)).not.toThrow();
  expect(JSON.stringify(schema)).not.toMatch(/"\$ref":"(?!#\/)/);
});

it('every field of the schema is described for editors', () => {
  for (const [name, field] of Object.entries(schema.properties)) {
    expect([name, Object.keys(field)]).toEqual([name, expect.arrayContaining(['title', 'description'])]);
  }
  expect(METADATA_KEYS).toContain('alert_type_uuid');
});

it('the checks that the schema names are those that there are', () => {
  expect(schema.properties.checks.items.properties.code.enum).toEqual(LINT_CODES);
});

it('the example in the schema fulfils it', () => {
  expect(schema.examples.flatMap((example) => schemaErrors(example))).toEqual([]);
});

describe('the compiled schema', () => {
  it('is what the published one compiles to', async () => {
    const script = fileURLToPath(new URL('../../scripts/compile-schema.mjs', import.meta.url));
    await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({ stderr: '' });
  });

  const [good] = schema.examples;
  const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
  it.each([
    ['no object', 'text'],
    ['nothing in it', {}],
    ['unknown keys', { ...good, sevrity: 1, '': 2 }],
    ['values of a wrong kind', { ...good, name: 5, severity: '40', tags: 'x', enabled: 'yes', draft: null }],
    ['values out of range', { ...good, severity: 101, effort: 0, type: 'correlation' }],
    ['fractions', { ...good, severity: 1.5 }],
    ['UUIDs that are none', { ...good, uuid: 'x', alert_type_uuid: '', datasources: ['Windows'] }],
    ['controls in texts', { ...good, name: 'two\nlines', description: '\u202e' }],
    ['a name that is short in characters, not in units', { ...good, name: '😀😀😀😀' }],
    ['texts that are long', { ...good, name: 'é'.repeat(101), description: '😀'.repeat(1001) }],
    ['wrong things inside lists', { ...good, tags: ['', 5], event_fields: [{ field: '' }, 5], parameters: [{ n: 1 }] }],
    ['a list too deep', { ...good, similarity_strategy: ['a', ['b', ['c']], 5] }],
    ['communities that are none', { ...good, community_uuid: 'x', subcommunities: { x: 1, [UUID]: 'on' } }],
    ['nothing wrong', { ...good, uuid: null, tags: null, similarity_strategy: [['a', 'b']] }],
  ])('says the same as ajv with the published one: %s', (_title, value) => {
    const byAjv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);
    byAjv(value);
    expect(schemaErrors(value)).toEqual(byAjv.errors ?? []);
  });
});
