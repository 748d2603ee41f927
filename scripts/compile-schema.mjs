/**
 * Compiles schema/detection.schema.json into src/detections/compiled-schema.ts, so that a run neither loads ajv nor
 * compiles the schema: both cost more than all checks of a usual push.
 *
 *   node scripts/compile-schema.mjs            writes
 *   node scripts/compile-schema.mjs --check    fails when the committed module is not what the schema compiles to
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';

const root = path.resolve(import.meta.dirname, '..');
const modulePath = path.join(root, 'src/detections/compiled-schema.ts');
const schema = JSON.parse(await readFile(path.join(root, 'schema/detection.schema.json'), 'utf8'));

const NOTES = new Set(['title', 'description', 'examples', 'default']);

const ajv = new Ajv2020({
  strict: true,
  allErrors: true,
  allowUnionTypes: true,
  code: { source: true, esm: true, lines: true },
});
const compiled = moduleOf(standaloneCode.default(ajv, ajv.compile(withoutNotes(schema))));

if (!process.argv.includes('--check')) {
  await writeFile(modulePath, compiled);
} else if ((await readFile(modulePath, 'utf8').catch(() => '')) !== compiled) {
  console.error('src/detections/compiled-schema.ts is not what the schema compiles to: run `npm run schema`.');
  process.exitCode = 1;
}

/** What only editors read; ajv would copy it into the code. @param {object} whole */
function withoutNotes(whole) {
  const strip = (part) => Object.fromEntries(Object.entries(part).filter(([keyword]) => !NOTES.has(keyword)));
  const properties = Object.entries(whole.properties).map(([name, property]) => [name, strip(property)]);
  return { ...strip(whole), properties: Object.fromEntries(properties) };
}

/** @param {string} code */
function moduleOf(code) {
  // ajv 8 asks for its helper by `require` in ES modules too. The helper is CommonJS with a `default` of its own, which
  // bundlers take for the default import and Node does not.
  const body = code
    .replace(/^"use strict";\n/, '')
    .replace(/^export default .*\n/m, '')
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', 'ucs2length.default ?? ucs2length');
  if (body.includes('require(')) throw new Error('ajv asks for a helper that compile-schema.mjs does not know');
  return [
    '// @ts-nocheck',
    '// Written by scripts/compile-schema.mjs from schema/detection.schema.json: run `npm run schema` to write it anew.',
    "import ucs2length from 'ajv/dist/runtime/ucs2length.js';",
    `export const keys = ${JSON.stringify(Object.keys(schema.properties))};`,
    `export const overlayKeys = ${JSON.stringify(Object.keys(schema.$defs.overlay.properties))};`,
    body.trimEnd(),
    '',
  ].join('\n');
}
