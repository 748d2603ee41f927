import { appendFile, chmod, cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import {
  CLEAN_ENV,
  commit,
  git,
  headOf,
  newRepository,
  startGitServer,
  temporaryFolder,
} from '../support/temp-repository.js';
import type { GitServer } from '../support/temp-repository.js';

const TOKEN = 'ghs_verysecret';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
const UNKNOWN = asCommitSha('0123456789'.repeat(4))!;

let root: string;
let remove: () => Promise<void>;
let bare: string;
let person: string;
let server: GitServer;
/** Lines of the debug log. */
let said: string[];

/** Copied for every test, which takes fewer commands than making it anew. */
let template: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  template = await temporaryFolder();
  const origin = await newRepository(path.join(template.path, 'server.git'), '--bare');
  const clone = await newRepository(path.join(template.path, 'person'));
  await git(clone, 'remote', 'add', 'origin', '../server.git');
  for (const n of ['1', '2', '3', '4']) await commit(clone, { 'detections/rule.json': n, [`file-${n}`]: n });
  await git(clone, 'push', '--quiet', origin, 'main');
});
afterAll(() => template.remove());

beforeEach(async () => {
  said = [];
  ({ path: root, remove } = await temporaryFolder());
  await cp(template.path, root, { recursive: true });
  [bare, person] = [path.join(root, 'server.git'), path.join(root, 'person')];
  server = await startGitServer(bare, TOKEN);
});
afterEach(async () => {
  await server.close();
  await remove();
});

async function publish(...options: readonly string[]): Promise<void> {
  await git(person, 'push', '--quiet', ...options, 'origin', 'main');
}

/** What actions/checkout leaves behind, with the credentials that it keeps in a file of the runner. */
async function checkOut(name: string, options: readonly string[] = ['--depth=1'], persisted?: string): Promise<string> {
  const directory = path.join(root, name);
  await git(root, 'clone', '--quiet', ...options, `file://${bare}`, directory);
  await git(directory, 'remote', 'set-url', 'origin', `${server.url}/acme/rules`);
  if (persisted !== undefined) {
    const file = path.join(root, `${name}.config`);
    await writeFile(file, `[http "${server.url}/"]\n\textraheader = AUTHORIZATION: basic ${persisted}\n`);
    const include = `[includeIf "gitdir:${directory}/.git"]\n\tpath = ${file}\n`;
    await appendFile(path.join(directory, '.git/config'), include);
  }
  return directory;
}

function open(
  workspace: string,
  given: { readonly token?: string; readonly serverUrl?: string; readonly env?: Record<string, string> } = {},
): Promise<Repository> {
  return openRepository({
    workspace,
    serverUrl: given.serverUrl ?? server.url,
    repository: 'acme/rules',
    token: given.token ?? TOKEN,
    env: { ...CLEAN_ENV, ...given.env },
    log: { ...silentLog, debug: (line) => said.push(line) },
  });
}

async function caught(doing: Promise<unknown>): Promise<{ code: string; message: string; help: string }> {
  return doing.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => error as { code: string; message: string; help: string },
  );
}

describe('fetchCommit', () => {
  it('fetches the one missing commit into a checkout of depth 1, and no history', async () => {
    const directory = await checkOut('shallow');
    const base = await headOf(person, 'HEAD~2');
    const repository = await open(directory);
    await expect(repository.hasCommit(base)).resolves.toBe(false);
    await expect(repository.fetchCommit(base)).resolves.toBe(true);
    await expect(repository.hasCommit(base)).resolves.toBe(true);
    await expect(repository.hasCommit(await headOf(person, 'HEAD~1'))).resolves.toBe(false);
    const changes = await repository.changedFiles(base, await headOf(person));
    expect(changes.map(({ status, path: name }) => [status, name])).toEqual([
      ['modified', 'detections/rule.json'],
      ['added', 'file-3'],
      ['added', 'file-4'],
    ]);
  });

  it('fetches the tip that a force push replaced, which no branch holds any more', async () => {
    const replaced = await headOf(person);
    await git(person, 'reset', '--quiet', '--hard', 'HEAD~2');
    await commit(person, { 'detections/rule.json': 'other' });
    await publish('--force');
    for (const [name, options] of [
      ['shallow', ['--depth=1']],
      ['full', []],
    ] as const) {
      const directory = await checkOut(name, options);
      await expect((await open(directory)).fetchCommit(replaced)).resolves.toBe(true);
      expect(await git(directory, 'rev-parse', '--is-shallow-repository')).toBe(String(name === 'shallow'));
    }
  });

  it('says false for a commit that the server does not have, and for a tree', async () => {
    const repository = await open(await checkOut('unknown'));
    await expect(repository.fetchCommit(UNKNOWN)).resolves.toBe(false);
    await expect(repository.fetchCommit(asCommitSha('ab'.repeat(32))!)).resolves.toBe(false);
    const tree = asCommitSha(await git(person, 'rev-parse', 'HEAD~1^{tree}'))!;
    await expect(repository.fetchCommit(tree)).resolves.toBe(false);
  });

  it('works in a partial clone and in a sparse checkout', async () => {
    await git(bare, 'config', 'uploadpack.allowFilter', 'true');
    const directory = await checkOut('partial', ['--depth=1', '--filter=blob:none', '--sparse']);
    const repository = await open(directory);
    const [base, head] = [await headOf(person, 'HEAD~2'), await headOf(person)];
    await expect(repository.hasCommit(base)).resolves.toBe(false);
    await expect(repository.fetchCommit(base)).resolves.toBe(true);
    expect(await repository.changedFiles(base, head)).toHaveLength(3);
    const [file] = await repository.findFiles(head, ['detections/rule.json']);
    expect((await repository.readBlobs([file!.object])).get(file!.object)?.toString()).toBe('4');
    const files = [{ path: 'detections/rule.json', mode: '100644', content: Buffer.from('5') }] as const;
    const author = { name: 'Bot', mail: 'bot@example.com' };
    const made = await repository.commitFiles({ parent: head, files, message: 'm', author });
    await expect(repository.push(made, 'main')).resolves.toBe('pushed');
    expect(await git(bare, 'show', 'main:detections/rule.json')).toBe('5');
  });

  it('throws when the server cannot be reached', async () => {
    const repository = await open(await checkOut('unreachable'));
    await server.close();
    const error = await caught(repository.fetchCommit(UNKNOWN));
    expect(error.code).toBe('fetch-failed');
  });
});

describe('credentials', () => {
  it.each<[string, string | undefined]>([
    ['kept nothing (persist-credentials: false)', undefined],
    ['kept the same token', BASIC],
    ['kept another, useless token', Buffer.from('x-access-token:other').toString('base64')],
  ])('work where the checkout step %s', async (_, persisted) => {
    const directory = await checkOut('credentials', ['--depth=1'], persisted);
    await expect((await open(directory)).fetchTip('main')).resolves.toBe(await headOf(person));
    expect(server.authorizations.length).toBeGreaterThan(0);
    expect(new Set(server.authorizations)).toEqual(new Set([`basic ${BASIC}`]));
  });

  it('of the checkout step are used when there is no token', async () => {
    const directory = await checkOut('persisted', ['--depth=1'], BASIC);
    await expect((await open(directory, { token: '' })).fetchTip('main')).resolves.toBe(await headOf(person));
  });

  it('are not sent to another host than the server of the workflow', async () => {
    server.access = 'everyone';
    const directory = await checkOut('elsewhere');
    const repository = await open(directory, { serverUrl: 'https://github.example' });
    await expect(repository.fetchTip('main')).resolves.toBe(await headOf(person));
    expect(new Set(server.authorizations)).toEqual(new Set([undefined]));
  });

  it('stand beside configuration that the environment has already', async () => {
    const directory = await checkOut('configured');
    await git(directory, 'remote', 'set-url', 'origin', 'https://alias.example/rules');
    const env = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${server.url}/acme/.insteadOf`,
      GIT_CONFIG_VALUE_0: 'https://alias.example/',
    };
    await expect((await open(directory, { env })).fetchTip('main')).resolves.toBe(await headOf(person));
  });

  it('reach the repository of the workflow when the checkout has no origin', async () => {
    const directory = await checkOut('no-origin');
    await git(directory, 'remote', 'remove', 'origin');
    const repository = await open(directory, { serverUrl: `${server.url}/` });
    await expect(repository.fetchTip('main')).resolves.toBe(await headOf(person));
  });

  it('are in no file, log line or error, and nobody is asked for better ones', async () => {
    const directory = await checkOut('refused');
    await server.close();
    server = await startGitServer(bare, 'rotated');
    await git(directory, 'remote', 'set-url', 'origin', `${server.url.replace('//', `//u:${TOKEN}@`)}/acme/rules`);
    await git(directory, 'config', 'core.askPass', '/bin/false');
    const error = await caught((await open(directory)).fetchTip('main'));
    expect(error.code).toBe('fetch-failed');
    expect(error.message).toContain('Invalid username or token.');
    expect(error.help).toContain('github-token');
    await git(directory, 'remote', 'set-url', 'origin', `${server.url}/acme/rules`);
    await caught((await open(directory)).fetchTip('main'));
    const config = await readFile(path.join(directory, '.git/config'), 'utf8');
    for (const text of [error.message, error.help, config, ...said]) {
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain(BASIC);
    }
    expect(said.length).toBeGreaterThan(0);
  });
});

describe('fetchTip', () => {
  it('fetches what was pushed after the checkout, so that its files can be read and a pull still works', async () => {
    const directory = await checkOut('behind');
    const tip = await commit(person, { 'detections/rule.json': '5' });
    await publish();
    const repository = await open(directory);
    await expect(repository.fetchTip('main')).resolves.toBe(tip);
    const [file] = await repository.findFiles(tip, ['detections/rule.json']);
    expect((await repository.readBlobs([file!.object])).get(file!.object)?.toString()).toBe('5');
    await git(directory, 'remote', 'set-url', 'origin', `file://${bare}`);
    await git(directory, 'pull', '--quiet', '--ff-only', 'origin', 'main');
    await expect(headOf(directory)).resolves.toBe(tip);
  });

  it('knows no branch by a part of its name', async () => {
    await git(person, 'push', '--quiet', 'origin', 'main:refs/heads/x/refs/heads/y', 'main:refs/heads/feature/é🦊.v1');
    const repository = await open(await checkOut('branches'));
    await expect(repository.fetchTip('y')).resolves.toBeNull();
    await expect(repository.fetchTip('v1')).resolves.toBeNull();
    await expect(repository.fetchTip('feature/é🦊.v1')).resolves.toBe(await headOf(person));
  });

  it('tells that the repository cannot be found', async () => {
    const directory = await checkOut('gone');
    await git(directory, 'remote', 'set-url', 'origin', `${server.url}/acme/gone`);
    const error = await caught((await open(directory)).fetchTip('main'));
    expect(error).toMatchObject({ code: 'fetch-failed' });
    expect(error.message).toContain('Repository not found.');
    expect(error.help).toContain('can see this repository');
  });
});

describe('push', () => {
  let repository: Repository;
  let parent: CommitSha;
  beforeEach(async () => {
    repository = await open(await checkOut('pusher', ['--depth=1'], BASIC));
    parent = await headOf(person);
  });

  const stamp = (): Promise<CommitSha> =>
    repository.commitFiles({
      parent,
      files: [{ path: 'detections/rule.json', mode: '100644', content: Buffer.from('{"uuid": 1}') }],
      message: 'Add UUIDs',
      author: { name: 'Bot', mail: 'bot@example.com' },
    });

  /** A hook of the server that answers as the services do. */
  async function serverHook(name: string, lines: readonly string[]): Promise<void> {
    const file = path.join(bare, 'hooks', name);
    await writeFile(file, `#!/bin/sh\n${lines.map((line) => `echo '${line}' >&2`).join('\n')}\nexit 1\n`);
    await chmod(file, 0o755);
  }

  it('puts the commit on the branch', async () => {
    const made = await stamp();
    await expect(repository.push(made, 'main')).resolves.toBe('pushed');
    await expect(headOf(bare, 'main')).resolves.toBe(made);
    await expect(headOf(bare, 'main~1')).resolves.toBe(parent);
    expect(await git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
  });

  it('says moved when someone pushed meanwhile, and succeeds upon the new tip', async () => {
    const made = await stamp();
    const tip = await commit(person, { other: 'by a person' });
    await publish();
    await expect(repository.push(made, 'main')).resolves.toBe('moved');
    await expect(headOf(bare, 'main')).resolves.toBe(tip);
    parent = (await repository.fetchTip('main'))!;
    await expect(repository.push(await stamp(), 'main')).resolves.toBe('pushed');
    expect(await git(bare, 'show', 'main:other')).toBe('by a person');
  });

  it('never replaces what a force push put there', async () => {
    const made = await stamp();
    await git(person, 'reset', '--quiet', '--hard', 'HEAD~1');
    await publish('--force');
    await git(person, 'commit', '--quiet', '--amend', '-m', 'amended');
    await publish('--force');
    await expect(repository.push(made, 'main')).resolves.toBe('moved');
    await expect(headOf(bare, 'main')).resolves.toBe(await headOf(person));
  });

  it.each<[string, readonly string[], string]>([
    [
      'a protected branch',
      [
        'error: GH006: Protected branch update failed for refs/heads/main.',
        'error: Changes must be made through a pull request.',
      ],
      'may bypass the rules',
    ],
    ['a ruleset', ['error: GH013: Repository rule violations found for refs/heads/main.'], 'may bypass the rules'],
    [
      'a rule that wants signatures',
      [
        'error: GH013: Repository rule violations found for refs/heads/main.',
        '- Commits must have verified signatures.',
      ],
      'write-back: commit',
    ],
    ['a hook that talks of a fetch first', ['You should fetch first, non-fast-forward'], 'may bypass the rules'],
  ])('is refused by %s with the words of the server', async (_, lines, help) => {
    await serverHook('pre-receive', lines);
    const error = await caught(repository.push(await stamp(), 'main'));
    expect(error.code).toBe('push-refused');
    for (const line of lines) expect(error.message).toContain(line);
    expect(error.help).toContain(help);
    await expect(headOf(bare, 'main')).resolves.toBe(parent);
  });

  it('is refused without the permission to write', async () => {
    server.access = 'read-only';
    const error = await caught(repository.push(await stamp(), 'main'));
    expect(error.code).toBe('push-refused');
    expect(error.message).toContain('Permission to acme/rules denied to github-actions[bot].');
    expect(error.help).toContain('contents: write');
  });

  it('fails, not refused, when the server cannot be reached', async () => {
    const made = await stamp();
    await server.close();
    expect((await caught(repository.push(made, 'main'))).code).toBe('push-failed');
  });
});
