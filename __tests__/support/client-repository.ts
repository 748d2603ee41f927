import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOut } from './client-repository/checkout.js';
import type { CheckoutOptions } from './client-repository/checkout.js';
import { commitStream } from './client-repository/commit-stream.js';
import type { CommitDetails, FileChanges } from './client-repository/commit-stream.js';
import { git, gitText } from './client-repository/git.js';

/** The id that stands for "no commit" in push events. */
export const NO_COMMIT = '0'.repeat(40);

export interface Push {
  /** The branch's tip before and after, as in a push event; `NO_COMMIT` for a branch that was not there. */
  readonly before: string;
  readonly after: string;
  /** In full. */
  readonly ref: string;
}

export interface LoggedCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  /** `Name <mail>`. */
  readonly author: string;
  readonly committer: string;
  readonly message: string;
}

/** A client's repository on the server, and the clone of a person who works on it. Refs are looked up on the server. */
export interface ClientRepository {
  /** The repository on the server, bare. */
  readonly bare: string;
  /** The person's clone; it has no work tree, so that any path works on any file system. */
  readonly clone: string;
  /** Commits in the person's clone, on the default branch unless `branch` says otherwise; gives the commit's id. */
  readonly commit: (changes: FileChanges, details?: CommitDetails & { readonly branch?: string }) => Promise<string>;
  /** A commit that moves files and changes nothing else. */
  readonly rename: (renames: Readonly<Record<string, string>>, details?: CommitDetails) => Promise<string>;
  /** Pushes a branch of the clone. Rejects as git does when it is behind, unless forced. */
  readonly push: (options?: { readonly force?: boolean; readonly branch?: string }) => Promise<Push>;
  /** Moves the clone's branch to what the server has. */
  readonly pull: (branch?: string) => Promise<string>;
  /** Moves the clone's branch back (or anywhere), for a force push to come. */
  readonly reset: (commit: string, branch?: string) => Promise<void>;
  /** Merges two commits on the server, without conflicts, and lets the ref name it, as GitHub does for pull requests. */
  readonly merge: (base: string, head: string, ref: string) => Promise<string>;
  /** The commit that a ref names; null when there is none. */
  readonly tip: (ref: string) => Promise<string | null>;
  /** A file's bytes; null when it is not there. */
  readonly readAt: (ref: string, path: string) => Promise<Buffer | null>;
  /** Such as `100644`; null when it is not there. */
  readonly modeAt: (ref: string, path: string) => Promise<string | null>;
  /** Newest first. */
  readonly log: (ref: string) => Promise<readonly LoggedCommit[]>;
  /** A fresh workspace as actions/checkout makes it; gives its path. */
  readonly checkout: (commit: string, options: CheckoutOptions) => Promise<string>;
  /** Removes everything from disk. */
  readonly cleanUp: () => Promise<void>;
}

/**
 * Makes a bare repository whose branch (`main` when left out) holds the files, and a clone to go on from. Times of
 * commits are made up, a minute apart, so that ids are the same on every machine.
 */
export async function createClientRepository(
  files: FileChanges,
  options: CommitDetails & { readonly branch?: string } = {},
): Promise<ClientRepository> {
  const { branch: defaultBranch = 'main', ...firstCommit } = options;
  const root = await newFolder();
  const repository = openAt(root, defaultBranch);
  const { bare, clone } = repository;
  const home = join(root, 'home');
  const server = { folder: bare, home };
  const person = { folder: clone, home };
  await mkdir(home);
  await git({ folder: root, home }, 'init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, bare);
  // What GitHub's servers allow: pushes over HTTP, commits asked for by id, partial clones.
  for (const key of ['http.receivepack', 'uploadpack.allowAnySHA1InWant', 'uploadpack.allowFilter']) {
    await git(server, 'config', key, 'true');
  }
  await git({ folder: root, home }, 'init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, clone);
  await git(person, 'remote', 'add', 'origin', bare);
  await repository.commit(files, { message: 'First detections', ...firstCommit });
  await repository.push();
  return repository;
}

/** Another repository that is the same, files copied: cheap where a test needs many. Workspaces are not copied. */
export async function copyClientRepository(
  source: ClientRepository,
  { branch = 'main' }: { readonly branch?: string } = {},
): Promise<ClientRepository> {
  const root = await newFolder();
  const copy = openAt(root, branch);
  await Promise.all([
    cp(source.bare, copy.bare, { recursive: true }),
    cp(source.clone, copy.clone, { recursive: true }),
    mkdir(join(root, 'home')),
  ]);
  const config = join(copy.clone, 'config');
  await writeFile(config, (await readFile(config, 'utf8')).replace(source.bare, copy.bare));
  return copy;
}

async function newFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'client-')));
}

function openAt(root: string, defaultBranch: string): ClientRepository {
  const [bare, clone, home] = [join(root, 'server.git'), join(root, 'clone.git'), join(root, 'home')];
  const server = { folder: bare, home };
  const person = { folder: clone, home };
  let workspaces = 0;
  let commits = 0;

  const tipIn = async (where: typeof server, ref: string): Promise<string | null> =>
    (await gitText(where, 'for-each-ref', '--format=%(objectname)', fullRef(ref))) || null;
  const entryAt = async (ref: string, path: string): Promise<readonly string[] | null> => {
    const line = (await git(server, 'ls-tree', '-z', '--full-tree', ref, '--', path)).toString('utf8');
    return line === '' ? null : line.split(/[ \t]/u, 3);
  };

  const repository: ClientRepository = {
    bare,
    clone,
    async commit(changes, { branch = defaultBranch, ...details } = {}) {
      const parent = (await tipIn(person, branch)) ?? (await tipIn(person, defaultBranch));
      commits += 1;
      const input = commitStream(branch, parent, changes, details, FIRST_COMMIT_AT + commits * 60);
      await git({ ...person, input }, 'fast-import', '--quiet', '--done', '--force');
      return gitText(person, 'rev-parse', fullRef(branch));
    },
    rename: (renames, details) =>
      repository.commit({}, { message: 'Move files', ...details, renames: { ...details?.renames, ...renames } }),
    async push({ force = false, branch = defaultBranch } = {}) {
      const ref = fullRef(branch);
      const before = (await tipIn(server, branch)) ?? NO_COMMIT;
      await git(person, 'push', '--quiet', 'origin', `${force ? '+' : ''}${ref}:${ref}`);
      return { before, after: await gitText(person, 'rev-parse', ref), ref };
    },
    async pull(branch = defaultBranch) {
      await git(person, 'fetch', '--quiet', '--update-head-ok', 'origin', `+${fullRef(branch)}:${fullRef(branch)}`);
      return gitText(person, 'rev-parse', fullRef(branch));
    },
    async reset(commit, branch = defaultBranch) {
      await git(person, 'update-ref', fullRef(branch), commit);
    },
    async merge(base, head, ref) {
      const tree = await gitText(server, 'merge-tree', '--write-tree', base, head);
      const merge = await gitText(
        server,
        'commit-tree',
        tree,
        '-p',
        base,
        '-p',
        head,
        '-m',
        `Merge ${head} into ${base}`,
      );
      await git(server, 'update-ref', ref, merge);
      return merge;
    },
    tip: (ref) => tipIn(server, ref),
    async readAt(ref, path) {
      const object = (await entryAt(ref, path))?.[2];
      return object === undefined ? null : git(server, 'cat-file', 'blob', object);
    },
    modeAt: async (ref, path) => (await entryAt(ref, path))?.[0] ?? null,
    async log(ref) {
      const format = '--format=%H%x1f%P%x1f%an <%ae>%x1f%cn <%ce>%x1f%B';
      const text = await gitText(server, 'log', '-z', format, ref, '--');
      return text
        .split('\0')
        .filter((record) => record !== '')
        .map(loggedCommit);
    },
    async checkout(commit, options) {
      workspaces += 1;
      // A blank in the path: workspaces of self-hosted runners have them.
      const workspace = join(root, `work space ${workspaces}`, 'detections');
      const folders = { workspace, home, temp: join(root, `temp ${workspaces}`) };
      await checkOut(folders, commit, options.ref ?? fullRef(defaultBranch), options);
      return workspace;
    },
    cleanUp: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
  return repository;
}

/** 2026-01-05 09:00:00 UTC, in seconds. */
const FIRST_COMMIT_AT = 1_767_603_600;

function fullRef(ref: string): string {
  return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}

function loggedCommit(record: string): LoggedCommit {
  const [sha = '', parents = '', author = '', committer = '', message = ''] = record.split('\u001f');
  return { sha, parents: parents.split(' ').filter(Boolean), author, committer, message: message.trim() };
}
