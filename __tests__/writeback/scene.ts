import { setTimeout as wait } from 'node:timers/promises';
import { putUuid } from '../../src/detections/edit-uuid.js';
import { openRepository, type Repository } from '../../src/git/repository.js';
import { asCommitSha, type CommitSha } from '../../src/git/types.js';
import { connectGitHub } from '../../src/github/connect.js';
import type { GitHub } from '../../src/github/types.js';
import { silentLog } from '../../src/log.js';
import { asRuleUuid, type RuleUuid } from '../../src/sekoia/types.js';
import { apiBranch } from '../../src/writeback/api-branch.js';
import type { WritableBranch } from '../../src/writeback/branch.js';
import { pushBranch } from '../../src/writeback/push-branch.js';
import type { UuidEdit, WriteBack } from '../../src/writeback/types.js';
import { writeBack } from '../../src/writeback/write-back.js';
import { type ClientRepository, createClientRepository } from '../support/client-repository.js';
import type { CommitDetails, FileChanges } from '../support/client-repository/commit-stream.js';
import { type GitHubOptions, type GitHubStandIn, startGitHub } from '../support/github.js';

export const NAME = 'acme/detections';
export const TOKEN = 'ghs_scene';

/** A client's repository on the GitHub stand-in, with a workspace as the run has it. */
export interface Scene {
  readonly client: ClientRepository;
  readonly server: GitHubStandIn;
  readonly github: GitHub;
  /** A run in a fresh workspace of the branch's tip. */
  readonly run: () => Promise<Run>;
  /** What a person does to the branch meanwhile. */
  readonly human: (changes: FileChanges, details?: CommitDetails) => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface Run {
  readonly head: CommitSha;
  readonly repository: Repository;
  readonly writeBack: (way: Way, edits: readonly UuidEdit[], conditions?: Conditions) => Promise<WriteBack>;
}

export interface Conditions {
  readonly random?: () => number;
  /** Of the product's waits: a twentieth when left out. */
  readonly waits?: number;
  /** Happens between each look at the branch and the commit. */
  readonly meanwhile?: () => Promise<void>;
}

export type Way = 'commit' | 'push';

export async function openScene(
  files: FileChanges,
  details: CommitDetails & Pick<GitHubOptions, 'permissions'> = {},
): Promise<Scene> {
  const { permissions, ...commit } = details;
  const client = await createClientRepository(files, commit);
  const server = await startGitHub({
    bareRepository: client.bare,
    repository: NAME,
    token: TOKEN,
    ...(permissions === undefined ? {} : { permissions }),
  });
  const github = connectGitHub({
    apiUrl: server.apiUrl,
    token: TOKEN,
    repository: NAME,
    env: {},
    log: silentLog,
    sleep: () => Promise.resolve(),
    deadlineMs: 20_000,
  });
  return {
    client,
    server,
    github,
    run: async () => openRun(client, server, github),
    human: async (changes, about) => {
      await client.pull();
      await client.commit(changes, { message: 'By a person', ...about });
      return (await client.push()).after;
    },
    close: async () => {
      await github.close();
      await server.stop();
      await client.cleanUp();
    },
  };
}

async function openRun(client: ClientRepository, server: GitHubStandIn, github: GitHub): Promise<Run> {
  const tip = await client.tip('main');
  const head = asCommitSha(tip);
  if (head === undefined) throw new Error(`no commit: ${String(tip)}`);
  const originUrl = `${server.serverUrl}/${NAME}`;
  const workspace = await client.checkout(head, { originUrl, token: TOKEN });
  const repository = await openRepository({
    workspace,
    serverUrl: server.serverUrl,
    repository: NAME,
    token: TOKEN,
    env: { PATH: process.env.PATH },
    log: silentLog,
  });
  const branch = (way: Way): WritableBranch =>
    way === 'commit'
      ? apiBranch({ github, repository, branch: 'main' })
      : pushBranch({ repository, branch: 'main', author: null });
  return {
    head,
    repository,
    writeBack: (way, edits, { random = Math.random, waits = 0.05, meanwhile } = {}) =>
      writeBack({
        branch: disturbed(branch(way), meanwhile ?? (() => Promise.resolve())),
        repository,
        putUuid,
        edits,
        message: 'Add UUIDs of newly deployed detection rules',
        random,
        sleep: (ms) => wait(ms * waits),
        log: silentLog,
      }),
  };
}

function disturbed(branch: WritableBranch, meanwhile: () => Promise<void>): WritableBranch {
  return {
    ...branch,
    commit: async (parent, files, message) => {
      await meanwhile();
      return branch.commit(parent, files, message);
    },
  };
}

/** The n-th of a row of UUIDs. */
export function uuid(n: number): RuleUuid {
  const made = asRuleUuid(`00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`);
  if (made === undefined) throw new Error('no UUID');
  return made;
}

/** A metadata file as an analyst writes it. */
export function metadata(name: string, more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ name, severity: 40, effort: 2, ...more }, null, 2)}\n`;
}

export function withUuid(text: string, value: RuleUuid): string {
  return `${JSON.stringify({ ...(JSON.parse(text) as object), uuid: value }, null, 2)}\n`;
}
