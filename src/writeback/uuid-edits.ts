import type { Outcome } from '../deploy/types.js';
import type { TargetKey } from '../detections/types.js';
import type { UuidEdit } from './types.js';

/**
 * The edits that a target's outcomes ask for: the UUIDs of all rules that were created or adopted, those that failed
 * afterwards included; and the plain `uuid` of rules found in place, which moves to `uuids`.
 */
export function uuidEditsOf(outcomes: readonly Outcome[], target: TargetKey | null): readonly UuidEdit[] {
  return outcomes.flatMap(({ operation, kind, uuid }): readonly UuidEdit[] => {
    switch (operation.kind) {
      case 'create':
      case 'adopt':
        return uuid === null ? [] : [{ path: operation.detection.path, uuid, replaces: operation.replaces, target }];
      case 'update':
      case 'unchanged': {
        const { path, movesUuid } = operation.detection;
        return movesUuid === true && kind === 'done'
          ? [{ path, uuid: operation.rule.uuid, replaces: null, target }]
          : [];
      }
      default:
        return [];
    }
  });
}
