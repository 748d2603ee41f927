import type { ErrorObject } from 'ajv/dist/2020.js';
import { keys, overlayKeys, validate } from './compiled-schema.js';

/** As ajv has it: what it found stands in `errors` until the next call. */
const check: { (value: unknown): boolean; readonly errors?: readonly ErrorObject[] | null } = validate;

/**
 * What the published schema says against a value, all of it. It is compiled ahead (scripts/compile-schema.mjs); that the
 * schema itself is sound, and the compiled one fresh, is for the tests to say.
 */
export function schemaErrors(value: unknown): readonly ErrorObject[] {
  return check(value) ? [] : (check.errors ?? []);
}

/** The keys that a metadata file may have. */
export const METADATA_KEYS: readonly string[] = keys;

/** Those that it may have for one target. */
export const OVERLAY_KEYS: readonly string[] = overlayKeys;
