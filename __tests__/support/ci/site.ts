import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClientRepository } from '../client-repository.js';
import type { ClientRepository, Push } from '../client-repository.js';
import type { FileChanges } from '../client-repository/commit-stream.js';
import { startSekoia } from '../sekoia.js';
import type { SekoiaStandIn } from '../sekoia.js';
import { git } from '../temp-repository.js';
import { startCiGitServer } from './git-server.js';
import type { CiGitServer } from './git-server.js';
import { SCRIPTS } from './pipelines.js';
import type { PipelineName } from './pipelines.js';
import { insteadOf, toolRepository } from './tool.js';

export const API_KEY = 'an-api-key-of-acme';
/** Who may push. */
export const PUSHER = 'glpat-of-the-project';

/** Keeps the tests quick; a file of the repository, as users have it. */
const SETTINGS = { '.sekoia-detections.yml': 'requests-per-second: 0\n' };

export interface CiJob {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly workspace: string;
  /** A file that the job left in its workspace; null when there is none. */
  readonly file: (name: string) => Promise<string | null>;
}

export interface CiRun {
  /** The commit of the job. */
  readonly commit: string;
  /** The variables of the system. */
  readonly variables: Readonly<Record<string, string>>;
  /** Of the clone; 20 when left out, 0 is all. */
  readonly depth?: number;
  /** Variables of the project; the key and, on GitLab, the token that pushes, when left out. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Arguments behind the last line of the script. */
  readonly more?: string;
}

/** A client's world on loopback with a CI system in place of GitHub: a git server, a Sekoia community, and its jobs. */
export interface CiSite {
  readonly repository: ClientRepository;
  readonly server: CiGitServer;
  readonly sekoia: SekoiaStandIn;
  /** Commits and pushes. */
  readonly push: (changes: FileChanges, branch?: string) => Promise<Push>;
  /** Runs the lines of the system's example pipeline in a fresh clone, as its runner makes it. */
  readonly job: (pipeline: PipelineName, run: CiRun) => Promise<CiJob>;
  /** Runs lines of a shell in a folder. */
  readonly shell: (script: string, folder: string, variables: Readonly<Record<string, string>>) => Promise<CiJob>;
  readonly folder: string;
  readonly tool: string;
  readonly stop: () => Promise<void>;
}

export async function startCiSite(options: { readonly mergeRequests?: boolean } = {}): Promise<CiSite> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'ci-')));
  const repository = await createClientRepository({ 'README.md': '# Detections\n', ...SETTINGS });
  const server = await startCiGitServer(repository.bare, options);
  const sekoia = await startSekoia({ keys: { [API_KEY]: ['read', 'write', 'enable', 'delete'] } });
  const tool = await toolRepository(path.join(folder, 'tool'));
  let jobs = 0;

  const shell: CiSite['shell'] = async (script, at, variables) => {
    const home = path.join(folder, 'home');
    await mkdir(home, { recursive: true });
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      LANG: 'C.UTF-8',
      TMPDIR: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      ...insteadOf(tool),
      ...variables,
    };
    const ended = await inShell(script, at, env);
    return {
      ...ended,
      workspace: at,
      file: (name) => readFile(path.join(at, name), 'utf8').catch(() => null),
    };
  };

  return {
    repository,
    server,
    sekoia,
    folder,
    tool,
    shell,
    async push(changes, branch = 'main') {
      if (branch === 'main') await repository.pull();
      await repository.commit(changes, { branch });
      return repository.push({ branch });
    },
    async job(pipeline, { commit, variables, depth = 20, secrets, more = '' }) {
      jobs += 1;
      const workspace = path.join(folder, `job-${jobs}`);
      await cloneFor(pipeline, { url: server.url, workspace, commit, depth });
      const script = `${(await SCRIPTS[pipeline]()).trimEnd()} ${more}`;
      const own = secrets ?? {
        SEKOIA_API_KEY: API_KEY,
        ...(pipeline === 'gitlab' ? { SEKOIA_GIT_TOKEN: PUSHER } : {}),
      };
      return shell(script, workspace, { CI: 'true', ...variables, SEKOIA_API_URL: sekoia.url, ...own });
    },
    async stop() {
      await Promise.all([server.close(), sekoia.stop()]);
      await repository.cleanUp();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/**
 * The clone that each system makes: a commit that is checked out and no branch. GitLab leaves the job's token in the
 * remote's address, Azure (with `persistCredentials`) a header in the settings, Bitbucket's proxy lets in by itself, and
 * Jenkins hands credentials over for one step.
 */
async function cloneFor(
  pipeline: PipelineName,
  of: { readonly url: string; readonly workspace: string; readonly commit: string; readonly depth: number },
): Promise<void> {
  const { url, workspace, commit, depth } = of;
  const user = { gitlab: 'gitlab-ci-token:job@', bitbucket: 'step:step@', azure: '', jenkins: 'jenkins:secret@' }[
    pipeline
  ];
  await mkdir(workspace, { recursive: true });
  const at = (...args: readonly string[]): Promise<string> => git(workspace, ...args);
  await at('init', '--quiet', '--initial-branch=master');
  await at('remote', 'add', 'origin', `${url.replace('://', `://${user}`)}/acme/detections.git`);
  if (pipeline === 'azure') {
    const header = `AUTHORIZATION: basic ${Buffer.from('build:job').toString('base64')}`;
    await at('config', `http.${url}/acme/detections.git.extraheader`, header);
  }
  const shallow = depth === 0 ? [] : [`--depth=${depth}`];
  await at('fetch', '--quiet', '--no-tags', ...shallow, 'origin', commit);
  await at('checkout', '--quiet', '--detach', commit);
}

function inShell(
  script: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => {
      resolve({ exitCode, ...said });
    });
  });
}
