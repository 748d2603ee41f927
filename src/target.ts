import type { TargetKey } from './detections/types.js';
import { ActionError } from './errors.js';
import type { Settings } from './inputs.js';
import { makePlan, wantedFor, wantedForGone } from './plan/make-plan.js';
import type { Desired } from './plan/make-plan.js';
import type { Plan } from './plan/types.js';
import { openSekoia } from './sekoia/client.js';
import type { Sekoia } from './sekoia/client.js';
import type { Pacers } from './sekoia/pace.js';
import type { Catalogue } from './sekoia/types.js';
import { resolveAlertTypes } from './resolve-alert-types.js';
import { USER_AGENT } from './version.js';
import type { World } from './world.js';

/** The only target of a run without `targets`. */
export const DEFAULT_TARGET = 'default';

/** A community that a run works on: the only one, or one of the input `targets`. */
export interface Target {
  /** As its deployed ref has it. */
  readonly name: string;
  /** Whose values of the metadata files count; null in a run without `targets`. */
  readonly key: TargetKey | null;
  /** Empty where the secret is. */
  readonly apiKey: string;
  readonly ring: string | null;
  /** UUID that the key's community has to have; null: it is not asked for. */
  readonly community: string | null;
}

export interface TargetAccess {
  readonly world: World;
  /** With the target's own `apiUrl` and `detections`. */
  readonly settings: Settings;
  readonly target: Target;
  readonly pacers: Pacers;
}

/** The caller closes it. @throws SekoiaError `bad-settings` */
export function openTarget({ world, settings, target, pacers }: TargetAccess): Sekoia {
  return openSekoia({
    apiUrl: settings.apiUrl,
    apiKey: target.apiKey,
    requestsPerSecond: settings.requestsPerSecond,
    userAgent: USER_AGENT,
    env: world.env,
    signal: world.signal,
    log: world.log,
    pacer: pacers(settings.apiUrl),
    ...patienceOf(settings),
  });
}

const ALL_PATIENCE_MS = 10 * 60_000;
const LEAST_PATIENCE_MS = 60_000;

/** Targets of one host wait for each other's pauses: together they must not hold a job for hours. */
function patienceOf({ share }: Settings): { readonly patienceMs?: number } {
  if (share === null) return {};
  return { patienceMs: Math.max(LEAST_PATIENCE_MS, Math.floor(ALL_PATIENCE_MS / Math.max(1, share.length))) };
}

/** Whose deployed ref counts while it has none: the target that takes the plain `uuid` was deployed without targets. */
export function targetBefore({ key }: Pick<Target, 'key'>): string | null {
  return key?.takesUuid === true ? DEFAULT_TARGET : null;
}

export type TargetErrorCode = 'wrong-community' | 'community-unknown';

/** A target that must not be sent anything. */
export class TargetError extends ActionError<TargetErrorCode> {}

/**
 * The guard against a key in the wrong place: where a community is recorded, the key has to belong to it. Asked before
 * anything else; without a recorded one nothing is asked.
 *
 * @throws TargetError; SekoiaError when the platform does not say
 */
export async function requireCommunity(
  sekoia: Pick<Sekoia, 'readCommunity'>,
  { name, community }: Pick<Target, 'name' | 'community'>,
): Promise<void> {
  if (community === null) return;
  const found = await sekoia.readCommunity();
  if (found === community) return;
  if (found === null) {
    throw new TargetError(
      'community-unknown',
      `Nothing was sent to ${name}: Sekoia does not say which community its key belongs to, and it should be ${community}.`,
      'Check that `api-key` holds a key of the API; take `community` out of the target only if you are sure of the key.',
    );
  }
  throw new TargetError(
    'wrong-community',
    `Nothing was sent to ${name}: its key belongs to the community ${found}, and the target records ${community}.`,
    'Put the right secret into `api-key` of this target, or correct its `community`.',
  );
}

/** Whether there is anything to ask the platform for. */
export function looksAtSomething({ detections, removed }: Desired): boolean {
  return detections.length + removed.length > 0;
}

/** Reads what the platform has of all that the branch asks for, and plans. */
export async function planWith(sekoia: Pick<Sekoia, 'readCatalogue' | 'alertTypes'>, desired: Desired): Promise<Plan> {
  const resolved = { ...desired, ...(await resolveAlertTypes(sekoia, desired.detections)) };
  return makePlan(resolved, await readCatalogue(sekoia, resolved));
}

/** In two steps: which names to look for is known only once it is known which rules are gone. */
async function readCatalogue(sekoia: Pick<Sekoia, 'readCatalogue'>, desired: Desired): Promise<Catalogue> {
  const first = await sekoia.readCatalogue(wantedFor(desired));
  const wanted = wantedForGone(desired, first);
  if (wanted.names.length === 0) return first;
  const second = await sekoia.readCatalogue(wanted);
  return { byUuid: first.byUuid, byName: new Map([...first.byName, ...second.byName]) };
}
