import type { Catalogue } from './catalogue.js';
import type { SeenRequest } from './faults.js';
import { matchName, page } from './lists.js';
import { judgePattern } from './pattern.js';
import { ALERT_TYPES, DATASOURCES, entitiesOf, uuidOf } from './reference-data.js';
import { knownAlertTypes } from './rule.js';
import type { AlertType, Answer, ServedRule, WriteBody } from './shapes.js';
import { INSUFFICIENT, NO_ROUTE, NO_RULE, UNAUTHENTICATED, validationError } from './shapes.js';
import type { Switches } from './switches.js';
import { validateWrite } from './validation.js';

/** The three permissions on rules, and deletion, that a key may have (sekoia-api.md §9, 23). */
export type Scope = 'read' | 'write' | 'enable' | 'delete';

/** A community and its rules. */
export interface Community {
  /** UUID. */
  readonly community: string;
  readonly catalogue: Catalogue;
  /** UUIDs of the communities below it, in which its keys have rights. */
  readonly subcommunities: readonly string[];
}

export interface Server {
  readonly switches: Switches;
  /** The community that a key belongs to: it sees no other. */
  readonly communityOf: (key: string) => Community;
  /** What a key may do; undefined for a key that does not exist. */
  readonly scopesOf: (key: string) => readonly Scope[] | undefined;
}

/** What a request finds: the community of its key. */
interface Platform extends Community {
  readonly switches: Switches;
}

const RULES = '/sic/conf/rules-catalog/rules';
const UUID_PATH = '([^/]+)';

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Null: any key will do. */
  readonly scope: Scope | null;
  readonly handle: (platform: Platform, call: Call) => Answer;
}

interface Call {
  readonly request: SeenRequest;
  /** UUID of the key, as authors of rules are named. */
  readonly author: string;
  /** What the path holds in place of the route's variable part. */
  readonly id: string;
}

const ROUTES: readonly Route[] = [
  { method: 'GET', path: route('/me'), scope: null, handle: readMe },
  { method: 'GET', path: route('/auth/validate'), scope: null, handle: () => ({ status: 200, body: {} }) },
  { method: 'GET', path: route(`/communities/${UUID_PATH}`), scope: 'read', handle: readCommunity },
  { method: 'GET', path: route('/sic/conf/alerts/types'), scope: 'read', handle: listAlertTypes },
  { method: 'GET', path: route('/sic/conf/datasources'), scope: 'read', handle: listOf(() => DATASOURCES) },
  { method: 'GET', path: route('/sic/conf/entities'), scope: 'read', handle: listOf(entitiesOf) },
  { method: 'GET', path: route(`/sic/conf/entities/${UUID_PATH}`), scope: 'read', handle: readEntity },
  { method: 'GET', path: route(RULES), scope: 'read', handle: listRules },
  { method: 'POST', path: route(RULES), scope: 'write', handle: createRule },
  { method: 'GET', path: route(`${RULES}/${UUID_PATH}`), scope: 'read', handle: readRule },
  { method: 'PUT', path: route(`${RULES}/${UUID_PATH}`), scope: 'write', handle: updateRule },
  { method: 'DELETE', path: route(`${RULES}/${UUID_PATH}`), scope: 'delete', handle: deleteRule },
  { method: 'PUT', path: route(`${RULES}/${UUID_PATH}/enabled`), scope: 'enable', handle: toggle('enabled') },
  { method: 'PUT', path: route(`${RULES}/${UUID_PATH}/disabled`), scope: 'enable', handle: toggle('disabled') },
];

/** Does what a request asks for: authentication, permission, route, in that order. */
export function answer(server: Server, request: SeenRequest): Answer {
  const authorization = request.headers['authorization'];
  const key = typeof authorization === 'string' ? /^Bearer (\S+)$/u.exec(authorization)?.[1] : undefined;
  const scopes = key === undefined ? undefined : server.scopesOf(key);
  if (key === undefined || scopes === undefined) return UNAUTHENTICATED;
  const platform = { ...server.communityOf(key), switches: server.switches };
  for (const { method, path, scope, handle } of ROUTES) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (match === null) continue;
    if (scope !== null && !scopes.includes(scope)) return INSUFFICIENT;
    const community = request.query['community_uuid'];
    if (community !== undefined && isForeign(community, platform)) return INSUFFICIENT;
    return handle(platform, { request, author: uuidOf(`key ${key}`), id: match[1]?.toLowerCase() ?? '' });
  }
  return NO_ROUTE;
}

/** Regions differ in whether `/api` stands before `/v1` (§1.1): both are served. */
function route(path: string): RegExp {
  return new RegExp(`^(?:/api)?/v1${path}$`, 'u');
}

function listOf(rows: (community: string) => readonly unknown[]): Route['handle'] {
  return ({ community, switches }, { request }) => page(rows(community), request.query, switches, (row) => row);
}

function listAlertTypes({ switches }: Platform, { request }: Call): Answer {
  const { alertCategories, tamperAlertTypes, alertTypePages } = switches;
  const shown = ALERT_TYPES.map(({ category_name: slug, ...type }) => {
    if (alertCategories === 'none') return type as AlertType;
    return { ...type, category_name: alertCategories === 'slugs' ? slug : displayName(slug) };
  });
  const rows = tamperAlertTypes === null ? shown : tamperAlertTypes(shown);
  if (alertTypePages === 'paged') return page(rows, request.query, switches, (row) => row);
  return ok({ items: rows });
}

/** `Intrusion attempts` for `intrusion-attempts`, as the web app has it (§5.1). */
function displayName(slug: string): string {
  return `${slug.charAt(0).toUpperCase()}${slug.slice(1).replaceAll('-', ' ')}`;
}

function readMe({ community, switches }: Platform, { author }: Call): Answer {
  const person = { uuid: author, email: 'key@example.org', firstname: 'Deploy', lastname: 'Key' };
  return ok(switches.me === 'with-community' ? { ...person, community } : person);
}

function readCommunity(platform: Platform, { id }: Call): Answer {
  const { community, subcommunities } = platform;
  if (isForeign(id, platform)) return INSUFFICIENT;
  const isOwn = id === community;
  return {
    status: 200,
    body: {
      uuid: id,
      name: isOwn ? 'Stand-in community' : 'Stand-in sub-community',
      description: '',
      homepage_url: '',
      picture_mode: 'default',
      created_at: '2025-03-01 08:00:00.000000',
      created_by: uuidOf('a person'),
      created_by_type: 'avatar',
      updated_at: '2025-03-01 08:00:00.000000',
      is_parent: isOwn && subcommunities.length > 0,
      parent_community_uuid: isOwn ? null : community,
      subcommunities: isOwn ? subcommunities : [],
      is_mfa_enforced: false,
      session_timeout: 3600,
      disable_inactive_avatars: false,
      disabled: false,
    },
  };
}

function readEntity({ community }: Platform, { id }: Call): Answer {
  const entity = entitiesOf(community).find(({ uuid }) => uuid === id);
  return entity === undefined ? { ...NO_RULE, body: { code: 'T404', message: 'Entity not found' } } : ok(entity);
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** The keys of the tutorial's row (§3.7), and the flag that a client must not miss. */
const SHORT_ROW: readonly (keyof ServedRule)[] = ['uuid', 'name', 'type', 'severity', 'enabled', 'verified'];

function listRules({ catalogue, switches }: Platform, { request }: Call): Answer {
  return page(matchName(catalogue.listed(), request.query), request.query, switches, (rule) => {
    const shown = catalogue.show(rule);
    return switches.listRows === 'whole' ? shown : Object.fromEntries(SHORT_ROW.map((key) => [key, shown[key]]));
  });
}

function readRule({ catalogue, switches }: Platform, { id }: Call): Answer {
  const rule = catalogue.rules.get(id);
  if (rule !== undefined) return ok(catalogue.show(rule));
  return switches.unknownOnGet === 404 ? NO_RULE : INSUFFICIENT;
}

function createRule(platform: Platform, { request, author }: Call): Answer {
  const { catalogue, switches } = platform;
  const checked = validateWrite(request.body, switches.strict ? 'strict' : 'lax', knownAlertTypes());
  if (checked.kind === 'invalid') return validationError('json', checked.errors);
  if (isForeign(checked.body.community_uuid, platform)) return INSUFFICIENT;
  const verdict = judgePattern(checked.body.payload, switches.fields);
  if (verdict.kind === 'refused') return refusal(verdict.code, verdict.message);
  const rule = catalogue.create(checked.body, author, verdict.failure, ownerOf(checked.body, request, platform));
  return { status: switches.createStatus, body: catalogue.show(rule) };
}

function updateRule(platform: Platform, { request, author, id }: Call): Answer {
  const { catalogue, switches } = platform;
  const rule = catalogue.rules.get(id);
  // Seen live: a rule that is gone and a rule that may not be touched look the same (§1.5).
  if (rule === undefined || rule.verified) return INSUFFICIENT;
  const kept = switches.updates === 'merge' ? optionalFieldsOf(rule) : {};
  const checked = validateWrite(request.body, switches.strict ? 'strict' : 'lax', knownAlertTypes(), kept);
  if (checked.kind === 'invalid') return validationError('json', checked.errors);
  if (checked.body.type !== rule.type) {
    return validationError('json', { type: ['The type of a rule cannot be changed'] });
  }
  if (isForeign(checked.body.community_uuid, platform)) return INSUFFICIENT;
  const verdict = judgePattern(checked.body.payload, switches.fields);
  if (verdict.kind === 'refused') return refusal(verdict.code, verdict.message);
  catalogue.update(rule, checked.body, author, verdict.failure);
  return ok(catalogue.show(rule));
}

function refusal(code: string, message: string): Answer {
  return { status: 400, body: { code, message } };
}

/** A community that the key has no part in; none at all is none of them. */
function isForeign(sent: string | null, { community, subcommunities }: Community): boolean {
  if (sent === null || sent === '') return false;
  return ![community, ...subcommunities].includes(sent.toLowerCase());
}

/** Body and query may both name it (§6.3). */
function ownerOf({ community_uuid: sent }: WriteBody, { query }: SeenRequest, platform: Platform): string {
  const named = (sent ?? '') === '' ? query['community_uuid'] : sent;
  return platform.switches.communities === 'replaced'
    ? platform.community
    : (named ?? platform.community).toLowerCase();
}

/** A rule's optional fields back in the write shape. */
function optionalFieldsOf(rule: ServedRule): Readonly<Record<string, unknown>> {
  return {
    ...rule,
    community_uuid: '',
    tags: rule.tags.map(({ name }) => name),
    datasources: rule.datasources.map(({ uuid }) => uuid),
    entities: rule.entities.map(({ uuid }) => uuid),
    parameters: rule.parameters.map(({ uuid, name, value }) => ({ uuid, name, value })),
  };
}

function deleteRule({ catalogue, switches }: Platform, { id }: Call): Answer {
  const rule = catalogue.rules.get(id);
  if (rule === undefined) return switches.unknownOnDelete === 404 ? NO_RULE : INSUFFICIENT;
  if (rule.verified) return INSUFFICIENT;
  catalogue.rules.delete(id);
  return switches.deleteStatus === 204 ? { status: 204 } : ok({});
}

function toggle(state: 'enabled' | 'disabled'): Route['handle'] {
  return ({ catalogue }, { id, author, request }) => {
    const rule = catalogue.rules.get(id);
    if (rule === undefined) return INSUFFICIENT;
    const place = request.query['community_uuid']?.toLowerCase() ?? rule.community_uuid;
    if (place !== null && place !== rule.community_uuid) {
      catalogue.setEnabledIn(rule, place, state);
      return ok({ ...catalogue.show(rule), enabled: state === 'enabled', instance_uuid: uuidOf(`${id} in ${place}`) });
    }
    catalogue.setEnabled(rule, state, author);
    return ok(catalogue.show(rule));
  };
}
