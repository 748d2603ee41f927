import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

const root = path.resolve(import.meta.dirname, '../..');

async function read(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(root, file), 'utf8')) as Record<string, unknown>;
}

const report = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true }).compile(
  await read('schema/report.schema.json'),
);

// Draft 4, of which the schema uses nothing that later drafts read otherwise, but for the name of its id.
const sarifSchema = await read('__tests__/support/sarif-2.1.0-rtm.5.schema.json');
delete sarifSchema['$schema'];
delete sarifSchema['id'];
const sarif = new Ajv({
  strict: false,
  // One pattern of it is not valid with the flag `u`.
  unicodeRegExp: false,
  allErrors: true,
  formats: {
    uri: (text) => URL.canParse(text),
    'uri-reference': (text) => /^(?:[\w\-.~!$&'()*+,;=:@/?#]|%[0-9A-Fa-f]{2})*$/u.test(text),
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/u,
  },
}).compile(sarifSchema);

/** What is wrong with a report.json by schema/report.schema.json; empty when nothing is. */
export function reportFaults(value: unknown): readonly unknown[] {
  return report(value) ? [] : (report.errors ?? []);
}

/** What is wrong with a SARIF log by the standard's schema. */
export function sarifFaults(value: unknown): readonly unknown[] {
  return sarif(value) ? [] : (sarif.errors ?? []);
}
