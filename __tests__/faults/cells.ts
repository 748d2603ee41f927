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
 * The share that CI runs, so many cells: first those where rules are doubled, lost or forgotten when something is amiss,
 * then of every kind of request as many different faults as there is room for. Always the same ones.
 */
export function shareOf(cells: readonly Cell[], size: number): readonly Cell[] {
  const vital = cells.filter(isVital);
  const seen = new Set(vital.map(pairOf));
  const others = cells
    .filter((cell) => !isVital(cell))
    .sort((a, b) => (digestOf(a.id) < digestOf(b.id) ? -1 : 1))
    .filter((cell) => {
      const isNew = !seen.has(pairOf(cell));
      seen.add(pairOf(cell));
      return isNew;
    });
  return [...vital, ...others].slice(0, Math.max(size, vital.length));
}

/** They strike between a write and the knowledge of it. */
const VITAL_FAULTS = new Set(['lost', 'kill-before', 'kill-after', 'dark', 'lost-then-dark']);

function isVital({ request: { server, shape }, fault }: Cell): boolean {
  if (fault.push !== undefined) return shape.startsWith('GraphQL');
  const isWrite =
    server === 'sekoia'
      ? !shape.startsWith('GET')
      : /^(?:GraphQL|POST \/git\/refs|PATCH \/git\/refs\/sekoia-detections)/u.test(shape);
  return isWrite && VITAL_FAULTS.has(fault.name);
}

function pairOf({ request: { server, shape }, fault }: Cell): string {
  return `${server} ${shape} / ${fault.name}`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
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
  const number = Number.parseInt(digestOf(name).slice(0, 2), 16);
  const push = ran === 'never' ? 'rerun' : 'push';
  return number % 6 === 0 ? 'rerun' : number % 6 === 1 ? 'dispatch' : push;
}
