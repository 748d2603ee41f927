import type { Detection } from '../detections/types.js';
import { ActionError, messageOf } from '../errors.js';
import { asUuid } from '../sekoia/types.js';
import type { Rule, RuleUuid, WriteRule } from '../sekoia/types.js';
import type { Obstacle } from './types.js';

/** An error that a look-up ended with, as what holds an operation back. */
export function obstacleOf(error: Error): Obstacle {
  if (error instanceof ActionError) {
    const { code, message, help } = error as ActionError;
    return { code, message, help };
  }
  return {
    code: 'internal-error',
    message: messageOf(error),
    help: 'This is a fault of the action: please report it.',
  };
}

/** Why a rule cannot be updated from the detection; null when it can. */
export function obstacleToUpdate(detection: Detection, rule: Rule): Obstacle | null {
  if (rule.verified) {
    return {
      code: 'rule-verified',
      message: `rule ${rule.uuid} "${rule.write.name}" is one of Sekoia's own (verified) rules, which cannot be edited`,
      help: 'Remove `uuid` from the metadata file to deploy the detection as a rule of your own.',
    };
  }
  if (rule.write.type !== 'sigma') {
    return {
      code: 'rule-type',
      message: `rule ${rule.uuid} "${rule.write.name}" is of type "${rule.write.type}", and a rule cannot change its type`,
      help: 'Check the `uuid` in the metadata file; remove it to deploy the detection as a new rule.',
    };
  }
  const community = asUuid(detection.fields.community_uuid);
  if (community !== undefined && (rule.community ?? community) !== community) {
    return {
      code: 'community-changed',
      message: `rule ${rule.uuid} is in the community ${rule.community ?? ''}, and \`community_uuid\` of the file names ${community}: a rule is not moved`,
      help: `Nothing was sent. Put the rule's community into the file, or remove \`community_uuid\`; for a rule in the other community delete this one on the platform, and remove its UUID from the file.`,
    };
  }
  const unread = rule.missing.filter((field) => ALWAYS_READ.has(field) && !isGiven(detection, field));
  if (unread.length > 0) {
    return {
      code: 'rule-incomplete',
      message: `Sekoia's answer for rule ${rule.uuid} does not hold ${unread.join(', ')}, so an update could reset them`,
      help: 'Nothing was sent. Try again later; if it stays so, report it, the API may have changed.',
    };
  }
  return null;
}

export function ruleGone(uuid: RuleUuid): Obstacle {
  return {
    code: 'rule-gone',
    message: `rule ${uuid} is not on the platform any more`,
    help: 'Somebody deleted it there. Set `on-missing: recreate` to create it anew, remove `uuid` from the metadata file, or remove the detection.',
  };
}

/** Every rule that was asked for looks gone: far more likely another community than that many deletions. */
export function allGone(uuid: RuleUuid): Obstacle {
  return {
    code: 'all-gone',
    message: `rule ${uuid} is not there, and neither is any other rule of this run: is this the right key and region?`,
    help: 'A UUID of a staging community merged into main looks like this too. Nothing was created or changed; check `api-key`, `region` and `api-url`.',
  };
}

/** Writable fields that every full answer holds (sekoia-api.md §3.2, those marked as required); the others may be absent when empty. */
const ALWAYS_READ: ReadonlySet<keyof WriteRule> = new Set<keyof WriteRule>([
  'name',
  'type',
  'payload',
  'severity',
  'effort',
  'alert_type_uuid',
  'enabled',
  'related_object_refs',
  'datasources',
  'event_fields',
  'parameters',
  'all_entities',
  'all_assets',
]);

function isGiven(detection: Detection, field: keyof WriteRule): boolean {
  return field === 'payload' || field in detection.fields;
}
