import { stringify } from 'yaml';
import { startSite } from './site.js';
import type { Site, SiteOptions, SiteRun } from './site.js';
import type { Scope } from './sekoia/routes.js';

/** What the input `targets` has below a name. */
export type TargetEntry = Readonly<Record<string, unknown>>;

const ALL: readonly Scope[] = ['read', 'write', 'enable', 'delete'];

/** A key of its own for each customer. */
export function keyOf(name: string): string {
  return `the-key-of-${name}-0001`;
}

/** A site whose platform has a community for each customer, which their keys belong to. */
export function startTargets(names: readonly string[], options: SiteOptions = {}): Promise<Site> {
  return startSite({
    ...options,
    sekoia: {
      verifiedRules: 5,
      keys: Object.fromEntries(names.map((name) => [keyOf(name), ALL])),
      communities: Object.fromEntries(names.map((name) => [keyOf(name), name])),
      ...options.sekoia,
    },
  });
}

/** The inputs of a run over these targets; each gets its key unless it has one. */
export function targetInputs(
  entries: Readonly<Record<string, TargetEntry>>,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const targets = Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [name, { 'api-key': keyOf(name), ...entry }]),
  );
  return { 'api-key': '', targets: stringify(targets), ...more };
}

/** A run over these targets, whose keys no workflow has told the runner to hide. */
export function targetRun(
  entries: Readonly<Record<string, TargetEntry>>,
  more: Readonly<Record<string, string>> = {},
  rest: Omit<SiteRun, 'inputs'> = {},
): SiteRun {
  return { ...rest, secrets: [], inputs: targetInputs(entries, more) };
}

/** The UUIDs of a metadata file on the branch, by target. */
export async function uuidsAt(site: Site, path: string): Promise<unknown> {
  const content = await site.repository.readAt('main', path);
  return (JSON.parse(content?.toString() ?? 'null') as { readonly uuids?: unknown } | null)?.uuids;
}

/** What the deployed ref of a target names; null while there is none. */
export function refOf(site: Site, name: string): Promise<string | null> {
  return site.repository.tip(`refs/sekoia-detections/${name}/main`);
}
