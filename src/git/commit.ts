import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { requireNoNul, succeed } from './command.js';
import type { RunGit } from './command.js';
import { GitError } from './errors.js';
import { asCommitSha } from './types.js';
import type { CommitSha, TreeFile } from './types.js';

export interface CommitRequest {
  readonly parent: CommitSha;
  /** Files as they are to be in the new commit; all others stay as they are in the parent. */
  readonly files: readonly { readonly path: string; readonly mode: TreeFile['mode']; readonly content: Buffer }[];
  readonly message: string;
  /** Author and committer. */
  readonly author: { readonly name: string; readonly mail: string };
}

/**
 * Makes a commit upon `parent` from objects alone: an index of its own in a temporary folder, no work tree, no filters,
 * no hooks. The user's index, files and branches stay as they are (action-engineering.md §2.3). `temporary` is a folder for
 * folders that are gone afterwards.
 */
export async function commitFiles(git: RunGit, temporary: string, request: CommitRequest): Promise<CommitSha> {
  // Their list is parted by NULs.
  requireNoNul(
    'git update-index',
    request.files.map((file) => file.path),
  );
  const folder = await mkdtemp(path.join(temporary, 'sekoia-detections-'));
  try {
    await requireNames(git, request);
    const objects = await storeContents(git, folder, request.files);
    const index = { GIT_INDEX_FILE: path.join(folder, 'index') };
    await succeed(git, ['read-tree', request.parent], { env: index, short: true });
    const entries = request.files.map((file, i) => `${file.mode} ${objects[i] ?? ''}\t${file.path}\0`);
    await succeed(git, ['update-index', '-z', '--index-info'], { env: index, input: Buffer.from(entries.join('')) });
    // --missing-ok: a partial clone would fetch every file that it does not hold, only to see that it exists.
    const tree = lineOf(await succeed(git, ['write-tree', '--missing-ok'], { env: index, short: true }));
    const commit = lineOf(
      await succeed(git, ['commit-tree', tree, '-p', request.parent], {
        env: identity(request.author),
        input: Buffer.from(`${request.message.trimEnd()}\n`),
      }),
    );
    return knownCommit(commit);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * A name that is not UTF-8 was read with U+FFFD for what could not be: to write to it would add a file beside the one
 * that is meant. So a name with that character must be in the parent just so.
 */
async function requireNames(git: RunGit, { parent, files }: CommitRequest): Promise<void> {
  for (const { path: name } of files) {
    if (!name.includes('\ufffd')) continue;
    const found = await succeed(git, ['ls-tree', '-z', '--name-only', '--full-tree', parent, '--', name]);
    if (found.equals(Buffer.from(`${name}\0`))) continue;
    throw new GitError(
      'command-failed',
      `The name of the file ${name} is not UTF-8, so nothing can be written to it.`,
      'Rename the file, with letters in UTF-8.',
    );
  }
}

/** Stores the contents in one command and gives their ids in order. The copies on disk spare a process for each. */
async function storeContents(git: RunGit, folder: string, files: CommitRequest['files']): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const paths = files.map((_, i) => path.join(folder, `content-${i}`));
  for (const [i, file] of files.entries()) await writeFile(paths[i] ?? '', file.content);
  const input = Buffer.from(`${paths.join('\n')}\n`);
  const output = await succeed(git, ['hash-object', '-w', '--no-filters', '--stdin-paths'], { input });
  return lineOf(output).split('\n');
}

function identity({ name, mail }: CommitRequest['author']): Readonly<Record<string, string>> {
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: mail, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: mail };
}

function lineOf(output: Buffer): string {
  return output.toString('utf8').trim();
}

function knownCommit(text: string): CommitSha {
  const commit = asCommitSha(text);
  if (commit !== undefined) return commit;
  throw new GitError('command-failed', `git commit-tree gave no commit but "${text}".`, 'Run the job again.');
}
