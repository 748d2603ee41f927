import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readStanding } from '../../src/changes/standing.js';
import { compareByGit } from '../../src/forge/history.js';
import { openRepository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';
import { createClientRepository } from '../support/client-repository.js';
import type { ClientRepository } from '../support/client-repository.js';
import { CLEAN_ENV, commit, git, temporaryFolder } from '../support/temp-repository.js';

let client: ClientRepository;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let clone = '';
let first: CommitSha;

beforeEach(async () => {
  client = await createClientRepository({ 'd/a': '1' });
  folder = await temporaryFolder();
  clone = path.join(folder.path, 'clone');
  await git(folder.path, 'clone', '--quiet', client.bare, clone);
  first = asCommitSha(await client.tip('main'))!;
});
afterEach(async () => {
  await client.cleanUp();
  await folder.remove();
});

async function overtaken(head: string): Promise<string | null> {
  const repository = await openRepository({
    workspace: clone,
    serverUrl: '',
    repository: 'acme/detections',
    token: '',
    env: CLEAN_ENV,
    log: silentLog,
  });
  const event = { head: asCommitSha(head)!, start: { kind: 'all', reason: 'a test', fallback: true } } as const;
  const compare = (base: CommitSha, other: CommitSha) => compareByGit(repository, base, other);
  const of = { repository, compare, event, branch: 'main', target: 'default', log: silentLog };
  return (await readStanding(of)).overtaken;
}

describe.each([
  ['that was deployed before', true],
  ['that was never deployed', false],
])('on a branch %s', (_, isDeployed) => {
  beforeEach(async () => {
    if (isDeployed) await git(client.bare, 'update-ref', 'refs/sekoia-detections/default/main', first);
  });

  it('the tip may be deployed', async () => {
    expect(await overtaken(first)).toBeNull();
  });

  it('an older commit than the tip may be, as long as it is not behind what is deployed', async () => {
    const older = await commit(clone, { 'd/a': '2' });
    await commit(clone, { 'd/a': '3' });
    await git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
    expect(await overtaken(older)).toBeNull();
  });

  it('a commit that was never pushed may not', async () => {
    const unpushed = await commit(clone, { 'd/a': '2' });
    expect(await overtaken(unpushed)).toBe(`this commit ${unpushed} is not on the branch (any more)`);
  });

  it('a commit that a force push took away may not', async () => {
    const gone = await commit(clone, { 'd/a': '2' });
    await git(clone, 'checkout', '--quiet', '--detach', first);
    await commit(clone, { 'd/b': '2' });
    await git(clone, 'push', '--quiet', '--force', 'origin', 'HEAD:main');
    expect(await overtaken(gone)).toBe(`this commit ${gone} is not on the branch (any more)`);
  });
});
