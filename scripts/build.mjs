/**
 * Bundles the two front doors, which need Node and nothing else: src/main.ts, the action, into dist/index.js, and
 * src/cli.ts, the command, into dist/cli.js and NUMBER.cli.js, the parts that `plan` alone loads; with the licenses of
 * what they hold beside them.
 *
 *   node scripts/build.mjs [FOLDER]    into dist/, or another folder
 */
import { createRequire } from 'node:module';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ncc = createRequire(import.meta.url)('@vercel/ncc');

const root = path.resolve(import.meta.dirname, '..');
const folder = path.resolve(process.argv[2] ?? path.join(root, 'dist'));

// What is there stays until all of the new is.
const files = [
  ...(await bundle('src/main.ts', 'index.js', 'licenses.txt')),
  ...(await bundle('src/cli.ts', 'cli.js', 'cli-licenses.txt')),
];
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const [name, content] of files) await writeFile(path.join(folder, name), content);
await chmod(path.join(folder, 'cli.js'), 0o755);

/**
 * The bundle, the parts of it that are loaded when they are needed, and what they stand under.
 *
 * @param {string} entry @param {string} filename @param {string} license
 * @returns {Promise<[name: string, content: string | Buffer][]>}
 */
async function bundle(entry, filename, license) {
  const options = { filename, license, cache: false, quiet: true, sourceMapRegister: false };
  const { code, assets } = await ncc(path.join(root, entry), options);
  console.log(`${filename}: ${Math.ceil(code.length / 1024)} KiB`);
  return [[filename, code], ...Object.entries(assets).map(([name, { source }]) => [name, source])];
}
