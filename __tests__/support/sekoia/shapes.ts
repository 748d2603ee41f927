/** What the routes answer with; a body of undefined is no body at all. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AlertType {
  readonly uuid: string;
  readonly category_uuid: string;
  readonly category_name: string;
  readonly value: string;
  readonly detail: string;
  readonly description: string;
}

export interface Entity {
  readonly uuid: string;
  readonly name: string;
  readonly entity_id: string;
  readonly alerts_generation: string;
  readonly description: string;
  readonly community_uuid: string;
  readonly number_of_intakes: number;
}

/** A rule as the platform holds and answers it (sekoia-api.md §3.2). The server changes it in place. */
export interface ServedRule {
  uuid: string;
  instance_uuid: string;
  enabled: boolean;
  community_uuid: string | null;
  name: string;
  type: string;
  description: string | null;
  payload: string;
  severity: number;
  effort: number;
  alert_type: Omit<AlertType, 'category_name'>;
  alert_category: { readonly uuid: string; readonly name: string };
  tags: readonly { readonly uuid: string; readonly name: string }[];
  source: string;
  verified: boolean;
  private: boolean;
  is_private: boolean;
  lifecycle: string;
  related_object_refs: readonly string[];
  datasources: readonly { readonly uuid: string; readonly name: string }[];
  event_fields: readonly { readonly field: string; readonly description: string }[];
  similarity_strategy: readonly unknown[];
  parameters: readonly Readonly<Record<string, unknown>>[];
  all_entities: boolean;
  entities: readonly Entity[];
  all_assets: boolean;
  assets: readonly string[];
  last_compilation_success: boolean | null;
  last_compilation_message: string | null;
  last_compilation_at: string | null;
  goal: string;
  false_positives: string;
  references: string;
  available_for_subcommunities: boolean;
  created_at: string;
  created_by: string;
  created_by_type: 'avatar' | 'application' | 'apikey';
  updated_at: string;
  updated_by: string;
  updated_by_type: 'avatar' | 'application' | 'apikey';
}

/** The body of a create or an update after validation, defaults filled in (§3.1). */
export interface WriteBody {
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  readonly payload: string;
  readonly severity: number;
  readonly effort: number;
  readonly alert_type_uuid: string;
  readonly enabled: boolean;
  readonly community_uuid: string | null;
  readonly tags: readonly string[];
  readonly related_object_refs: readonly string[];
  readonly datasources: readonly string[];
  readonly event_fields: readonly { readonly field: string; readonly description: string }[];
  readonly parameters: readonly Readonly<Record<string, unknown>>[];
  readonly all_entities: boolean;
  readonly entities: readonly string[];
  readonly all_assets: boolean;
  readonly assets: readonly string[];
  readonly goal: string;
  readonly false_positives: string;
  readonly similarity_strategy: readonly unknown[];
  readonly available_for_subcommunities: boolean;
}

/** 400 in the one shape that is known (§1.5); `context` is location, then field, then messages. */
export function validationError(location: 'json' | 'querystring', errors: Readonly<Record<string, string[]>>): Answer {
  return {
    status: 400,
    body: { code: 'VA301', message: 'Request validation error', context: { [location]: errors } },
  };
}

/** 403 as seen live (§1.5): for a missing permission, a foreign community, and a rule that is not there. */
export const INSUFFICIENT: Answer = {
  status: 403,
  body: { message: 'Insufficient permissions', code: 'AU202' },
};

/** 401; the code is invented here, nobody has published that body (§9, 10). */
export const UNAUTHENTICATED: Answer = {
  status: 401,
  body: { code: 'AU101', message: 'Authentication failed' },
};

/** 404 of a route that does not exist (§1.5). */
export const NO_ROUTE: Answer = {
  status: 404,
  body: { code: 'T404', message: 'The requested URL was not found on the server.' },
};

/** 404 of a rule that does not exist; the code is invented here (§9, 1). */
export const NO_RULE: Answer = { status: 404, body: { code: 'RUL404', message: 'Rule not found' } };
