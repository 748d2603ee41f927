import { createHash } from 'node:crypto';
import { FAULT_KINDS } from './fault-kinds.js';
import type { FaultKind } from './fault-kinds.js';
import { textOf } from './requests.js';
import type { RequestName } from './requests.js';
import type { Scenario } from './scenarios.js';

/** One fault at one request of one push, and how the next run comes about. */
export interface Cell {
  readonly id: string;
  readonly scenario: Scenario;
  readonly request: RequestName;
  readonly fault: FaultKind;
  readonly next: NextRun;
}

/** `push`: somebody pushes something else; `rerun`: the failed run is run again; `dispatch`: a run is started by hand. */
export type NextRun = 'push' | 'rerun' | 'dispatch';

/** A push and the requests of its run without any fault. */
export interface Recorded {
  readonly scenario: Scenario;
  readonly requests: readonly RequestName[];
}

/** Every fault at every request that can meet it. */
export function allCells(recorded: readonly Recorded[]): readonly Cell[] {
  return recorded.flatMap(({ scenario, requests }) =>
    requests.flatMap((request) =>
      FAULT_KINDS.filter((fault) => fault.meets(request)).map((fault) => cellOf(scenario, request, fault)),
    ),
  );
}

/**
 * The share that CI runs: of the writes to Sekoia, which is where rules are doubled or lost, every fault at every one;
 * of all other requests each fault once for each shape, wherever it comes up first.
 */
export function shareOf(cells: readonly Cell[]): readonly Cell[] {
  const seen = new Set<string>();
  return cells.filter(({ request, fault }) => {
    if (request.server === 'sekoia' && !request.shape.startsWith('GET')) return true;
    const key = `${request.server} ${request.shape} ${fault.name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function cellOf(scenario: Scenario, request: RequestName, fault: FaultKind): Cell {
  const name = `${scenario.name} / ${textOf(request)} / ${fault.name}`;
  const next = nextRun(scenario, name);
  return { id: `${name} / ${next}`, scenario, request, fault, next };
}

/**
 * Most often the next push, now and then another way: by the cell's name, so that a cell is the same in every run.
 * Where no run has ever ended, a push cannot make up for one that never got to write anything down: that takes a re-run.
 */
function nextRun({ ran }: Scenario, name: string): NextRun {
  const number = createHash('sha256').update(name).digest()[0] ?? 0;
  const push = ran === 'never' ? 'rerun' : 'push';
  return number % 6 === 0 ? 'rerun' : number % 6 === 1 ? 'dispatch' : push;
}
