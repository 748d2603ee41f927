import type { PlannedFault, SeenRequest as SekoiaRequest } from '../support/sekoia/faults.js';
import type { Fault as GitHubFault, SeenRequest as GitHubRequest } from '../support/github/faults.js';
import { DEFAULT_SWITCHES } from '../support/sekoia/switches.js';
import type { Site } from '../support/site.js';
import type { Effect, FaultKind } from './fault-kinds.js';
import { githubKind, sekoiaKind } from './requests.js';
import type { RequestPlace } from './requests.js';

/** A request, or (of no kind) the n-th of the service whatever it is. */
export type Target = Omit<RequestPlace, 'kind'> & { readonly kind: string | null };

/** A fault that is set, and what the runner has to know of it. */
export interface Armed {
  /** Whether the request that it waits for has come. */
  readonly hasStruck: () => boolean;
  /** Fulfilled when it has. */
  readonly struck: Promise<void>;
  /** Fulfilled when the process is to be killed. */
  readonly killed: Promise<void>;
  /** Takes the fault away: from here on everything works. */
  readonly disarm: () => void;
}

/**
 * Sets a fault on one request of the run to come.
 *
 * @param meanwhile what the newer push, or the newer run, does.
 */
export function arm(
  site: Site,
  place: Target,
  { effect }: Pick<FaultKind, 'effect'>,
  meanwhile: () => Promise<unknown>,
): Armed {
  let kill = (): void => undefined;
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  let tell = (): void => undefined;
  const struck = new Promise<void>((resolve) => {
    tell = resolve;
  });
  let hasStruck = false;
  let seen = 0;
  const isIt = (service: RequestPlace['service'], kind: string): boolean => {
    if (service !== place.service) return false;
    if (effect.kind === 'outage' && hasStruck) return true;
    if (place.kind !== null && kind !== place.kind) return false;
    seen += 1;
    if (seen !== place.nth || hasStruck) return false;
    hasStruck = true;
    tell();
    return true;
  };
  const times = effect.kind === 'outage' ? Infinity : 1;
  /** True when the request itself is to be spoilt. */
  const strike = (statusOf: () => number | null): boolean => {
    if (effect.kind === 'switches') Object.assign(site.sekoia.switches, effect.switches);
    if (effect.kind !== 'kill') return effect.kind !== 'switches';
    // What is processed by and by (at GitHub) says so itself.
    if (effect.when === 'before' || (effect.when === 'processed' && place.service === 'sekoia')) kill();
    if (effect.when === 'answered') whenAnswered(statusOf, kill);
    return effect.when !== 'answered';
  };

  if (place.service === 'sekoia') {
    const fault: PlannedFault = {
      when: (request: SekoiaRequest) => isIt('sekoia', sekoiaKind(request)) && strike(() => request.status),
      times,
      do: sekoiaFault(effect, meanwhile),
    };
    site.sekoia.faults.push(fault);
  } else {
    const fault: GitHubFault = {
      when: (request: GitHubRequest) => {
        const { service, kind } = githubKind(request);
        return isIt(service, kind) && strike(() => site.github.requests[request.count - 1]?.status ?? null);
      },
      times,
      do: githubFault(effect, meanwhile, kill),
    };
    site.github.faults.push(fault);
  }
  return {
    hasStruck: () => hasStruck,
    struck,
    killed,
    disarm() {
      site.sekoia.faults.length = 0;
      site.github.faults.length = 0;
      Object.assign(site.sekoia.switches, DEFAULT_SWITCHES);
    },
  };
}

function sekoiaFault(effect: Effect, meanwhile: () => Promise<unknown>): PlannedFault['do'] {
  switch (effect.kind) {
    case 'sekoia':
      return effect.fault;
    case 'kill':
      return { kind: effect.when === 'before' ? 'hang' : 'hang-after' };
    case 'newer-run':
    case 'newer-push':
      return { kind: 'wait', until: meanwhile };
    case 'outage':
    case 'switches':
    case 'github':
      return { kind: 'reset' };
  }
}

function githubFault(effect: Effect, meanwhile: () => Promise<unknown>, kill: () => void): GitHubFault['do'] {
  switch (effect.kind) {
    case 'github':
      return effect.fault;
    case 'kill':
      return effect.when === 'before' ? { kind: 'hang' } : { kind: 'hang-after', onProcessed: kill };
    case 'newer-run':
    case 'newer-push':
      return { kind: 'wait', until: meanwhile };
    case 'outage':
    case 'switches':
    case 'sekoia':
      return { kind: 'reset' };
  }
}

/** A moment later, so that the process may have read the answer or not. */
function whenAnswered(statusOf: () => number | null, then: () => void): void {
  const timer = setInterval(() => {
    if (statusOf() === null) return;
    clearInterval(timer);
    then();
  }, 2);
  // A run that ended before leaves nothing behind.
  timer.unref();
}
