import type { Operation, Plan } from '../plan/types.js';
import type { Outcome } from './types.js';

/** The outcomes of a plan of which nothing may be sent: every write is left, for the one reason given. */
export function leaveAll(plan: Plan, why: { readonly message: string; readonly help: string }): readonly Outcome[] {
  return plan.operations.map((operation) => {
    switch (operation.kind) {
      case 'none':
        return leftAlone(operation);
      case 'blocked':
        return blockedOutcome(operation);
      case 'unchanged':
        return { operation, kind: 'done', uuid: operation.rule.uuid, reason: '', help: '' };
      case 'create':
      case 'adopt':
        return { operation, kind: 'skipped', uuid: null, reason: why.message, help: why.help };
      case 'update':
      case 'disable':
      case 'delete':
        return { operation, kind: 'skipped', uuid: operation.rule.uuid, reason: why.message, help: why.help };
    }
  });
}

/** The outcomes of a plan that is only shown. */
export function showAll(plan: Plan): readonly Outcome[] {
  return plan.operations.map((operation) => {
    switch (operation.kind) {
      case 'none':
        return leftAlone(operation);
      case 'blocked':
        return blockedOutcome(operation);
      case 'create':
        return { operation, kind: 'planned', uuid: null, reason: '', help: '' };
      default:
        return { operation, kind: 'planned', uuid: operation.rule.uuid, reason: '', help: '' };
    }
  });
}

/** Looked at and left alone on purpose. */
export function leftAlone(operation: Operation & { kind: 'none' }): Outcome {
  return { operation, kind: 'skipped', uuid: operation.uuid, reason: operation.reason, help: '' };
}

/** Held back by findings, or by what the catalogue says. */
export function blockedOutcome(operation: Operation & { kind: 'blocked' }): Outcome {
  const { uuid, obstacle, findings } = operation;
  const [first, ...more] = findings;
  const reason =
    obstacle?.message ?? `${first?.message ?? 'has findings'}${more.length === 0 ? '' : ` (and ${more.length} more)`}`;
  const help = obstacle?.help ?? first?.help ?? '';
  return { operation, kind: 'failed', uuid, reason, help };
}
