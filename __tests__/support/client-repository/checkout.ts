import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from './git.js';

export interface CheckoutOptions {
  /** Of the repository, as the workflow sees it: `https://server/owner/name`. */
  readonly originUrl: string;
  /** In full; the branch that the commit was pushed to when left out. */
  readonly ref?: string;
  /** 1 when left out; 0 fetches all history and tags of all branches. */
  readonly depth?: number;
  /** The `github-token` that the checkout fetches with; none for a server that asks for none. */
  readonly token?: string;
  /** `forgotten`: `persist-credentials: false`. */
  readonly credentials?: 'persisted' | 'forgotten';
}

/**
 * Makes a workspace as actions/checkout 6 does: an empty repository, a fetch of the one commit into the remote's ref, a
 * branch of the same name; the token stands in a file outside that the repository's settings include
 * (action-engineering.md §2.1).
 */
export async function checkOut(
  folders: { readonly workspace: string; readonly home: string; readonly temp: string },
  commit: string,
  ref: string,
  options: CheckoutOptions,
): Promise<void> {
  const { workspace, home, temp } = folders;
  const { originUrl, depth = 1, token, credentials = 'persisted' } = options;
  await mkdir(workspace, { recursive: true });
  await mkdir(temp, { recursive: true });
  const here = { folder: workspace, home };
  await git(here, 'init', '--quiet', '--initial-branch=main');
  await git(here, 'remote', 'add', 'origin', originUrl);
  await git(here, 'config', '--local', 'gc.auto', '0');
  const include = `includeIf.gitdir:${join(workspace, '.git').replaceAll('\\', '/')}.path`;
  const secretFile = join(temp, `git-credentials-${randomUUID()}.config`).replaceAll('\\', '/');
  if (token !== undefined) {
    await writeFile(secretFile, secretSettings(originUrl, token), { mode: 0o600 });
    await git(here, 'config', '--local', include, secretFile);
  }

  const { tracking, checkout } = target(ref);
  const fetch = (...rest: readonly string[]): Promise<Buffer> =>
    git(here, '-c', 'protocol.version=2', 'fetch', '--quiet', '--prune', '--no-recurse-submodules', ...rest);
  if (depth === 0) await fetch('origin', '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*');
  const history = depth === 0 ? [] : [`--depth=${depth}`];
  await fetch('--no-tags', ...history, 'origin', `+${commit}:${tracking}`);
  await git(here, 'checkout', '--quiet', '--force', ...checkout);
  if (token !== undefined && credentials === 'forgotten') {
    await git(here, 'config', '--local', '--unset-all', include);
    await rm(secretFile);
  }
}

function secretSettings(originUrl: string, token: string): string {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return `[http "${new URL(originUrl).origin}/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n`;
}

/** Where the fetched commit goes, and what is checked out then. */
function target(ref: string): { readonly tracking: string; readonly checkout: readonly string[] } {
  const branch = /^refs\/heads\/(.+)$/u.exec(ref)?.[1];
  if (branch !== undefined) {
    const tracking = `refs/remotes/origin/${branch}`;
    return { tracking, checkout: ['-B', branch, tracking] };
  }
  const tracking = ref.startsWith('refs/pull/') ? ref.replace('refs/', 'refs/remotes/') : ref;
  return { tracking, checkout: ['--detach', tracking] };
}
