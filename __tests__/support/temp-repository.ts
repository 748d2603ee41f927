import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { asCommitSha } from '../../src/git/types.js';
import type { CommitSha } from '../../src/git/types.js';
import { serveGit } from './git-http.js';

const execute = promisify(execFile);

/** Settings of the machine must not reach the repositories of the tests. */
export const CLEAN_ENV: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
  GIT_TERMINAL_PROMPT: '0',
};

/** Runs git for a test's own preparations and looks; its output less the last line end. */
export async function git(directory: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute('git', args, { cwd: directory, env: CLEAN_ENV, maxBuffer: 64 << 20 });
  return stdout.replace(/\n$/, '');
}

export async function temporaryFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'git-test-')));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

export async function newRepository(directory: string, ...options: readonly string[]): Promise<string> {
  await mkdir(directory, { recursive: true });
  await git(directory, 'init', '--quiet', '--initial-branch=main', ...options);
  return directory;
}

/** Writes the files (null deletes one) and commits everything. */
export async function commit(
  directory: string,
  files: Readonly<Record<string, string | Buffer | null>>,
): Promise<CommitSha> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    if (content === null) await rm(file);
    else {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
  await git(directory, 'add', '--all');
  await git(directory, 'commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', 'change');
  return headOf(directory);
}

export async function headOf(directory: string, ref = 'HEAD'): Promise<CommitSha> {
  const head = asCommitSha(await git(directory, 'rev-parse', ref));
  if (head === undefined) throw new Error(`${directory} has no ${ref}`);
  return head;
}

export interface GitServer {
  readonly url: string;
  /** The header of every request, in order; undefined where there was none. */
  readonly authorizations: (string | undefined)[];
  /** What to answer to whom; may be changed while the server runs. */
  access: 'token' | 'read-only' | 'everyone';
  readonly close: () => Promise<void>;
}

/** A server of `/acme/rules` over the bare repository, which lets in `x-access-token:TOKEN` and refuses two headers. */
export async function startGitServer(bare: string, token: string): Promise<GitServer> {
  const expected = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    void serveGit(request, response, {
      repositories: (name) => (/^\/acme\/rules(?:\.git)?$/.test(name) ? bare : null),
      authorise: (header, service) => {
        if (started.access !== 'everyone' && header !== expected) return 'unauthorised';
        return started.access === 'read-only' && service === 'receive-pack' ? 'forbidden' : 'ok';
      },
      duplicateHeader: 'reject',
    }).then((handled) => {
      if (!handled) response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const started: GitServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorizations,
    access: 'token',
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return started;
}
