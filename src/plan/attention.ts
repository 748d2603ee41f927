import { metadataPathOf } from './types.js';
import type { Attention, FieldChange, Operation, Plan } from './types.js';

/** By the path of the metadata file; operations that need no second look are left out. */
export function attentionIn({ operations }: Plan): ReadonlyMap<string, readonly Attention[]> {
  const twins = namesOfTwins(operations);
  return new Map(
    operations.flatMap((operation) => {
      const points = pointsOf(operation, twins);
      return points.length === 0 ? [] : [[metadataPathOf(operation), points] as const];
    }),
  );
}

function pointsOf(operation: Operation, twins: ReadonlySet<string>): readonly Attention[] {
  switch (operation.kind) {
    case 'create':
      return twins.has(operation.detection.name) ? [ambiguous('another new detection has the same name')] : [];
    case 'adopt':
    case 'update':
      return [...operation.changes.flatMap(changed), ...edited(operation)];
    case 'disable':
      return [{ code: 'removal', message: 'the detection leaves the branch, and its rule stops detecting' }];
    case 'delete':
      return [{ code: 'removal', message: 'the detection leaves the branch, and its rule is deleted for good' }];
    case 'blocked':
      return held(operation.obstacle?.code ?? null, operation.obstacle?.message ?? '');
    case 'unchanged':
    case 'none':
      return [];
  }
}

function changed({ field, from, to }: FieldChange): readonly Attention[] {
  switch (field) {
    case 'enabled':
      return to === true
        ? [{ code: 'turned-on', message: 'the rule is turned on' }]
        : [{ code: 'turned-off', message: 'the rule is turned off' }];
    case 'severity':
      return [{ code: 'severity-changed', message: `the severity changes from ${String(from)} to ${String(to)}` }];
    case 'type':
      return [{ code: 'type-changed', message: `the type changes from ${String(from)} to ${String(to)}` }];
    default:
      return [];
  }
}

/** Our own writes are made with an API key, so a person's hand in the last write is news since then (§3.2). */
function edited({ rule, changes }: Operation & { kind: 'adopt' | 'update' }): readonly Attention[] {
  if (rule.updatedByType !== 'avatar' || changes.length === 0) return [];
  const who = rule.updatedBy === null ? 'a person' : `a person (${rule.updatedBy})`;
  const when = rule.updatedAt === null ? '' : ` at ${rule.updatedAt}`;
  return [
    { code: 'edited-on-platform', message: `${who} edited the rule on the platform${when}, and this writes over it` },
  ];
}

function held(code: string | null, message: string): readonly Attention[] {
  if (code === 'rule-type') return [{ code: 'type-changed', message }];
  return code === 'adopt-ambiguous' || code === 'adopt-foreign' ? [ambiguous(message)] : [];
}

function ambiguous(message: string): Attention {
  return { code: 'ambiguous-to-adopt', message };
}

/** Names that several detections without a rule have: after a lost answer nobody could tell their rules apart. */
function namesOfTwins(operations: readonly Operation[]): ReadonlySet<string> {
  const names = operations.flatMap((operation) => (operation.kind === 'create' ? [operation.detection.name] : []));
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}
