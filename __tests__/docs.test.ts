import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { LINT_CODES } from '../src/sigma/lint/codes.js';

const root = path.resolve(import.meta.dirname, '..');
const checks = await readFile(path.join(root, 'docs/checks.md'), 'utf8');
const documented = Array.from(checks.matchAll(/^### `([a-z-]+)`$/gmu), ([, code]) => code ?? '');

/**
 * Findings are made in these rooms; every code is written out as `code: 'some-code'`, as a member of a union of codes, or
 * in the table of checks.
 */
async function codesUsed(): Promise<readonly string[]> {
  const codes = new Set<string>(LINT_CODES);
  for (const room of ['src/detections', 'src/rule-tests', 'src/sigma']) {
    for (const name of await readdir(path.join(root, room), { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      const text = await readFile(path.join(root, room, name), 'utf8');
      for (const [, code] of text.matchAll(/\bcode: '([a-z]+(?:-[a-z]+)*)'/gu)) if (code !== undefined) codes.add(code);
      for (const [, members] of text.matchAll(/type (?!\w*ErrorCode)\w*Code =([^;]+);/gu)) {
        for (const [, code] of (members ?? '').matchAll(/'([a-z-]+)'/gu)) if (code !== undefined) codes.add(code);
      }
    }
  }
  // Of the settings file.
  codes.add('settings');
  return [...codes].sort();
}

describe('docs/checks.md', () => {
  it('has a section for every code of a finding, and for no other', async () => {
    expect([...documented].sort()).toEqual(await codesUsed());
  });

  it('has each code once', () => {
    expect(new Set(documented).size).toBe(documented.length);
  });

  it.each(documented)('shows what is bad and what is good for %s', (code) => {
    const section = checks.split(`### \`${code}\`\n`)[1]?.split(/^##/mu)[0] ?? '';
    expect(section).toMatch(/^\n(?:Error|Warning)\. /u);
    expect(section).toMatch(/^Bad\b/mu);
    expect(section).toMatch(/^Good\b/mu);
  });
});

describe('what the guides are the source of', () => {
  it('is up to date: the help that code scanning shows', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/check-help.mjs', '--check'], { cwd: root });
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });
});

describe('schema/report.schema.json', () => {
  it('describes every field', async () => {
    const schema = JSON.parse(await readFile(path.join(root, 'schema/report.schema.json'), 'utf8')) as Described;
    const parts = [schema, ...Object.values(schema.$defs ?? {})];
    for (const { description, properties } of parts) {
      expect(description ?? '').not.toBe('');
      for (const [name, field] of Object.entries(properties ?? {})) {
        expect([name, field.$ref ?? field.description ?? '']).not.toContain('');
      }
    }
  });
});

interface Described {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly $defs?: Readonly<Record<string, Described>>;
}

describe('the guides', () => {
  it('link to files that exist', async () => {
    const guides = ['README.md', ...(await readdir(path.join(root, 'docs'))).map((name) => `docs/${name}`)];
    for (const guide of guides) {
      const text = await readFile(path.join(root, guide), 'utf8');
      for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)/gu)) {
        const file = path.join(root, path.dirname(guide), target ?? '');
        await expect(readdir(path.dirname(file))).resolves.toContain(path.basename(file));
      }
    }
  });
});
