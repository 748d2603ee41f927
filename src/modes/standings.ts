import { deployedRef, startFrom } from '../changes/standing.js';
import type { Standing } from '../changes/standing.js';
import type { Start } from '../event.js';
import type { Repository } from '../git/repository.js';
import { DEFAULT_TARGET } from '../target.js';
import type { TargetRun } from './types.js';

/** What the refs of a branch are read with: for many targets all of them are asked for in one request. */
export function refsReader(runs: readonly TargetRun[], branch: string): Pick<Repository, 'readRefs'> {
  const [first] = runs;
  if (first === undefined) return { readRefs: () => Promise.resolve(new Map()) };
  if (first.target.key === null) return first.repository;
  const targets = [...new Set([...runs.map(({ target }) => target.name), DEFAULT_TARGET])];
  const all = first.repository.readRefs([
    `refs/heads/${branch}`,
    ...targets.map((target) => deployedRef(target, branch)),
  ]);
  // Each target hears of it when it reads.
  all.catch(() => undefined);
  return {
    async readRefs(names) {
      const refs = await all;
      return new Map([...refs].filter(([name]) => names.includes(name)));
    },
  };
}

/**
 * Where the comparison starts for a target. One that was never deployed gets everything: a customer who came today has
 * none of what came before.
 */
export function startOf(run: Pick<TargetRun, 'target' | 'event'>, standing: Standing): Start {
  return isNew(run, standing) ? NEVER_DEPLOYED : startFrom(standing, run.event.start);
}

/** Whether the target was never deployed from the branch, as far as can be told. */
export function isNew({ target }: Pick<TargetRun, 'target'>, { isReadable, deployed }: Standing): boolean {
  return target.key !== null && isReadable && deployed === null;
}

export const NEVER_DEPLOYED: Start = { kind: 'all', reason: 'this target was not deployed from this branch before' };
