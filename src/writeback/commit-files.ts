import type { CommitSha } from '../git/types.js';
import type { Log } from '../log.js';
import type { EditedFile, WritableBranch } from './branch.js';
import { WriteBackError } from './errors.js';
import { TRIES, waitBefore } from './rounds.js';

/** Files to get onto a branch of ours. */
export interface FilesToCommit {
  /** The files of a commit as they are to be, without those that stay. */
  readonly edit: (commit: CommitSha) => Promise<readonly EditedFile[]>;
  readonly message: string;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: Log;
}

/**
 * Commits on the newest tip until it is in. Null where nothing is left to bring in.
 *
 * @throws ActionError when the branch cannot be read or written, or somebody is always first.
 */
export async function commitFiles(
  branch: Pick<WritableBranch, 'name' | 'tip' | 'commit'>,
  { edit, message, random, sleep, log }: FilesToCommit,
): Promise<CommitSha | null> {
  for (let round = 1; ; round += 1) {
    const tip = await branch.tip();
    let why = `Somebody pushed to "${branch.name}" meanwhile.`;
    let asked = 0;
    if (tip.kind === 'at' && tip.commit !== null) {
      const files = await edit(tip.commit);
      if (files.length === 0) return null;
      const attempt = await branch.commit(tip.commit, files, message);
      if (attempt.kind === 'committed') return attempt.commit;
      if (attempt.kind === 'no-answer') [why, asked] = [attempt.error.message, attempt.waitMs];
    } else if (tip.kind === 'no-answer') [why, asked] = [tip.error.message, tip.waitMs];
    if (round === TRIES) throw busy(branch.name, why);
    log.info(`${why} Reading the branch again (${round} of ${TRIES}).`);
    await sleep(waitBefore(round, asked, random()));
  }
}

function busy(name: string, why: string): WriteBackError {
  return new WriteBackError(
    'branch-busy',
    `the commit did not get onto the branch "${name}" in ${TRIES} tries: ${why}`,
    'Run it again.',
  );
}
