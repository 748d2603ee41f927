import type { RunEvent, Start } from '../event.js';
import { messageOf } from '../errors.js';
import { GitError } from '../git/errors.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { GitHub } from '../github/types.js';
import type { Log } from '../log.js';

/** Where the branch and its deployment stand on the server as the run begins. */
export interface Standing {
  /** The deployed ref, in full. */
  readonly ref: string;
  /** The last commit whose detections are all in place; null while there is none, or none can be read. */
  readonly deployed: CommitSha | null;
  /** The other target's ref that `deployed` is of, in full, while this one has none of its own. */
  readonly inherited?: string;
  /** The branch's tip; null when it is gone or cannot be read. */
  readonly tip: CommitSha | null;
  /** Whether the refs could be read at all. */
  readonly isReadable: boolean;
  /** Why this run must deploy nothing, since newer content is in place; null when it may. */
  readonly overtaken: string | null;
}

export interface StandingOf {
  readonly repository: Pick<Repository, 'readRefs' | 'isAncestor'>;
  /** GitHub's compare API, for what a clone one commit deep cannot tell; null: no answer. */
  readonly compare: GitHub['compare'];
  readonly event: Pick<RunEvent, 'head' | 'start'>;
  readonly branch: string;
  readonly target: string;
  /** The target whose ref counts while this one has none. */
  readonly after?: string | null;
  readonly log: Log;
}

/** In full. */
export function deployedRef(target: string, branch: string): string {
  return `refs/sekoia-detections/${target}/${branch}`;
}

/**
 * Reads the deployed ref (design.md, "Deployed ref") and the branch's tip, and tells whether the run came too late: old
 * content never goes over new. The tip itself is never too late, not even after a force push back to an old commit.
 *
 * @throws GitError when the server cannot be reached
 */
export async function readStanding(of: StandingOf): Promise<Standing> {
  const place = await readPlace(of);
  return { ...place, overtaken: await overtakenBy(place, of) };
}

/** The same for a run that only plans, which is never too late. */
export async function readPlace(
  of: Omit<StandingOf, 'compare' | 'event' | 'repository'> & { readonly repository: Pick<Repository, 'readRefs'> },
): Promise<Standing & { readonly overtaken: null }> {
  const ref = deployedRef(of.target, of.branch);
  const before = of.after === undefined || of.after === null ? null : deployedRef(of.after, of.branch);
  const branchRef = `refs/heads/${of.branch}`;
  try {
    const refs = await of.repository.readRefs([ref, branchRef, ...(before === null ? [] : [before])]);
    const [own, tip] = [refs.get(ref) ?? null, refs.get(branchRef) ?? null];
    const deployed = own ?? (before === null ? null : (refs.get(before) ?? null));
    const inherited = own === null && deployed !== null && before !== null ? { inherited: before } : {};
    return { ref, deployed, ...inherited, tip, isReadable: true, overtaken: null };
  } catch (error) {
    // What the server says is an answer; one that cannot be reached may well have a newer commit deployed.
    if (error instanceof GitError && error.reason === 'network') throw error;
    of.log.notice(`The last deployed commit could not be read, so the event's own range is used: ${messageOf(error)}`);
    return { ref, deployed: null, tip: null, isReadable: false, overtaken: null };
  }
}

/** Where the comparison of files starts: at the last deployed commit, so that no change is skipped. */
export function startFrom({ deployed }: Standing, start: Start): Start {
  if (deployed === null || (start.kind === 'all' && start.fallback !== true)) return start;
  return { kind: 'commit', commit: deployed, forced: false, reason: 'it is the last commit that is deployed in full' };
}

async function overtakenBy({ deployed, tip }: Standing, of: StandingOf): Promise<string | null> {
  const { head, start } = of.event;
  if (deployed === head || tip === head) return null;
  // A push without force: what was there before it lies behind it.
  if (start.kind === 'commit' && !start.forced && start.commit === deployed) return null;

  if (deployed !== null && (await isBehind(head, deployed, of))) {
    return `this commit ${head} lies behind ${deployed}, which is deployed already`;
  }
  return tip !== null && (await isOffBranch(head, tip, of))
    ? `this commit ${head} is not on the branch (any more)`
    : null;
}

/** Taken away by a force push, or never pushed: what it holds is not what the branch says. */
async function isOffBranch(head: CommitSha, tip: CommitSha, { compare }: StandingOf): Promise<boolean> {
  const tipToHead = await compare(head, tip);
  return tipToHead === 'diverged' || tipToHead === 'behind';
}

async function isBehind(head: CommitSha, deployed: CommitSha, of: StandingOf): Promise<boolean> {
  const known = await of.repository.isAncestor(head, deployed);
  if (known !== null) return known;
  const status = await of.compare(head, deployed);
  if (status === null) {
    of.log.notice(`GitHub does not tell how ${head} and ${deployed} relate; this run goes on as the newer one.`);
  }
  return status === 'ahead';
}
