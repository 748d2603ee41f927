import { silentLog } from '../../src/log.js';
import { openSekoia } from '../../src/sekoia/client.js';
import type { Sekoia, SekoiaOptions } from '../../src/sekoia/client.js';
import { asRuleUuid } from '../../src/sekoia/types.js';
import type { RuleUuid } from '../../src/sekoia/types.js';
import { startSekoia } from '../support/sekoia.js';
import type { SekoiaOptions as StandInOptions, SekoiaStandIn } from '../support/sekoia.js';
import { virtualClock } from './virtual-clock.js';
import type { VirtualClock } from './virtual-clock.js';

export interface Opened {
  readonly platform: SekoiaStandIn;
  readonly sekoia: Sekoia;
  readonly clock: VirtualClock;
  /** Cancels the run. */
  readonly stop: AbortController;
  readonly close: () => Promise<void>;
}

/** A client on a stand-in without rules; waits take no time, unless the client is given another clock. */
export async function openClient(
  given: { readonly platform?: StandInOptions; readonly client?: Partial<SekoiaOptions> } = {},
): Promise<Opened> {
  const platform = await startSekoia({ verifiedRules: 0, ...given.platform });
  const clock = virtualClock();
  const stop = new AbortController();
  const sekoia = openSekoia({
    apiUrl: platform.url,
    apiKey: 'KEY',
    requestsPerSecond: 0,
    userAgent: 'test',
    env: {},
    signal: stop.signal,
    log: silentLog,
    clock,
    random: () => 0,
    ...given.client,
  });
  const close = async (): Promise<void> => {
    await sekoia.close();
    await platform.stop();
  };
  return { platform, sekoia, clock, stop, close };
}

export function seed(platform: SekoiaStandIn, name = 'Seeded rule'): RuleUuid {
  return asRuleUuid(platform.seedRule({ name }).uuid)!;
}

/** UUIDs that no rule has. */
export function unknownUuids(number: number): readonly RuleUuid[] {
  return Array.from({ length: number }, (_, index) =>
    asRuleUuid(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`)!,
  );
}

/** Method and the end of the path of every request. */
export function sent({ requests }: SekoiaStandIn): readonly string[] {
  return requests.map(({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`);
}

/** In real time: waits until the stand-in has this many requests. */
export async function arrived(platform: SekoiaStandIn, number: number): Promise<void> {
  while (platform.requests.length < number) await new Promise((resolve) => setTimeout(resolve, 5));
}
