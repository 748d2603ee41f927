import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import schema from '../../schema/detection.schema.json' with { type: 'json' };

let compiled: ValidateFunction | undefined;

/**
 * What the published schema says against a value, all of it. The schema is compiled at the first use, since a run that
 * looks at no detection needs none; that the schema itself is sound is for the tests to say.
 */
export function schemaErrors(value: unknown): readonly ErrorObject[] {
  compiled ??= new Ajv2020({
    strict: true,
    allErrors: true,
    allowUnionTypes: true,
    validateSchema: false,
  }).compile(schema);
  return compiled(value) ? [] : (compiled.errors ?? []);
}

/** The keys that a metadata file may have. */
export const METADATA_KEYS: readonly string[] = Object.keys(schema.properties);
