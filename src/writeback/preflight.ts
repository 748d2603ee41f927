import { GitHubError } from '../github/errors.js';
import type { BranchRule, GitHub } from '../github/types.js';
import type { Log } from '../log.js';
import { WriteBackError } from './errors.js';

export interface Preflight {
  readonly github: Pick<GitHub, 'proveWritable' | 'branchRules' | 'bypassOf'>;
  readonly writeBack: 'commit' | 'push';
  readonly branch: string;
  readonly log: Log;
}

/**
 * Makes sure, before the first rule is created, that its UUID will get onto the branch (design.md "Preflight"): the
 * token writes a harmless blob, and no active rule of the branch stands in the way of a direct commit.
 *
 * @throws WriteBackError `token-read-only`, `branch-protected`; GitHubError when GitHub cannot say.
 */
export async function checkWriteBack(preflight: Preflight): Promise<void> {
  await requireWritableToken(preflight);
  const rules = await readRules(preflight);
  const blocking = rules.filter(({ type }) => blocks(type, preflight.writeBack));
  const standing = await withoutBypassed(preflight, blocking);
  if (standing.length > 0) throw branchProtected(preflight, standing);
}

async function requireWritableToken({ github }: Preflight): Promise<void> {
  try {
    await github.proveWritable();
  } catch (error) {
    // GitHub hides what a token must not see: a 404 is a missing permission as well.
    const isReadOnly = error instanceof GitHubError && (error.code === 'not-permitted' || error.code === 'not-found');
    if (!isReadOnly) throw error;
    throw new WriteBackError(
      'token-read-only',
      `The token cannot write to this repository, so the UUIDs of new rules could not be saved. ${error.message}`,
      'Add these lines to the job (a run started by Dependabot or from a fork has a read-only token whatever they say):\npermissions:\n  contents: write',
      { cause: error },
    );
  }
}

/** Servers and plans without rulesets answer 403 or 404: then there are no such rules. */
async function readRules({ github, branch, log }: Preflight): Promise<readonly BranchRule[]> {
  try {
    return await github.branchRules(branch);
  } catch (error) {
    if (error instanceof GitHubError && (error.code === 'not-permitted' || error.code === 'not-found')) {
      log.debug(`The rules of the branch are not known: ${error.message}`);
      return [];
    }
    throw error;
  }
}

/** Rule types that no direct commit can meet: what they ask for happens on pull requests, or before the push. */
const BLOCKING: ReadonlySet<string> = new Set([
  'pull_request',
  'required_status_checks',
  'update',
  'merge_queue',
  'required_deployments',
  'workflows',
  'code_scanning',
  'code_quality',
]);

function blocks(type: string, writeBack: Preflight['writeBack']): boolean {
  // Commits of the API are signed by GitHub, those of git are not.
  return BLOCKING.has(type) || (type === 'required_signatures' && writeBack === 'push');
}

/** Without the rules of rulesets whose bypass list the token's actor is on. */
async function withoutBypassed({ github }: Preflight, rules: readonly BranchRule[]): Promise<readonly BranchRule[]> {
  const bypassed = new Set<number>();
  for (const id of new Set(rules.map(({ rulesetId }) => rulesetId))) {
    if (id !== null && (await bypasses(github, id))) bypassed.add(id);
  }
  return rules.filter(({ rulesetId }) => rulesetId === null || !bypassed.has(rulesetId));
}

async function bypasses(github: Preflight['github'], rulesetId: number): Promise<boolean> {
  try {
    return (await github.bypassOf(rulesetId)) === 'always';
  } catch (error) {
    // A ruleset that the token must not read is none that it may bypass.
    if (error instanceof GitHubError && (error.code === 'not-permitted' || error.code === 'not-found')) return false;
    throw error;
  }
}

function branchProtected({ branch, writeBack }: Preflight, rules: readonly BranchRule[]): WriteBackError {
  const named = rules.map(({ type, rulesetId, source }) => {
    return rulesetId === null ? type : `${type} (ruleset ${rulesetId}${source === null ? '' : ` of ${source}`})`;
  });
  const unsigned = rules.every(({ type }) => type === 'required_signatures');
  return new WriteBackError(
    'branch-protected',
    `The rules of the branch "${branch}" take no direct ${writeBack === 'push' ? 'push' : 'commit'} from this token: ${[...new Set(named)].join(', ')}. So the UUIDs of new rules could not be saved.`,
    unsigned
      ? 'Set `write-back: commit`: commits made through the GitHub API are signed.'
      : 'Hand in as `github-token` the token of an installed GitHub App that is on the bypass list of these rulesets (the built-in token can never be on one), or set `write-back: none` and bring the UUIDs of the output `rules` in by a pull request of your own.',
  );
}
