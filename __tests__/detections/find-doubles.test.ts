import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Changes } from '../../src/changes/types.js';
import { readDetections } from '../../src/detections/read-detections.js';
import type { ReadDetections } from '../../src/detections/types.js';
import { workTreeSource } from '../../src/detections/work-tree-source.js';
import type { CommitSha } from '../../src/git/types.js';
import { ALERT_TYPE, metadata, pattern } from '../support/detections.js';

const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
const OTHER = '11111111-1111-4111-8111-111111111111';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'doubles-'));
  await mkdir(path.join(root, 'detections'));
});
afterEach(() => rm(root, { recursive: true }));

/** Metadata files by their names in `detections/`, each with a pattern unless its name begins with `lone`. */
async function files(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(path.join(root, 'detections', name), content);
    const stem = name.replace(/\.[^.]*$/, '');
    if (!name.startsWith('lone')) await writeFile(path.join(root, 'detections', `${stem}_sigma.yml`), pattern());
  }
}

/** All, or the named files of `detections/` alone. */
function read(...changed: readonly string[]): Promise<ReadDetections> {
  const list = changed.map((name) => ({ status: 'modified' as const, path: `detections/${name}` }));
  const changes: Changes =
    changed.length === 0
      ? { scope: 'all', reason: 'test', since: null }
      : { scope: 'changed', base: 'a'.repeat(40) as CommitSha, reason: 'test', files: list };
  return readDetections({ target: null, targets: null, source: workTreeSource(root), roots: ['detections'], changes });
}

function told({ findings }: ReadDetections): string[] {
  return findings.map(({ path: file, line, column, severity, code, message }) => {
    const named = Array.from(message.matchAll(/`detections\/([^`]+)`/g), ([, name]) => name);
    return `${file.replace('detections/', '')} ${line}:${column} ${severity} ${code}: ${named.join(' ')}`;
  });
}

function detections({ detections: all }: ReadDetections): string[] {
  return all.map((each) =>
    each.kind === 'sound'
      ? each.detection.path
      : `! ${each.path} ${String(each.name)} ${each.errors.map(({ code }) => code).join(' ')}`,
  );
}

describe('one UUID in two files', () => {
  it('fails both, each naming the other, whatever the letter case and the blanks', async () => {
    await files({
      'a.json': metadata('First rule', { uuid: UUID.toUpperCase() }),
      'b.yml': `name: Second rule\nseverity: 1\neffort: 1\nalert_type_uuid: ${ALERT_TYPE}\nuuid: " ${UUID} "\n`,
      'c.json': metadata('Third rule', { uuid: OTHER }),
    });
    const result = await read();
    expect(told(result)).toEqual(['a.json 6:11 error uuid-twice: b.yml', 'b.yml 5:7 error uuid-twice: a.json']);
    expect(detections(result)).toEqual([
      '! detections/a.json First rule uuid-twice',
      '! detections/b.yml Second rule uuid-twice',
      'detections/c.json',
    ]);
  });

  it('fails both when only one is in the scope', async () => {
    await files({
      'a.json': metadata('First rule', { uuid: UUID }),
      'b.json': metadata('Second rule', { uuid: UUID }),
      'c.json': metadata('Third rule'),
    });
    const result = await read('b.json', 'c.json');
    expect(told(result)).toEqual(['a.json 6:11 error uuid-twice: b.json', 'b.json 6:11 error uuid-twice: a.json']);
    expect(detections(result)).toEqual([
      '! detections/a.json First rule uuid-twice',
      '! detections/b.json Second rule uuid-twice',
      'detections/c.json',
    ]);
    expect(result.detections[0]).toMatchObject({ uuid: UUID });
    expect(result.claims).toEqual(new Map([[UUID, ['detections/a.json', 'detections/b.json']]]));
  });

  it('is no matter of a run that looks at neither', async () => {
    await files({
      'a.json': metadata('First rule', { uuid: UUID }),
      'b.json': metadata('Second rule', { uuid: UUID }),
      'c.json': metadata('Third rule'),
    });
    const result = await read('c.json');
    expect([told(result), detections(result)]).toEqual([[], ['detections/c.json']]);
  });

  it('counts for drafts, and for files without a pattern', async () => {
    await files({
      'a.json': metadata('First rule', { uuid: UUID }),
      'draft.json': metadata('Second rule', { uuid: UUID, draft: true }),
      'lone.json': metadata('Third rule', { uuid: UUID }),
    });
    expect(told(await read('a.json'))).toEqual([
      'a.json 6:11 error uuid-twice: draft.json lone.json',
      'draft.json 6:11 error uuid-twice: a.json lone.json',
      'lone.json 6:11 error uuid-twice: a.json draft.json',
    ]);
  });

  it('stands beside what else is wrong', async () => {
    await files({
      'a.json': metadata('First rule', { uuid: UUID, severity: 101 }),
      'b.json': metadata('Second rule', { uuid: UUID }),
    });
    expect(detections(await read('a.json'))).toEqual([
      '! detections/a.json First rule metadata-value uuid-twice',
      '! detections/b.json Second rule uuid-twice',
    ]);
  });

  it('is none where a UUID stands for something else', async () => {
    await files({
      'a.json': metadata('First rule', { uuid: UUID }),
      'b.json': metadata('Second rule', { uuid: OTHER, description: UUID, parameters: [{ uuid: UUID, value: 1 }] }),
      'lone.json': `{"uuid": "${UUID}"`,
    });
    const result = await read('a.json');
    expect([told(result), detections(result)]).toEqual([[], ['detections/a.json']]);
    // Of a broken file it is not known what it has, so its rule is nobody's to take.
    expect(result.claims.get(UUID as never)).toContain('detections/lone.json');
  });

  it('is told of the second metadata file of a detection too', async () => {
    await files({
      'a.json': metadata('First rule'),
      'a.yml': `uuid: ${UUID}\n`,
      'b.json': metadata('Second rule', { uuid: UUID }),
    });
    expect(detections(await read())).toEqual([
      '! detections/a.json First rule metadata-twice uuid-twice',
      '! detections/b.json Second rule uuid-twice',
    ]);
  });
});

describe('one name of two detections', () => {
  it('is a warning on each in the scope, naming the others, and holds nothing back', async () => {
    await files({
      'a.json': metadata('One name'),
      'b.yml': `name: "One \\x6eame"\nseverity: 1\neffort: 1\nalert_type_uuid: ${ALERT_TYPE}\n`,
      'c.json': metadata('One name', { uuid: UUID }),
      'd.json': metadata('one name'),
    });
    const result = await read('a.json', 'c.json');
    expect(told(result)).toEqual([
      'a.json 2:11 warning name-twice: b.yml c.json',
      'c.json 2:11 warning name-twice: a.json b.yml',
    ]);
    expect(detections(result)).toEqual(['detections/a.json', 'detections/c.json']);
  });

  it('does not count for drafts, nor for files that are no detections', async () => {
    await files({
      'a.json': metadata('One name'),
      'b.json': metadata('One name', { draft: true }),
      'lone.json': metadata('One name'),
      'lone.yml': 'name: One name\n',
    });
    expect(told(await read('a.json', 'b.json'))).toEqual([]);
  });

  it('of many is told without naming all', async () => {
    const many = Array.from({ length: 9 }, (_, index) => [`r${index}.json`, metadata('One name')] as const);
    await files(Object.fromEntries(many));
    const [finding] = (await read('r0.json')).findings;
    expect(finding?.message).toContain('and 3 more');
  });
});
