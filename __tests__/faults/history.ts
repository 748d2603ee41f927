import * as fc from 'fast-check';
import { FAULT_KINDS } from './fault-kinds.js';
import type { Edit, Person } from './person.js';

/** What happens one after the other in a repository that several people and runs work on. */
export type History = readonly Step[];

export type Step =
  /** A push; its run starts at once, together with that of the next step, or never: dropped from the queue. */
  | { readonly kind: 'push'; readonly edits: readonly EditPlan[]; readonly run: RunPlan }
  /** The run of a push made before, once more or for the first time; counted back from the last. */
  | { readonly kind: 'rerun'; readonly back: number; readonly run: RunPlan }
  | { readonly kind: 'dispatch'; readonly run: RunPlan };

export interface RunPlan {
  readonly starts: 'now' | 'with-next' | 'never';
  readonly fault: PlannedFault | null;
}

/** A fault at the first request, from the so-and-so-manieth on, that can meet it. */
export interface PlannedFault {
  readonly from: number;
  readonly kind: string;
}

/** An edit of whichever detection there is; `pick` chooses among them, `value` is what is written. */
export interface EditPlan {
  readonly kind: 'add' | 'pattern' | 'severity' | 'rename' | 'move' | 'remove';
  readonly pick: number;
  readonly value: number;
}

const FAULTS = FAULT_KINDS.filter(({ push }) => push === undefined).map(({ name }) => name);

const fault: fc.Arbitrary<PlannedFault> = fc.record({
  from: fc.integer({ min: 1, max: 16 }),
  kind: fc.constantFrom(...FAULTS),
});

const run: fc.Arbitrary<RunPlan> = fc.record({
  starts: fc.oneof(
    { weight: 6, arbitrary: fc.constant('now' as const) },
    { weight: 2, arbitrary: fc.constant('with-next' as const) },
    { weight: 2, arbitrary: fc.constant('never' as const) },
  ),
  fault: fc.option(fault, { freq: 2 }),
});

const edit: fc.Arbitrary<EditPlan> = fc.record({
  kind: fc.constantFrom('add', 'add', 'pattern', 'severity', 'rename', 'move', 'remove'),
  pick: fc.nat(11),
  value: fc.nat(99),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('push' as const),
      edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
      run,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rerun' as const), back: fc.nat(3), run }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('dispatch' as const), run }) },
);

export const histories: fc.Arbitrary<History> = fc.array(step, { minLength: 2, maxLength: 7 });

/** The edits as they come out with the detections that there are now. `number` gives a number never given before. */
export function editsOf(plans: readonly EditPlan[], { wanted }: Person, number: () => number): readonly Edit[] {
  const stems = [...wanted.keys()];
  return plans.flatMap((plan): readonly Edit[] => {
    const id = number();
    if (plan.kind === 'add') {
      return [{ kind: 'add', stem: `detections/added-${id}`, name: `Added detection ${id}`, process: `p${id}.exe` }];
    }
    const stem = stems[plan.pick % Math.max(1, stems.length)];
    if (stem === undefined) return [];
    switch (plan.kind) {
      case 'pattern':
        return [{ kind: 'change', stem, process: `p${plan.value}.exe` }];
      case 'severity':
        return [{ kind: 'change', stem, severity: plan.value }];
      case 'rename':
        return [{ kind: 'change', stem, name: `Renamed detection ${id}` }];
      case 'move':
        return [{ kind: 'move', stem, to: `detections/folder-${id}/moved` }];
      case 'remove':
        return [{ kind: 'remove', stem }];
    }
  });
}
