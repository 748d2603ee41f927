import fc from 'fast-check';
import { FAULT_KINDS } from './fault-kinds.js';
import type { FaultKind } from './fault-kinds.js';
import type { Service } from './requests.js';

/** What a person does to the detections of the branch; `which` counts round those that are there. */
export type Edit =
  | {
      readonly kind: 'pattern' | 'severity' | 'retitle' | 'move' | 'move and retitle' | 'remove';
      readonly which: number;
    }
  /** `twin`: with the same pattern as others. */
  | { readonly kind: 'add'; readonly twin: boolean }
  /** Brings back what was removed last. */
  | { readonly kind: 'restore' };

/** What becomes of the run that the push starts. */
export type Run =
  | { readonly kind: 'clean' | 'dropped' }
  /** It goes on beside the runs to come. */
  | { readonly kind: 'slow' }
  /** The previous push's run is run again at the same time. */
  | { readonly kind: 'with the previous' }
  | { readonly kind: 'faulty'; readonly service: Service; readonly nth: number; readonly fault: string };

export interface Step {
  readonly edits: readonly Edit[];
  readonly run: Run;
}

/** The faults that can strike any request of a service. */
export function faultsOf(service: Service): readonly FaultKind[] {
  return FAULT_KINDS.filter(
    ({ strikes, effect }) =>
      strikes({ service, kind: '', nth: 1 }) && effect.kind !== 'newer-run' && effect.kind !== 'newer-push',
  );
}

/** As it is named in a history. */
export function nameOf({ name, moment }: FaultKind): string {
  return `${name}, ${moment}`;
}

const which = fc.nat({ max: 5 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('pattern', 'severity', 'retitle', 'move', 'move and retitle', 'remove'),
    which,
  }),
  fc.record({ kind: fc.constant('add'), twin: fc.boolean() }),
  fc.record({ kind: fc.constant('restore') }),
);

const faulty = fc.constantFrom<Service>('sekoia', 'github', 'git').chain((service) =>
  fc.record({
    kind: fc.constant('faulty'),
    service: fc.constant(service),
    nth: fc.integer({ min: 1, max: service === 'git' ? 10 : 6 }),
    fault: fc.constantFrom(...faultsOf(service).map(nameOf)),
  }),
);

const run: fc.Arbitrary<Run> = fc.oneof(
  { arbitrary: faulty, weight: 4 },
  { arbitrary: fc.record({ kind: fc.constantFrom('clean', 'dropped', 'slow', 'with the previous') }), weight: 4 },
);

/** Pushes to a branch, one after the other. */
export const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ edits: fc.array(edit, { minLength: 1, maxLength: 2 }), run }),
  { minLength: 2, maxLength: 4 },
);
