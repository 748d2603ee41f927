import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findChanges } from '../../src/changes/find-changes.js';
import type { Changes } from '../../src/changes/types.js';
import type { RunEvent, Start } from '../../src/event.js';
import { openRepository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import type { Log } from '../../src/log.js';
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

const UNKNOWN = asCommitSha('0123456789'.repeat(4))!;

let root: string;
let remove: () => Promise<void>;
let person: string;
let workspace: string;
let server: GitServer;
let lines: string[];
let notices: string[];

beforeEach(async () => {
  [lines, notices] = [[], []];
  ({ path: root, remove } = await temporaryFolder());
  const bare = await newRepository(path.join(root, 'server.git'), '--bare');
  person = await newRepository(path.join(root, 'person'));
  for (const n of ['1', '2', '3']) await commit(person, { 'rule.json': n, [`file-${n}`]: n });
  await git(person, 'push', '--quiet', bare, 'main');
  workspace = path.join(root, 'workspace');
  await git(root, 'clone', '--quiet', '--depth=1', `file://${bare}`, workspace);
  server = await startGitServer(bare, 'token');
  await git(workspace, 'remote', 'set-url', 'origin', `${server.url}/acme/rules`);
});
afterEach(async () => {
  await server.close();
  await remove();
});

async function find(
  start: Start,
  given: { readonly head?: CommitSha; readonly mode?: RunEvent['mode']; readonly deployed?: CommitSha | null } = {},
): Promise<Changes> {
  const log: Log = {
    ...silentLog,
    info: (line) => lines.push(line),
    notice: (line) => notices.push(line),
  };
  const repository = await openRepository({
    workspace,
    serverUrl: server.url,
    repository: 'acme/rules',
    token: 'token',
    env: CLEAN_ENV,
    log,
  });
  const head = given.head ?? (await headOf(person));
  const { deployed = null, mode = 'deploy' } = given;
  return findChanges({ repository, event: { head, start, mode }, deployed, log });
}

const from = (base: CommitSha, forced = false): Start => ({
  kind: 'commit',
  commit: base,
  forced,
  reason: 'it was the tip before this push',
});

describe('findChanges', () => {
  it('compares with the base, fetched into a checkout of depth 1, and says so in one line', async () => {
    const [base, head] = [await headOf(person, 'HEAD~2'), await headOf(person)];
    const changes = await find(from(base));
    expect(changes).toEqual({
      scope: 'changed',
      base,
      reason: 'it was the tip before this push',
      files: [
        { status: 'added', path: 'file-2' },
        { status: 'added', path: 'file-3' },
        { status: 'modified', path: 'rule.json' },
      ],
    });
    expect(lines).toEqual([`Comparing ${base}..${head} because it was the tip before this push.`]);
    expect(notices).toEqual([]);
  });

  it('needs no server when base and head are here', async () => {
    const head = await headOf(person);
    await find(from(head));
    expect(server.authorizations).toEqual([]);
  });

  it('compares with the tip that a force push replaced, with a notice', async () => {
    const base = await headOf(person, 'HEAD~1');
    await expect(find(from(base, true))).resolves.toMatchObject({ scope: 'changed', base });
    expect(notices).toEqual([expect.stringContaining(`force push`)]);
    expect(notices[0]).toContain(base);
  });

  it.each<[string, Start, string]>([
    ['an unknown base', from(UNKNOWN), `the commit to compare with, ${UNKNOWN}, is not on the server any more`],
    [
      'a replaced tip that is gone',
      from(UNKNOWN, true),
      `the tip that this force push replaced, ${UNKNOWN}, is not on the server any more`,
    ],
    [
      'a first push',
      { kind: 'all', reason: 'this is the first push of branch x', fallback: true },
      'this is the first push of branch x',
    ],
  ])('looks at everything after %s, with a notice', async (_, start, reason) => {
    await expect(find(start)).resolves.toEqual({ scope: 'all', reason, since: null });
    expect(notices).toEqual([`Looking at every detection, since there is nothing to compare with: ${reason}.`]);
  });

  it('looks at everything when the base is no commit', async () => {
    const tree = asCommitSha(await git(person, 'rev-parse', 'HEAD^{tree}'))!;
    await expect(find(from(tree))).resolves.toMatchObject({ scope: 'all' });
    expect(notices).toHaveLength(1);
  });

  it('looks at everything when the server cannot be reached for the base and nothing is deployed', async () => {
    await server.close();
    const changes = await find(from(UNKNOWN), { mode: 'validate' });
    expect(changes).toMatchObject({ scope: 'all', reason: expect.stringContaining('could not be fetched') as unknown });
  });

  it.each([
    ['the event', from(UNKNOWN), null],
    ['the last deployment', from(UNKNOWN), UNKNOWN],
    ['the last deployment, asked for everything', { kind: 'all', reason: 'scope is all' } as const, UNKNOWN],
  ])('fails a run that deploys when the server cannot be reached for the base of %s', async (_, start, deployed) => {
    await server.close();
    await expect(find(start, { deployed })).rejects.toMatchObject({ name: 'GitError' });
  });

  it.each([from(UNKNOWN), { kind: 'all', reason: 'scope is all' } as const])(
    'fails when the server does not have the last deployed commit, and says what to do',
    async (start) => {
      await expect(find(start, { deployed: UNKNOWN })).rejects.toMatchObject({
        code: 'commit-missing',
        help: expect.stringContaining('refs/sekoia-detections/') as unknown,
      });
    },
  );

  it('looks at everything without a notice when that was asked for', async () => {
    await expect(find({ kind: 'all', reason: 'scope is all' })).resolves.toEqual({
      scope: 'all',
      reason: 'scope is all',
      since: null,
    });
    expect(lines).toEqual(['Looking at every detection: scope is all.']);
    expect(notices).toEqual([]);
  });

  it('fetches a head that the checkout does not have', async () => {
    const [base, head] = [await headOf(person, 'HEAD~2'), await headOf(person, 'HEAD~1')];
    await expect(find(from(base), { head })).resolves.toMatchObject({ scope: 'changed', base });
    await expect(git(workspace, 'cat-file', '-t', head)).resolves.toBe('commit');
  });

  it('fails when the head is nowhere, and tells that the checkout may be of another repository', async () => {
    for (const start of [from(await headOf(person)), { kind: 'all', reason: 'scope is all' } as const]) {
      await expect(find(start, { head: UNKNOWN })).rejects.toMatchObject({
        code: 'commit-missing',
        help: expect.stringContaining('repository that the workflow runs in') as unknown,
      });
    }
  });

  it('needs no head where everything of the work tree is validated', async () => {
    const start = { kind: 'all', reason: 'scope is all' } as const;
    await expect(find(start, { head: UNKNOWN, mode: 'validate' })).resolves.toMatchObject({ scope: 'all' });
  });
});
