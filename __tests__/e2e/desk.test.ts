import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { pair, pattern } from '../support/detections.js';
import { CLEAN_ENV } from '../support/temp-repository.js';
import { deskScene } from '../cli/at-desk.js';
import type { DeskScene } from '../cli/at-desk.js';

const root = path.resolve(import.meta.dirname, '../..');
const COMMAND = path.join(root, 'dist/cli.js');
const NODE = process.env['ACTION_NODE'] ?? process.execPath;

const BROKEN = 'detection:\n  selection:\n    process.name: a.exe\n  condition: selektion\n';
const READS_EVENTS = 'tests:\n  - name: shared\n    expect: alert\n    events:\n      - from: ../events/shared.json\n';

let desk: DeskScene;

beforeEach(async () => {
  desk = await deskScene({ ...pair('detections/a', 'First detection'), ...pair('detections/b', 'Second detection') });
});

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await desk.remove();
});

const started: ChildProcess[] = [];

interface Running {
  /** `all` is both, as it came. */
  readonly said: { out: string; err: string; all: string };
  readonly until: (pattern: RegExp) => Promise<void>;
  readonly end: Promise<number | null>;
  readonly interrupt: () => void;
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(NODE, [COMMAND, ...args], { cwd: desk.root, env: { ...CLEAN_ENV, ...env } });
  started.push(child);
  const said = { out: '', err: '', all: '' };
  const heard: (() => void)[] = [];
  const listen = (stream: 'out' | 'err') => (piece: Buffer) => {
    said[stream] += piece.toString();
    said.all += piece.toString();
    for (const hear of heard) hear();
  };
  child.stdout.on('data', listen('out'));
  child.stderr.on('data', listen('err'));
  child.stdin.end();
  const end = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return {
    said,
    end,
    interrupt: () => child.kill('SIGINT'),
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const hear = (): void => {
          if (wanted.test(said.all)) resolve();
        };
        heard.push(hear);
        void end.then(() => {
          reject(new Error(`ended without ${wanted.source}: ${said.all}`));
        });
        hear();
      }),
  };
}

describe('the bundled command', () => {
  it.each([
    ['0', ['check'], 0],
    ['2', ['nonsense'], 2],
  ])('ends with %s', async (_, args, code) => {
    expect(await start(args).end).toBe(code);
  });

  it('needs nothing but Node: it is started by its name, and says what it is', async () => {
    const { bin } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    expect(bin).toEqual({ 'sekoia-detections': 'dist/cli.js' });
    expect(await readFile(COMMAND, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/u);
  });

  it('prints the report alone on standard output, without colours', async () => {
    await desk.save({ 'detections/a_sigma.yml': BROKEN });
    const running = start(['check', '--json'], { FORCE_COLOR: '1' });
    expect(await running.end).toBe(1);
    expect(JSON.parse(running.said.out)).toMatchObject({ counts: { findings: 1 } });
  });

  it('is content with a reader that has seen enough', async () => {
    const child = spawn('/bin/sh', ['-c', `"${NODE}" "${COMMAND}" explain | head -n 1`], { env: CLEAN_ENV });
    let told = '';
    child.stderr.on('data', (piece: Buffer) => (told += piece.toString()));
    child.stdout.resume();
    await new Promise((resolve) => child.on('close', resolve));
    expect(told).toBe('');
  });
});

describe('check --watch', () => {
  it('checks again what a saved file touches, and ends with Ctrl-C', async () => {
    await desk.save({ 'detections/b_tests.yml': READS_EVENTS, 'events/shared.json': '[{"process.name": "a.exe"}]' });
    const running = start(['check', '--watch']);
    await running.until(/2 detections and 1 test checked: nothing found[\s\S]*Ctrl-C ends it/u);
    await desk.save({ 'detections/a_sigma.yml': BROKEN });
    await running.until(/detections\/a_sigma\.yml[\s\S]*\n1 detection checked: 1 error/u);
    await desk.save({ 'events/shared.json': '[{"process.name": "b.exe"}]' });
    await running.until(
      /events\/shared\.json[\s\S]*error test-failed[\s\S]*1 detection and 1 test checked: 1 error[\s\S]*1 error in other files/u,
    );
    await desk.save({ 'detections/a_sigma.yml': pattern(), 'events/shared.json': '[{"process.name": "a.exe"}]' });
    await running.until(
      /2 detections and 1 test checked: nothing found[\s\S]*2 detections and 1 test checked: nothing found/u,
    );
    running.interrupt();
    expect(await running.end).toBe(0);
  });

  it('goes on after settings that are wrong, and takes the corrected ones', async () => {
    const running = start(['check', '--watch']);
    await running.until(/Ctrl-C ends it/u);
    await writeFile(path.join(desk.root, '.sekoia-detections.yml'), 'scpe: all\n');
    await running.until(/\.sekoia-detections\.yml:1:1: error settings/u);
    await writeFile(path.join(desk.root, '.sekoia-detections.yml'), 'require-tests: true\n');
    await running.until(/error test-missing[\s\S]*2 detections checked: 2 errors/u);
    running.interrupt();
    expect(await running.end).toBe(0);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  it('names commands that there are', async () => {
    const hooks = parse(await readFile(path.join(root, '.pre-commit-hooks.yaml'), 'utf8')) as readonly Hook[];
    expect(hooks.map(({ id }) => id)).toEqual(['sekoia-detections']);
    for (const { entry, language, files, pass_filenames: passes } of hooks) {
      const [name, ...args] = entry.split(' ');
      expect([name, language, passes]).toEqual(['sekoia-detections', 'node', false]);
      expect(await start(args).end).toBe(0);
      for (const file of [
        'detections/a.json',
        'a_sigma.yml',
        'a_tests.yaml',
        'events/shared.ndjson',
        '.sekoia-detections.yml',
      ]) {
        expect(file).toMatch(new RegExp(files));
      }
      expect('README.md').not.toMatch(new RegExp(files));
    }
  });
});

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly pass_filenames: boolean;
}
