/**
 * Writes the tables of inputs and outputs into README.md from action.yml, between the markers `<!-- inputs -->` and
 * `<!-- /inputs -->` (and the same for outputs). The defaults are those of src/input-table.ts.
 *
 *   node scripts/readme-tables.mjs            writes
 *   node scripts/readme-tables.mjs --check    fails when README.md is not up to date
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');
const readmePath = path.join(root, 'README.md');
const action = parse(await readFile(path.join(root, 'action.yml'), 'utf8'));
const readme = await readFile(readmePath, 'utf8');
const { INPUT_TABLE } = await tsImport('../src/input-table.ts', import.meta.url);

const inputs = Object.entries(action.inputs).map(([name, { description, default: value }]) => [
  `\`${name}\``,
  inCode(value ?? INPUT_TABLE[name]?.default),
  description,
]);
const outputs = Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description]);

let fresh = between(readme, 'inputs', table(['Input', 'Default', 'Meaning'], inputs));
fresh = between(fresh, 'outputs', table(['Output', 'Meaning'], outputs));

if (!process.argv.includes('--check')) {
  await writeFile(readmePath, fresh);
} else if (fresh !== readme) {
  console.error('The tables in README.md are not those of action.yml: run `node scripts/readme-tables.mjs`.');
  process.exitCode = 1;
}

/** @param {string | null | undefined} value */
function inCode(value) {
  return value === null || value === undefined ? '' : `\`${value}\``;
}

/** @param {string} text @param {string} name @param {string} content */
function between(text, name, content) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`README.md has no ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

/** Columns are padded as prettier does it. @param {string[]} titles @param {string[][]} rows */
function table(titles, rows) {
  const cells = [titles, ...rows].map((row) =>
    row.map((cell) => cell.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')),
  );
  const widths = titles.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}
