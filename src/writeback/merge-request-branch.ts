import { wordsOf } from '../git/errors.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { PullRequest } from '../github/types.js';
import type { Log } from '../log.js';
import { printable, shorten } from '../text.js';
import { type Attempt, type Tip, tryAgain, type WritableBranch } from './branch.js';
import { carriedEdits } from './carried-edits.js';
import { WriteBackError } from './errors.js';
import { isOurs, marked } from './our-commits.js';
import type { MetadataFiles } from './types.js';

/** What the server said of the merge request when the branch was pushed. */
export type Opened =
  { readonly kind: 'open'; readonly pullRequest: PullRequest } | { readonly kind: 'not-open'; readonly words: string };

export interface MergeRequestBranch extends WritableBranch {
  /** Null before a push. */
  readonly opened: () => Opened | null;
}

export interface MergeRequestOptions {
  readonly repository: Pick<
    Repository,
    | 'fetchTip'
    | 'readRefs'
    | 'fetchHistory'
    | 'isAncestor'
    | 'mergeBaseOf'
    | 'commitsAhead'
    | 'commitFiles'
    | 'moveRef'
    | 'findFiles'
    | 'readBlobs'
    | 'changedFiles'
  >;
  readonly metadata: MetadataFiles;
  readonly author: { readonly name: string; readonly mail: string };
  /** The branch that it is to be merged into. */
  readonly base: string;
  /** Our branch. */
  readonly name: string;
  /** Its first line is that of the merge request. */
  readonly title: string;
  /** One line. */
  readonly description: string;
  /** Made anew from the base by each run: nothing is carried on. */
  readonly isRenewed?: boolean;
  /** What to do where the base is gone. */
  readonly withoutBase: string;
  readonly log: Log;
}

/**
 * The branch of the one merge request of a server that makes it of a push and can be asked nothing by git. One push does
 * it all: it moves the branch by compare-and-swap, and its options open the merge request, or find the one that is open.
 * The branch is made anew from its base with all that it holds, unless people committed on it: then the commit goes on top.
 */
export function mergeRequestBranch(options: MergeRequestOptions): MergeRequestBranch {
  const { repository, base, name } = options;
  const ref = `refs/heads/${name}`;
  let over: CommitSha | null = null;
  let opened: Opened | null = null;

  const look = async (): Promise<Tip> => {
    const tip = await repository.fetchTip(base);
    if (tip === null) throw noBase(options);
    over = (await repository.readRefs([ref])).get(ref) ?? null;
    if (over === null) return { kind: 'at', commit: tip };
    if (!(await repository.fetchHistory([tip, over]))) return { kind: 'at', commit: tip };
    // Merged, and the branch was left behind.
    if ((await repository.isAncestor(over, tip)) === true) return { kind: 'at', commit: tip };
    const from = await repository.mergeBaseOf(tip, over);
    if (from === null) throw unrelated(options);
    const ahead = await repository.commitsAhead(tip, over);
    if (!ahead.every(isOurs)) return { kind: 'at', commit: over };
    if (options.isRenewed === true) return { kind: 'at', commit: tip };
    return { kind: 'at', commit: tip, carried: await carriedEdits(options, { base: from, head: over }) };
  };

  return {
    name,
    tip: async () => {
      try {
        return await look();
      } catch (error) {
        return tryAgain(error);
      }
    },
    commit: async (parent, files, message): Promise<Attempt> => {
      const { author } = options;
      const commit = await repository.commitFiles({ parent, files, message: marked(message), author });
      let words = '';
      const onWords = (said: string): void => {
        words = said;
      };
      const moved = await repository.moveRef({ ref, from: over, to: commit, options: optionsOf(options), onWords });
      if (moved === 'changed') return { kind: 'moved' };
      opened = openedBy(words);
      return { kind: 'committed', commit };
    },
    opened: () => opened,
  };
}

/** GitLab's push options (docs.gitlab.com, "Push options"). None may hold a line end. */
function optionsOf({ base, title, description }: MergeRequestOptions): readonly string[] {
  return [
    'merge_request.create',
    `merge_request.target=${base}`,
    `merge_request.title=${oneLine(title)}`,
    `merge_request.description=${oneLine(description)}`,
    'merge_request.remove_source_branch',
  ];
}

function oneLine(text: string): string {
  return shorten(printable(text.trim().split(/[\r\n]/u)[0] ?? ''), 1_000);
}

/** The page of the merge request stands in what the server says of the push. */
function openedBy(words: string): Opened {
  const { url, number } =
    /(?<url>https?:\/\/[^\s"'<>()[\]\\@`]+\/merge_requests\/(?<number>[1-9]\d{0,9}))(?![\w/])/u.exec(words)?.groups ??
    {};
  if (url === undefined || number === undefined) return { kind: 'not-open', words: wordsOf(words) };
  return { kind: 'open', pullRequest: { number: Number(number), url } };
}

function noBase({ base, withoutBase }: MergeRequestOptions): WriteBackError {
  return new WriteBackError(
    'branch-missing',
    `there is no branch "${base}" (any more), or this run cannot see it`,
    withoutBase,
  );
}

function unrelated({ base, name }: MergeRequestOptions): WriteBackError {
  return new WriteBackError(
    'pull-request-stuck',
    `the branches "${name}" and "${base}" have no commit in common`,
    `Delete the branch "${name}", then run this again: it makes it anew.`,
  );
}
