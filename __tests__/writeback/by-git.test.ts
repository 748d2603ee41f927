import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { metadataFiles } from '../../src/detections/metadata-files.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { asRuleUuid } from '../../src/sekoia/types.js';
import type { RuleUuid } from '../../src/sekoia/types.js';
import { chooseWayByGit, findPendingByGit, saveByGit } from '../../src/writeback/by-git.js';
import type { ByGit } from '../../src/writeback/by-git.js';
import { proposeDriftByGit, proposeImportByGit } from '../../src/writeback/files-by-git.js';
import type { Way, WriteBack } from '../../src/writeback/types.js';
import { createClientRepository } from '../support/client-repository.js';
import type { ClientRepository } from '../support/client-repository.js';
import { startCiGitServer } from '../support/ci/git-server.js';
import type { CiGitServer } from '../support/ci/git-server.js';
import { pair } from '../support/detections.js';
import { CLEAN_ENV, git, newRepository, temporaryFolder } from '../support/temp-repository.js';

const UUIDS = ['a', 'b'].map((digit) => asRuleUuid(`${digit.repeat(8)}-1111-4111-8111-111111111111`)!) as [
  RuleUuid,
  RuleUuid,
];
const BRANCH = 'sekoia-detections/uuids';

let root: string;
let remove: () => Promise<void>;
let client: ClientRepository;
let server: CiGitServer;
let jobs = 0;

beforeEach(async () => {
  ({ path: root, remove } = await temporaryFolder());
  client = await createClientRepository({
    ...pair('detections/a', 'First one'),
    ...pair('detections/b', 'Second one'),
  });
  server = await startCiGitServer(client.bare, { mergeRequests: true });
  server.accounts.set('oauth2:token', 'write');
});
afterEach(async () => {
  await server.close();
  await client.cleanUp();
  await remove();
});

interface Job extends ByGit {
  readonly repository: Repository;
  readonly head: CommitSha;
}

async function job(more: Partial<ByGit> = {}): Promise<Job> {
  jobs += 1;
  const workspace = await newRepository(path.join(root, `job-${jobs}`));
  const address = `${server.url.replace('://', '://oauth2:token@')}/acme/detections.git`;
  await git(workspace, 'remote', 'add', 'origin', address);
  await git(workspace, 'fetch', '-q', '--depth=1', 'origin', 'main');
  await git(workspace, 'checkout', '-q', '--detach', 'FETCH_HEAD');
  const repository = await openRepository({
    workspace,
    serverUrl: server.url,
    repository: 'acme/detections',
    token: '',
    env: CLEAN_ENV,
    log: silentLog,
  });
  const head = asCommitSha(await git(workspace, 'rev-parse', 'HEAD'))!;
  return { repository, head, mergeRequests: 'push-options', pushHelp: 'Ask Ann.', log: silentLog, ...more };
}

function save(by: Job, way: Way, files: readonly ('a' | 'b')[]): Promise<WriteBack> {
  return saveByGit(by, {
    way,
    branch: 'main',
    defaultBranch: 'main',
    head: by.head,
    metadata: metadataFiles,
    edits: files.map((name) => ({
      path: `detections/${name}.json`,
      uuid: name === 'a' ? UUIDS[0] : UUIDS[1],
      replaces: null,
      target: null,
    })),
    message: 'Add UUIDs\n\nMore about them.',
    author: null,
    random: () => 0,
    sleep: () => Promise.resolve(),
  });
}

async function uuidAt(ref: string, name: string): Promise<unknown> {
  const file = JSON.parse(String(await client.readAt(ref, `detections/${name}.json`))) as { uuid?: unknown };
  return file.uuid ?? null;
}

describe('a write-back by git', () => {
  it('is a push to the branch, by the author that git is set to', async () => {
    const by = await job();
    await git(by.repository.root, 'config', 'user.name', 'Bot');
    await git(by.repository.root, 'config', 'user.email', 'bot@example.org');
    const back = await save(by, 'push', ['a']);
    expect(back.commit).toBe(await client.tip('main'));
    expect(await uuidAt('main', 'a')).toBe(UUIDS[0]);
    expect((await client.log('main'))[0]).toMatchObject({ author: 'Bot <bot@example.org>' });
    expect(await server.mergeRequests()).toEqual([]);
  });

  it('has an author of its own where git has none', async () => {
    await save(await job(), 'push', ['a']);
    expect((await client.log('main'))[0]?.author).toBe('sekoia-detections <noreply@example.invalid>');
  });

  it('is made afresh on what somebody pushed meanwhile', async () => {
    const by = await job();
    await client.pull();
    await client.commit({ 'README.md': 'new\n' });
    await client.push();
    expect((await save(by, 'push', ['a'])).results).toEqual([expect.objectContaining({ kind: 'written' })]);
    expect(String(await client.readAt('main', 'README.md'))).toBe('new\n');
  });

  it('says what helps on this host where the branch takes no push and no merge request is made', async () => {
    await server.protect('main');
    const back = await save(await job({ mergeRequests: null }), 'push', ['a']);
    expect(back.results).toEqual([
      expect.objectContaining({
        kind: 'lost',
        help: 'Ask Ann.',
        reason: expect.stringContaining('not allowed to push'),
      }),
    ]);
  });
});

describe('a write-back by merge request', () => {
  it('takes the UUIDs that the branch refuses', async () => {
    await server.protect('main');
    const back = await save(await job(), 'push', ['a']);
    expect(back).toMatchObject({
      parent: null,
      pullRequest: { number: 7, url: `${server.url}/acme/detections/-/merge_requests/7` },
      results: [{ kind: 'written' }],
    });
    expect([await uuidAt('main', 'a'), await uuidAt(BRANCH, 'a')]).toEqual([null, UUIDS[0]]);
  });

  it('is one, made anew upon the newest base with all that waits in it', async () => {
    await save(await job(), 'pull-request', ['a']);
    await client.pull();
    await client.commit({ 'README.md': 'new\n' });
    const { after } = await client.push();
    await save(await job(), 'pull-request', ['b']);
    expect([await uuidAt(BRANCH, 'a'), await uuidAt(BRANCH, 'b')]).toEqual(UUIDS);
    expect((await client.log(BRANCH))[0]?.parents).toEqual([after]);
  });

  it('goes on top of what people committed on it', async () => {
    await save(await job(), 'pull-request', ['a']);
    const theirs = await newRepository(path.join(root, 'person'));
    await git(theirs, 'fetch', '-q', client.bare, BRANCH);
    await git(theirs, 'checkout', '-q', '-b', 'x', 'FETCH_HEAD');
    await git(theirs, 'commit', '-q', '--allow-empty', '--amend', '--no-edit', '--date=2001-01-01T00:00:00Z');
    await git(theirs, 'push', '-q', '--force', client.bare, `x:${BRANCH}`);
    const person = await client.tip(BRANCH);
    await save(await job(), 'pull-request', ['b']);
    expect((await client.log(BRANCH))[0]?.parents).toEqual([person]);
    expect([await uuidAt(BRANCH, 'a'), await uuidAt(BRANCH, 'b')]).toEqual(UUIDS);
  });

  it('starts afresh once it was merged and its branch was left behind', async () => {
    await save(await job(), 'pull-request', ['a']);
    await git(client.bare, 'update-ref', 'refs/heads/main', (await client.tip(BRANCH)) ?? '');
    const by = await job();
    await save(by, 'pull-request', ['b']);
    expect((await client.log(BRANCH))[0]?.parents).toEqual([by.head]);
  });

  it('counts as lost where the server made none, with what it said', async () => {
    await git(client.bare, 'config', 'receive.advertisePushOptions', 'true');
    await server.answer('WARNINGS: Error encountered with push options');
    const back = await save(await job(), 'pull-request', ['a']);
    expect(back.results).toEqual([
      expect.objectContaining({ kind: 'lost', reason: expect.stringContaining('WARNINGS: Error encountered') }),
    ]);
    expect(await uuidAt(BRANCH, 'a')).toBe(UUIDS[0]);
  });

  it('hands over no line end, whatever the message is', async () => {
    const by = await job();
    const back = await saveByGit(by, {
      way: 'pull-request',
      branch: 'main',
      defaultBranch: 'main',
      head: by.head,
      metadata: metadataFiles,
      edits: [{ path: 'detections/a.json', uuid: UUIDS[0], replaces: null, target: null }],
      message: `Title \u0007 x${'y'.repeat(3_000)}\nmerge_request.target=other`,
      author: null,
      random: () => 0,
      sleep: () => Promise.resolve(),
    });
    expect(back.results).toEqual([expect.objectContaining({ kind: 'written' })]);
    const [options = []] = await server.mergeRequests();
    expect(options).toContain('merge_request.target=main');
    expect(options).not.toContain('merge_request.target=other');
    expect(options.find((option) => option.startsWith('merge_request.title='))).toMatch(/^.{20,1100}$/u);
  });
});

describe('before the first rule is created', () => {
  const asked = { branch: 'main', defaultBranch: 'main' };

  it('a push is the way wherever it is let in, and nothing is changed by asking', async () => {
    const by = await job();
    const tip = await client.tip('main');
    expect(await chooseWayByGit(by, { ...asked, head: by.head, writeBack: 'commit' })).toBe('push');
    expect(await chooseWayByGit(by, { ...asked, head: by.head, writeBack: 'pull-request' })).toBe('pull-request');
    expect([await client.tip('main'), await client.tip(BRANCH)]).toEqual([tip, null]);
  });

  it('a push is let in although somebody pushed meanwhile', async () => {
    const by = await job();
    await client.pull();
    await client.commit({ 'README.md': 'new\n' });
    await client.push();
    expect(await chooseWayByGit(by, { ...asked, head: by.head, writeBack: 'push' })).toBe('push');
  });

  it('a job that may only read is refused, with what helps on this host', async () => {
    const by = await job();
    server.accounts.set('oauth2:token', 'read');
    await expect(chooseWayByGit(by, { ...asked, head: by.head, writeBack: 'push' })).rejects.toMatchObject({
      code: 'token-read-only',
      help: 'Ask Ann.',
    });
  });

  it('a merge request is refused on a host that makes none', async () => {
    const by = await job({ mergeRequests: null });
    await expect(chooseWayByGit(by, { ...asked, head: by.head, writeBack: 'pull-request' })).rejects.toMatchObject({
      code: 'pull-request-refused',
    });
  });
});

describe('UUIDs that wait in a merge request', () => {
  const of = { branch: 'main', defaultBranch: 'main' };

  it('count while its branch is there', async () => {
    expect(await findPendingByGit(await job(), of)).toBeNull();
    await save(await job(), 'pull-request', ['a']);
    const by = await job();
    expect(await findPendingByGit(by, of)).toEqual({ commit: await client.tip(BRANCH), pullRequest: null });
    expect(await by.repository.hasCommit((await client.tip(BRANCH)) as CommitSha)).toBe(true);
  });

  it('are not looked for where the host makes none', async () => {
    await save(await job(), 'pull-request', ['a']);
    expect(await findPendingByGit(await job({ mergeRequests: null }), of)).toBeNull();
  });
});

describe('files by merge request', () => {
  const asked = (...paths: readonly string[]) => ({
    metadata: metadataFiles,
    base: 'main',
    defaultBranch: 'main',
    title: 'Bring files in',
    edit: () =>
      Promise.resolve(paths.map((each) => ({ path: each, mode: '100644' as const, content: Buffer.from('new\n') }))),
    body: () => '',
    random: () => 0,
    sleep: () => Promise.resolve(),
  });

  it.each([
    ['of drift', proposeDriftByGit, 'sekoia-detections/drift'],
    [
      'of an import',
      (by: ByGit, request: ReturnType<typeof asked>) => proposeImportByGit(by, { ...request, target: 'acme' }),
      'sekoia-detections/import.acme',
    ],
  ] as const)('%s are on a branch of their own, made anew from the newest base', async (_, propose, branch) => {
    const opened = await propose(await job(), asked('detections/new.txt'));
    expect(opened).toEqual({ number: 7, url: `${server.url}/acme/detections/-/merge_requests/7` });
    expect(String(await client.readAt(branch, 'detections/new.txt'))).toBe('new\n');
    expect(await client.readAt('main', 'detections/new.txt')).toBeNull();

    await client.commit({ 'README.md': 'new\n' });
    const { after } = await client.push();
    expect(await propose(await job(), asked('detections/other.txt'))).toEqual(opened);
    expect(await client.readAt(branch, 'detections/new.txt')).toBeNull();
    expect((await client.log(branch))[0]?.parents).toEqual([after]);
    expect((await server.mergeRequests()).at(-1)).toContain('merge_request.target=main');
  });

  it('are none where there is nothing to bring in, and nothing is pushed', async () => {
    expect(await proposeDriftByGit(await job(), asked())).toBeNull();
    expect(await client.tip('sekoia-detections/drift')).toBeNull();
  });

  it('are refused where the host makes none, with what to set in place of it', async () => {
    const by = await job({ mergeRequests: null });
    await expect(proposeDriftByGit(by, asked('a'))).rejects.toMatchObject({
      help: expect.stringContaining('`restore`'),
    });
    await expect(proposeImportByGit(by, { ...asked('a'), target: null })).rejects.toMatchObject({
      help: expect.stringContaining('import-to: workspace'),
    });
  });

  it('say what to do where the base is gone', async () => {
    const request = { ...asked('a'), base: 'gone' };
    await expect(proposeDriftByGit(await job(), request)).rejects.toMatchObject({
      code: 'branch-missing',
      help: 'Run it on a branch that exists.',
    });
  });
});
