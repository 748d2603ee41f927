import type { FaultKind } from './fault-kinds.js';
import type { RequestName } from './requests.js';
import type { Scene } from './scene.js';
import { USUAL_SPEED } from './scene.js';
import type { Decide } from './watch.js';

/** A fault that waits for its request. */
export interface Armed {
  readonly decide: Decide;
  /** When the process is to be killed, and when to be cancelled; never, where the fault is none of that kind. */
  readonly killed: Promise<void>;
  readonly cancelled: Promise<void>;
  readonly hasStruck: () => boolean;
}

/** Lets the fault strike at the first request that it may, once; with all that comes of it. */
export function armFault(
  { site, person }: Pick<Scene, 'site' | 'person'>,
  fault: FaultKind,
  isMet: (request: RequestName) => boolean,
): Armed {
  const signals = { SIGKILL: signal(), SIGINT: signal() };
  let struck: RequestName | null = null;

  const strike = <Action>(action: Action | 'pass', request: RequestName): Action | typeof CUT | null => {
    if (struck !== null) return fault.andThen === 'dark' && request.server === struck.server ? CUT : null;
    if (!isMet(request)) return null;
    struck = request;
    setOff();
    return action === 'pass' ? null : action;
  };

  const setOff = (): void => {
    const { process, listLagMs, push, speed = USUAL_SPEED } = fault;
    if (process !== undefined) later(signals[process.signal].fire, process.afterMs);
    if (listLagMs !== undefined) site.sekoia.switches.staleListMs = listLagMs / speed;
    if (push === undefined) return;
    site.github.beforeCommit = async () => {
      site.github.beforeCommit = null;
      await person.push(push);
    };
  };

  return {
    decide: {
      sekoia: (request) => strike(fault.sekoia, request),
      github: (request) => strike(fault.github, request),
    },
    killed: signals.SIGKILL.sent,
    cancelled: signals.SIGINT.sent,
    hasStruck: () => struck !== null,
  };
}

const CUT = { kind: 'reset' } as const;

interface Signal {
  readonly sent: Promise<void>;
  readonly fire: () => void;
}

function signal(): Signal {
  let resolve: () => void = () => undefined;
  const sent = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return {
    sent,
    fire: () => {
      resolve();
    },
  };
}

function later(fire: () => void, afterMs: number | undefined): void {
  if (afterMs === undefined) fire();
  else setTimeout(fire, afterMs);
}
