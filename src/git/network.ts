import type { GitOptions, GitResult, RunGit } from './command.js';
import { accessHelp, GitError, mayPass, symptomOf, wordsOf } from './errors.js';
import type { Symptom } from './errors.js';

/** Before the second and the third attempt; up to a quarter more or less, so that parallel jobs do not come at once. */
const WAITS_MS = [500, 1_500];

/**
 * Runs a command that only asks the server, up to three times where the connection is at fault. What the server refuses
 * it refuses again, so the first answer stands.
 *
 * @param isFinal ends the attempts early.
 */
export async function askServer(
  git: RunGit,
  args: readonly string[],
  options: GitOptions = {},
  isFinal: (symptom: Symptom) => Promise<boolean> = () => Promise.resolve(false),
): Promise<GitResult> {
  for (let tries = 0; ; tries += 1) {
    const result = await git(args, options);
    const wait = WAITS_MS[tries];
    if (result.exitCode === 0 || wait === undefined) return result;
    const symptom = symptomOf(result.stderr);
    if (!mayPass(symptom) || (await isFinal(symptom))) return result;
    await git.pause(wait * (0.75 + Math.random() / 2));
  }
}

export function fetchFailed(what: string, result: GitResult): GitError {
  const reason = symptomOf(result.stderr);
  const tries = mayPass(reason) ? ` (${WAITS_MS.length + 1} attempts)` : '';
  return new GitError(
    'fetch-failed',
    `git could not fetch ${what}${tries}: ${wordsOf(result.stderr)}`,
    accessHelp(reason),
    { reason },
  );
}
