import type { Detection } from '../detections/types.js';
import type { Catalogue, Lookup, Rule, RuleUuid } from '../sekoia/types.js';
import type { Obstacle } from './types.js';

/** Which rule of the platform a detection without UUID may already be. */
export type Candidates =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly rule: Rule }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle }
  | { readonly kind: 'failed'; readonly error: Error };

/**
 * The rules of exactly the detection's names that no file claims. Verified rules are Sekoia's own and never candidates.
 * The name is used this once, never as identity: which of several is meant is for a person to say.
 */
export function candidatesFor(
  detection: Detection,
  names: readonly string[],
  catalogue: Catalogue,
  isClaimed: (uuid: RuleUuid) => boolean,
): Candidates {
  const found = new Map<RuleUuid, Rule>();
  for (const name of names) {
    const lookup: Lookup<readonly Rule[]> | undefined = catalogue.byName.get(name);
    if (lookup === undefined) return { kind: 'failed', error: new Error(`the name "${name}" was not looked up`) };
    if (lookup.kind === 'failed') return lookup;
    for (const rule of lookup.value) if (!rule.verified && !isClaimed(rule.uuid)) found.set(rule.uuid, rule);
  }
  const [only, ...others] = found.values();
  if (only === undefined) return { kind: 'none' };
  return others.length === 0
    ? { kind: 'one', rule: only }
    : { kind: 'obstacle', obstacle: ambiguous(detection, [only, ...others]) };
}

function ambiguous(detection: Detection, candidates: readonly Rule[]): Obstacle {
  return {
    code: 'adopt-ambiguous',
    message: `${candidates.length} rules on the platform may be "${detection.name}": ${candidates.map(described).join(', ')}`,
    help: 'Put the UUID of the right one into the metadata file as `uuid`, or rename the detection; nothing was created.',
  };
}

/** A rule that a person made, with other content than ours: taking it over could undo that person's work. */
export function madeByAPerson(detection: Detection, rule: Rule): Obstacle {
  return {
    code: 'adopt-foreign',
    message: `a rule named "${detection.name}" exists with other content: ${described(rule)}`,
    help: `To take it over, put "uuid": "${rule.uuid}" into the metadata file; else rename the detection. Nothing was created.`,
  };
}

/** Several detections without UUID would take over the one rule. */
export function wantedByOthers(detection: Detection, rule: Rule, others: readonly string[]): Obstacle {
  return {
    code: 'adopt-ambiguous',
    message: `the rule ${described(rule)} may be "${detection.name}" of this file or of ${others.join(', ')}`,
    help: `Put "uuid": "${rule.uuid}" into the metadata file that it belongs to, and give the others names of their own; nothing was created.`,
  };
}

function described({ uuid, write, createdByType, createdAt }: Rule): string {
  const by = createdByType === 'avatar' ? 'a person' : createdByType === 'apikey' ? 'an API key' : 'an unknown hand';
  return `${uuid} "${write.name}" (created by ${by}${createdAt === null ? '' : ` at ${createdAt}`})`;
}
