import { makePlan, wantedFor, wantedForGone } from './plan/make-plan.js';
import type { Desired } from './plan/make-plan.js';
import type { Plan } from './plan/types.js';
import type { Settings } from './inputs.js';
import { openSekoia } from './sekoia/client.js';
import type { Sekoia } from './sekoia/client.js';
import type { Catalogue } from './sekoia/types.js';
import { resolveAlertTypes } from './resolve-alert-types.js';
import { USER_AGENT } from './version.js';
import type { World } from './world.js';

/** The only target of a run without `targets`. */
export const DEFAULT_TARGET = 'default';

export interface TargetAccess {
  readonly world: World;
  readonly settings: Settings;
  readonly apiKey: string;
}

/** The caller closes it. @throws SekoiaError `bad-settings` */
export function openTarget({ world, settings, apiKey }: TargetAccess): Sekoia {
  return openSekoia({
    apiUrl: settings.apiUrl,
    apiKey,
    requestsPerSecond: settings.requestsPerSecond,
    userAgent: USER_AGENT,
    env: world.env,
    signal: world.signal,
    log: world.log,
  });
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
