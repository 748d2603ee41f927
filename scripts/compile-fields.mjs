/**
 * Writes src/sigma/fields/table.ts, the compact table of the field names that the platform knows, from a list of facts
 * `{"name": [type, formats, flags]}` (sigma.md, "sekoia-fields.json").
 *
 *   node scripts/compile-fields.mjs FACTS.json            writes
 *   node scripts/compile-fields.mjs FACTS.json --check    fails when the committed table is not that of the facts
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const tablePath = path.join(root, 'src/sigma/fields/table.ts');
const [factsPath] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (factsPath === undefined) throw new Error('Name the file of facts: node scripts/compile-fields.mjs FACTS.json');

const facts = JSON.parse(await readFile(factsPath, 'utf8'));
const table = moduleOf(Object.entries(facts));

if (!process.argv.includes('--check')) {
  await writeFile(tablePath, table);
} else if ((await readFile(tablePath, 'utf8').catch(() => '')) !== table) {
  console.error(`src/sigma/fields/table.ts is not what ${factsPath} compiles to.`);
  process.exitCode = 1;
}

/** @param {[name: string, facts: [type: string, formats: number, flags: string]][]} entries */
function moduleOf(entries) {
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
  let before = [];
  const lines = sorted.map(([name, [type, formats, flags]]) => {
    if (/[`\\\n]|\$\{/.test(name)) throw new Error(`the name ${name} would have to be escaped`);
    const segments = name.split('.');
    let shared = 0;
    while (shared < before.length && before[shared] === segments[shared]) shared += 1;
    before = segments;
    // `s`: on Sekoia's own list, `r`: used by Sekoia's rules; the platform fills those without any parser's help.
    const own = /[sr]/.test(flags) ? '!' : '';
    return `${shared.toString(36)}${segments.slice(shared).join('.')} ${kindOf(type)}${formats === 0 ? '' : formats}${own}`;
  });
  return `/**
 * The field names of Sekoia's event taxonomy, as facts: name, kind, and how many of 219 intake formats fill it in their
 * samples. Written by scripts/compile-fields.mjs; do not edit.
 *
 * Merged and reduced from the field lists of https://github.com/SEKOIA-IO/intake-formats at commit b8f64fe. The names and
 * types of the Elastic Common Schema among them are Copyright Elasticsearch B.V., licensed under the Apache License 2.0
 * (https://github.com/elastic/ecs); no descriptions were taken.
 *
 * A line: the number of leading segments shared with the line before (base 36), the other segments, a blank, the kind
 * (\`k\` text, \`n\` number, \`d\` date, \`b\` boolean, \`i\` address, \`g\` point, \`o\` object), the number of formats unless it
 * is 0, \`!\` when it is on Sekoia's own list.
 */
export const FIELD_TABLE = \`
${lines.join('\n')}
\`;
`;
}

/** @param {string} type */
function kindOf(type) {
  if (/^(?:object|nested|flattened|dict)$/.test(type)) return 'o';
  if (/^(?:long|number|integer|short|float|scaled_float)$/.test(type)) return 'n';
  if (/^date/.test(type)) return 'd';
  if (type === 'boolean') return 'b';
  if (type === 'ip') return 'i';
  return type === 'geo_point' ? 'g' : 'k';
}
