import { messageOf } from '../errors.js';
import { bringCommit } from '../git/bring-commit.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { GitHub } from '../github/types.js';
import type { Log } from '../log.js';
import type { Standing } from './standing.js';

export interface AdvanceWith {
  readonly repository: Pick<
    Repository,
    'readRefs' | 'moveRef' | 'emptyBase' | 'sameFiles' | 'hasCommit' | 'fetchCommit'
  >;
  readonly compare: GitHub['compare'];
  readonly log: Log;
}

/** The deployed ref as this run leaves it. */
export interface DeployedRef {
  readonly at: CommitSha | null;
  readonly writable: boolean;
}

/** How a run ended, as far as the deployed ref is concerned. */
export interface Ending {
  readonly ref: string;
  /** The ref as this run found it, or wrote it before its first write. */
  readonly from: DeployedRef;
  /** Everything up to this commit is in place, unless another run was at work at the same time. */
  readonly to: CommitSha;
  /** Whether the run ended without failures. */
  readonly isComplete: boolean;
  /** Whether it sent a write to the platform. */
  readonly hasWritten: boolean;
  /** Reads once more whether the platform holds what this run left there. */
  readonly isInPlace: () => Promise<boolean>;
}

/** Another run was at work at the same time. */
export type Disturbance =
  /** It deployed this newer commit, and ours may lie over it. The ref is back where both have everything behind them. */
  | { readonly kind: 'newer'; readonly commit: CommitSha }
  /** Rules do not hold what this run wrote. */
  | { readonly kind: 'other' };

/**
 * Before the first write of a branch that has no deployed ref: writes it at the base, so that the next run starts there
 * if this one fails. Without a base it starts at a commit without files: nothing is in place yet.
 */
export async function holdBase(
  { ref, deployed }: Standing,
  base: CommitSha | null,
  head: CommitSha,
  by: AdvanceWith,
): Promise<DeployedRef> {
  if (deployed !== null) return { at: deployed, writable: true };
  try {
    const at = base ?? (await by.repository.emptyBase(head));
    const moved = await by.repository.moveRef({ ref, from: null, to: at });
    // Another run was faster: its base is as good as ours, or better.
    return moved === 'moved' ? { at, writable: true } : { at: await current(ref, by), writable: true };
  } catch (error) {
    by.log.notice(
      `The last deployed commit cannot be kept (${messageOf(error)}), so a failed or dropped run is not made up for: the event's own range is used. The token needs \`contents: write\`.`,
    );
    return { at: null, writable: false };
  }
}

/**
 * At the end of a run: moves the deployed ref to what is in place now, by compare-and-swap. The ref is also how two runs
 * that are at work at once learn of each other: whoever finds another value there than it left cannot know whose write
 * came last: it reads once more whether its content stands, and gives the ref back where newer content may be covered.
 *
 * @returns what is to be made up for; null when nothing is.
 */
export async function advance(ending: Ending, by: AdvanceWith): Promise<Disturbance | null> {
  if (!ending.from.writable) return null;
  const seen = { isMoved: false };
  try {
    if (ending.isComplete) return await moveForward(ending, by, seen);
    return ending.hasWritten ? await tellOthers(ending, by) : null;
  } catch (error) {
    by.log.notice(`The last deployed commit could not be moved to ${ending.to}: ${messageOf(error)}`);
    // Another run was at work, and how it stands to this one could not be seen: that must not end green.
    return seen.isMoved && ending.hasWritten ? { kind: 'other' } : null;
  }
}

const TRIES = 5;

async function moveForward(ending: Ending, by: AdvanceWith, seen: { isMoved: boolean }): Promise<Disturbance | null> {
  const { ref, from, to, hasWritten } = ending;
  if (from.at === to && !hasWritten) return null;
  let expected = from.at;
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await by.repository.moveRef({ ref, from: expected, to })) === 'moved') return null;
    seen.isMoved = true;
    const now = await current(ref, by);
    if (now === to) return null;
    const relation = now === null ? null : await by.compare(to, now);
    if (now !== null && relation === 'ahead') {
      if (!hasWritten) return null;
      // Newer content is in place, and ours may lie over it: this run's own commit is the last that is sure.
      if ((await by.repository.moveRef({ ref, from: now, to })) === 'moved') return { kind: 'newer', commit: now };
    } else if (!(await ending.isInPlace())) {
      return { kind: 'other' };
    }
    expected = now;
  }
  by.log.notice(
    `The last deployed commit was not moved to ${to}: other runs keep moving it. The next run makes up for it.`,
  );
  return null;
}

/** A run that failed after a write: a newer run must not take for granted that what it wrote is still there. */
async function tellOthers({ ref, from, to }: Ending, by: AdvanceWith): Promise<Disturbance | null> {
  if (from.at === null) return null;
  let now = await current(ref, by);
  if (now === from.at) {
    if (!(await bringCommit(by.repository, now))) return null;
    const same = await by.repository.sameFiles(now);
    if ((await by.repository.moveRef({ ref, from: now, to: same })) === 'moved') return null;
    now = await current(ref, by);
  }
  if (now === null || (await by.compare(to, now)) !== 'ahead') return null;
  const isBack = (await by.repository.moveRef({ ref, from: now, to: from.at })) === 'moved';
  return isBack ? { kind: 'newer', commit: now } : null;
}

async function current(ref: string, { repository }: AdvanceWith): Promise<CommitSha | null> {
  return (await repository.readRefs([ref])).get(ref) ?? null;
}
