import { bringCommit } from '../git/bring-commit.js';
import { GitError } from '../git/errors.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import { GitHubError } from '../github/errors.js';
import type { Ahead, GitHub, PullRequest } from '../github/types.js';
import type { Log } from '../log.js';
import { apiBranch } from './api-branch.js';
import { type Attempt, type CarriedEdits, type Tip, tryAgain, type WritableBranch } from './branch.js';
import { carriedEdits } from './carried-edits.js';
import { WriteBackError } from './errors.js';
import { isOurs, marked } from './our-commits.js';
import { pullRequestText } from './pull-request-text.js';
import type { MetadataFiles } from './types.js';

export interface PullRequestBranch extends WritableBranch {
  /** The pull request of what stands on the branch, opened if there is none; null when nothing stands on it. */
  readonly pullRequest: () => Promise<PullRequest | null>;
  /** Why the branch could not be brought up to date with its base; null when it was. */
  readonly standstill: () => string | null;
}

export interface PullRequestBranchOptions {
  readonly github: Pick<
    GitHub,
    | 'branchHead'
    | 'commitOnBranch'
    | 'commitByTree'
    | 'writeCommit'
    | 'createBranch'
    | 'mergeInto'
    | 'commitsAhead'
    | 'openPullRequest'
    | 'createPullRequest'
  >;
  readonly repository: Pick<
    Repository,
    'hasCommit' | 'fetchTip' | 'fetchCommit' | 'findFiles' | 'readBlobs' | 'changedFiles' | 'moveRef'
  >;
  readonly metadata: MetadataFiles;
  /** The branch that the UUIDs are meant for. */
  readonly base: string;
  /** Our branch, `pullRequestBranchName`. */
  readonly name: string;
  readonly title: string;
  /** What people read in it; left out: that of UUIDs. */
  readonly text?: { readonly title: string; readonly body: string };
  /** Made anew from the base by each run, even while its pull request is open: nothing is carried on. */
  readonly isRenewed?: boolean;
  readonly log: Log;
}

/** Where the next commit goes. */
type Place =
  /** There is no branch yet. */
  | { readonly kind: 'new' }
  | { readonly kind: 'on-top' }
  /** Made anew from the base: nothing but commits of ours stands on it. */
  | { readonly kind: 'rebuilt'; readonly over: CommitSha };

/**
 * The branch of the one open pull request. It is brought up to date by a merge of its base. Where the merge is refused,
 * or no pull request is open any more, it is made anew from the base, unless people committed on it: then it stays, the
 * UUIDs are committed on top, and `standstill` says why. A branch is moved backwards by compare-and-swap only.
 */
export function pullRequestBranch(options: PullRequestBranchOptions): PullRequestBranch {
  const { github, repository, base, name, log } = options;
  const onTop = apiBranch({ github, repository, branch: name });
  let place: Place = { kind: 'new' };
  let open: PullRequest | null = null;
  let standstill: string | null = null;
  // Once this run has tried a commit, what stands on the branch is of this pull request, even if none is open yet.
  let hasBegun = false;
  let rebuildsLeft = 2;

  const at = async (commit: CommitSha): Promise<CommitSha> => {
    await bringCommit(repository, commit);
    return commit;
  };

  const rebuild = async (tip: CommitSha, over: CommitSha, ahead: Ahead | null): Promise<Tip> => {
    place = { kind: 'rebuilt', over };
    const carried: CarriedEdits | undefined =
      ahead === null
        ? undefined
        : await carriedEdits(options, { base: await at(ahead.mergeBase), head: await at(over) });
    return { kind: 'at', commit: tip, ...(carried === undefined ? {} : { carried }) };
  };

  const stay = async (head: CommitSha): Promise<Tip> => {
    place = { kind: 'on-top' };
    return { kind: 'at', commit: await at(head) };
  };

  const look = async (): Promise<Tip> => {
    const tip = await baseTip(options);
    const head = await github.branchHead(name);
    if (head === null) {
      place = { kind: 'new' };
      return { kind: 'at', commit: tip };
    }
    const ahead = await github.commitsAhead(tip, head);
    if (ahead === null) throw unrelated(options);
    open = await github.openPullRequest({ branch: name, base });
    const isOursAlone = ahead.isWhole && ahead.commits.every(isOurs);
    const rebuilds = rebuildsLeft > 0 && isOursAlone;
    if (rebuilds && (options.isRenewed === true || (open === null && !hasBegun))) return rebuild(tip, head, null);
    if (ahead.relation === 'ahead') return stay(head);
    const merged = await merge(tip);
    if (merged.kind === 'merged') return stay(merged.commit ?? head);
    if (rebuilds) return rebuild(tip, head, ahead);
    standstill = standstillOf(options, open, isOursAlone, merged.error);
    log.notice(`${standstill}.`);
    return stay(head);
  };

  const merge = async (
    tip: CommitSha,
  ): Promise<
    | { readonly kind: 'merged'; readonly commit: CommitSha | null }
    | { readonly kind: 'refused'; readonly error: GitHubError }
  > => {
    try {
      return { kind: 'merged', commit: await github.mergeInto(name, tip, marked(`Merge "${base}" into "${name}"`)) };
    } catch (error) {
      if (!(error instanceof GitHubError) || !REFUSALS.includes(error.code)) throw error;
      log.info(`"${base}" cannot be merged into "${name}": ${error.message}`);
      return { kind: 'refused', error };
    }
  };

  return {
    name,
    tip: async () => {
      try {
        return await look();
      } catch (error) {
        if (error instanceof GitHubError && error.code === 'head-moved') return { kind: 'no-answer', error, waitMs: 0 };
        return tryAgain(error);
      }
    },
    commit: async (parent, files, message): Promise<Attempt> => {
      hasBegun = true;
      try {
        if (place.kind === 'rebuilt') {
          const commit = await github.writeCommit({ parent, files, message: marked(message) });
          const ref = `refs/heads/${name}`;
          const moved = await repository.moveRef({ ref, from: place.over, to: commit });
          return moved === 'moved' ? { kind: 'committed', commit } : { kind: 'moved' };
        }
        if (place.kind === 'new') await github.createBranch(name, parent);
      } catch (error) {
        if (error instanceof GitHubError && error.code === 'head-moved') return { kind: 'moved' };
        if (!(error instanceof GitError)) return tryAgain(error);
        // Rules may let nobody move a branch backwards: then it stays as it is, and the commit goes on top.
        rebuildsLeft = error.code === 'push-refused' ? 0 : rebuildsLeft - 1;
        return { kind: 'no-answer', error, waitMs: 0 };
      }
      return onTop.commit(parent, files, marked(message));
    },
    pullRequest: async () => {
      if (place.kind !== 'on-top' && !hasBegun) return null;
      open ??= await github.createPullRequest({ branch: name, base, ...(options.text ?? pullRequestText(options)) });
      return open;
    },
    standstill: () => standstill,
  };
}

const REFUSALS: readonly string[] = ['conflict', 'rule-violation', 'not-permitted', 'not-found', 'refused'];

async function baseTip({ github, repository, base }: PullRequestBranchOptions): Promise<CommitSha> {
  const head = await github.branchHead(base);
  const tip = head !== null && !(await repository.hasCommit(head)) ? await repository.fetchTip(base) : head;
  if (tip !== null) return tip;
  throw new WriteBackError(
    'branch-missing',
    `there is no branch "${base}" (any more), or the token cannot see it`,
    'Put the UUIDs into the metadata files by hand, on the branch that took its place.',
  );
}

function unrelated({ base, name }: PullRequestBranchOptions): WriteBackError {
  return new WriteBackError(
    'pull-request-stuck',
    `the branches "${name}" and "${base}" have no commit in common`,
    `Delete the branch "${name}", then run the workflow again: it finds the rules by their names and adopts them.`,
  );
}

function standstillOf(
  { base, name }: PullRequestBranchOptions,
  open: PullRequest | null,
  isOursAlone: boolean,
  { code, message }: GitHubError,
): string {
  const what = open === null ? `The branch "${name}"` : `The pull request ${open.url}`;
  const why = code === 'conflict' ? `conflicts with "${base}"` : `does not take a merge of "${base}" (${message})`;
  const who = isOursAlone ? 'may not be made anew' : 'holds commits of people, which are never overwritten';
  return `${what} ${why} and ${who}, so it was not brought up to date: merge "${base}" into "${name}" by hand`;
}
