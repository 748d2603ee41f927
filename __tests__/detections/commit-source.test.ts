import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commitSource } from '../../src/detections/commit-source.js';
import { readDetections } from '../../src/detections/read-detections.js';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { silentLog } from '../../src/log.js';

const run = promisify(execFile);
const METADATA = JSON.stringify({
  name: 'A good name',
  severity: 40,
  effort: 2,
  alert_type_uuid: '26b9f04e-65c7-4fcd-b0a4-ab5854cc36e7',
});
const PATTERN = 'detection:\n  s:\n    event.code: b\n  condition: s\n';

describe('the files of a commit', () => {
  let root = '';
  let repository: Repository;
  let commit: CommitSha;

  beforeAll(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'commit-source-'));
    const git = async (...args: string[]): Promise<string> => {
      const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'core.autocrlf=false'];
      return (await run('git', [...identity, ...args], { cwd: root })).stdout.trim();
    };
    await git('init', '--quiet');
    await mkdir(path.join(root, 'detections/Équipe "x"'), { recursive: true });
    await mkdir(path.join(root, 'shared'));
    await writeFile(path.join(root, 'detections/Équipe "x"/-a b.json'), METADATA);
    await writeFile(path.join(root, 'detections/Équipe "x"/-a b_sigma.yml'), PATTERN);
    await writeFile(path.join(root, 'shared/p.yml'), PATTERN);
    await writeFile(path.join(root, 'detections/l.json'), METADATA);
    await symlink('../shared/p.yml', path.join(root, 'detections/l_sigma.yml'));
    await writeFile(path.join(root, 'detections/o.json'), METADATA);
    await symlink('../../../etc/hostname', path.join(root, 'detections/o_sigma.yml'));
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'x');
    const sha = asCommitSha(await git('rev-parse', 'HEAD'));
    if (sha === undefined) throw new Error('no commit');
    commit = sha;
    repository = await openRepository({
      workspace: root,
      serverUrl: 'https://github.com',
      repository: 'o/r',
      token: '',
      env: { PATH: process.env['PATH'] },
      log: silentLog,
    });
  });
  afterAll(() => rm(root, { recursive: true }));

  it('are read as they were pushed, whatever the work tree holds by now', async () => {
    await writeFile(path.join(root, 'detections/Équipe "x"/-a b_sigma.yml'), 'a: [');
    const source = commitSource(repository, commit);
    const result = await readDetections({
      target: null,
      targets: null,
      source,
      roots: ['detections'],
      changes: { scope: 'all', reason: 'test', since: null },
    });
    const errors = result.findings.filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([{ path: 'detections/o_sigma.yml', code: 'link-outside' }]);
    expect(result.detections).toMatchObject([
      { kind: 'sound', detection: { path: 'detections/l.json', pattern: PATTERN } },
      { kind: 'faulty', path: 'detections/o.json' },
      { kind: 'sound', detection: { path: 'detections/Équipe "x"/-a b.json', pattern: PATTERN } },
    ]);
  });
});
