import { readFile } from 'node:fs/promises';
import { succeed } from './command.js';
import type { RunGit } from './command.js';
import { commitsHere } from './history.js';
import { isShallow } from './remote.js';
import { asCommitSha } from './types.js';
import type { CommitSha } from './types.js';

/** Whether `older` lies behind `newer`, or is it; null where the clone does not hold enough history to tell. */
export async function isAncestor(git: RunGit, older: CommitSha, newer: CommitSha): Promise<boolean | null> {
  if (older === newer) return true;
  const here = await commitsHere(git, [older, newer]);
  if (here.size === 2) {
    const { exitCode } = await git(['merge-base', '--is-ancestor', older, newer]);
    if (exitCode === 0) return true;
    if (exitCode !== 1) return null;
  }
  if (!(await isShallow(git))) return here.has(newer) ? false : null;
  const cut = await shallowCommits(git);
  switch (await lookBehind(git, newer, older, cut)) {
    case 'found':
      return true;
    case 'not-there':
      return false;
    case 'unknown':
      // What comes later than `newer` does not lie behind it.
      return (await lookBehind(git, older, newer, cut)) === 'found' ? false : null;
  }
}

/**
 * Looks for a commit behind another, in all the history that is here. A shallow clone takes the commits of its `shallow`
 * file for first ones, but they name their parents all the same; and a parent may be here, fetched by itself.
 */
async function lookBehind(
  git: RunGit,
  start: CommitSha,
  wanted: CommitSha,
  cut: ReadonlySet<CommitSha>,
): Promise<'found' | 'not-there' | 'unknown'> {
  const seen = new Set<CommitSha>([start]);
  let isCutOff = false;
  for (let from: readonly CommitSha[] = [start]; from.length > 0;) {
    if (from.includes(wanted)) return 'found';
    const here = await commitsHere(git, from);
    isCutOff ||= here.size < from.length;
    const visible = await commitsBehind(git, [...here]);
    if (visible.has(wanted)) return 'found';
    const parents = await parentsOf(
      git,
      [...cut].filter((commit) => visible.has(commit)),
    );
    from = parents.filter((parent) => !seen.has(parent) && !visible.has(parent));
    for (const parent of from) seen.add(parent);
  }
  return isCutOff ? 'unknown' : 'not-there';
}

async function commitsBehind(git: RunGit, commits: readonly CommitSha[]): Promise<ReadonlySet<CommitSha>> {
  if (commits.length === 0) return new Set();
  const output = await succeed(git, ['rev-list', '--stdin'], { input: Buffer.from(`${commits.join('\n')}\n`) });
  return commitSet(output.toString('latin1'));
}

/** The parents that the commits name, whether they are here or not. */
async function parentsOf(git: RunGit, commits: readonly CommitSha[]): Promise<readonly CommitSha[]> {
  if (commits.length === 0) return [];
  const output = await succeed(git, ['cat-file', '--batch', '--buffer'], {
    input: Buffer.from(`${commits.join('\n')}\n`),
  });
  const parents = new Set<CommitSha>();
  for (let at = 0; at < output.length;) {
    // `<id> commit <size>`, then `tree <id>`, then a line for each parent.
    const headEnd = output.indexOf('\n', at);
    const [, , size] = output.toString('latin1', at, headEnd).split(' ');
    const end = headEnd + 1 + Number(size);
    const [, ...lines] = output.toString('latin1', headEnd + 1, end).split('\n');
    for (const line of lines) {
      const parent = line.startsWith('parent ') ? asCommitSha(line.slice(7)) : undefined;
      if (parent === undefined) break;
      parents.add(parent);
    }
    at = end + 1;
  }
  return [...parents];
}

/** The commits whose parents the clone was made without. */
async function shallowCommits(git: RunGit): Promise<ReadonlySet<CommitSha>> {
  const args = ['rev-parse', '--path-format=absolute', '--git-path', 'shallow'];
  const file = (await succeed(git, args, { short: true })).toString('utf8').replace(/\r?\n$/, '');
  return commitSet(await readFile(file, 'latin1'));
}

function commitSet(text: string): ReadonlySet<CommitSha> {
  return new Set(text.split('\n').flatMap((line) => asCommitSha(line) ?? []));
}
