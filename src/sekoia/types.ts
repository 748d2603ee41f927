/** UUID of a rule's definition, lower case (sekoia-api.md §3.3: the one that the paths take). */
export type RuleUuid = string & { readonly brand: 'RuleUuid' };

/** The UUID when the text is one (letter case and blanks around it do not matter), else undefined. */
export function asRuleUuid(text: unknown): RuleUuid | undefined {
  return asUuid(text) as RuleUuid | undefined;
}

/** The same for a UUID of anything else, such as a community. */
export function asUuid(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const uuid = text.trim().toLowerCase();
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid) ? uuid : undefined;
}

export interface EventField {
  readonly field: string;
  readonly description: string;
}

export interface RuleParameter {
  readonly uuid?: string;
  readonly name?: string;
  readonly value: unknown;
}

/** The body of a create or an update, whole (§3.1); a member that is left out is not sent. */
export interface WriteRule {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  /** The Sigma text, byte for byte as in the file less a byte order mark. */
  readonly payload: string;
  /** 0 to 100. */
  readonly severity: number;
  /** 1 (elementary) to 4 (master). */
  readonly effort: number;
  readonly alert_type_uuid: string;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  /** STIX ids such as `attack-pattern--UUID`. */
  readonly related_object_refs: readonly string[];
  readonly datasources: readonly string[];
  readonly event_fields: readonly EventField[];
  readonly parameters: readonly RuleParameter[];
  readonly all_entities: boolean;
  readonly entities: readonly string[];
  readonly all_assets: boolean;
  readonly assets: readonly string[];
  readonly goal: string;
  readonly false_positives: string;
  /** Field names; a list inside the list is a group of swappable fields (§3.5). */
  readonly similarity_strategy: readonly unknown[];
  /** Left out where neither the file nor the platform's answer has it. */
  readonly available_for_subcommunities?: boolean;
  /** Where a file wants the rule; never what an answer says, which is `Rule.community` (§6.3: not sent unless asked for). */
  readonly community_uuid?: string;
}

/** What the platform last said about turning the pattern into something that runs (§2.6). */
export interface Compilation {
  readonly success: boolean | null;
  readonly message: string | null;
  /** Server time as the platform wrote it; null before the first compilation. */
  readonly at: string | null;
}

/** A rule as the platform holds it, brought into the write shape (§3.2's asymmetries undone). */
export interface Rule {
  readonly uuid: RuleUuid;
  readonly verified: boolean;
  /** Whether the answer says so at all: a shortened list row may not. */
  readonly saysVerified?: boolean;
  readonly write: WriteRule;
  /** UUID of the community that it is in, lower case; null when the answer names none. */
  readonly community?: string | null;
  /**
   * Writable fields that the answer did not hold (a shortened list row): `write` has their defaults, which are not the
   * platform's values. An update needs a rule where this is empty.
   */
  readonly missing: readonly (keyof WriteRule)[];
  readonly compilation: Compilation;
  readonly createdAt: string | null;
  readonly createdBy?: string | null;
  readonly createdByType: string | null;
  /** Server time of the last write, as the platform wrote it. */
  readonly updatedAt: string | null;
  readonly updatedBy: string | null;
  readonly updatedByType: string | null;
}

export type Lookup<T> =
  { readonly kind: 'found'; readonly value: T } | { readonly kind: 'failed'; readonly error: Error };

/** `gone`: the list of all rules was read to its end, and the rule is not in it. */
export type RuleLookup = Lookup<Rule> | { readonly kind: 'gone' };

/** What was read from the platform for one plan. */
export interface Catalogue {
  /** Every UUID that was asked for. */
  readonly byUuid: ReadonlyMap<RuleUuid, RuleLookup>;
  /** Every name that was asked for: the rules of exactly that name, verified ones included. */
  readonly byName: ReadonlyMap<string, Lookup<readonly Rule[]>>;
}
