import { createClientRepository, NO_COMMIT } from './client-repository.js';
import type { ClientRepository, Push } from './client-repository.js';
import type { CommitDetails, FileChanges } from './client-repository/commit-stream.js';
import { DOOR, runCommand } from './command-door.js';
import type { Door } from './command-door.js';
import { startGitHub } from './github.js';
import type { GitHubOptions, GitHubStandIn } from './github.js';
import { runAction } from './runner.js';
import type { ActionRun, RunOptions } from './runner.js';
import { startSekoia } from './sekoia.js';
import type { SekoiaOptions, SekoiaStandIn } from './sekoia.js';

const REPOSITORY = 'acme/detections';
const TOKEN = 'ghs_a-token-of-the-workflow';
export const API_KEY = 'an-api-key-of-acme';

/** A client's whole world on loopback: a repository on GitHub, a Sekoia community, and a runner for the workflow. */
export interface Site {
  readonly repository: ClientRepository;
  readonly github: GitHubStandIn;
  readonly sekoia: SekoiaStandIn;
  /** Commits, pushes to the default branch, and runs the workflow that the push starts. */
  readonly push: (changes: FileChanges, run?: SiteRun, details?: CommitDetails) => Promise<ActionRun>;
  /** Runs the workflow for a push that was made before. */
  readonly runFor: (push: Push, run?: SiteRun) => Promise<ActionRun>;
  /** The workspace that the checkout step makes for a push. */
  readonly checkout: (push: Push) => Promise<string>;
  /**
   * Opens a pull request with one commit upon the default branch, or upon an older `from` of it, and runs the workflow
   * that it starts, on GitHub's merge commit.
   */
  readonly pullRequest: (
    changes: FileChanges,
    /** `number`: one that was opened before, whose branch is replaced. */
    run?: SiteRun & { readonly baseSha?: string; readonly from?: string; readonly number?: number },
  ) => Promise<ActionRun>;
  /** Starts the workflow by hand on the default branch. */
  readonly dispatch: (run?: SiteRun) => Promise<ActionRun>;
  /** What a schedule starts on the default branch: its payload names neither repository nor branch. */
  readonly schedule: (run?: SiteRun) => Promise<ActionRun>;
  readonly stop: () => Promise<void>;
}

/** What a run may have otherwise than the workflow of the README. */
export interface SiteRun extends Partial<Omit<RunOptions, 'site' | 'inputs'>> {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly forced?: boolean;
  readonly credentials?: 'persisted' | 'forgotten';
  /** Of the checkout; 0 is the whole history. */
  readonly depth?: number;
  /** Something that happens between checkout and the action. */
  readonly beforeRun?: (workspace: string) => Promise<void>;
}

export interface SiteOptions {
  /** The repository's first commit. */
  readonly files?: FileChanges;
  readonly firstCommit?: CommitDetails;
  /** A repository that was made before, in place of a new one with `files`. */
  readonly repository?: ClientRepository;
  readonly sekoia?: SekoiaOptions;
  readonly github?: Pick<GitHubOptions, 'permissions' | 'mountedAt' | 'pullRequestsAllowed'>;
  /** The way in of its runs; that of the variable DOOR when left out. */
  readonly door?: Door;
}

export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const repository =
    options.repository ??
    (await createClientRepository(options.files ?? { 'README.md': '# Detections\n' }, options.firstCommit));
  const github = await startGitHub({
    bareRepository: repository.bare,
    repository: REPOSITORY,
    token: TOKEN,
    ...options.github,
  });
  const sekoia = await startSekoia({ keys: { [API_KEY]: ['read', 'write', 'enable', 'delete'] }, ...options.sekoia });
  const site = {
    serverUrl: github.serverUrl,
    apiUrl: github.apiUrl,
    graphqlUrl: github.graphqlUrl,
    repository: REPOSITORY,
    token: TOKEN,
  };

  const checkout = (sha: string, ref: string, { credentials, depth }: SiteRun = {}): Promise<string> =>
    repository.checkout(sha, {
      originUrl: `${github.serverUrl}/${REPOSITORY}`,
      token: TOKEN,
      ref,
      ...(credentials === undefined ? {} : { credentials }),
      ...(depth === undefined ? {} : { depth }),
    });
  let pullRequests = 0;
  const run = async (
    event: { readonly name: string; readonly payload: object; readonly ref: string; readonly sha: string },
    { inputs, credentials, depth, beforeRun, ...rest }: SiteRun,
  ): Promise<ActionRun> => {
    const workspace =
      rest.workspace ??
      (await checkout(event.sha, event.ref, {
        ...(credentials === undefined ? {} : { credentials }),
        ...(depth === undefined ? {} : { depth }),
      }));
    await beforeRun?.(workspace);
    const named = { repository: { full_name: REPOSITORY, default_branch: 'main' } };
    const payload = event.name === 'schedule' ? event.payload : { ...named, ...event.payload };
    const given = { 'api-key': API_KEY, 'api-url': sekoia.url, 'requests-per-second': '0', ...inputs };
    const [target] = event.name === 'pull_request' ? ((await repository.log(event.sha))[0]?.parents ?? []) : [];
    if ((options.door ?? DOOR) === 'cli') {
      return runCommand({
        ...rest,
        event: { ...event, payload },
        site,
        inputs: given,
        workspace,
        ...(target === undefined ? {} : { target }),
      });
    }
    return runAction({
      // CI runs the same tests on the Node that the runner ships.
      ...(process.env['ACTION_NODE'] === undefined ? {} : { node: process.env['ACTION_NODE'] }),
      event: { ...event, payload },
      site,
      secrets: [API_KEY],
      inputs: given,
      ...rest,
      workspace,
    });
  };
  const runFor = ({ before, after, ref }: Push, { forced = false, ...rest }: SiteRun = {}): Promise<ActionRun> =>
    run(
      { name: 'push', ref, sha: after, payload: { ref, before, after, forced, created: before === NO_COMMIT } },
      rest,
    );

  return {
    repository,
    github,
    sekoia,
    async push(changes, rest = {}, details = {}) {
      await repository.pull();
      await repository.commit(changes, details);
      return runFor(await repository.push(), rest);
    },
    runFor,
    checkout: ({ after, ref }) => checkout(after, ref),
    async pullRequest(changes, { from, baseSha, number = pullRequests + 1, ...rest } = {}) {
      pullRequests = Math.max(pullRequests, number);
      const branch = `topic-${number}`;
      const base = await repository.pull();
      await repository.reset(from ?? base, branch);
      await repository.commit(changes, { branch });
      const { after } = await repository.push({ branch, force: true });
      const merge = await repository.merge(base, after, `refs/pull/${number}/merge`);
      const payload = {
        action: 'opened',
        number,
        pull_request: {
          number,
          base: { ref: 'main', sha: baseSha ?? base, repo: { full_name: REPOSITORY } },
          head: { ref: branch, sha: after, repo: { full_name: REPOSITORY } },
        },
      };
      return run({ name: 'pull_request', ref: `refs/pull/${number}/merge`, sha: merge, payload }, rest);
    },
    async dispatch(rest = {}) {
      const sha = (await repository.tip('main')) ?? NO_COMMIT;
      return run({ name: 'workflow_dispatch', ref: 'refs/heads/main', sha, payload: { inputs: null } }, rest);
    },
    async schedule(rest = {}) {
      const sha = (await repository.tip('main')) ?? NO_COMMIT;
      return run({ name: 'schedule', ref: 'refs/heads/main', sha, payload: { schedule: '17 5 * * *' } }, rest);
    },
    async stop() {
      await Promise.all([github.stop(), sekoia.stop()]);
      await repository.cleanUp();
    },
  };
}

/** One object a detection, from the output `rules`. */
export interface RuleOutput {
  readonly path: string;
  readonly name: string | null;
  readonly uuid: string | null;
  readonly operation: string;
  readonly outcome: string;
  readonly reason: string;
}

export function rulesOf(run: ActionRun): readonly RuleOutput[] {
  return JSON.parse(run.outputs['rules'] ?? 'null') as readonly RuleOutput[];
}
