import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commitStream } from '../support/client-repository/commit-stream.js';
import type { CommitDetails, FileChanges } from '../support/client-repository/commit-stream.js';
import { git, gitText } from '../support/client-repository/git.js';
import { copyClientRepository, createClientRepository } from '../support/client-repository.js';
import type { ClientRepository, Push } from '../support/client-repository.js';
import type { Site } from '../support/site.js';

// A matrix of hundreds of runs pays for every process that its scenery starts: so a repository is made once and then
// copied, commits are made on the server itself, and a checkout fetches past HTTP. What the action does is all real.

export async function makeTemplate(files: FileChanges): Promise<ClientRepository> {
  const template = await createClientRepository(files);
  for (const folder of [template.bare, template.clone]) {
    await rm(path.join(folder, 'hooks'), { recursive: true, force: true });
  }
  await git(
    { folder: template.bare, home: template.bare },
    'init',
    '--quiet',
    '--initial-branch=main',
    emptyOf(template),
  );
  await rm(path.join(emptyOf(template), '.git', 'hooks'), { recursive: true, force: true });
  return template;
}

/** A copy that checks out of itself; `template` has to stay until then. */
export function copyTemplate(template: ClientRepository): Promise<ClientRepository> {
  return copyClientRepository(template);
}

let workspaces = 0;

/** A workspace as actions/checkout leaves it, less the credentials: the action has a token of its own. */
export async function checkOut(
  { repository, github }: Pick<Site, 'repository' | 'github'>,
  template: ClientRepository,
  commit: string,
  depth: 0 | 1,
): Promise<string> {
  workspaces += 1;
  const workspace = path.join(path.dirname(repository.bare), `work space ${workspaces}`, 'detections');
  await mkdir(workspace, { recursive: true });
  await cp(emptyOf(template), workspace, { recursive: true });
  const config = path.join(workspace, '.git', 'config');
  const origin = `[remote "origin"]\n\turl = ${github.serverUrl}/acme/detections\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`;
  await writeFile(config, `${await readFile(config, 'utf8')}${origin}[gc]\n\tauto = 0\n`);
  const here = { folder: workspace, home: repository.bare };
  const history = depth === 1 ? ['--depth=1'] : [];
  const tracking = 'refs/remotes/origin/main';
  await git(here, 'fetch', '--quiet', '--no-tags', ...history, repository.bare, `+${commit}:${tracking}`);
  await git(here, 'checkout', '--quiet', '--force', '-B', 'main', tracking);
  return workspace;
}

let pushes = 0;

/** A commit on the tip of the server's branch, as a push brings it; made again where somebody else was faster. */
export async function pushCommit(
  { bare }: Pick<ClientRepository, 'bare'>,
  make: (tip: string) => Promise<{ readonly changes: FileChanges; readonly details: CommitDetails }>,
): Promise<Push> {
  const at = { folder: bare, home: bare };
  const ref = 'refs/heads/main';
  for (;;) {
    pushes += 1;
    const draft = `draft-${pushes}`;
    const before = await gitText(at, 'rev-parse', ref);
    const { changes, details } = await make(before);
    const input = commitStream(draft, before, changes, details, FIRST_PUSH_AT + pushes * 60);
    await git({ ...at, input }, 'fast-import', '--quiet', '--done');
    const after = await gitText(at, 'rev-parse', `refs/heads/${draft}`);
    const move = `update ${ref} ${after} ${before}\ndelete refs/heads/${draft}\n`;
    const isMoved = await git({ ...at, input: move }, 'update-ref', '--stdin').then(
      () => true,
      () => false,
    );
    if (isMoved) return { before, after, ref };
  }
}

/** 2026-02-01, in seconds: after the first commits of a repository. */
const FIRST_PUSH_AT = 1_769_904_000;

function emptyOf({ bare }: Pick<ClientRepository, 'bare'>): string {
  return path.join(path.dirname(bare), 'empty');
}
