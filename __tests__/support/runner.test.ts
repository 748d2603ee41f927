import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runAction } from './runner.js';
import type { ActionRun, RunOptions } from './runner.js';
import { parseCommand } from './runner/commands.js';
import { parseKeyValues } from './runner/command-files.js';
import { logReader } from './runner/log-reader.js';

const ACTION = `
name: A small action
inputs:
  api-key:
    description: A key
    required: true
  two words: { description: x, default: 5 }
  github-token: { description: x, default: '\${{ github.token }}' }
runs:
  using: node24
  main: main.mjs
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runner-test-'));
  await writeFile(join(folder, 'action.yml'), ACTION);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let scripts = 0;

async function run(script: string, options: Partial<RunOptions> = {}): Promise<ActionRun> {
  scripts += 1;
  const path = join(folder, `script-${scripts}.mjs`);
  await writeFile(path, `import { appendFileSync, readFileSync } from 'node:fs';\n${script}`);
  return runAction({
    workspace: folder,
    event: { name: 'push', payload: { before: 'a' }, ref: 'refs/heads/main', sha: 'b'.repeat(40) },
    site: {
      serverUrl: 'http://127.0.0.1:1',
      apiUrl: 'http://127.0.0.1:1/api',
      repository: 'acme/detections',
      token: 'ghs_secret',
    },
    actionFile: join(folder, 'action.yml'),
    script: path,
    ...options,
  });
}

/** What a script sees of its environment. */
async function environmentOf(options: Partial<RunOptions>): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await run('console.log(JSON.stringify(process.env));', options);
  return JSON.parse(stdout) as Record<string, string>;
}

describe('what a step is given', () => {
  it('has inputs with their defaults, the event and no settings of this process', async () => {
    process.env['HTTPS_PROXY'] = 'http://proxy.invalid';
    try {
      const env = await environmentOf({ inputs: { 'Two Words': 'six' }, env: { EXTRA: '1' } });
      expect(env).toMatchObject({
        'INPUT_API-KEY': '',
        INPUT_TWO_WORDS: 'six',
        'INPUT_GITHUB-TOKEN': 'ghs_secret',
        GITHUB_EVENT_NAME: 'push',
        GITHUB_REF: 'refs/heads/main',
        GITHUB_REF_NAME: 'main',
        GITHUB_REF_TYPE: 'branch',
        GITHUB_SHA: 'b'.repeat(40),
        GITHUB_REPOSITORY: 'acme/detections',
        GITHUB_WORKSPACE: folder,
        GITHUB_GRAPHQL_URL: 'http://127.0.0.1:1/api/graphql',
        GITHUB_ACTIONS: 'true',
        CI: 'true',
        EXTRA: '1',
      });
      for (const name of ['HTTPS_PROXY', 'NODE_OPTIONS', 'JEST_WORKER_ID']) expect(env).not.toHaveProperty(name);
      expect(env['HOME']).not.toBe(process.env['HOME']);
    } finally {
      delete process.env['HTTPS_PROXY'];
    }
  });

  it('reads the event and stands in the workspace', async () => {
    const { stdout } = await run('console.log(readFileSync(process.env.GITHUB_EVENT_PATH, "utf8"), process.cwd());');
    expect(stdout).toContain('{"before":"a"}');
    expect(stdout).toContain('runner-test-');
  });

  it('is warned about inputs that the action does not have', async () => {
    const { annotations } = await run('', { inputs: { 'api-kee': 'x' } });
    expect(annotations).toMatchObject([
      {
        level: 'warning',
        message: "Unexpected input(s) 'api-kee', valid inputs are ['api-key', 'two words', 'github-token']",
      },
    ]);
  });

  it('can have a module loaded first', async () => {
    const preload = join(folder, 'preload.mjs');
    await writeFile(preload, 'globalThis.preloaded = 7;');
    expect((await run('console.log(globalThis.preloaded);', { preload })).stdout).toBe('7\n');
  });
});

describe('what comes of a step', () => {
  it('has outputs, a summary, an exit code and both streams', async () => {
    const result = await run(`
      appendFileSync(process.env.GITHUB_OUTPUT, 'a=1\\nb<<END\\ntwo\\nlines=x\\nEND\\n');
      appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# Done');
      console.error('::warning::from stderr');
      process.exitCode = 3;`);
    expect(result).toMatchObject({
      exitCode: 3,
      signal: null,
      outputs: { a: '1', b: 'two\nlines=x' },
      summary: '# Done',
      summaryDropped: false,
      annotations: [{ level: 'warning', message: 'from stderr' }],
    });
  });

  it('loses a summary of more than a MiB', async () => {
    const script = "appendFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1));";
    expect(await run(script)).toMatchObject({ summary: '', summaryDropped: true });
  });

  it('masks the token, secrets and what the step asks to be masked', async () => {
    const { log, stdout } = await run(
      "console.log('::add-mask::hid%0Aden'); console.log('ghs_secret key-1 hid den'); console.log('::error::key-1');",
      { secrets: ['key-1'] },
    );
    expect(log).toBe('*** *** *** ***\n##[error]***');
    expect(stdout).toContain('ghs_secret');
  });
});

describe('how a step ends', () => {
  const WAITS = "setInterval(() => {}, 1000); console.log('ready');";

  it('by SIGINT when it is cancelled', async () => {
    let ready: () => void = () => undefined;
    const cancelAfter = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const result = await run(`process.on('SIGINT', () => { console.log('bye'); process.exit(1); }); ${WAITS}`, {
      cancelAfter,
      onStdout: () => {
        ready();
      },
    });
    expect(result).toMatchObject({ exitCode: 1, isCancelled: true, isTimedOut: false, stdout: 'ready\nbye\n' });
  });

  it('by force when it takes too long', async () => {
    expect(await run(WAITS, { timeoutMs: 300 })).toMatchObject({ isTimedOut: true, exitCode: null, signal: 'SIGKILL' });
  });

  it('with an error when it cannot be started', async () => {
    await expect(run('', { node: join(folder, 'no-such-node') })).rejects.toThrow(/ENOENT/u);
  });
});

describe('workflow commands', () => {
  it.each([
    ['::error file=a%2Cb.yml,line=3,title=x%3Ay::one%0Atwo%25', 'error', { file: 'a,b.yml', line: '3', title: 'x:y' }],
    ['  ::Notice::indented', 'notice', {}],
    ['text ##[warning file=a;line=2]old form', 'warning', { file: 'a', line: '2' }],
  ])('are seen in %j', (line, name, properties) => {
    expect(parseCommand(line)).toMatchObject({ name, properties });
  });

  it.each(['text ::error::x', ': :error::x', '::unknown::x', '##[unknown]x', '# #[error]x', '::error x'])(
    'are not seen in %j',
    (line) => {
      expect(parseCommand(line)).toBeUndefined();
    },
  );

  it('are read from pieces that end anywhere, at every kind of line end', () => {
    const reader = logReader([], 'quiet');
    for (const piece of ['plain\r', '\n::err', 'or::one\r::error::two', '\n::debug::quiet\n::group::A', '\nx']) {
      reader.write('stdout', piece);
    }
    const { log, annotations, groups, commands } = reader.end();
    expect(log).toBe('plain\n##[error]one\n##[error]two\n##[group]A\nx');
    expect(annotations.map(({ message }) => message)).toEqual(['one', 'two']);
    expect(groups).toEqual(['A']);
    expect(commands.map(({ name }) => name)).toEqual(['error', 'error', 'debug', 'group']);
  });

  it('show ten annotations of each level', () => {
    const reader = logReader([], 'quiet');
    reader.write('stdout', '::error::e\n'.repeat(11) + '::notice line=4,endLine=5,col=6::n\n');
    const { annotations } = reader.end();
    expect(annotations.filter(({ shown }) => shown)).toHaveLength(11);
    expect(annotations[10]).toMatchObject({ level: 'error', shown: false });
    expect(annotations[11]).toMatchObject({ line: 4, endLine: 5, column: 6, shown: true });
  });

  it('rest between stop-commands and its token', () => {
    const reader = logReader([], 'quiet');
    reader.write('stdout', '::stop-commands::tok\n::error::no\n::tok::\n::error::yes\n');
    expect(reader.end().annotations.map(({ message }) => message)).toEqual(['yes']);
  });
});

it.each(['no sign', 'a<<END\nnever ended'])('refuses the output file %j', (text) => {
  expect(() => parseKeyValues(text)).toThrow(/Invalid/u);
});
