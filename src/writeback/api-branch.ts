import type { Repository } from '../git/repository.js';
import { GitHubError } from '../github/errors.js';
import type { GitHub } from '../github/types.js';
import { type Attempt, type EditedFile, type Tip, tryAgain, type WritableBranch } from './branch.js';

/**
 * The branch through GitHub's API: commits are signed by GitHub and need no git identity. GraphQL makes the commit in
 * one call but turns every file into mode 100644; as soon as one is not, the whole commit goes by REST git data
 * (action-engineering.md §2.1). So does a large one, which REST takes in parts.
 */
export function apiBranch(options: {
  readonly github: Pick<GitHub, 'branchHead' | 'commitOnBranch' | 'commitByTree'>;
  /** Reads the files of the tip. */
  readonly repository: Pick<Repository, 'hasCommit' | 'fetchTip'>;
  readonly branch: string;
}): WritableBranch {
  const { github, repository, branch } = options;
  return {
    name: branch,
    tip: async (): Promise<Tip> => {
      try {
        const commit = await github.branchHead(branch);
        // Most often the tip is the commit that the run was started for, and there is nothing to fetch.
        if (commit === null || (await repository.hasCommit(commit))) return { kind: 'at', commit };
        return { kind: 'at', commit: await repository.fetchTip(branch) };
      } catch (error) {
        return tryAgain(error);
      }
    },
    commit: async (parent, files, message): Promise<Attempt> => {
      try {
        const commit = fitsOneCall(files)
          ? await github.commitOnBranch({ branch, expectedHead: parent, files, message })
          : await github.commitByTree({ branch, parent, files, message });
        return { kind: 'committed', commit };
      } catch (error) {
        if (error instanceof GitHubError && error.code === 'head-moved') return { kind: 'moved' };
        return tryAgain(error);
      }
    },
  };
}

/** A large mutation fails as a whole (user-reports.md, row 72). */
const MOST_FILES = 100;
const MOST_BYTES = 4 * 1024 * 1024;

function fitsOneCall(files: readonly EditedFile[]): boolean {
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  return files.every(({ mode }) => mode === '100644') && files.length <= MOST_FILES && bytes <= MOST_BYTES;
}
