import type { FaultAction } from '../support/github/faults.js';
import type { Fault } from '../support/sekoia/faults.js';
import type { Site } from '../support/site.js';
import { requestNamer } from './requests.js';
import type { RequestName } from './requests.js';

/** Decides about each request as it comes, before anything is done with it; null lets it pass. */
export interface Decide {
  readonly sekoia: (request: RequestName) => Fault | null;
  readonly github: (request: RequestName) => FaultAction | null;
}

export const LET_PASS: Decide = { sekoia: () => null, github: () => null };

export interface Watch {
  /** The requests so far, in the order of arrival. */
  readonly names: readonly RequestName[];
  readonly end: () => void;
}

/** Watches the requests to both servers from now on. */
export function watchRequests({ sekoia, github }: Site, decide: Decide): Watch {
  const namer = requestNamer();
  const names: RequestName[] = [];
  const named = (name: RequestName): RequestName => {
    names.push(name);
    return name;
  };
  let onSekoia: Fault | null = null;
  let onGitHub: FaultAction | null = null;
  // The stand-ins ask `when` once for each request, and `do` right after a yes.
  sekoia.faults.push({
    when: (request) => (onSekoia = decide.sekoia(named(namer.sekoia(request)))) !== null,
    get do() {
      return onSekoia ?? { kind: 'reset' };
    },
  });
  github.faults.push({
    when: (request) => (onGitHub = decide.github(named(namer.github(request)))) !== null,
    times: Infinity,
    get do() {
      return onGitHub ?? { kind: 'reset' };
    },
  });
  return {
    names,
    end: () => {
      sekoia.faults.length = 0;
      github.faults.length = 0;
    },
  };
}
