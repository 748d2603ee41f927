import type { GitResult, RunGit } from './command.js';
import { accessHelp, GitError, symptomOf, wordsOf } from './errors.js';
import type { Symptom } from './errors.js';
import type { Remote } from './remote.js';
import type { CommitSha } from './types.js';

/** Of every push: one ref and nothing else, its fate in lines that can be read. */
export const PUSH: readonly string[] = [
  'push',
  '--porcelain',
  '--no-verify',
  '--no-follow-tags',
  '--no-signed',
  '--recurse-submodules=no',
];

/**
 * Pushes the commit to the branch, never by force. `moved`: the branch is not where the commit's parent is any more.
 *
 * @throws GitError `push-refused` with the server's words when it does not want the push; `push-failed` otherwise.
 */
export async function push(
  git: RunGit,
  remote: Remote,
  commit: CommitSha,
  branch: string,
): Promise<'pushed' | 'moved'> {
  const result = await git([...PUSH, '--', remote, `${commit}:refs/heads/${branch}`]);
  if (result.exitCode === 0) return 'pushed';
  const refusal = refusalOf(result);
  if (refusal.words !== null && refusal.symptom === 'branch-moved') return 'moved';
  throw pushError(`the push to branch ${branch}`, refusal, result);
}

/**
 * Asks the server whether a push to the branch would be let in, and changes nothing. The rules and hooks of the branch
 * are not asked by git: they show with the push itself.
 *
 * @throws GitError `push-refused`, `push-failed`
 */
export async function provePush(git: RunGit, remote: Remote, commit: CommitSha, branch: string): Promise<void> {
  const result = await git([...PUSH, '--dry-run', '--', remote, `${commit}:refs/heads/${branch}`]);
  if (result.exitCode === 0) return;
  const refusal = refusalOf(result);
  // Somebody pushed meanwhile: let in all the same.
  if (refusal.words !== null || refusal.symptom === 'branch-moved') return;
  throw pushError(`the push to branch ${branch}`, refusal, result);
}

/** Why a push did not do what it should. */
export interface Refusal {
  /** What the server said of the ref; null when the push did not come to that. */
  readonly words: string | null;
  readonly symptom: Symptom;
}

/**
 * Reads the ref's line, `!\t<refspec>\t[remote rejected] (<words>)`, before the text around it, which may be a hook's
 * chatter. Two kinds of words leave open what happened, and the text tells: receive-pack says `failed to update ref` of
 * a ref that moved, of a name that is taken and of a lock alike; and a hook that declined may have named a rule.
 */
export function refusalOf(result: GitResult): Refusal {
  const line = result.stdout
    .toString('utf8')
    .split('\n')
    .find((candidate) => candidate.startsWith('!'));
  const words = /\t\[[^\]]*\] \((.*)\)$/.exec(line ?? '')?.[1] ?? null;
  const around = symptomOf(result.stderr);
  if (words === null) return { words, symptom: around };
  const told = symptomOf(words);
  const details: readonly Symptom[] = /failed to update ref/.test(words)
    ? ['name-taken', 'locked', 'no-space']
    : ['hook-declined', 'other'].includes(told)
      ? ['unsigned-commit', 'protected-branch', 'not-permitted']
      : told === 'protected-branch'
        ? ['unsigned-commit']
        : [];
  return { words, symptom: details.includes(around) ? around : told };
}

/** `push-refused` when the server does not want it, whoever asks again; `push-failed` when that is not sure. */
export function pushError(what: string, { words, symptom }: Refusal, result: GitResult): GitError {
  const said = `${wordsOf(result.stderr)}${words === null ? '' : ` (${words})`}`;
  const isRefused = words === null ? ACCESS.has(symptom) : !PASSING.has(symptom);
  return new GitError(
    isRefused ? 'push-refused' : 'push-failed',
    isRefused ? `${upperFirst(what)} was refused: ${said}` : `git did not get through with ${what}: ${said}`,
    helpFor(symptom, words),
    { reason: symptom },
  );
}

const ACCESS: ReadonlySet<Symptom> = new Set([
  'not-permitted',
  'not-authenticated',
  'no-such-repository',
  'unsigned-commit',
  'protected-branch',
]);
const PASSING: ReadonlySet<Symptom> = new Set(['locked', 'no-space', 'branch-moved', 'network']);

function helpFor(symptom: Symptom, words: string | null): string {
  switch (symptom) {
    case 'unsigned-commit':
      return 'Use `write-back: commit`: its commits are made through the GitHub API and are verified.';
    case 'protected-branch':
      return 'Let a GitHub App that may bypass the rules of this branch push (its token as github-token; the workflow token never can), or set `write-back: none` and put the UUIDs of the summary in by a pull request.';
    case 'hook-declined':
      return 'A hook of the server declined it, in the words above: meet what it asks for, or push as someone who may bypass the rules (a GitHub App, its token as github-token).';
    case 'name-taken':
      return 'Another ref stands where this one needs a folder, or the other way round: delete or rename the one that the words above name.';
    case 'locked':
      return 'Another process is moving this ref: run the job again; if it stays so, one that died left its lock file on the server.';
    case 'not-permitted':
    case 'not-authenticated':
    case 'no-such-repository':
    case 'no-space':
    case 'network':
      return accessHelp(symptom);
    default:
      return words === null ? accessHelp(symptom) : 'Ask whoever looks after the repository what this refusal means.';
  }
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
