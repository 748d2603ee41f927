import { messageOf } from '../errors.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { GitHub } from '../github/types.js';
import type { Log } from '../log.js';
import type { Standing } from './standing.js';

export interface AdvanceWith {
  readonly repository: Pick<Repository, 'readRefs' | 'moveRef' | 'emptyBase'>;
  readonly compare: GitHub['compare'];
  readonly log: Log;
}

/** The deployed ref as this run leaves it. */
export interface DeployedRef {
  readonly at: CommitSha | null;
  readonly writable: boolean;
}

/**
 * Before the first write of a branch that has no deployed ref: writes it at the base, so that the next run starts there
 * if this one fails. Without a base it starts at an empty commit: nothing is in place yet.
 */
export async function holdBase(
  { ref, deployed }: Standing,
  base: CommitSha | null,
  by: AdvanceWith,
): Promise<DeployedRef> {
  if (deployed !== null) return { at: deployed, writable: true };
  try {
    const at = base ?? (await by.repository.emptyBase());
    const moved = await by.repository.moveRef({ ref, from: null, to: at });
    // Another run was faster: its base is as good as ours, or better.
    return moved === 'moved' ? { at, writable: true } : { at: (await current(ref, by)) ?? null, writable: true };
  } catch (error) {
    by.log.notice(
      `The last deployed commit cannot be kept (${messageOf(error)}), so a failed or dropped run is not made up for: the event's own range is used. The token needs \`contents: write\`.`,
    );
    return { at: null, writable: false };
  }
}

/**
 * After a run without failures: moves the deployed ref to what is in place now, by compare-and-swap. A newer one that
 * another run wrote meanwhile stays.
 */
export async function advance(ref: string, from: DeployedRef, to: CommitSha, by: AdvanceWith): Promise<void> {
  if (!from.writable || from.at === to) return;
  let expected = from.at;
  try {
    for (let tries = 0; tries < 5; tries += 1) {
      if ((await by.repository.moveRef({ ref, from: expected, to })) === 'moved') return;
      const now = await current(ref, by);
      if (now === to) return;
      const status = now === null ? 'behind' : await by.compare(to, now);
      if (status === 'ahead' || status === 'identical') return;
      if (status === null) break;
      expected = now;
    }
    by.log.notice(
      `The last deployed commit was not moved to ${to}: other runs keep moving it. The next run makes up for it.`,
    );
  } catch (error) {
    by.log.notice(`The last deployed commit could not be moved to ${to}: ${messageOf(error)}`);
  }
}

async function current(ref: string, { repository }: AdvanceWith): Promise<CommitSha | null> {
  return (await repository.readRefs([ref])).get(ref) ?? null;
}
