import path from 'node:path';
import { EventError } from '../event.js';
import type { CommitSha } from '../git/types.js';
import type { WorkTree } from '../git/work-tree.js';
import { repositoryIn } from './remote-url.js';

/** What git knows of the clone that a run stands in. */
export interface Checkout {
  readonly head: CommitSha;
  /** `owner/name` as `origin` has it, else the name of the folder. */
  readonly repository: string;
  /** The branch that is checked out; null on none. */
  readonly branch: string | null;
  /** The branches of the server that have the head as their tip; empty where one is checked out. */
  readonly tipOf: readonly string[];
  /** As the server has it; null without a server. */
  readonly defaultBranch: string | null;
}

/** @throws EventError `bad-environment` before the first commit; GitError `fetch-failed` */
export async function readCheckout(tree: WorkTree, root: string): Promise<Checkout> {
  const [head, branch, url] = await Promise.all([tree.head(), tree.branch(), tree.originUrl()]);
  if (head === null) {
    throw new EventError(
      'bad-environment',
      'There is no commit here yet, and what is deployed is what is committed.',
      'Commit the detections first.',
    );
  }
  const defaultBranch = url === null ? null : await tree.serverHead();
  const tipOf = branch === null && url !== null ? await tree.branchesAt(head) : [];
  return { head, branch, repository: repositoryIn(url) ?? path.basename(root), tipOf, defaultBranch };
}
