import type { Operation } from '../plan/types.js';
import type { Rule } from '../sekoia/types.js';
import type { Outcome } from './types.js';

/**
 * The failure where the file names a community and the platform put the rule into another one: a community that the key
 * has no right in may be replaced by the key's own without a word (sekoia-api.md §6.3). Null where the answer names the
 * right one, or none. The UUID is told all the same, so that the rule is not made a second time.
 */
export function otherCommunity(
  operation: Operation & { readonly kind: 'create' | 'update' | 'adopt' },
  { uuid, community = null, write }: Rule,
): Outcome | null {
  const wanted = operation.body.community_uuid ?? null;
  if (wanted === null || community === null || community === wanted) return null;
  return {
    operation,
    kind: 'failed',
    uuid,
    reason: `Sekoia has the rule in the community ${community}, and \`community_uuid\` of the file names ${wanted}`,
    help: `Use a key of the parent workspace that has rights in ${wanted}. The rule ${write.enabled ? 'runs in the other community' : 'is disabled'} now: delete it on the platform, and remove its UUID from the file, before the next run.`,
  };
}
