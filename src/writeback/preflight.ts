import { GitHubError } from '../github/errors.js';
import type { BranchRule, GitHub } from '../github/types.js';
import type { Log } from '../log.js';
import { WriteBackError } from './errors.js';
import { pullRequestBranchName } from './pull-request-text.js';
import type { Way } from './types.js';

export interface Preflight {
  readonly github: Pick<GitHub, 'proveWritable' | 'branchRules' | 'bypassOf' | 'provePullRequests' | 'branchHead'>;
  /** What was asked for. */
  readonly writeBack: Way;
  readonly branch: string;
  readonly defaultBranch: string | null;
  readonly log: Log;
}

/**
 * Makes sure, before the first rule is created, that its UUID will get onto the branch (design.md "Preflight"): the token
 * writes a harmless blob, and no active rule of the branch stands in the way of a direct commit. Where one does, a pull
 * request is the way, if the token may make one.
 *
 * @returns the way that is open: the one asked for, or `pull-request`.
 * @throws WriteBackError `token-read-only`, `branch-protected`, `pull-request-refused`; GitHubError when GitHub cannot say.
 */
export async function chooseWay(preflight: Preflight): Promise<Way> {
  const { writeBack, branch, log } = preflight;
  await requireWritableToken(preflight);
  const standing = writeBack === 'pull-request' ? [] : await standingRules(preflight, branch, writeBack);
  if (writeBack !== 'pull-request' && standing.length === 0) return writeBack;

  const obstacle = await pullRequestObstacle(preflight);
  if (obstacle === null) {
    if (standing.length > 0) {
      log.info(
        `The rules of "${branch}" take no direct commit (${inWords(standing)}): new UUIDs go into a pull request.`,
      );
    }
    return 'pull-request';
  }
  throw standing.length > 0 ? branchProtected(preflight, standing, obstacle) : pullRequestRefused(obstacle);
}

async function requireWritableToken({ github, writeBack }: Preflight): Promise<void> {
  try {
    await github.proveWritable();
  } catch (error) {
    if (!isHidden(error)) throw error;
    const more = writeBack === 'pull-request' ? '\n  pull-requests: write' : '';
    throw new WriteBackError(
      'token-read-only',
      `The token cannot write to this repository, so the UUIDs of new rules could not be saved. ${error.message}`,
      `Add these lines to the job (a run started by Dependabot or from a fork has a read-only token whatever they say):\npermissions:\n  contents: write${more}`,
      { cause: error },
    );
  }
}

/** GitHub hides what a token must not see: a 404 is a missing permission as well. */
function isHidden(error: unknown): error is GitHubError {
  return error instanceof GitHubError && (error.code === 'not-permitted' || error.code === 'not-found');
}

/** Why no pull request can be made. */
export interface Obstacle {
  readonly message: string;
  /** What to do, one sentence. */
  readonly help: string;
  /** Lines of the workflow to copy. */
  readonly lines: string;
}

const PERMISSIONS = '\npermissions:\n  contents: write\n  pull-requests: write';

/** Null when the token can make one, and commit to its branch. */
export async function pullRequestObstacle(preflight: Omit<Preflight, 'writeBack'>): Promise<Obstacle | null> {
  const { github, branch, defaultBranch } = preflight;
  try {
    await github.provePullRequests(branch);
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'pull-requests-off') {
      return { message: error.message, help: error.help, lines: '' };
    }
    if (!isHidden(error)) throw error;
    const help = 'Let the token make pull requests, by these lines in the job:';
    return { message: error.message, help, lines: PERMISSIONS };
  }
  const name = pullRequestBranchName(branch, defaultBranch);
  const rules = await standingRules(preflight, name, 'pull-request');
  if (rules.length === 0) return null;
  return {
    message: `The rules of the branch "${name}", which it would be of, are in the way: ${inWords(rules)}`,
    help: `Leave the branches "sekoia-detections/**" out of these rulesets.`,
    lines: '',
  };
}

/** The rules that no commit of this token on the branch can meet. */
async function standingRules(
  preflight: Omit<Preflight, 'writeBack'>,
  branch: string,
  way: Way,
): Promise<readonly BranchRule[]> {
  const rules = await readRules(preflight, branch);
  const blocking = rules.filter(({ type }) => blocks(type, way));
  const standing = await withoutBypassed(preflight, blocking);
  if (!standing.some(({ type }) => type === 'creation')) return standing;
  const isThere = (await preflight.github.branchHead(branch)) !== null;
  return isThere ? standing.filter(({ type }) => type !== 'creation') : standing;
}

/** Servers and plans without rulesets answer 403 or 404: then there are no such rules. */
async function readRules(
  { github, log }: Pick<Preflight, 'github' | 'log'>,
  branch: string,
): Promise<readonly BranchRule[]> {
  try {
    return await github.branchRules(branch);
  } catch (error) {
    if (isHidden(error)) {
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

function blocks(type: string, way: Way): boolean {
  // Commits of the API are signed by GitHub, those of git are not. Only the branch of a pull request is made by us.
  return (
    BLOCKING.has(type) ||
    (type === 'required_signatures' && way === 'push') ||
    (type === 'creation' && way === 'pull-request')
  );
}

/** Without the rules of rulesets whose bypass list the token's actor is on. */
async function withoutBypassed(
  { github }: Pick<Preflight, 'github'>,
  rules: readonly BranchRule[],
): Promise<readonly BranchRule[]> {
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
    if (isHidden(error)) return false;
    throw error;
  }
}

function branchProtected(
  { branch, writeBack }: Preflight,
  rules: readonly BranchRule[],
  obstacle: Obstacle,
): WriteBackError {
  const unsigned = rules.every(({ type }) => type === 'required_signatures');
  const ways = [
    ...(unsigned ? ['Set `write-back: commit`: commits made through the GitHub API are signed.'] : []),
    'Hand in as `github-token` the token of an installed GitHub App that is on the bypass list of these rulesets (the built-in token can never be on one).',
    'Set `write-back: none`, and bring the UUIDs of the output `rules` in by a pull request of your own.',
  ];
  return new WriteBackError(
    'branch-protected',
    `The rules of the branch "${branch}" take no direct ${writeBack === 'push' ? 'push' : 'commit'} from this token: ${inWords(rules)}. Nor can a pull request be made: ${obstacle.message}. So the UUIDs of new rules could not be saved.`,
    // The lines to copy stand at the end.
    [`One of these helps. ${ways.join(' ')} ${obstacle.help}`, obstacle.lines].join(''),
  );
}

function pullRequestRefused({ message, help, lines }: Obstacle): WriteBackError {
  return new WriteBackError(
    'pull-request-refused',
    `No pull request can be made (\`write-back: pull-request\`), so the UUIDs of new rules could not be saved: ${message}.`,
    `${help}${lines}`,
  );
}

function inWords(rules: readonly BranchRule[]): string {
  const named = rules.map(({ type, rulesetId, source }) =>
    rulesetId === null ? type : `${type} (ruleset ${rulesetId}${source === null ? '' : ` of ${source}`})`,
  );
  return [...new Set(named)].join(', ');
}
