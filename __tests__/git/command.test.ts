import { execFile, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gitEnvironment } from '../../src/git/environment.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, headOf, newRepository, temporaryFolder } from '../support/temp-repository.js';
import { startFaultyServer } from './faulty-server.js';

let root: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
});
afterAll(() => remove());

function open(workspace: string, signal?: AbortSignal): Promise<Repository> {
  const given = { serverUrl: 'https://github.example', repository: 'acme/rules', token: '', env: CLEAN_ENV };
  return openRepository({ workspace, ...given, log: silentLog, ...(signal === undefined ? {} : { signal }) });
}

/** A commit whose tree has the entries, as `git mktree -z` takes them. */
async function commitTree(directory: string, entries: Buffer): Promise<CommitSha> {
  const child = spawn('git', ['mktree', '-z'], { cwd: directory, env: CLEAN_ENV });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.end(entries);
  await new Promise((resolve) => child.on('close', resolve));
  const tree = Buffer.concat(chunks).toString().trim();
  const { stdout } = await promisify(execFile)('git', ['commit-tree', tree, '-m', 'm'], {
    cwd: directory,
    env: CLEAN_ENV,
  });
  return asCommitSha(stdout)!;
}

describe('large output', () => {
  it('of 30 MB takes hardly longer than git itself', async () => {
    const directory = await newRepository(path.join(root, 'large'));
    await commit(directory, { a: 'a' });
    const blob = await git(directory, 'rev-parse', 'HEAD:a');
    const names = Array.from({ length: 200_000 }, (_, i) => `${'n'.repeat(150)}-${i}`);
    const entries = names.map((name) => `100644 blob ${blob}\t${name}\0`).join('');
    const head = await commitTree(directory, Buffer.from(entries));
    const repository = await open(directory);
    const timed = async (doing: () => Promise<unknown>): Promise<number> => {
      const start = performance.now();
      await doing();
      return performance.now() - start;
    };
    const base = await commitTree(directory, Buffer.alloc(0));
    // A busy machine slows both.
    const alone = await timed(() => git(directory, 'diff-tree', '-r', '-z', '--name-status', base, head));
    const ours = await timed(async () => {
      expect(await repository.changedFiles(base, head)).toHaveLength(names.length);
    });
    expect(ours).toBeLessThan(5 * alone + 1_000);
  });
});

describe('a NUL', () => {
  it('in a name is refused at once', async () => {
    const directory = await newRepository(path.join(root, 'nul'));
    const head = await commit(directory, { a: 'a' });
    const repository = await open(directory);
    const refused = { code: 'command-failed', message: expect.stringContaining('NUL') as unknown };
    await expect(repository.listFiles(head, ['a\0b'])).rejects.toMatchObject(refused);
    await expect(repository.findFiles(head, ['a\0b'])).rejects.toMatchObject(refused);
    await expect(repository.push(head, 'a\0b')).rejects.toMatchObject(refused);
    await expect(repository.fetchTip('a\0b')).rejects.toMatchObject(refused);
    const author = { name: 'n', mail: 'm@example.com' };
    const request = { parent: head, message: 'm', author };
    const files = [{ path: 'a\0b', mode: '100644', content: Buffer.from('x') }] as const;
    await expect(repository.commitFiles({ ...request, files })).rejects.toMatchObject(refused);
    const nameless = { ...request, files: [], author: { name: 'n\0', mail: 'm@example.com' } };
    await expect(repository.commitFiles(nameless)).rejects.toMatchObject(refused);
  }, 20_000);
});

describe('names that are not UTF-8', () => {
  it('are listed each by itself, and never written to as another file', async () => {
    const directory = await newRepository(path.join(root, 'bytes'));
    await commit(directory, { a: 'a' });
    const blob = await git(directory, 'rev-parse', 'HEAD:a');
    const entry = (name: Buffer): Buffer =>
      Buffer.concat([Buffer.from(`100644 blob ${blob}\t`), name, Buffer.from([0])]);
    const real = Buffer.from('real-\ufffd.json');
    const names = [Buffer.from('x\xfe.json', 'latin1'), Buffer.from('x\xff.json', 'latin1'), real];
    const head = await commitTree(directory, Buffer.concat(names.map(entry)));
    const repository = await open(directory);
    const files = await repository.listFiles(head, ['']);
    expect(files.map((file) => file.path).sort()).toEqual(['real-\ufffd.json', 'x\ufffd.json', 'x\ufffd.json']);
    expect(files.every((file) => file.object === blob)).toBe(true);

    const change = (name: string): Promise<CommitSha> =>
      repository.commitFiles({
        parent: head,
        files: [{ path: name, mode: '100644', content: Buffer.from('new') }],
        message: 'm',
        author: { name: 'n', mail: 'm@example.com' },
      });
    await expect(change('x\ufffd.json')).rejects.toThrow('not UTF-8');
    const made = await change('real-\ufffd.json');
    expect(await repository.listFiles(made, [''])).toHaveLength(3);
  });
});

describe('the environment', () => {
  it('loses what misleads git in any case of letters, and asks nobody', () => {
    const env = gitEnvironment({
      git_dir: '/x',
      GIT_PROTOCOL: 'version=0',
      GIT_REDIRECT_STDOUT: 'off',
      GIT_DIFF_OPTS: '-u0',
      Git_Trace: '1',
      GIT_SSH_COMMAND: 'ssh -i key',
      GIT_TERMINAL_PROMPT: '1',
      HOME: '/home/x',
    });
    expect(env).toMatchObject({ GIT_SSH_COMMAND: 'ssh -i key', HOME: '/home/x', GIT_TERMINAL_PROMPT: '0' });
    expect(Object.keys(env)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/dir|trace|redirect|diff_opts|protocol/i)]),
    );
    expect(env).toMatchObject({ GCM_INTERACTIVE: 'never', SSH_ASKPASS_REQUIRE: 'never', GIT_LITERAL_PATHSPECS: '1' });
  });
});

describe('a cancelled run', () => {
  it('begins no command', async () => {
    const directory = await newRepository(path.join(root, 'before'));
    const head = await commit(directory, { a: 'a' });
    await expect(open(directory, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    const cancel = new AbortController();
    const repository = await open(directory, cancel.signal);
    cancel.abort();
    for (const call of [
      () => repository.hasCommit(head),
      () => repository.listFiles(head, ['']),
      () => repository.fetchCommit(head),
      () => repository.push(head, 'main'),
      () => repository.readRefs(['refs/heads/main']),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'cancelled' });
    }
  });

  it('ends the command that waits for the server, with the processes that it started', async () => {
    const directory = await newRepository(path.join(root, 'during'));
    await commit(directory, { a: 'a' });
    const head = await headOf(directory);
    const server = await startFaultyServer(directory);
    await git(directory, 'remote', 'add', 'origin', `${server.url}/acme/rules`);
    const cancel = new AbortController();
    const repository = await open(directory, cancel.signal);
    server.fault = () => 'hang';
    const ended = [repository.readRefs(['refs/heads/main']), repository.push(head, 'x')].map((call) =>
      call.catch((error: unknown) => error),
    );
    while (server.requests.length < 2) await sleep(20);
    const stopped = performance.now();
    cancel.abort(new Error('enough'));
    for (const error of await Promise.all(ended)) expect(error).toMatchObject({ code: 'cancelled' });
    expect(performance.now() - stopped).toBeLessThan(1_500);
    await sleep(300);
    expect(await commandsNaming(server.url)).toEqual([]);
    await server.close();
  }, 30_000);
});

/** The command lines of running processes that hold the text; none where the system does not tell. */
async function commandsNaming(text: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const found: string[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const line = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(text)) found.push(line);
  }
  return found;
}
