import { asUuid } from '../sekoia/types.js';
import { findingOnKey } from './check-metadata.js';
import type { Words } from './metadata-words.js';
import type { MetadataText } from './read-metadata-text.js';
import { fieldPathIn, isObject, valueFor } from './target-values.js';
import type { View } from './target-values.js';
import type { Finding, SubcommunityState } from './types.js';

type Value = Readonly<Record<string, unknown>>;

/**
 * What is wrong with the sub-communities that count for the target: one that is named twice, or that is the rule's own
 * community, whose state is `enabled`. Kinds and shapes are the schema's matter: what it refuses is passed over here.
 */
export function checkCommunities(path: string, file: MetadataText, { target }: View): readonly Finding[] {
  const value = valueFor(file.value, target);
  const own = asUuid(value['community_uuid']);
  const seen = new Set<string>();
  return keysIn(value).flatMap((key) => {
    const uuid = asUuid(key);
    const words = uuid === undefined ? null : seen.has(uuid) ? twice(uuid) : uuid === own ? notSub(uuid) : null;
    if (uuid !== undefined) seen.add(uuid);
    const keys = [...fieldPathIn(file.value, target, 'subcommunities'), key];
    return words === null ? [] : [findingOnKey(path, file, keys, words, 'error')];
  });
}

/** The states that the file wants, in its order; the metadata is without errors, or nobody looks at them. */
export function subcommunitiesIn(value: Value): readonly SubcommunityState[] {
  const states = value['subcommunities'];
  return isObject(states)
    ? Object.entries(states).map(([key, state]) => ({
        uuid: key.toLowerCase(),
        state: state === 'disabled' ? 'disabled' : 'enabled',
      }))
    : [];
}

function keysIn(value: Value): readonly string[] {
  const states = value['subcommunities'];
  return isObject(states) ? Object.keys(states) : [];
}

function twice(uuid: string): Words {
  return {
    code: 'metadata-value',
    message: `\`subcommunities\` names ${uuid} twice.`,
    help: 'Remove one of the two; small and capital letters make no difference.',
  };
}

function notSub(uuid: string): Words {
  return {
    code: 'metadata-value',
    message: `\`subcommunities\` names ${uuid}, which is the rule's own \`community_uuid\`.`,
    help: 'Remove it from `subcommunities`; `enabled` says whether the rule runs there.',
  };
}
