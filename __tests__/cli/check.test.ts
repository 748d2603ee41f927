import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { metadata, pair, pattern } from '../support/detections.js';
import { git, temporaryFolder } from '../support/temp-repository.js';
import { deskScene } from './at-desk.js';
import type { DeskScene } from './at-desk.js';

const UUID = '5d0f0e0a-0000-4000-8000-000000000001';
const BROKEN = 'detection:\n  selection:\n    process.name: a.exe\n  condition: selektion\n';

let desk: DeskScene;

beforeEach(async () => {
  desk = await deskScene({ ...pair('detections/a', 'First detection'), ...pair('detections/b', 'Second detection') });
});

afterEach(() => desk.remove());

/** Paths that findings stand at. */
function places(out: string): readonly string[] {
  return Array.from(out.matchAll(/^(\S+?):\d+:\d+: /gmu), ([, place]) => place ?? '');
}

describe('check', () => {
  it('says in one line that nothing was found', async () => {
    const { exitCode, out, err } = await desk.run('check');
    expect(out).toMatch(/^2 detections checked: nothing found \(\d+\.\d s\)\.\n$/u);
    expect([exitCode, err]).toEqual([0, '']);
  });

  it('shows each finding where an editor can jump to it, with its line and a mark', async () => {
    await desk.save({ 'detections/a_sigma.yml': BROKEN });
    const { exitCode, out } = await desk.run('check');
    expect(exitCode).toBe(1);
    expect(out).toContain(
      [
        'detections/a_sigma.yml:4:14: error condition-unknown-name: There is no selection `selektion`. Did you mean `selection`?',
        '  4 |   condition: selektion',
        '    |              ^',
        '  help: The selections are `selection`.',
        '',
        '2 detections checked: 1 error',
      ].join('\n'),
    );
  });

  it('checks what every target of the settings file sees, and tells what all see once', async () => {
    const overlays = { uuids: { acme: UUID }, targets: { acme: { severity: 170 } }, except: ['globex'] };
    await desk.save({
      '.sekoia-detections.yml': 'targets:\n  acme: {}\n  globex: {detections: detections}\n',
      ...pair('detections/a', 'First detection', overlays),
      'detections/b_sigma.yml': BROKEN,
    });
    const { exitCode, out } = await desk.runIn({ env: { SEKOIA_API_KEY: 'a-key' } }, 'check');
    expect(exitCode).toBe(1);
    expect(places(out)).toEqual(['detections/a.json', 'detections/b_sigma.yml']);
    expect(out).toContain('2 detections checked: 2 errors');
  });

  it('counts columns past a byte order mark', async () => {
    await desk.save({ 'detections/a_sigma.yml': `\ufeff${BROKEN.replace('detection:', 'detection :')}` });
    expect((await desk.run('check')).out).toContain('  4 |   condition: selektion\n    |              ^\n');
  });

  it('writes paths from where it was called', async () => {
    await desk.save({ 'detections/a_sigma.yml': BROKEN });
    const { out } = await desk.runIn({ folder: 'detections' }, 'check');
    expect(places(out)).toEqual(['a_sigma.yml']);
  });

  it('runs the rule tests', async () => {
    await desk.save({
      'detections/a_tests.yml': 'tests:\n  - name: one\n    expect: alert\n    events:\n      - process.name: b.exe\n',
    });
    const { exitCode, out } = await desk.run('check');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/a_tests\.yml:3:5: error test-failed: [\s\S]*2 detections and 1 test checked: 1 error/u);
  });

  it('prints with --json the report for machines on standard output, and nothing else', async () => {
    await desk.save({ 'detections/a_sigma.yml': BROKEN });
    await git(desk.root, 'remote', 'add', 'origin', 'https://me:secret@git.example.com/acme/rules.git');
    const { exitCode, out, err } = await desk.run('check', '--json');
    const schema = JSON.parse(await readFile('schema/report.schema.json', 'utf8')) as object;
    const report = JSON.parse(out) as Readonly<Record<string, unknown>>;
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    expect([validate(report), validate.errors]).toEqual([true, null]);
    expect(report).toMatchObject({ mode: 'validate', exitCode: 1, repository: 'acme/rules', branch: 'main' });
    expect(report).toMatchObject({ findings: [{ path: 'detections/a_sigma.yml', line: 4, column: 14 }] });
    expect([exitCode, err]).toEqual([1, '']);
    expect(out).not.toContain('secret');
  });

  it('prints with --quiet the errors alone', async () => {
    await desk.save({ 'detections/a_sigma.yml': `# why\n${BROKEN}` });
    expect(places((await desk.run('check')).out)).toHaveLength(2);
    const { out } = await desk.run('check', '--quiet');
    expect(places(out)).toHaveLength(1);
    expect(out).not.toContain('checked');
    await desk.save({ 'detections/a_sigma.yml': pattern() });
    expect((await desk.run('check', '-q')).out).toBe('');
  });

  it('takes the inputs as options, and options win over the settings file', async () => {
    await desk.save({
      ...pair('rules/c', 'Third detection'),
      'rules/c_sigma.yml': `# why\n${pattern()}`,
      '.sekoia-detections.yml': 'detections: [rules]\nchecks:\n  yaml-comment: error\nrequire-tests: true\n',
    });
    const byFile = await desk.run('check');
    expect(byFile.exitCode).toBe(1);
    expect(byFile.out).toContain('error yaml-comment');
    expect(byFile.out).toContain('error test-missing');
    const byOption = await desk.run('check', '--checks', 'yaml-comment:off', '--no-require-tests');
    expect(byOption).toMatchObject({ exitCode: 0 });
    const other = await desk.run(
      'check',
      '--detections',
      'detections',
      '--detections',
      '!detections/b*',
      '--no-require-tests',
    );
    expect(other.out).toMatch(/^1 detection checked/u);
  });

  it('does not take the inputs of a workflow for its own', async () => {
    const { exitCode } = await desk.runIn({ env: { INPUT_DETECTIONS: 'nowhere', INPUT_SCOPE: 'nonsense' } }, 'check');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['a setting that is none', ['check', '--checks', 'nonsense'], 'The input checks'],
    ['an unknown option', ['check', '--nonsense'], "unknown option '--nonsense'"],
    ['a path that is not there', ['check', 'detections/zzz'], 'There is no file at `detections/zzz`.'],
    ['a path outside of the repository', ['check', '../x'], 'lies outside of the repository'],
    ['a path with a backslash', ['check', 'detections\\a.json'], 'error:'],
    ['--watch and --json', ['check', '--watch', '--json'], '--json is one report'],
    ['nothing at all', [], 'Usage:'],
  ])('ends with 2 for %s', async (_, args, words) => {
    const { exitCode, out, err } = await desk.run(...args);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });

  it('shows what is wrong in the settings file', async () => {
    await desk.save({ '.sekoia-detections.yml': 'region: fra1\napi-key: abc\n' });
    const { exitCode, err } = await desk.run('check');
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^\.sekoia-detections\.yml:2:1: error settings: /u);
  });

  it('ends with 2 outside of a repository', async () => {
    const folder = await temporaryFolder();
    try {
      const { exitCode, err } = await desk.runIn({ folder: path.relative(desk.root, folder.path) }, 'check');
      expect([exitCode, err]).toEqual([2, expect.stringContaining('does not lie in a git repository')]);
    } finally {
      await folder.remove();
    }
  });

  it('never lets a name or a line of a file move the cursor', async () => {
    await desk.save({ 'detections/\u001b[2Jx_sigma.yml': `detection:\n  "\u202e": 1\n  condition: \u009b31m\n` });
    const { out } = await desk.run('check');
    // eslint-disable-next-line no-control-regex -- these must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
    expect(out).toContain('\\u001b[2Jx_sigma.yml');
  });
});

describe('check of named paths', () => {
  beforeEach(() =>
    desk.save({
      'detections/a_sigma.yml': BROKEN,
      'detections/b_sigma.yml': BROKEN,
      ...pair('detections/sub/c', 'Third one'),
    }),
  );

  it.each([
    ['a metadata file', ['detections/a.json'], 1],
    ['a pattern', ['detections/a_sigma.yml'], 1],
    ['several', ['detections/a.json', 'detections/sub/c.json'], 2],
    ['a folder', ['detections/sub'], 1],
    ['a folder with a slash', ['./detections/sub/'], 1],
    ['the root', ['.'], 3],
    ['a glob', ['detections/**/c*'], 1],
  ])('looks at %s', async (_, paths, number) => {
    expect((await desk.run('check', ...paths)).out).toMatch(new RegExp(`^${number} detections? checked`, 'mu'));
  });

  it('understands paths from where it was called', async () => {
    expect((await desk.runIn({ folder: 'detections/sub' }, 'check', '../a.json')).out).toContain('1 detection checked');
  });

  it('finds the tests that read a file of events', async () => {
    await desk.save({
      'events/shared.json': '[{"process.name": "a.exe"}]',
      'detections/sub/c_tests.yml':
        'tests:\n  - name: one\n    expect: alert\n    events:\n      - from: ../../events/shared.json\n',
    });
    expect((await desk.run('check', 'events/shared.json')).out).toContain(
      '1 detection and 1 test checked: nothing found',
    );
  });

  it('has nothing to say of files that belong to no detection', async () => {
    await desk.save({ 'package.json': '{}' });
    expect(await desk.run('check', 'package.json')).toMatchObject({ exitCode: 0 });
  });
});

describe('check --changed', () => {
  let other: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeEach(async () => {
    other = await temporaryFolder();
    await git(other.path, 'init', '--quiet', '--bare', '--initial-branch=main');
    await desk.commit(pair('detections/c', 'Third detection'));
    await git(desk.root, 'remote', 'add', 'origin', other.path);
    await git(desk.root, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  });

  afterEach(() => other.remove());

  it('looks at nothing where nothing differs', async () => {
    const { exitCode, out } = await desk.run('check', '--changed');
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^No detection to check\. Looked at what differs from origin\/main \([0-9a-f]{10}\), committed or not\.\n$/u,
    );
  });

  it.each([
    ['committed', () => desk.commit({ 'detections/a_sigma.yml': BROKEN }), ['detections/a_sigma.yml']],
    ['saved', () => desk.save({ 'detections/a_sigma.yml': BROKEN }), ['detections/a_sigma.yml']],
    [
      'new',
      () => desk.save({ 'detections/d.json': metadata('Fourth'), 'detections/d_sigma.yml': BROKEN }),
      ['detections/d_sigma.yml'],
    ],
    ['deleted', () => rm(path.join(desk.root, 'detections/a_sigma.yml')), ['detections/a.json']],
    [
      'renamed',
      async () => {
        await git(desk.root, 'mv', 'detections/a_sigma.yml', 'detections/e_sigma.yml');
      },
      ['detections/a.json', 'detections/e_sigma.yml'],
    ],
    [
      'renamed without git',
      () => rename(path.join(desk.root, 'detections/a_sigma.yml'), path.join(desk.root, 'detections/e_sigma.yml')),
      ['detections/a.json', 'detections/e_sigma.yml'],
    ],
  ])('sees what is %s', async (_, change, found) => {
    await change();
    expect([...places((await desk.run('check', '--changed')).out)].sort()).toEqual(found);
  });

  it('leaves ignored files out', async () => {
    await desk.commit({ '.gitignore': 'detections/d*\n' });
    await desk.save({ 'detections/d.json': metadata('Fourth'), 'detections/d_sigma.yml': BROKEN });
    expect((await desk.run('check', '--changed')).out).toMatch(/^No detection/u);
  });

  it('compares with where this branch left the upstream one, not with what came there since', async () => {
    await git(desk.root, 'checkout', '--quiet', '-b', 'mine');
    await git(desk.root, 'checkout', '--quiet', 'main');
    await desk.commit({ 'detections/b_sigma.yml': BROKEN });
    await git(desk.root, 'push', '--quiet');
    await git(desk.root, 'checkout', '--quiet', 'mine');
    await git(desk.root, 'branch', '--quiet', '--set-upstream-to=origin/main');
    expect((await desk.run('check', '--changed')).out).toMatch(/^No detection/u);
  });

  it('looks at everything, and says so, where there is nothing to compare with', async () => {
    await git(desk.root, 'checkout', '--quiet', '-b', 'mine');
    const { out } = await desk.run('check', '--changed');
    expect(out).toContain('There is no upstream branch to compare with');
    expect(out).toContain('3 detections checked');
  });

  it('starts no program that the settings of the repository name', async () => {
    await git(desk.root, 'config', 'diff.external', 'touch started');
    await git(desk.root, 'config', 'core.fsmonitor', 'touch started');
    await desk.save({ 'detections/a_sigma.yml': BROKEN });
    await desk.run('check', '--changed');
    await expect(readFile(path.join(desk.root, 'started'))).rejects.toThrow('ENOENT');
  });
});
