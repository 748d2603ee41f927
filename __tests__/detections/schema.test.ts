import { expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schema/detection.schema.json' with { type: 'json' };
import { METADATA_KEYS, schemaErrors } from '../../src/detections/schema-validator.js';

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

it('the example in the schema fulfils it', () => {
  expect(schema.examples.flatMap((example) => schemaErrors(example))).toEqual([]);
});
