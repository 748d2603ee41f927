import { CANARY } from '../inputs/targets.js';
import { exitCode, makeReport } from '../report/make-report.js';
import type { Stop } from '../report/types.js';
import { shorten } from '../text.js';
import { next, sideBySide } from './steps.js';
import type { Going, Step } from './steps.js';

/**
 * Targets of the ring `canary` first, side by side; the others only if every one of them succeeded. Those that are held
 * back are told as stopped: nothing was sent there.
 */
export async function inRings<Before, After>(
  steps: readonly Step<Before>[],
  stage: (going: Going<Before>) => Promise<Step<After>>,
): Promise<readonly Step<After>[]> {
  const isCanary = ({ run }: Step<Before>): boolean => run.target.ring === CANARY;
  const first = await sideBySide(steps.filter(isCanary), (step) => next(step, stage));
  const failed = first.filter(({ told }) => exitCode(makeReport(told)) !== 0);
  const others = steps.filter((step) => !isCanary(step));
  const rest =
    failed.length === 0
      ? await sideBySide(others, (step) => next(step, stage))
      : others.map((step): Step<After> => heldBack(step, stopFor(failed)));
  const all = new Map([...first, ...rest].map((step) => [step.run, step]));
  return steps.flatMap(({ run }) => all.get(run) ?? []);
}

function heldBack<Work, After>(step: Step<Work>, stopped: Stop): Step<After> {
  return { kind: 'ended', run: step.run, told: { ...step.told, stopped: step.told.stopped ?? stopped } };
}

function stopFor(failed: readonly Step<unknown>[]): Stop {
  const names = shorten(failed.map(({ run }) => run.target.name).join(', '), 200);
  return {
    message: `nothing was sent, since the ring ${CANARY} comes first and has failures (${names})`,
    help: 'Put right what failed there and run again: what was held back is made up for.',
  };
}
