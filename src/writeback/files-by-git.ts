import type { CommitSha } from '../git/types.js';
import type { PullRequest } from '../github/types.js';
import { GIT_AUTHOR, noMergeRequests } from './by-git.js';
import type { ByGit } from './by-git.js';
import { commitFiles } from './commit-files.js';
import { driftBranchName } from './drift-pull-request.js';
import type { DriftPullRequest } from './drift-pull-request.js';
import { WriteBackError } from './errors.js';
import { importBranchName } from './import-pull-request.js';
import type { ImportPullRequest } from './import-pull-request.js';
import { mergeRequestBranch } from './merge-request-branch.js';

/**
 * The merge request that brings the platform's values into the files.
 *
 * @throws ActionError where the host makes none, or refuses it.
 */
export function proposeDriftByGit(by: ByGit, request: WithoutServer<DriftPullRequest>): Promise<PullRequest | null> {
  return proposeFilesByGit(by, {
    ...request,
    name: driftBranchName(request.base, request.defaultBranch),
    description: 'Rules were changed in Sekoia. This merge request brings what they hold now into the files.',
    wanted: 'drift',
    help: 'Set `drift: report`, `fail` or `restore`.',
  });
}

/**
 * The merge request that brings rules of a community into files.
 *
 * @throws ActionError where the host makes none, or refuses it.
 */
export function proposeImportByGit(by: ByGit, request: WithoutServer<ImportPullRequest>): Promise<PullRequest | null> {
  return proposeFilesByGit(by, {
    ...request,
    name: importBranchName(request),
    description: 'Rules of Sekoia that no file has yet, as pairs of files.',
    wanted: 'import-to',
    help: 'Set `import-to: workspace`, and commit the files yourself.',
  });
}

type WithoutServer<Request> = Omit<Request, 'github' | 'repository' | 'log'>;

interface ByGitRequest extends WithoutServer<DriftPullRequest> {
  readonly name: string;
  /** One line: options of a push take no more. */
  readonly description: string;
  /** The input that asks for a pull request, and what to set it to where none can be made. */
  readonly wanted: string;
  readonly help: string;
}

/**
 * The merge request of files, made anew from its base each time. Without anything to bring in the branch stays as it is:
 * git cannot close what it did not ask for.
 */
async function proposeFilesByGit(
  { repository, mergeRequests, log }: ByGit,
  request: ByGitRequest,
): Promise<PullRequest | null> {
  const { name, description } = request;
  if (mergeRequests === null) throw noMergeRequests(request.wanted, request.help);
  const branch = mergeRequestBranch({
    ...request,
    repository,
    author: (await repository.identity()) ?? GIT_AUTHOR,
    name,
    description,
    isRenewed: true,
    withoutBase: 'Run it on a branch that exists.',
    log,
  });
  const commit = await commitFiles(branch, { ...request, message: request.title, log });
  return commit === null ? null : pullRequestOf(branch.opened(), name, commit);
}

function pullRequestOf(
  opened: ReturnType<ReturnType<typeof mergeRequestBranch>['opened']>,
  name: string,
  commit: CommitSha,
): PullRequest {
  if (opened?.kind === 'open') return opened.pullRequest;
  throw new WriteBackError(
    'pull-request-refused',
    `the files are on the branch "${name}" (${commit}), of which no merge request could be opened: ${opened?.words ?? ''}`,
    `Open a merge request of "${name}" by hand.`,
  );
}
