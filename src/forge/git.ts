import type { Repository } from '../git/repository.js';
import type { Log } from '../log.js';
import { chooseWayByGit, findPendingByGit, saveByGit } from '../writeback/by-git.js';
import type { ByGit, MergeRequests } from '../writeback/by-git.js';
import { proposeDriftByGit, proposeImportByGit } from '../writeback/files-by-git.js';
import { compareByGit, mergeBaseByGit } from './history.js';
import type { Forge } from './types.js';

/** Any server of git: what GitHub's API tells is read from the history, and write-backs are pushes. */
export function gitForge(of: {
  readonly repository: Repository;
  readonly mergeRequests: MergeRequests | null;
  readonly pushHelp: string;
  readonly log: Log;
}): Forge {
  const by: ByGit = of;
  const { repository } = of;
  return {
    compare: (base, head) => compareByGit(repository, base, head),
    mergeBase: (branch, head) => mergeBaseByGit(repository, branch, head),
    chooseWay: (asked) => chooseWayByGit(by, asked),
    saveUuids: (request) => saveByGit(by, request),
    pendingUuids: (branches) => findPendingByGit(by, branches),
    proposeDrift: (request) => proposeDriftByGit(by, request),
    proposeImport: (request) => proposeImportByGit(by, request),
    // No server takes one by git.
    keepComment: () => Promise.resolve('none'),
    close: () => Promise.resolve(),
  };
}
