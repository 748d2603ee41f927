import { bringCommit } from '../git/bring-commit.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { GitHub, PullRequest } from '../github/types.js';
import type { EditedFile } from './branch.js';
import { commitFiles } from './commit-files.js';
import { WriteBackError } from './errors.js';
import { pullRequestBranch } from './pull-request-branch.js';
import type { PullRequestBranchOptions } from './pull-request-branch.js';

export interface FilesPullRequest extends Omit<PullRequestBranchOptions, 'github' | 'repository' | 'text'> {
  readonly github: PullRequestBranchOptions['github'] & Pick<GitHub, 'updatePullRequest'>;
  readonly repository: PullRequestBranchOptions['repository'] & Pick<Repository, 'readRefs'>;
  /** The files of a commit of the base, or of our branch upon it, as they are to be; without those that stay. */
  readonly edit: (commit: CommitSha) => Promise<readonly EditedFile[]>;
  /** What the log says once it is there, and once there is nothing to bring in any more. */
  readonly said: { readonly open: string; readonly closed: string };
  /** What people read in it, Markdown. */
  readonly body: () => string;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * One open pull request that brings what the platform has into files, made anew from its base each time, so that what is
 * settled leaves it; people's commits on it are never overwritten. Where it says all of it already, no commit is made.
 * Without anything to bring in, one that is still open is closed.
 *
 * @throws ActionError when GitHub or git refuse.
 */
export async function proposeFiles(request: FilesPullRequest): Promise<PullRequest | null> {
  const { github, repository, base, name, title, log } = request;
  const tip = await repository.fetchTip(base);
  if (tip === null) throw noBase(base);
  const head = (await repository.readRefs([`refs/heads/${name}`])).get(`refs/heads/${name}`) ?? null;
  const files = await request.edit(tip);
  if (files.length === 0) {
    if (head !== null) await closeOpen(request);
    return null;
  }
  const text = { title, body: request.body() };
  const branch = pullRequestBranch({ ...request, text, isRenewed: true });
  if (head === null || !(await holdsExactly(request, tip, head, files)))
    await commitFiles(branch, { ...request, message: title });
  const open =
    (await github.openPullRequest({ branch: name, base })) ??
    (await github.createPullRequest({ branch: name, base, ...text }));
  // What was changed, and by whom, may be news although the files stay.
  await github.updatePullRequest(open.number, { body: request.body() });
  log.info(`${request.said.open} ${open.url}.`);
  return open;
}

/** Whether the branch is its base with exactly these files: then there is nothing to commit. */
async function holdsExactly(
  { repository, github }: FilesPullRequest,
  tip: CommitSha,
  head: CommitSha,
  files: readonly EditedFile[],
): Promise<boolean> {
  const ahead = await github.commitsAhead(tip, head);
  if (ahead?.relation !== 'ahead') return false;
  if (!(await bringCommit(repository, head))) return false;
  const changed = (await repository.changedFiles(tip, head)).map(({ path }) => path);
  if (changed.length !== files.length) return false;
  const found = new Map((await repository.findFiles(head, changed)).map((file) => [file.path, file]));
  const contents = await repository.readBlobs(Array.from(found.values(), ({ object }) => object));
  return files.every(({ path, mode, content }) => {
    const file = found.get(path);
    return file?.mode === mode && contents.get(file.object)?.equals(content) === true;
  });
}

async function closeOpen({ github, base, name, said, log }: FilesPullRequest): Promise<void> {
  const open = await github.openPullRequest({ branch: name, base });
  if (open === null) return;
  await github.updatePullRequest(open.number, { state: 'closed' });
  log.info(`${said.closed}, so the pull request ${open.url} was closed.`);
}

function noBase(base: string): WriteBackError {
  return new WriteBackError(
    'branch-missing',
    `there is no branch "${base}" (any more), or the token cannot see it`,
    'Run the workflow on a branch that exists.',
  );
}
