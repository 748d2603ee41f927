import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { COMMON_NAMES } from '../../../src/sigma/fields/common-names.js';
import { knownFields, readField } from '../../../src/sigma/fields/known-fields.js';
import { suggestFields } from '../../../src/sigma/fields/suggest-fields.js';

const root = path.resolve(import.meta.dirname, '../../..');
const facts = path.resolve(root, '../shared/sekoia-fields.json');
if (!existsSync(facts)) console.warn(`skipped: the facts of ${facts}, which is not there`);

describe('the table of fields', () => {
  it('holds every name with its facts', () => {
    expect(knownFields().size).toBe(8854);
    expect(knownFields().get('process.name')).toMatchObject({ kind: 'text', isPlatforms: true });
    expect(knownFields().get('source.ip')).toMatchObject({ kind: 'address' });
    expect(knownFields().get('dns.answers')).toMatchObject({ kind: 'object' });
    expect(knownFields().get('action.properties.Last full scan age')).toBeDefined();
  });

  (existsSync(facts) ? it : it.skip)('is what the facts compile to', async () => {
    const script = path.join(root, 'scripts/compile-fields.mjs');
    const { stderr } = await promisify(execFile)(process.execPath, [script, facts, '--check']);
    expect(stderr).toBe('');
  });
});

describe('a name', () => {
  it.each([
    ['process.name', 'listed'],
    ['timestamp', 'platform'],
    ['sekoiaio.whatever', 'platform'],
    ['alert.uuid', 'platform'],
    ['event.dialect', 'listed'],
    ['action.properties.Whatever', 'child'],
    ['email.attachments.file.whatever', 'child'],
    ['process', 'unknown'],
    ['process.whatever', 'unknown'],
    ['', 'unknown'],
    ['.', 'unknown'],
    ['__proto__', 'unknown'],
  ])('is found: %s is %s', (name, kind) => {
    expect(readField(name).kind).toBe(kind);
  });

  it.each([
    ['Process.Name', 'case', ['process.name']],
    ['process.commandline', 'likely', ['process.command_line']],
    ['process.command-line', 'likely', ['process.command_line']],
    ['cmdline', 'likely', ['process.command_line']],
    ['DestinationPort', 'likely', ['destination.port']],
    ['source.prot', 'likely', ['source.port']],
    ['completely.different', 'likely', []],
    ['x'.repeat(10_000), 'likely', []],
  ])('that is wrong suggests: %s', (name, kind, names) => {
    expect(suggestFields(name)).toEqual({ kind, names });
  });

  it('suggests three at most, and none of full-text search', () => {
    for (const name of ['name', 'host.nam', 'file.sha25', 'Status', 'url.ful']) {
      const { names } = suggestFields(name);
      expect(names.length).toBeLessThanOrEqual(3);
      expect(names.filter((each) => each.endsWith('.text'))).toEqual([]);
    }
  });

  it('that is common elsewhere stands for fields that there are', () => {
    const missing = [...COMMON_NAMES.values()].flat().filter((field) => readField(field).kind === 'unknown');
    expect(missing).toEqual([]);
  });
});
