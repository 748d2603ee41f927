import { readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Log } from '../log.js';
import { isAncestor } from './ancestry.js';
import { authorsOf } from './authors.js';
import type { AuthorsOf } from './authors.js';
import { commandFailed, gitRunner } from './command.js';
import type { RunGit } from './command.js';
import { commitFiles } from './commit.js';
import type { CommitRequest } from './commit.js';
import { credentialsFor } from './credentials.js';
import { fetchHistory, mergeBaseOf } from './deepen.js';
import { gitEnvironment } from './environment.js';
import { GitError, symptomOf } from './errors.js';
import { changedFiles, commitsAhead, hasCommit, parentsOf } from './history.js';
import { findFiles, listFiles, readBlobs } from './objects.js';
import { promisedTo } from './partial.js';
import { provePush, push } from './push.js';
import { fetchSince, pathVersions } from './range.js';
import { emptyBase, moveRef, sameFiles } from './refs.js';
import type { RefMove } from './refs.js';
import { fetchCommit, fetchTip, findRemote, readRefs } from './remote.js';
import type { Remote } from './remote.js';
import type { AheadCommit, Authorship, CommitSha, FileChange, PathVersion, TreeFile } from './types.js';

/**
 * The repository that the workflow runs in, as checked out. Nothing here touches its index, files or branches. What only
 * asks the server is tried three times where the connection is at fault (`reason: 'network'` of the GitError that follows).
 * Every method may also throw GitError `cancelled`.
 */
export interface Repository {
  /** Absolute path of the work tree. */
  readonly root: string;
  /** Whether the commit is here already. */
  hasCommit(commit: CommitSha): Promise<boolean>;
  /** Fetches the one commit by its id. False when the server does not have it. @throws GitError `fetch-failed` */
  fetchCommit(commit: CommitSha): Promise<boolean>;
  /** The branch's tip on the server, fetched; null when there is no such branch. @throws GitError `fetch-failed` */
  fetchTip(branch: string): Promise<CommitSha | null>;
  /** Of a commit that is here, in its own words, the first one first. */
  parentsOf(commit: CommitSha): Promise<readonly CommitSha[]>;
  /** What differs between the trees of two commits that are here. */
  changedFiles(base: CommitSha, head: CommitSha): Promise<readonly FileChange[]>;
  /** Every file at or below the folders (`''` is the root), taken literally. */
  listFiles(commit: CommitSha, folders: readonly string[]): Promise<readonly TreeFile[]>;
  /** The files at exactly these paths, without those that do not exist. */
  findFiles(commit: CommitSha, paths: readonly string[]): Promise<readonly TreeFile[]>;
  /** Contents by object id. @throws GitError `object-missing` */
  readBlobs(objects: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Makes a commit upon its parent; it stands on no branch until it is pushed. */
  commitFiles(request: CommitRequest): Promise<CommitSha>;
  /** Pushes, never by force. `moved`: someone pushed meanwhile. @throws GitError `push-refused`, `push-failed` */
  push(commit: CommitSha, branch: string): Promise<'pushed' | 'moved'>;
  /** Asks whether a push would be let in, and changes nothing. @throws GitError `push-refused`, `push-failed` */
  provePush(commit: CommitSha, branch: string): Promise<void>;
  /** What refs of the server name, by full names; those that are not there are left out. @throws GitError `fetch-failed` */
  readRefs(names: readonly string[]): Promise<ReadonlyMap<string, CommitSha>>;
  /** Moves a ref of the server by compare-and-swap. @throws GitError `push-refused`, `push-failed`, `fetch-failed` */
  moveRef(move: RefMove): Promise<'moved' | 'changed'>;
  /** A commit without files upon the head, which must be here; local until a ref is moved to it. */
  emptyBase(head: CommitSha): Promise<CommitSha>;
  /** A commit upon that one, which must be here, with the same files; local until a ref is moved to it. */
  sameFiles(commit: CommitSha): Promise<CommitSha>;
  /**
   * Brings the commits after what the ref names up to the head; false when the server does not have or give them.
   *
   * @throws GitError `fetch-failed`
   */
  fetchSince(ref: string, head: CommitSha): Promise<boolean>;
  /** Every version of paths at or below the folders in the commits after `base`, newest first. */
  pathVersions(base: CommitSha, head: CommitSha, folders: readonly string[]): Promise<readonly PathVersion[]>;
  /** Who brought files to the content that they have at the head, newest first; without those that nothing explains. */
  authorsOf(of: AuthorsOf): Promise<ReadonlyMap<string, Authorship>>;
  /** Null where the clone does not hold enough history to tell. */
  isAncestor(older: CommitSha, newer: CommitSha): Promise<boolean | null>;
  /** Brings commits with all their history; false when the server does not give them. @throws GitError `fetch-failed` */
  fetchHistory(commits: readonly CommitSha[]): Promise<boolean>;
  /** The newest commit that both have, by what is here; null where there is none. */
  mergeBaseOf(one: CommitSha, other: CommitSha): Promise<CommitSha | null>;
  /** What the head has that the base lacks, by what is here. */
  commitsAhead(base: CommitSha, head: CommitSha): Promise<readonly AheadCommit[]>;
  /** Who commits here, by the settings of git; null where they do not say. */
  identity(): Promise<{ readonly name: string; readonly mail: string } | null>;
}

export interface RepositoryOptions {
  /** The runner's workspace; the repository must be checked out right there (design.md "Contract"). */
  readonly workspace: string;
  /** `GITHUB_SERVER_URL`, e.g. `https://github.com`. */
  readonly serverUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  /** Empty: git uses what the checkout step left behind. */
  readonly token: string;
  /** The name that the server wants beside the token; left out: GitHub's. */
  readonly user?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Ends the git command that runs when the job is cancelled, and keeps any other from beginning. */
  readonly signal?: AbortSignal;
}

/**
 * Opens the repository at the workspace's root.
 *
 * @throws GitError `git-missing`, `not-a-repository`, `dubious-ownership`, `not-at-root`, each with its cure.
 */
export async function openRepository(options: RepositoryOptions): Promise<Repository> {
  const { serverUrl, token, env, log, signal } = options;
  const root = path.resolve(options.workspace);
  const credentials = credentialsFor(serverUrl, token, env, options.user);
  const git = await gitRunner({
    directory: root,
    env: { ...gitEnvironment(env), ...credentials.env },
    secrets: credentials.secrets,
    log,
    ...(signal === undefined ? {} : { signal }),
  });
  await requireRoot(git, root);

  const promised = promisedTo(git);
  let remote: Promise<Remote> | undefined;
  const theRemote = (): Promise<Remote> => (remote ??= findRemote(git, serverUrl, options.repository));
  return {
    root,
    hasCommit: (commit) => hasCommit(git, commit),
    fetchCommit: async (commit) => fetchCommit(git, await theRemote(), commit),
    fetchTip: async (branch) => fetchTip(git, await theRemote(), branch),
    parentsOf: (commit) => parentsOf(git, commit),
    changedFiles: (base, head) => changedFiles(git, base, head),
    listFiles: (commit, folders) => listFiles(git, promised, commit, folders),
    findFiles: (commit, paths) => findFiles(git, promised, commit, paths),
    readBlobs: (objects) => readBlobs(git, promised, objects),
    commitFiles: (request) => commitFiles(git, env['RUNNER_TEMP'] || os.tmpdir(), request),
    push: async (commit, branch) => push(git, await theRemote(), commit, branch),
    provePush: async (commit, branch) => provePush(git, await theRemote(), commit, branch),
    readRefs: async (names) => readRefs(git, await theRemote(), names),
    moveRef: async (move) => moveRef(git, await theRemote(), move),
    emptyBase: (head) => emptyBase(git, head),
    sameFiles: (commit) => sameFiles(git, commit),
    fetchSince: async (ref, head) => fetchSince(git, await theRemote(), ref, head),
    pathVersions: (base, head, folders) => pathVersions(git, base, head, folders),
    authorsOf: async (of) => authorsOf(git, promised, await theRemote(), of),
    isAncestor: (older, newer) => isAncestor(git, older, newer),
    fetchHistory: async (commits) => fetchHistory(git, await theRemote(), commits),
    mergeBaseOf: (one, other) => mergeBaseOf(git, one, other),
    commitsAhead: (base, head) => commitsAhead(git, base, head),
    identity: () => identity(git),
  };
}

async function identity(git: RunGit): Promise<{ readonly name: string; readonly mail: string } | null> {
  const [name, mail] = await Promise.all(
    ['user.name', 'user.email'].map(async (key) => {
      const { exitCode, stdout } = await git(['config', '--get', key], { short: true });
      return exitCode === 0 ? stdout.toString('utf8').trim() : '';
    }),
  );
  return name === undefined || mail === undefined || name === '' || mail === '' ? null : { name, mail };
}

/** git itself says how far up the root is: no paths to compare, which Windows spells in several ways. */
async function requireRoot(git: RunGit, workspace: string): Promise<void> {
  if (!(await isFolder(workspace))) throw await noRepository(workspace);
  const args = ['rev-parse', '--show-cdup', '--show-toplevel'];
  const result = await git(args, { short: true });
  if (result.exitCode === 0) {
    const [up, ...top] = result.stdout.toString('utf8').replace(/\n$/, '').split('\n');
    if (up === '') return;
    throw notAtRoot(`The workspace ${workspace} lies inside a bigger repository, ${top.join('\n')}.`);
  }
  switch (symptomOf(result.stderr)) {
    case 'dubious-ownership':
      throw new GitError(
        'dubious-ownership',
        `git does not trust the repository at ${workspace}, because it belongs to another user ("dubious ownership", usual in containers).`,
        `Add a step before this one: git config --global --add safe.directory "${workspace}"`,
      );
    case 'not-a-repository':
      throw await noRepository(workspace);
    default:
      throw commandFailed(args, result);
  }
}

async function noRepository(workspace: string): Promise<GitError> {
  const below = await repositoryBelow(workspace);
  if (below !== null) return notAtRoot(`The repository is checked out at ${below}, not at the root of the workspace.`);
  return new GitError(
    'not-a-repository',
    `There is no git repository at the workspace ${workspace} (no .git).`,
    'Put a step with actions/checkout before this one; if there is one, install git 2.18 or newer before it, since without git it downloads the files alone.',
  );
}

function notAtRoot(message: string): GitError {
  return new GitError(
    'not-at-root',
    message,
    'Take `path` out of the checkout step: the repository that the workflow runs in must stand at the root of the workspace.',
  );
}

/** A checkout with `path: NAME`, or `path: NAME/NAME`, for a message that can name it. */
async function repositoryBelow(workspace: string): Promise<string | null> {
  for (const folder of await foldersIn(workspace)) {
    for (const candidate of [folder, ...(await foldersIn(path.join(workspace, folder), folder))]) {
      if (await exists(path.join(workspace, candidate, '.git'))) return candidate;
    }
  }
  return null;
}

async function foldersIn(directory: string, prefix = ''): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => path.posix.join(prefix, entry.name));
  } catch {
    return [];
  }
}

async function isFolder(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
