import { setTimeout as wait } from 'node:timers/promises';
import { metadataFiles } from '../../src/detections/metadata-files.js';
import { openRepository, type Repository } from '../../src/git/repository.js';
import { asCommitSha, type CommitSha } from '../../src/git/types.js';
import { connectGitHub } from '../../src/github/connect.js';
import type { GitHub } from '../../src/github/types.js';
import { type Log, silentLog } from '../../src/log.js';
import { asRuleUuid, type RuleUuid } from '../../src/sekoia/types.js';
import { apiBranch } from '../../src/writeback/api-branch.js';
import type { WritableBranch } from '../../src/writeback/branch.js';
import { pushBranch } from '../../src/writeback/push-branch.js';
import { saveUuids } from '../../src/writeback/save-uuids.js';
import type { UuidEdit, Way, WriteBack } from '../../src/writeback/types.js';
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
  readonly writeBack: (way: Direct, edits: readonly UuidEdit[], conditions?: Conditions) => Promise<WriteBack>;
  /** With the pull request as the way, or as the way out. */
  readonly save: (
    way: Way,
    edits: readonly UuidEdit[],
    conditions?: Omit<Conditions, 'meanwhile'>,
  ) => Promise<WriteBack>;
  /** What the log was told, notices and lines. */
  readonly told: string[];
}

export interface Conditions {
  readonly random?: () => number;
  /** Of the product's waits: a twentieth when left out. */
  readonly waits?: number;
  readonly signal?: AbortSignal;
  readonly deadline?: AbortSignal;
  /** Happens between each look at the branch and the commit. */
  readonly meanwhile?: () => Promise<void>;
}

export type Direct = Exclude<Way, 'pull-request'>;

export async function openScene(
  files: FileChanges,
  details: CommitDetails & Pick<GitHubOptions, 'permissions' | 'pullRequestsAllowed'> = {},
): Promise<Scene> {
  const { permissions, pullRequestsAllowed, ...commit } = details;
  const client = await createClientRepository(files, commit);
  const server = await startGitHub({
    bareRepository: client.bare,
    repository: NAME,
    token: TOKEN,
    ...(permissions === undefined ? {} : { permissions }),
    ...(pullRequestsAllowed === undefined ? {} : { pullRequestsAllowed }),
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
  const told: string[] = [];
  const tell = (line: string): void => {
    told.push(line);
  };
  const log: Log = { ...silentLog, info: tell, notice: tell };
  const branch = (way: Direct): WritableBranch =>
    way === 'commit'
      ? apiBranch({ github, repository, branch: 'main' })
      : pushBranch({ repository, branch: 'main', author: null });
  return {
    head,
    repository,
    told,
    writeBack: (way, edits, { random = Math.random, waits = 0.05, meanwhile, ...cut } = {}) =>
      writeBack({
        branch: disturbed(branch(way), meanwhile ?? (() => Promise.resolve())),
        repository,
        metadata: metadataFiles,
        head,
        edits,
        message: MESSAGE,
        random,
        sleep: pause(waits),
        log,
        ...cut,
      }),
    save: (way, edits, { random = Math.random, waits = 0.05, ...cut } = {}) =>
      saveUuids({
        way,
        github,
        repository,
        branch: 'main',
        defaultBranch: 'main',
        author: null,
        metadata: metadataFiles,
        head,
        edits,
        message: MESSAGE,
        random,
        sleep: pause(waits),
        log,
        ...cut,
      }),
  };
}

const MESSAGE = 'Add UUIDs of newly deployed detection rules';

/** The product's waits, shortened. */
function pause(waits: number): (ms: number, signal?: AbortSignal) => Promise<void> {
  return async (ms, signal) => {
    await wait(ms * waits, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
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
