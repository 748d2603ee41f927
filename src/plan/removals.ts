import type { Removed } from '../detections/types.js';
import { count } from '../text.js';
import type { Catalogue, RuleUuid } from '../sekoia/types.js';
import { obstacleOf } from './obstacles.js';
import type { Operation, Policy } from './types.js';

/**
 * What becomes of the rules of detections that left the branch. Never a verified rule, never one that another file or
 * operation has; above `maxRemovals` none at all, since a folder lost by mistake looks like this too.
 *
 * @param taken the rules that detections on the branch have, or get by this plan.
 */
export function planRemovals(
  removed: readonly Removed[],
  catalogue: Catalogue,
  policy: Policy,
  taken: ReadonlySet<RuleUuid>,
): readonly Operation[] {
  const planned = removed.map((one) => planRemoval(one, catalogue, policy, taken));
  const removals = planned.filter(({ kind }) => kind === 'disable' || kind === 'delete').length;
  if (removals <= policy.maxRemovals) return planned;
  return planned.map((operation) =>
    operation.kind === 'disable' || operation.kind === 'delete' ? tooMany(operation, removals, policy) : operation,
  );
}

function planRemoval(removed: Removed, catalogue: Catalogue, policy: Policy, taken: ReadonlySet<RuleUuid>): Operation {
  const { path, name, uuid, isLeftOut } = removed;
  const left = isLeftOut === true ? 'left out of this target (`only`, `except`)' : 'removed from the branch';
  const leave = (reason: string): Operation => ({ kind: 'none', path, name, uuid, reason });
  if (uuid === null) return leave(`${left} before it had a rule`);
  if (policy.onRemoved === 'keep') return leave(`${left}; its rule stays as it is (on-removed: keep)`);
  if (taken.has(uuid)) return leave(`${left}; its rule belongs to another file`);

  const lookup = catalogue.byUuid.get(uuid);
  switch (lookup?.kind) {
    case undefined:
      return leave(`${left}; its rule was not looked up`);
    case 'gone':
      return leave(`${left}; its rule is gone on the platform already`);
    case 'failed':
      return { kind: 'blocked', path, name, uuid, findings: [], obstacle: obstacleOf(lookup.error) };
    case 'found': {
      const rule = lookup.value;
      if (rule.verified) return leave(`${left}; its rule is one of Sekoia's own, which are left alone`);
      if (policy.onRemoved === 'delete') return { kind: 'delete', removed, rule };
      return rule.write.enabled ? { kind: 'disable', removed, rule } : leave(`${left}; its rule is disabled already`);
    }
  }
}

function tooMany(
  { kind, removed, rule }: Operation & { kind: 'disable' | 'delete' },
  removals: number,
  { maxRemovals }: Policy,
): Operation {
  return {
    kind: 'blocked',
    path: removed.path,
    name: removed.name,
    uuid: rule.uuid,
    findings: [],
    obstacle: {
      code: 'too-many-removals',
      message: `${count(removals, 'detection')} left the branch, more than max-removals (${maxRemovals}) allows, so no rule was ${kind}d`,
      help: 'If they were meant to go, run the workflow again with a higher `max-removals`; else bring the files back.',
    },
  };
}
