import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Changes } from '../../src/changes/types.js';
import { readDetections } from '../../src/detections/read-detections.js';
import type { ReadDetections } from '../../src/detections/types.js';
import { workTreeSource } from '../../src/detections/work-tree-source.js';
import type { CommitSha } from '../../src/git/types.js';
import { metadata, pair } from '../support/detections.js';

const PASSING = 'tests:\n  - name: t\n    expect: alert\n    events: [{process.name: A.EXE}]\n';
const FAILING = PASSING.replace('A.EXE', 'b.exe');
const FROM_FILE = PASSING.replace('[{process.name: A.EXE}]', 'samples/e.json');
const EVENT = '{"process": {"name": "a.exe"}}';
const ALL: Changes = { scope: 'all', reason: 'test', since: null };

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'rule-tests-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function files(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  }
}

function read(
  changes: Changes = ALL,
  more: { roots?: string[]; requireTests?: boolean } = {},
): Promise<ReadDetections> {
  return readDetections({
    target: null,
    targets: null,
    source: workTreeSource(root),
    roots: ['detections'],
    changes,
    ...more,
  });
}

function changed(...paths: readonly string[]): Changes {
  const list = paths.map((each) => ({ status: 'modified', path: each }) as const);
  return { scope: 'changed', base: 'a'.repeat(40) as CommitSha, reason: 'test', files: list };
}

/** `sound a 1/0` for each detection, then its findings. */
function told({ detections, findings }: ReadDetections): string[] {
  return [
    ...detections.map((each) => {
      const name = path.basename(each.kind === 'sound' ? each.detection.path : each.path, '.json');
      return `${each.kind} ${name} ${each.tests === undefined ? '-' : `${each.tests.passed}/${each.tests.failed}`}`;
    }),
    ...findings.map(({ path: file, line, column, severity, code }) => `${file} ${line}:${column} ${severity} ${code}`),
  ];
}

const A = pair('detections/a', 'Rule with tests');
const B = pair('detections/b', 'Rule without tests');

describe('the tests of a detection', () => {
  it.each(['a_tests.yml', 'a_tests.yaml', 'a_tests.json'])('may stand in %s', async (name) => {
    const json = '{"tests": [{"name": "t", "expect": "alert", "events": [{"process.name": "a.exe"}]}]}';
    await files({ ...A, ...B, [`detections/${name}`]: name.endsWith('json') ? json : PASSING });
    expect(told(await read())).toEqual(['sound a 1/0', 'sound b -']);
  });

  it('hold it back when one fails, whatever the checks are, and no other', async () => {
    await files({ ...A, ...B, 'detections/a_tests.yml': FAILING, 'detections/b_tests.yml': PASSING });
    const source = workTreeSource(root);
    const checks = [{ code: '*', severity: 'off' }] as const;
    const result = await readDetections({
      target: null,
      targets: null,
      source,
      roots: ['detections'],
      changes: ALL,
      checks,
    });
    expect(told(result)).toEqual(['faulty a 0/1', 'sound b 1/0', 'detections/a_tests.yml 3:5 error test-failed']);
    expect(result.detections[0]).toMatchObject({ kind: 'faulty', errors: [{ code: 'test-failed' }] });
  });

  it('run beside errors of the pattern that do not keep it from being evaluated, and of the metadata', async () => {
    await files({ ...A, 'detections/a.json': metadata('x'), 'detections/a_tests.yml': PASSING });
    expect(told(await read())).toEqual(['faulty a 1/0', 'detections/a.json 2:11 error name-length']);
  });

  it('fail with a pattern that cannot be evaluated, and say nothing of one that cannot be read', async () => {
    await files({
      ...A,
      'detections/a_tests.yml': PASSING,
      'detections/a_sigma.yml': 'detection:\n  s: {process.name|cased: b}\n  condition: s\n',
    });
    expect(told(await read())).toEqual([
      'faulty a 0/1',
      'detections/a_sigma.yml 2:20 error modifier-unsupported',
      'detections/a_tests.yml 3:5 error test-not-testable',
    ]);
    await files({ 'detections/a_sigma.yml': 'detection: [' });
    expect(told(await read())).toEqual(['faulty a 0/1', 'detections/a_sigma.yml 1:13 error yaml-syntax']);
  });

  it('are in an unreadable file one that failed', async () => {
    await files({ ...A, 'detections/a_tests.yml': 'tests: [' });
    expect(told(await read())).toEqual(['faulty a 0/1', 'detections/a_tests.yml 1:9 error test-syntax']);
    await files({ 'detections/a_tests.yml': 'x'.repeat(1_048_577) });
    expect(told(await read())).toEqual(['faulty a 0/1', 'detections/a_tests.yml 1:1 error yaml-too-big']);
  });

  it('stand in one file only', async () => {
    await files({ ...A, 'detections/a_tests.yml': PASSING, 'detections/a_tests.json': '{}' });
    expect(told(await read())).toEqual(['faulty a 0/1', 'detections/a_tests.json 1:1 error test-syntax']);
  });

  it('are told when there is no detection, or the capitals are wrong', async () => {
    await files({ ...A, 'detections/c_tests.yml': PASSING, 'detections/a_Tests.yml': PASSING });
    expect(told(await read())).toEqual([
      'sound a -',
      'detections/a_Tests.yml 1:1 warning file-name-case',
      'detections/c_tests.yml 1:1 warning test-orphan',
    ]);
  });

  it('have to be there when they are required', async () => {
    await files({ ...A, ...B, 'detections/a_tests.yml': PASSING });
    expect(told(await read(ALL, { requireTests: true }))).toEqual([
      'sound a 1/0',
      'faulty b -',
      'detections/b.json 1:1 error test-missing',
    ]);
  });

  it('can be taken out alone', async () => {
    await files({ ...A, 'detections/a_tests.yml': FAILING });
    expect(told(await read(ALL, { roots: ['detections', '!**/*_tests.yml'] }))).toEqual(['sound a -']);
  });
});

describe('the scope', () => {
  it('takes in the detection of a changed tests file', async () => {
    await files({ ...A, ...B, 'detections/a_tests.yml': PASSING });
    expect(told(await read(changed('detections/a_tests.yml')))).toEqual(['sound a 1/0']);
    expect(told(await read(changed('detections/b_tests.yml')))).toEqual(['sound b -']);
    expect(told(await read(changed('README.md')))).toEqual([]);
  });

  it.each([
    ['samples/e.json', 'detections/samples/e.json'],
    ['../events/e.ndjson', 'events/e.ndjson'],
    ['"s\\x61mples/e.json"', 'detections/samples/e.json'],
  ])('takes in the detection whose tests name a changed file: %s', async (named, place) => {
    const tests = FROM_FILE.replace('samples/e.json', named);
    await files({ ...A, ...B, 'detections/a_tests.yml': tests, 'detections/b_tests.yml': FAILING, [place]: EVENT });
    expect(told(await read(changed(place)))).toEqual(['sound a 1/0']);
  });

  it('takes in the detection whose event file is gone', async () => {
    await files({ ...A, 'detections/a_tests.yml': FROM_FILE });
    expect(told(await read(changed('detections/samples/e.json')))).toEqual([
      'faulty a 0/1',
      'detections/a_tests.yml 4:13 error test-syntax',
    ]);
  });
});

describe('a file of events', () => {
  it('is no metadata file, whatever stands in it', async () => {
    const event = '{"process": {"name": "a.exe"}, "uuid": "0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11"}';
    await files({ ...A, 'detections/a_tests.yml': FROM_FILE, 'detections/samples/e.json': event });
    const result = await read();
    expect(told(result)).toEqual(['sound a 1/0']);
    expect(result.claims.size).toBe(0);
  });

  it.each(['/etc/passwd', '../../e.json', '../.git/config', 'C:/e.json'])(
    'is never read outside: %s',
    async (named) => {
      await files({ ...A, 'detections/a_tests.yml': FROM_FILE.replace('samples/e.json', named) });
      const result = await read();
      expect(told(result)).toEqual(['faulty a 0/1', 'detections/a_tests.yml 4:13 error test-syntax']);
      expect(result.findings[0]?.message).toContain('leads out of the repository');
    },
  );

  it('may be reached through links inside the repository, as the tests may', async () => {
    await files({ ...A, 'shared/e.json': EVENT, 'shared/tests.yml': FROM_FILE, 'detections/samples/x': '' });
    await symlink('../../shared/e.json', path.join(root, 'detections/samples/e.json'));
    await symlink('../shared/tests.yml', path.join(root, 'detections/a_tests.yml'));
    expect(told(await read())).toEqual(['sound a 1/0']);
    for (const each of ['shared/e.json', 'shared/tests.yml', 'detections/samples/e.json']) {
      expect(told(await read(changed(each)))).toEqual(['sound a 1/0']);
    }
  });

  it('is not followed where a link leads out, and neither are tests', async () => {
    await files({ ...A, ...B, 'detections/a_tests.yml': FROM_FILE, 'detections/samples/x': '' });
    await symlink('/etc/hostname', path.join(root, 'detections/samples/e.json'));
    await symlink('../../b_tests.yml', path.join(root, 'detections/b_tests.yml'));
    expect(told(await read())).toEqual([
      'faulty a 0/1',
      'faulty b 0/1',
      'detections/a_tests.yml 4:13 error test-syntax',
      'detections/b_tests.yml 1:1 error link-outside',
    ]);
  });
});
