/**
 * Brings the sections of docs/checks.md into src/report/check-help.ts, so that code scanning shows them beside each
 * finding.
 *
 *   node scripts/check-help.mjs            writes
 *   node scripts/check-help.mjs --check    fails when the committed module is not what the guide says
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const modulePath = path.join(root, 'src/report/check-help.ts');
const guide = await readFile(path.join(root, 'docs/checks.md'), 'utf8');

const entries = Array.from(
  guide.matchAll(/^### `([a-z-]+)`\n\n([\s\S]*?)(?=^#{2,3} |(?![\s\S]))/gm),
  ([, code, body]) => {
    const first = body.split('\n\n')[0].replace(/\s+/g, ' ');
    const [, level, short] = /^(Error|Warning)\. (.*)$/.exec(first) ?? [];
    if (short === undefined) throw new Error(`docs/checks.md: ${code} does not begin with "Error." or "Warning."`);
    return [code, { level: level.toLowerCase(), short: short.replaceAll('`', ''), help: body.trim() }];
  },
);

const fresh = [
  '// Written by scripts/check-help.mjs from docs/checks.md: run `npm run check-help` to write it anew.',
  "export interface CheckHelp { readonly level: 'error' | 'warning'; readonly short: string; readonly help: string }",
  'export const CHECK_HELP: Readonly<Record<string, CheckHelp>> = {',
  ...entries.map(([code, help]) => `  ${JSON.stringify(code)}: ${JSON.stringify(help)},`),
  '};',
  '',
].join('\n');

if (!process.argv.includes('--check')) {
  await writeFile(modulePath, fresh);
} else if ((await readFile(modulePath, 'utf8').catch(() => '')) !== fresh) {
  console.error('src/report/check-help.ts is not what docs/checks.md says: run `npm run check-help`.');
  process.exitCode = 1;
}
