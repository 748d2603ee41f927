import { Buffer } from 'node:buffer';
import { describe, expect, it } from '@jest/globals';
import type { Changes } from '../../src/changes/types.js';
import { metadataFiles } from '../../src/detections/metadata-files.js';
import { openReadCache } from '../../src/detections/read-cache.js';
import { readDetections } from '../../src/detections/read-detections.js';
import { rememberSource } from '../../src/detections/remember-source.js';
import type { FileSource, ReadDetections, TargetKey } from '../../src/detections/types.js';
import { metadata, pair, pattern } from '../support/detections.js';

const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
const OTHER = '11111111-1111-4111-8111-111111111111';
const ALL: Changes = { scope: 'all', reason: 'test', since: null };
const ACME = { name: 'acme', takesUuid: false };
const GLOBEX = { name: 'globex', takesUuid: false };
const TAKER = { name: 'acme', takesUuid: true };

/** Files as a source hands them out; each reading in its own buffers. */
function sourceOf(files: Readonly<Record<string, string>>): FileSource {
  const all = Object.entries(files).map(([path, text]) => ({
    path,
    kind: 'file' as const,
    size: Buffer.byteLength(text),
  }));
  return {
    list: () => Promise.resolve(all),
    find: (paths) => Promise.resolve(all.filter(({ path }) => paths.includes(path))),
    read: (wanted) => Promise.resolve(new Map(wanted.map(({ path }) => [path, Buffer.from(files[path] ?? '')]))),
  };
}

interface Asking {
  readonly target?: TargetKey | null;
  readonly targets?: readonly TargetKey[] | null;
  readonly changes?: Changes;
}

function view(
  files: Readonly<Record<string, string>>,
  { target = ACME, targets = [ACME, GLOBEX], changes = ALL }: Asking = {},
): Promise<ReadDetections> {
  return readDetections({ source: sourceOf(files), roots: ['detections'], changes, target, targets });
}

function one(fields: Readonly<Record<string, unknown>>, asking: Asking = {}): Promise<ReadDetections> {
  return view(pair('detections/a', 'A good name', fields), asking);
}

function told({ findings }: ReadDetections): readonly string[] {
  return findings.map(({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`);
}

function uuids({ detections }: ReadDetections): readonly unknown[] {
  return detections.map((read) => (read.kind === 'sound' ? read.detection.uuid : 'faulty'));
}

describe('the view of a target', () => {
  it('has the UUID of that target, and none of another one', async () => {
    const fields = { uuids: { acme: UUID.toUpperCase(), globex: OTHER } };
    expect(uuids(await one(fields))).toEqual([UUID]);
    expect(uuids(await one(fields, { target: GLOBEX }))).toEqual([OTHER]);
    expect(uuids(await one({ uuids: { globex: OTHER } }))).toEqual([null]);
  });

  it('has the overlay in place of the fields, and sends no key of targets', async () => {
    const { detections, findings } = await one({
      tags: ['x'],
      only: ['acme'],
      uuids: { acme: UUID },
      targets: { acme: { severity: 70, enabled: false, tags: null }, globex: { severity: 5 } },
    });
    expect(findings).toEqual([]);
    expect(detections[0]).toMatchObject({ detection: { fields: { severity: 70, enabled: false, tags: null } } });
    const [read] = detections;
    const keys = read?.kind === 'sound' ? Object.keys(read.detection.fields) : [];
    expect(keys).toEqual(['name', 'severity', 'effort', 'alert_type_uuid', 'tags', 'enabled']);
  });

  it.each<[what: string, own: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, unknown>>]>([
    ['words', { severity: 'high', effort: 'master' }, { severity: 75, effort: 4 }],
    ['a technique', { attack: ['T1059'] }, { related_object_refs: [expect.stringMatching(/^attack-pattern--/)] }],
  ])('takes %s in an overlay for what is sent', async (_, own, fields) => {
    const { detections, findings } = await one({ targets: { acme: own } });
    expect(findings).toEqual([]);
    expect(detections[0]).toMatchObject({ kind: 'sound', detection: { fields } });
  });

  it('has the alert type of the overlay, in whichever way either is written', async () => {
    const [named] = (await one({ targets: { acme: { alert_type: 'intrusions/backdoor' } } })).detections;
    expect(named).toMatchObject({ kind: 'sound', detection: { alertType: 'intrusions/backdoor' } });
    expect(named).not.toMatchObject({ detection: { fields: { alert_type_uuid: expect.anything() } } });
    const { detections, findings } = await one({ targets: { acme: { alert_type: OTHER } } });
    expect([detections[0]?.kind, findings.map(({ code }) => code)]).toEqual(['faulty', ['metadata-value']]);
  });

  it('has an error for a technique of its overlay that nobody knows, and another target has none', async () => {
    const fields = { targets: { acme: { attack: ['T9999'] } } };
    expect((await one(fields)).findings).toMatchObject([{ code: 'attack-unknown', line: 9 }]);
    expect((await one(fields, { target: GLOBEX })).findings).toEqual([]);
  });

  it('can be a draft for one target', async () => {
    const fields = { targets: { acme: { draft: true } } };
    expect((await one(fields)).detections[0]).toMatchObject({ detection: { draft: true } });
    expect((await one(fields, { target: GLOBEX })).detections[0]).toMatchObject({ detection: { draft: false } });
  });

  it.each<[what: string, fields: Readonly<Record<string, unknown>>, acme: boolean, globex: boolean]>([
    ['only', { only: ['acme'] }, true, false],
    ['except', { except: ['acme'] }, false, true],
    ['an empty except', { except: [] }, true, true],
    ['null', { only: null, except: null }, true, true],
  ])('leaves out what is not meant for it: %s', async (_what, fields, acme, globex) => {
    expect((await one(fields)).detections).toHaveLength(acme ? 1 : 0);
    expect((await one(fields, { target: GLOBEX })).detections).toHaveLength(globex ? 1 : 0);
  });

  it('tells the rules of detections that leave it out, which are claimed by nobody', async () => {
    const read = await one({ except: ['acme'], uuids: { acme: UUID } });
    expect(read.leftOut).toEqual([{ path: 'detections/a.json', name: 'A good name', uuid: UUID }]);
    expect([read.detections, read.findings, [...read.claims]]).toEqual([[], [], []]);
  });
});

describe('the plain uuid', () => {
  it('is that of the one target that takes it, until it is moved', async () => {
    const targets = [TAKER, GLOBEX];
    const mine = await one({ uuid: UUID }, { target: TAKER, targets });
    expect(mine.detections[0]).toMatchObject({ detection: { uuid: UUID, movesUuid: true } });
    expect(mine.claims.get(UUID as never)).toEqual(['detections/a.json']);
    const its = await one({ uuid: UUID }, { target: GLOBEX, targets });
    expect(its.detections[0]).toMatchObject({ detection: { uuid: null } });
    expect([told(its), its.claims.size]).toEqual([[], 0]);
  });

  it('moves on when uuids has it already, and not from a file without it', async () => {
    const asking = { target: TAKER, targets: [TAKER] };
    const both = await one({ uuid: UUID, uuids: { acme: UUID } }, asking);
    expect([told(both), both.detections[0]]).toMatchObject([[], { detection: { uuid: UUID, movesUuid: true } }]);
    const moved = await one({ uuids: { acme: UUID } }, asking);
    expect(moved.detections[0]).not.toHaveProperty('detection.movesUuid');
  });

  it('is an error where no target takes it, or where it contradicts', async () => {
    expect(told(await one({ uuid: UUID }))).toEqual(['6:11 error uuid-without-target']);
    const fields = { uuid: UUID, uuids: { acme: OTHER } };
    const targets = [TAKER, GLOBEX];
    expect(told(await one(fields, { target: TAKER, targets }))).toEqual(['8:13 error uuid-contradiction']);
    expect(told(await one(fields, { target: GLOBEX, targets }))).toEqual([]);
  });
});

describe('a file of targets in a run without them', () => {
  it.each<[what: string, fields: Readonly<Record<string, unknown>>, expected: readonly string[]]>([
    ['uuids', { uuids: { acme: UUID } }, ['6:3 error targets-without-input']],
    ['uuids beside uuid', { uuid: OTHER, uuids: { acme: UUID } }, []],
    ['empty uuids', { uuids: {} }, []],
    ['an overlay', { uuid: OTHER, targets: { acme: {} } }, ['7:3 error targets-without-input']],
    ['only', { only: ['acme'] }, ['6:3 error targets-without-input']],
    ['except', { except: [] }, ['6:3 error targets-without-input']],
  ])('is held back by %s', async (_what, fields, expected) => {
    expect(told(await one(fields, { target: null, targets: null }))).toEqual(expected);
  });
});

describe('what is wrong in what a file says of targets', () => {
  it.each<[what: string, fields: Readonly<Record<string, unknown>>, expected: readonly string[]]>([
    ['a value of its overlay', { targets: { acme: { severity: 170 } } }, ['8:19 error metadata-value']],
    ['a value of another overlay', { targets: { globex: { severity: 170 } } }, []],
    ['a field that does not exist', { targets: { acme: { severty: 1 } } }, ['8:7 error metadata-unknown-key']],
    ['a name of its own', { targets: { acme: { name: 'Other name' } } }, ['8:7 error metadata-unknown-key']],
    ['an overlay that is none', { targets: { acme: 5 } }, ['7:13 error metadata-type']],
    ['an overlay of no target', { targets: { acm: {} } }, ['7:5 error target-unknown']],
    ['a name that none can have', { targets: { 'A b': {} } }, ['7:5 error target-unknown']],
    [
      'a contradiction',
      { entities: [UUID], targets: { acme: { all_entities: true } } },
      ['11:23 error scope-contradiction'],
    ],
    ['a UUID that is none', { uuids: { acme: 'todo' } }, ['7:13 error uuid-invalid']],
    ['a UUID of another target that is none', { uuids: { globex: 'todo' } }, []],
    ['a slip in uuids', { uuids: { acm: UUID } }, ['7:5 warning uuid-target-unknown']],
    ['a target that is no more', { uuids: { initech: UUID } }, []],
    ['a UUID for two targets', { uuids: { acme: UUID, globex: UUID } }, ['8:15 warning uuid-of-two-targets']],
    ['both lists', { only: ['acme'], except: ['globex'] }, ['9:3 error only-and-except']],
    ['an unknown name', { only: ['globexx'] }, ['7:5 error target-unknown']],
    ['a name that none can have in a list', { except: ['Acme'] }, ['7:5 error target-unknown']],
    ['an empty only', { only: [] }, ['6:11 error metadata-value']],
    ['no list', { only: 'acme' }, ['6:11 error metadata-type']],
  ])('is told where it stands: %s', async (_what, fields, expected) => {
    expect(told(await one(fields))).toEqual(expected);
  });

  it('says which target and which field, and what was meant', async () => {
    const { findings } = await one({ targets: { acme: { severity: 170 }, globx: {} } });
    expect(findings.map(({ message, help }) => [message, help])).toEqual([
      ['For the target `acme`: `severity` is 170, and has to be from 0 to 100.', 'Write a number from 0 to 100.'],
      ['There is no target `globx` in the input `targets`.', 'Did you mean `globex`?'],
    ]);
  });

  it('holds back everywhere when nobody can tell whom it is meant for, and its rules stay', async () => {
    const read = await one({ only: ['globexx'], uuids: { acme: UUID } });
    expect(read.detections).toMatchObject([{ kind: 'faulty', uuid: UUID }]);
    expect([read.leftOut, [...read.claims.keys()]]).toEqual([[], [UUID]]);
  });
});

describe('one UUID in two files', () => {
  it('counts for each target by itself', async () => {
    const files = {
      ...pair('detections/a', 'First rule', { uuids: { acme: UUID } }),
      ...pair('detections/b', 'Second rule', { uuids: { globex: UUID } }),
      'detections/c.yml': `name: Third rule\nseverity: 1\neffort: 1\nalert_type_uuid: ${OTHER}\nuuids:\n  acme: ${UUID}\n`,
      'detections/c_sigma.yml': pattern(),
    };
    const acme = await view(files);
    expect(acme.findings.map(({ path, line, code }) => `${path}:${line} ${code}`)).toEqual([
      'detections/a.json:7 uuid-twice',
      'detections/c.yml:6 uuid-twice',
    ]);
    expect(acme.findings[0]?.help).toContain('`uuids.acme`');
    expect((await view(files, { target: GLOBEX })).findings).toEqual([]);
  });

  it('is no matter where one of them leaves the target out', async () => {
    const files = {
      ...pair('detections/a', 'A good name', { uuids: { acme: UUID } }),
      ...pair('detections/b', 'A good name', { uuids: { acme: UUID }, except: ['acme'] }),
    };
    const read = await view(files);
    expect([told(read), uuids(read)]).toEqual([[], [UUID]]);
  });
});

const TESTS = `tests:
  - name: finds it
    events: [{ process.name: a.exe }]
    alerts: true
`;

describe('many targets', () => {
  it('read and lint each file once, and see the same as without a cache', async () => {
    const files = {
      ...pair('detections/a', 'First rule', { targets: { acme: { severity: 7 } } }),
      'detections/a_tests.yml': TESTS,
      'detections/b.json': metadata('Second rule', { only: ['globex'] }),
      'detections/b_sigma.yml': `${pattern()}  unknown_key: 1\n`,
    };
    const inner = openReadCache();
    const made: string[] = [];
    const cache: typeof inner = {
      remember: (key, inputs, work) =>
        inner.remember(key, inputs, () => {
          made.push(key);
          return work();
        }),
    };
    for (const target of [ACME, GLOBEX, ACME]) {
      const asked = { roots: ['detections'], changes: ALL, target, targets: [ACME, GLOBEX] };
      const cached = await readDetections({ ...asked, source: sourceOf(files), cache });
      expect(cached).toEqual(await readDetections({ ...asked, source: sourceOf(files) }));
    }
    expect(made.filter((key) => key.startsWith('lint '))).toHaveLength(2);
    expect(made.filter((key) => /^(?:tests|results) /.test(key))).toHaveLength(2);
    expect(new Set(made).size).toBe(made.length);
    const again = { ...files, 'detections/a_sigma.yml': pattern('b.exe') };
    await readDetections({
      source: sourceOf(again),
      roots: ['detections'],
      changes: ALL,
      target: ACME,
      targets: [ACME],
      cache,
    });
    expect(made.filter((key) => key === 'lint detections/a_sigma.yml')).toHaveLength(2);
  });
});

it('a source is read once for many targets', async () => {
  const files = pair('detections/a', 'First rule');
  const inner = sourceOf(files);
  const asked: string[] = [];
  const source = rememberSource({
    list: (folders) => {
      asked.push(`list ${folders.join()}`);
      return inner.list(folders);
    },
    find: (paths) => inner.find(paths),
    read: (wanted) => {
      asked.push(...wanted.map(({ path }) => path));
      return inner.read(wanted);
    },
  });
  const targets = [ACME, GLOBEX];
  for (const target of targets) {
    const read = await readDetections({ source, roots: ['detections'], changes: ALL, target, targets });
    expect(uuids(read)).toEqual([null]);
  }
  expect(asked).toEqual(['list detections', 'detections/a.json', 'detections/a_sigma.yml']);
});

describe('the UUIDs that a version of a file brought', () => {
  const brought = (before: object, after: object): unknown =>
    metadataFiles.broughtUuids({
      path: 'a.json',
      before: Buffer.from(JSON.stringify(before)),
      after: Buffer.from(JSON.stringify(after)),
    });

  it.each<[what: string, before: object, after: object, expected: unknown]>([
    ['of a plain run', {}, { uuid: UUID }, [{ uuid: UUID, replaces: null, target: null }]],
    [
      'of targets',
      { uuids: { acme: OTHER, zed: OTHER } },
      { uuids: { acme: UUID, globex: UUID, zed: OTHER } },
      [
        { uuid: UUID, replaces: OTHER, target: ACME },
        { uuid: UUID, replaces: null, target: GLOBEX },
      ],
    ],
    ['that was moved', { uuid: UUID }, { uuids: { acme: UUID } }, [{ uuid: UUID, replaces: null, target: TAKER }]],
    [
      'in the place of one that was gone',
      { uuid: OTHER },
      { uuids: { acme: UUID } },
      [{ uuid: UUID, replaces: OTHER, target: TAKER }],
    ],
    ['none', { uuid: UUID }, { uuid: UUID }, []],
  ])('%s', (_what, before, after, expected) => {
    expect(brought(before, after)).toEqual(expected);
  });
});
