import { openWorkTree } from '../git/work-tree.js';
import type { WorkTree } from '../git/work-tree.js';
import { silentLog } from '../log.js';
import { happeningOnAzure } from './azure.js';
import { happeningOnBitbucket } from './bitbucket.js';
import { readCheckout } from './checkout.js';
import type { HostName } from './choose-host.js';
import { deskHost } from './desk.js';
import type { DeskOptions } from './desk.js';
import { happeningByGit } from './git.js';
import { happeningOnGitLab } from './gitlab.js';
import { eventOf } from './happening.js';
import type { Happening } from './happening.js';
import { happeningOnJenkins } from './jenkins.js';
import type { Host } from './types.js';
import { serverOf } from './variables.js';
import type { Env } from './variables.js';

export type CiName = Exclude<HostName, 'desk' | 'github'>;

interface System {
  /** The name that its server wants beside a token. */
  readonly tokenUser: string;
  readonly mergeRequests: 'push-options' | null;
  readonly pushHelp: string;
  readonly happening: (env: Env, tree: WorkTree, root: string) => Promise<Happening>;
}

const SYSTEMS: Readonly<Record<CiName, System>> = {
  gitlab: {
    tokenUser: 'oauth2',
    mergeRequests: 'push-options',
    pushHelp:
      'Hand in a project access token with the scope `write_repository`, whose role may push to this branch, as the variable SEKOIA_GIT_TOKEN; or let job tokens push (Settings > CI/CD > Job token permissions).',
    happening: (env) => Promise.resolve(happeningOnGitLab(env)),
  },
  bitbucket: {
    tokenUser: 'x-token-auth',
    mergeRequests: null,
    pushHelp:
      'Steps push without a token of their own: let them in at Repository settings > Branch restrictions, or set `write-back: none` and bring the UUIDs in by hand.',
    happening: async (env, tree) => happeningOnBitbucket(env, await tree.serverHead()),
  },
  azure: {
    tokenUser: 'build',
    mergeRequests: null,
    pushHelp:
      'Set `persistCredentials: true` on the checkout step, and give the build service of the project "Contribute" on this repository (Project settings > Repositories > Security).',
    happening: async (env, tree) => happeningOnAzure(env, await tree.serverHead()),
  },
  jenkins: {
    tokenUser: 'git',
    mergeRequests: null,
    pushHelp:
      'Wrap the step in `withCredentials([gitUsernamePassword(credentialsId: …)])` or `sshagent`, with credentials that may push to this branch.',
    happening: async (env, tree, root) => happeningOnJenkins(env, await readCheckout(tree, root)),
  },
  git: {
    tokenUser: 'git',
    mergeRequests: null,
    pushHelp: 'Give git credentials that may push to this branch: `git push --dry-run` in this clone tries them.',
    happening: async (_env, tree, root) => happeningByGit(await readCheckout(tree, root)),
  },
};

/**
 * A job of a CI system: what happened is read from its variables and from git, and the report goes to its log.
 *
 * @throws GitError `git-missing`
 */
export async function openCiHost(name: CiName, options: DeskOptions): Promise<Host> {
  const { root, env, signal } = options;
  const { tokenUser, mergeRequests, pushHelp, happening } = SYSTEMS[name];
  const open = (token: string, serverUrl: string): Promise<WorkTree> =>
    openWorkTree({ root, env, signal, log: silentLog, access: { serverUrl, token, user: tokenUser } });
  const serverUrl = serverOf(await (await open('', '')).originUrl()) ?? '';
  return {
    ...deskHost(options),
    name,
    serverUrl,
    tokenUser,
    forge: { kind: 'git', mergeRequests, pushHelp },
    readEvent: async (settings) => {
      const tree = await open(settings.githubToken, serverUrl);
      return eventOf(await happening(env, tree, root), settings);
    },
  };
}
