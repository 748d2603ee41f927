import { Buffer } from 'node:buffer';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Changes } from '../../src/changes/types.js';
import { readDetections } from '../../src/detections/read-detections.js';
import type { FileSource, ReadDetections } from '../../src/detections/types.js';
import { workTreeSource } from '../../src/detections/work-tree-source.js';
import type { CommitSha, FileChange } from '../../src/git/types.js';

const ALERT_TYPE = '26b9f04e-65c7-4fcd-b0a4-ab5854cc36e7';
const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
const OTHER = '11111111-1111-4111-8111-111111111111';
const PATTERN = 'detection:\n  s:\n    event.code: b\n  condition: s\n';
const ALL: Changes = { scope: 'all', reason: 'test', since: null };

function metadata(fields: Readonly<Record<string, unknown>> = {}): string {
  const rule = { name: 'A good name', severity: 40, effort: 2, alert_type_uuid: ALERT_TYPE, ...fields };
  return `${JSON.stringify(rule, null, 2)}\n`;
}

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'detections-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function files(contents: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  }
}

function read(changes: Changes = ALL, roots: readonly string[] = ['detections']): Promise<ReadDetections> {
  return readDetections({ target: null, targets: null, source: workTreeSource(root), roots, changes });
}

function changed(...changes: readonly (string | FileChange)[]): Changes {
  const list = changes.map((change): FileChange =>
    typeof change === 'string' ? { status: 'modified', path: change } : change,
  );
  return { scope: 'changed', base: 'a'.repeat(40) as CommitSha, reason: 'test', files: list };
}

function told({ findings }: ReadDetections): string[] {
  return findings
    .filter(({ code }) => code !== 'name-twice')
    .map(({ path: file, line, column, severity, code }) => `${file} ${line}:${column} ${severity} ${code}`);
}

function paths({ detections }: ReadDetections): string[] {
  return detections.map((each) => (each.kind === 'sound' ? each.detection.path : `! ${each.path}`));
}

/** The findings of one metadata file with a sound pattern beside it. */
async function check(name: string, content: string | Buffer): Promise<string[]> {
  await files({ [`detections/${name}`]: content, [`detections/${name.replace(/\..*/, '')}_sigma.yml`]: PATTERN });
  return told(await read()).map((line) => line.replace(`detections/${name} `, ''));
}

describe('a pair of files', () => {
  it('is a detection with exactly the fields that the file has', async () => {
    await files({
      'detections/a.json': metadata({
        $schema: './s.json',
        uuid: `${UUID.toUpperCase()} `,
        draft: true,
        tags: null,
        description: '',
      }),
      'detections/a_sigma.yml': PATTERN,
    });
    expect(await read()).toMatchObject({
      detections: [
        {
          kind: 'sound',
          detection: {
            path: 'detections/a.json',
            patternPath: 'detections/a_sigma.yml',
            name: 'A good name',
            uuid: UUID,
            draft: true,
            fields: {
              name: 'A good name',
              severity: 40,
              effort: 2,
              alert_type_uuid: ALERT_TYPE,
              tags: null,
              description: '',
            },
            pattern: PATTERN,
          },
        },
      ],
      findings: [],
      notes: [],
    });
  });

  it('may be YAML, at any depth, with any name that a file can have', async () => {
    const yaml = `name: &n Ä good name\nseverity: 4e1\neffort: 2\nalert_type_uuid: ${ALERT_TYPE}\ngoal: *n\n`;
    await files({
      'detections/x/y/z.yaml': yaml,
      'detections/x/y/z_sigma.yaml': PATTERN,
      'detections/Équipe réseau/- "q" 🦉.yml': yaml.replace('good', 'better'),
      'detections/Équipe réseau/- "q" 🦉_sigma.yml': PATTERN,
      'detections/a\nb.json': metadata(),
      'detections/a\nb_sigma.yml': PATTERN,
    });
    const result = await read();
    expect(result.findings).toEqual([]);
    expect(paths(result)).toEqual([
      'detections/a\nb.json',
      'detections/x/y/z.yaml',
      'detections/Équipe réseau/- "q" 🦉.yml',
    ]);
    expect(result.detections[1]).toMatchObject({ detection: { fields: { severity: 40, goal: 'Ä good name' } } });
  });

  it('keeps the bytes of its pattern but for the byte order mark', async () => {
    await files({
      'detections/a.json': `\ufeff${metadata()}`,
      'detections/a_sigma.yml': '\ufeff# x\r\ndetection:   \r\n  a: ["\ufeff"]\r\n  condition: a',
    });
    expect((await read()).detections).toMatchObject([
      { detection: { pattern: '# x\r\ndetection:   \r\n  a: ["\ufeff"]\r\n  condition: a' } },
    ]);
  });

  it('is not made of tests files', async () => {
    await files({
      'detections/a.json': metadata(),
      'detections/a_sigma.yml': PATTERN,
      'detections/a_tests_sigma.yml': PATTERN,
      'detections/a_tests.yml': 'tests: [{name: t, expect: nothing, events: []}]',
    });
    const result = await read();
    expect([paths(result), told(result)]).toEqual([
      ['detections/a.json'],
      ['detections/a_tests_sigma.yml 1:1 warning metadata-missing'],
    ]);
  });
});

describe('a half without its other', () => {
  it('is a warning that names the file looked for', async () => {
    await files({ 'detections/a.json': metadata(), 'detections/b_sigma.yaml': PATTERN });
    const result = await read();
    expect(told(result)).toEqual([
      'detections/a.json 1:1 warning pattern-missing',
      'detections/b_sigma.yaml 1:1 warning metadata-missing',
    ]);
    expect(result.findings[0]?.message).toContain('`detections/a_sigma.yml`');
    expect(result.findings[1]?.message).toContain('`detections/b.json`');
    expect(result.detections).toEqual([]);
  });

  it('is an error when it has the UUID of a rule', async () => {
    await files({ 'detections/a.json': metadata({ uuid: UUID }) });
    const result = await read();
    expect(told(result)).toEqual(['detections/a.json 1:1 error pattern-missing']);
    expect(result.detections).toMatchObject([
      { kind: 'faulty', path: 'detections/a.json', uuid: UUID, name: 'A good name' },
    ]);
  });
});

describe('a half too many', () => {
  it('is an error that names both', async () => {
    await files({
      'detections/a.json': metadata({ uuid: UUID }),
      'detections/a.yml': 'x: 1\n',
      'detections/a_sigma.yml': PATTERN,
      'detections/b.json': metadata(),
      'detections/b_sigma.yml': PATTERN,
      'detections/b_sigma.yaml': PATTERN,
    });
    const result = await read();
    expect(told(result)).toEqual([
      'detections/a.json 1:1 error metadata-twice',
      'detections/b.json 1:1 error pattern-twice'.replace('b.json', 'b_sigma.yaml'),
    ]);
    const messages = result.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    expect(messages[0]).toContain('`detections/a.json` and `detections/a.yml`');
    expect(messages[1]).toContain('`detections/b_sigma.yaml` and `detections/b_sigma.yml`');
    expect(paths(result)).toEqual(['! detections/a.json', '! detections/b.json']);
  });
});

describe('what a run looks at', () => {
  beforeEach(async () => {
    for (const name of ['a', 'b', 'c']) {
      await files({ [`detections/${name}.json`]: metadata(), [`detections/${name}_sigma.yml`]: PATTERN });
    }
  });

  it.each<[what: string, changes: Changes, looked: string[]]>([
    ['changed metadata', changed('detections/a.json'), ['detections/a.json']],
    ['a changed pattern', changed('detections/b_sigma.yml'), ['detections/b.json']],
    [
      'a half renamed away',
      changed({ status: 'renamed', path: 'x/b_sigma.yml', from: 'detections/b_sigma.yml' }),
      ['detections/b.json'],
    ],
    [
      'a half renamed to',
      changed({ status: 'renamed', path: 'detections/c.json', from: 'y.json' }),
      ['detections/c.json'],
    ],
    ['a deleted second half', changed({ status: 'deleted', path: 'detections/c.yml' }), ['detections/c.json']],
    [
      'a copy, which leaves its model alone',
      changed({ status: 'copied', path: 'detections/a.json', from: 'detections/b.json' }),
      ['detections/a.json'],
    ],
    ['tests', changed('detections/a_tests.yml'), ['detections/a.json']],
    ['other files', changed('detections/a_tests.txt', 'README.md'), []],
    ['nothing', changed(), []],
    ['all', ALL, ['detections/a.json', 'detections/b.json', 'detections/c.json']],
  ])('follows from %s', async (_what, changes, looked) => {
    expect(paths(await read(changes))).toEqual(looked);
  });

  it('sees that a half was deleted', async () => {
    await rm(path.join(root, 'detections/a_sigma.yml'));
    await files({ 'detections/a.json': metadata({ uuid: UUID }) });
    const result = await read(changed({ status: 'deleted', path: 'detections/a_sigma.yml' }));
    expect(told(result)).toEqual(['detections/a.json 1:1 error pattern-missing']);
  });

  it('is read in one go and nothing else is', async () => {
    const source = workTreeSource(root);
    const reads: string[][] = [];
    const counting: FileSource = {
      ...source,
      read: (wanted) => {
        reads.push(wanted.map((file) => file.path));
        return source.read(wanted);
      },
    };
    await readDetections({
      target: null,
      targets: null,
      source: counting,
      roots: ['detections'],
      changes: changed('README.md'),
    });
    expect(reads).toEqual([]);
    await readDetections({
      target: null,
      targets: null,
      source: counting,
      roots: ['detections'],
      changes: changed('detections/a.json', 'detections/c_sigma.yml'),
    });
    // b.json only for the UUID and name that it claims.
    expect(reads.map((paths) => [...paths].sort())).toEqual([
      [
        'detections/a.json',
        'detections/a_sigma.yml',
        'detections/b.json',
        'detections/c.json',
        'detections/c_sigma.yml',
      ],
    ]);
  });

  it('is told when a root has no detection', async () => {
    const { notes, detections } = await read(ALL, ['detections', 'detektions/', '# none', '']);
    expect(notes).toEqual(['There is no detection below `detektions/` (input `detections`): is the name right?']);
    expect(detections).toHaveLength(3);
  });

  it('leaves files with capitals in their endings aside, with a warning', async () => {
    await files({ 'detections/d.JSON': metadata(), 'detections/e_Sigma.yml': PATTERN });
    expect(told(await read())).toEqual([
      'detections/d.JSON 1:1 warning file-name-case',
      'detections/e_Sigma.yml 1:1 warning file-name-case',
    ]);
    expect(told(await read(changed('detections/d.JSON')))).toEqual(['detections/d.JSON 1:1 warning file-name-case']);
  });
});

describe('a metadata file', () => {
  const uuids = [ALERT_TYPE];
  it.each<[what: string, fields: Record<string, unknown>, found: string[]]>([
    [
      'every field',
      {
        type: 'sigma',
        description: 'x\ny\tz',
        enabled: false,
        tags: ['a'],
        related_object_refs: ['attack-pattern--x'],
        datasources: uuids,
        event_fields: [{ field: 'a', description: '' }],
        parameters: [{ value: null }],
        all_entities: false,
        entities: uuids,
        all_assets: true,
        assets: [],
        goal: '',
        false_positives: 'x',
        similarity_strategy: ['a', ['b', 'c']],
      },
      [],
    ],
    [
      'every field cleared',
      {
        uuid: null,
        description: null,
        tags: null,
        related_object_refs: null,
        datasources: null,
        event_fields: null,
        parameters: null,
        entities: null,
        assets: null,
        goal: null,
        false_positives: null,
        similarity_strategy: null,
      },
      [],
    ],
    ['an empty uuid', { uuid: '' }, []],
    ['a wrong uuid', { uuid: 'x' }, ['6:11 error uuid-invalid']],
    ['severity as text', { severity: '40' }, ['3:15 error metadata-type']],
    ['severity with a fraction', { severity: 1.5 }, ['3:15 error metadata-type']],
    ['severity too high', { severity: 101 }, ['3:15 error metadata-value']],
    ['effort too high', { effort: 5 }, ['4:13 error metadata-value']],
    ['another type', { type: 'cti' }, ['6:11 error type-not-sigma']],
    ['a type of no kind', { type: 3 }, ['6:11 error type-not-sigma']],
    ['false positives as a list', { false_positives: ['a', 'b'] }, ['6:22 error metadata-type']],
    ['tags as text', { tags: 'a' }, ['6:11 error metadata-type']],
    ['a number among the tags', { tags: ['a', 1] }, ['8:5 error metadata-type']],
    ['a data source by name', { datasources: ['Windows'] }, ['7:5 error uuid-invalid']],
    ['an event field without a description', { event_fields: [{ field: 'a' }] }, ['7:5 error metadata-missing-key']],
    [
      'an event field with a typing error',
      { event_fields: [{ field: 'a', description: '', x: 1 }] },
      ['10:7 error metadata-unknown-key'],
    ],
    ['a map as similarity', { similarity_strategy: [{ a: 1 }] }, ['7:5 error metadata-type']],
    ['a name of four', { name: 'abcd' }, ['2:11 error name-length']],
    ['a name of 101', { name: 'n'.repeat(101) }, ['2:11 error name-length']],
    ['a name of 100 emoji', { name: '🦉'.repeat(100) }, []],
    ['a name with a line break', { name: 'a good\nname' }, ['2:11 error control-character']],
    ['a name that reads from the right', { name: 'a good\u202ename' }, ['2:11 error control-character']],
    ['a short name with a line break', { name: 'a\nb' }, ['2:11 error name-length']],
    ['a description of 1001', { description: 'd'.repeat(1_001) }, ['6:18 error description-length']],
    ['a description of 1000', { description: '🦉'.repeat(1_000) }, []],
    ['a description with a bell', { description: 'a\u0007' }, ['6:18 error control-character']],
    ['a payload', { payload: 'x' }, ['6:3 error payload-in-metadata']],
    ['a community', { community_uuid: ALERT_TYPE }, []],
    ['a community by name', { community_uuid: 'acme' }, ['6:21 error uuid-invalid']],
    ['no community', { community_uuid: null }, ['6:21 error metadata-type']],
    ['a flag as text', { available_for_subcommunities: 'true' }, ['6:35 error metadata-type']],
    ['references', { references: '' }, ['6:3 error metadata-unknown-key']],
    ['a typing error', { severty: 1 }, ['6:3 error metadata-unknown-key']],
    [
      'names that objects have',
      { constructor: 1, toString: 1 },
      ['6:3 error metadata-unknown-key', '7:3 error metadata-unknown-key'],
    ],
    [
      'null where a value has to be',
      { name: null, enabled: null },
      ['2:11 error metadata-type', '6:14 error metadata-type'],
    ],
    ['everything and something', { all_entities: true, entities: uuids }, ['6:19 error scope-contradiction']],
    ['nothing at all', { all_assets: false }, ['6:17 warning scope-empty']],
    ['an alert type with blanks', { alert_type_uuid: ` ${ALERT_TYPE}` }, ['5:22 error uuid-invalid']],
  ])('is checked field by field: %s', async (_what, fields, found) => {
    expect(await check('a.json', metadata(fields))).toEqual(found);
  });

  it.each<[what: string, name: string, content: string | Buffer, found: string[]]>([
    [
      'missing fields',
      'a.json',
      '{\n  "type": "sigma"\n}',
      ['1:1', '1:1', '1:1', '1:1'].map((at) => `${at} error metadata-missing-key`),
    ],
    [
      'missing fields in YAML',
      'a.yml',
      `# x\nname: A good name\nseverity: 1\neffort: 1\n`,
      ['2:1 error metadata-missing-key'],
    ],
    ['a comma too many', 'a.json', '{\n  "name": "x",\n}', ['3:1 error json-syntax']],
    ['a comment', 'a.json', '{\n  // x\n  "name": "x"\n}', ['2:3 error json-syntax']],
    ['leading zeros', 'a.json', '{"a": 012}', ['1:8 error json-syntax']],
    ['single quotes', 'a.json', "{'a': 1}", ['1:2 error json-syntax']],
    ['a key twice', 'a.json', '{\n "a": 1,\n "a": 2\n}', ['3:2 error yaml-duplicate-key']],
    ['a list', 'a.json', '[]', ['1:1 error metadata-not-a-map']],
    ['nothing', 'a.json', '', ['1:1 error metadata-empty']],
    ['only a comment', 'a.yml', '# x\n', ['1:1 error metadata-empty']],
    ['two documents', 'a.yml', 'a: 1\n---\nb: 1\n', ['3:1 error metadata-several-documents']],
    ['UTF-16', 'a.json', Buffer.from('\ufeff{}', 'utf16le'), ['1:1 error encoding']],
    ['a TAB', 'a.yml', 'a:\n\tb: 1\n', ['2:1 error yaml-tab']],
    ['deep brackets', 'a.json', '['.repeat(100_000), ['1:66 error yaml-too-big']],
    [
      'a pointer of Git LFS',
      'a.json',
      'version https://git-lfs.github.com/spec/v1\noid sha256:x\nsize 1\n',
      ['1:1 error git-lfs-pointer'],
    ],
    ['more than 1 MiB', 'a.json', `{"a": "${'x'.repeat(1_048_576)}"}`, ['1:1 error yaml-too-big']],
    [
      'a typing error by a merge key',
      'a.yml',
      'name: A good name\nseverity: 1\neffort: 1\nalert_type_uuid: x\ngoal: a\n<<: {severty: 1}\n',
      ['1:1 error metadata-unknown-key', '4:18 error uuid-invalid'],
    ],
  ])('that cannot be taken is told where: %s', async (_what, name, content, found) => {
    expect(await check(name, content)).toEqual(found);
  });

  it('gets hints that fit the mistake', async () => {
    await files({
      'detections/a.json': metadata({ severity: '40', severty: 1, false_positives: ['x'], name: 'abc' }),
      'detections/a_sigma.yml': PATTERN,
    });
    const helps = (await read()).findings.map(({ message, help }) => `${message} ${help}`).join('\n');
    expect(helps).toContain('without quotes: 40');
    expect(helps).toContain('Did you mean `severity`?');
    expect(helps).toContain('Join the list into one text');
    expect(helps).toContain('3 characters');
  });

  it('that is broken keeps its name and UUID, and holds no other back', async () => {
    await files({
      'detections/a.json': metadata({ uuid: UUID, severity: 1_000 }),
      'detections/a_sigma.yml': 'a: [',
      'detections/b.json': metadata({ uuid: OTHER }),
      'detections/b_sigma.yml': PATTERN,
    });
    const result = await read();
    expect(result.detections).toMatchObject([
      {
        kind: 'faulty',
        path: 'detections/a.json',
        name: 'A good name',
        uuid: UUID,
        errors: [{ code: 'metadata-value' }, { code: 'yaml-syntax' }],
      },
      { kind: 'sound', detection: { path: 'detections/b.json' } },
    ]);
  });
});

describe('a pattern', () => {
  it.each<[what: string, content: string, found: string[]]>([
    ['empty', '', ['1:1 error pattern-empty']],
    ['only markers and comments', '---\n# x\n---\n', ['1:1 error pattern-empty']],
    ['several documents', `${PATTERN}---\n${PATTERN}---\n`, ['6:1 warning document-several-roots']],
    ['a TAB', 'a:\n\tb: 1\n', ['2:1 error yaml-tab']],
    [
      'a pointer of Git LFS',
      'version https://git-lfs.github.com/spec/v1\noid sha256:x\n',
      ['1:1 error git-lfs-pointer'],
    ],
  ])('is read by the dialect: %s', async (_what, content, found) => {
    await files({ 'detections/a.json': metadata(), 'detections/a_sigma.yml': content });
    expect(told(await read())).toEqual(found.map((line) => `detections/a_sigma.yml ${line}`));
  });
});

const canLink = process.platform === 'win32' ? describe.skip : describe;
canLink('a symbolic link', () => {
  beforeEach(() => files({ 'detections/a.json': metadata(), 'shared/p.yml': PATTERN }));
  const link = (target: string, from: string): Promise<void> => symlink(target, path.join(root, from));

  it('is followed to a file of the repository, in a few hops', async () => {
    await link('../shared/q.yml', 'detections/a_sigma.yml');
    await link('./p.yml', 'shared/q.yml');
    const result = await read();
    expect(result.detections).toMatchObject([
      { kind: 'sound', detection: { patternPath: 'detections/a_sigma.yml', pattern: PATTERN } },
    ]);
    expect(paths(await read(changed('shared/p.yml')))).toEqual(['detections/a.json']);
    expect(paths(await read(changed('shared/q.yml')))).toEqual(['detections/a.json']);
    expect(paths(await read(changed('shared/r.yml')))).toEqual([]);
  });

  it('puts the findings of its target on the target', async () => {
    await link('../shared/p.yml', 'detections/a_sigma.yml');
    await files({ 'shared/p.yml': 'a: @x\n' });
    expect(told(await read())).toEqual(['shared/p.yml 1:4 error yaml-plain-value']);
  });

  it.each([
    ['an absolute one', '/etc/hostname', 'link-outside'],
    ['out of the repository', '../../x.yml', 'link-outside'],
    ['to where git keeps its own', '../.git/config', 'link-outside'],
    ['to nothing', '../shared/none.yml', 'link-broken'],
    ['to a folder', '../shared', 'link-broken'],
    ['to itself', 'a_sigma.yml', 'link-broken'],
  ])('is refused: %s', async (_what, target, code) => {
    await link(target, 'detections/a_sigma.yml');
    const result = await read();
    expect(told(result)).toEqual([`detections/a_sigma.yml 1:1 error ${code}`]);
    expect(paths(result)).toEqual(['! detections/a.json']);
  });

  it('is refused when a folder on its way is a link out of the repository', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'outside-'));
    try {
      await writeFile(path.join(outside, 'secret.yml'), PATTERN);
      await link(outside, 'detections/folder');
      await link('folder/secret.yml', 'detections/a_sigma.yml');
      expect(told(await read())).toEqual(['detections/a_sigma.yml 1:1 error link-broken']);
      expect(await workTreeSource(root).list(['detections/folder'])).toEqual([
        { path: 'detections/folder', kind: 'link', size: expect.any(Number) },
      ]);
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('cannot be a metadata file', async () => {
    await link('../shared/p.yml', 'detections/b.json');
    await files({ 'detections/b_sigma.yml': PATTERN, 'detections/a_sigma.yml': PATTERN });
    expect(told(await read())).toEqual(['detections/b.json 1:1 error link-metadata']);
  });
});

const shared = path.resolve(import.meta.dirname, '../../../shared');
if (!existsSync(shared)) console.warn(`skipped: the detections of ${shared}, which is not there`);
(existsSync(shared) ? describe : describe.skip)('the shared detections', () => {
  it('are all sound', async () => {
    const result = await readDetections({
      target: null,
      targets: null,
      source: workTreeSource(path.join(shared, 'corpora')),
      roots: ['detections'],
      changes: ALL,
    });
    expect(told(result).filter((line) => line.includes(' error '))).toEqual([]);
    expect(result.detections.filter(({ kind }) => kind === 'sound')).toHaveLength(93);
  });

  it('of the article are sound as they are', async () => {
    const result = await readDetections({
      target: null,
      targets: null,
      source: workTreeSource(path.join(shared, 'seed-example')),
      roots: ['detections'],
      changes: ALL,
    });
    expect(paths(result)).toEqual(['detections/bruteforce_windows.json']);
    expect(result.findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning group-by-may-be-missing',
      'warning group-by-may-be-missing',
    ]);
  });

  // The names of some cases are shorter than the five characters that the platform wants.
  it.each<[name: string, found: string[]]>([
    ['01-tabs-from-the-official-docs', ['night_admin_sigma.yml 5:1 error yaml-tab']],
    [
      '09-plain-scalar-starting-with-star-or-at',
      [
        'a.json 2:11 error name-length',
        'a_sigma.yml 3:27 error yaml-plain-value',
        'b.json 2:11 error name-length',
        'b_sigma.yml 3:26 error yaml-plain-value',
      ],
    ],
    ['24-more-than-one-document', ['bf_sigma.yml 12:11 warning group-by-may-be-missing']],
    ['32-byte-order-mark', ['bom.json 2:11 error name-length']],
    ['34-write-back-loop', []],
    [
      '08-windows-path-in-double-quotes',
      ['a_sigma.yml 3:28 error yaml-escape', 'b_sigma.yml 3:34 warning yaml-control-character'],
    ],
    [
      '38-too-long-for-the-server',
      [
        'd1001.json 2:11 error name-length',
        'd1001.json 4:18 error description-length',
        'n101.json 2:11 error name-length',
      ],
    ],
  ])('of case %s give the right findings', async (name, found) => {
    const result = await readDetections({
      target: null,
      targets: null,
      source: workTreeSource(path.join(shared, 'cases')),
      roots: [name],
      changes: ALL,
    });
    expect(told(result).map((line) => line.replace(`${name}/`, ''))).toEqual(found);
  });
});
