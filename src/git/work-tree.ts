import type { Log } from '../log.js';
import { succeed, gitRunner } from './command.js';
import type { RunGit } from './command.js';
import { credentialsFor } from './credentials.js';
import { branchesAt, serverHead } from './server-branches.js';
import { gitEnvironment } from './environment.js';
import { changesIn } from './history.js';
import { textFields } from './paths.js';
import { asCommitSha } from './types.js';
import type { CommitSha, FileChange } from './types.js';

/** The work tree of a person, and what it differs in from what others have. Nothing is written, not even the index. */
export interface WorkTree {
  /** The commit that is checked out; null before the first one. */
  head(): Promise<CommitSha | null>;
  /** The branch that is checked out; null on none. */
  branch(): Promise<string | null>;
  /** Where `origin` is; null without one. May hold a password. */
  originUrl(): Promise<string | null>;
  /** The branch that HEAD of `origin` names, as the server has it; null without one. @throws GitError `fetch-failed` */
  serverHead(): Promise<string | null>;
  /** The branches of `origin` that have the commit as their tip. @throws GitError `fetch-failed` */
  branchesAt(commit: CommitSha): Promise<readonly string[]>;
  /** What a commit of everybody is called here, and where this branch left it; null where there is no such branch. */
  fork(): Promise<{ readonly name: string; readonly commit: CommitSha } | null>;
  /** The default branch of `origin`, and where this branch left it; null where the clone does not know one. */
  defaultBranch(): Promise<{ readonly name: string; readonly commit: CommitSha } | null>;
  /** What differs from the commit, committed since or not, and what git does not know yet and does not ignore. */
  changesSince(base: CommitSha): Promise<readonly FileChange[]>;
  /** Paths with changes that are not committed, the unknown ones included. */
  uncommitted(): Promise<readonly string[]>;
}

/** @throws GitError `git-missing` */
export async function openWorkTree(options: {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** What git shows the server; left out: what it has by itself. */
  readonly access?: { readonly serverUrl: string; readonly token: string; readonly user: string };
}): Promise<WorkTree> {
  const { root, env, log, signal, access } = options;
  const credentials = credentialsFor(access?.serverUrl ?? '', access?.token ?? '', env, access?.user);
  const git = await gitRunner({
    directory: root,
    env: { ...gitEnvironment(env), ...credentials.env },
    secrets: credentials.secrets,
    log,
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    head: () => commitAt(git, 'HEAD'),
    branch: () => answer(git, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
    originUrl: () => answer(git, ['config', '--get', 'remote.origin.url']),
    fork: () => fork(git, ['@{upstream}', ORIGIN_HEAD]),
    defaultBranch: () => defaultBranch(git),
    serverHead: () => serverHead(git, 'origin'),
    branchesAt: (commit) => branchesAt(git, 'origin', commit),
    changesSince: (base) => changesSince(git, base),
    uncommitted: () => uncommitted(git),
  };
}

const ORIGIN_HEAD = 'refs/remotes/origin/HEAD';

interface Fork {
  readonly name: string;
  readonly commit: CommitSha;
}

async function defaultBranch(git: RunGit): Promise<Fork | null> {
  const found = await fork(git, [ORIGIN_HEAD]);
  return found === null ? null : { ...found, name: found.name.replace(/^origin\//, '') };
}

/** The upstream of the branch, else the default branch of `origin`; where this branch left it. */
async function fork(git: RunGit, refs: readonly string[]): Promise<Fork | null> {
  for (const ref of refs) {
    const tip = await commitAt(git, ref);
    if (tip === null) continue;
    const base = asCommitSha(await answer(git, ['merge-base', tip, 'HEAD']));
    const name = await answer(git, ['rev-parse', '--abbrev-ref', ref, '--']);
    if (base !== undefined) return { name: name?.split('\n')[0] ?? ref, commit: base };
  }
  return null;
}

async function commitAt(git: RunGit, ref: string): Promise<CommitSha | null> {
  return asCommitSha(await answer(git, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])) ?? null;
}

/** A line, or null where git has no answer. */
async function answer(git: RunGit, args: readonly string[]): Promise<string | null> {
  const { exitCode, stdout } = await git(args, { short: true });
  const text = stdout.toString('utf8').replace(/\n$/, '');
  return exitCode === 0 && text !== '' ? text : null;
}

/** Programs that the repository's settings name for showing differences have no part in it. */
const DIFF: readonly string[] = ['diff', '--no-ext-diff', '--no-textconv', '--name-status', '-z', '-M'];

async function changesSince(git: RunGit, base: CommitSha): Promise<readonly FileChange[]> {
  const known = changesIn(await succeed(git, [...DIFF, '--ignore-submodules=all', base, '--']));
  return [...known, ...(await unknown(git)).map((path): FileChange => ({ status: 'added', path }))];
}

async function unknown(git: RunGit): Promise<readonly string[]> {
  return textFields(await succeed(git, ['ls-files', '--others', '--exclude-standard', '-z']));
}

async function uncommitted(git: RunGit): Promise<readonly string[]> {
  const changed = changesIn(await succeed(git, [...DIFF, '--ignore-submodules=all', 'HEAD', '--']));
  return [...changed.map(({ path }) => path), ...(await unknown(git))];
}
