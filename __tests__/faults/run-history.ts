import type { Push } from '../support/client-repository.js';
import type { ActionRun } from '../support/runner.js';
import { armFault } from './arm.js';
import { problemsOf } from './end-state.js';
import { FAULT_KINDS } from './fault-kinds.js';
import type { FaultKind } from './fault-kinds.js';
import { editsOf } from './history.js';
import type { History, RunPlan, Step } from './history.js';
import { fastRun, openScene, USUAL_SPEED } from './scene.js';
import type { Scene, Stage } from './scene.js';
import { LET_PASS, watchRequests } from './watch.js';

export interface HistoryResult {
  /** What was not as promised; empty when all was. */
  readonly violations: readonly string[];
  /** What happened, a line a step. */
  readonly story: readonly string[];
  /** Detections that two runs at once created twice, told by the run, one rule of which a person then removed. */
  readonly doubles: number;
}

/** Lets the history happen, then a run without any fault, and looks whether all is as promised. */
export async function runHistory(stage: Stage, history: History): Promise<HistoryResult> {
  const scene = await openScene(stage);
  const told: Told = { story: [], violations: [], runs: [], hasOverlap: false, hasBreak: false };
  try {
    let count = 0;
    const number = (): number => (count += 1);
    let waiting: Started[] = [];
    for (const step of history) {
      const started = await startOf(scene, step, number, told);
      if (started === null) continue;
      waiting.push(started);
      if (started.plan.starts === 'with-next') continue;
      await runTogether(scene, waiting, told);
      waiting = [];
    }
    if (waiting.length > 0) await runTogether(scene, waiting, told);
    return await conclude(scene, told);
  } finally {
    await scene.site.stop();
  }
}

/** What is remembered of a history. */
interface Told {
  readonly story: string[];
  readonly violations: string[];
  readonly runs: ActionRun[];
  hasOverlap: boolean;
  hasBreak: boolean;
}

interface Started {
  /** `dispatch`: the branch as it is when the run starts. */
  readonly push: Push | 'dispatch';
  readonly plan: RunPlan;
}

async function startOf(scene: Scene, step: Step, number: () => number, { story }: Told): Promise<Started | null> {
  const { person } = scene;
  switch (step.kind) {
    case 'push': {
      const edits = editsOf(step.edits, person, number);
      if (edits.length === 0) return null;
      const push = await person.push(edits);
      story.push(`push ${push.after.slice(0, 7)}: ${edits.map((edit) => JSON.stringify(edit)).join(' ')}`);
      if (step.run.starts !== 'never') return { push, plan: step.run };
      story.push('  its run is dropped');
      return null;
    }
    case 'rerun': {
      const push = person.pushes.at(-1 - step.back);
      return push === undefined || step.run.starts === 'never' ? null : { push, plan: step.run };
    }
    case 'dispatch':
      return step.run.starts === 'never' ? null : { push: 'dispatch', plan: step.run };
  }
}

/** Runs at the same time. The first fault there is strikes whichever run makes the request; its signal goes to the first. */
async function runTogether(scene: Scene, started: readonly Started[], told: Told): Promise<void> {
  const planned = started.find(({ plan }) => plan.fault !== null)?.plan.fault ?? null;
  const kind = FAULT_KINDS.find(({ name }) => name === planned?.kind);
  const armed = kind === undefined || planned === null ? null : armFault(scene, kind, inTurn(planned.from, kind));
  const speed = kind?.speed ?? USUAL_SPEED;
  const gate = barrier(started.length);
  let watch: ReturnType<typeof watchRequests> | undefined;
  const beforeRun = async (): Promise<void> => {
    await gate();
    watch ??= watchRequests(scene.site, armed?.decide ?? LET_PASS);
  };
  const runs = await Promise.all(
    started.map(({ push }, index) => {
      const signals = index === 0 && armed !== null ? { killWhen: armed.killed, cancelAfter: armed.cancelled } : {};
      const settings = { ...fastRun(speed), ...signals, beforeRun };
      return push === 'dispatch' ? scene.dispatch(settings) : scene.runFor(push, settings);
    }),
  );
  watch?.end();
  scene.site.sekoia.switches.staleListMs = 0;

  const hasStruck = armed?.hasStruck() === true;
  told.runs.push(...runs);
  told.hasOverlap ||= runs.length > 1;
  told.hasBreak ||= hasStruck;
  for (const [index, run] of runs.entries()) {
    const of = started[index]?.push;
    const name = of === 'dispatch' || of === undefined ? 'dispatch' : of.after.slice(0, 7);
    const fault = hasStruck && kind !== undefined ? `, ${kind.name} at a request from ${planned?.from ?? 0}` : '';
    told.story.push(
      `  run of ${name}${runs.length > 1 ? ' (together)' : ''}${fault}: ${String(run.exitCode ?? run.signal)}`,
    );
  }
  await lookAfter(scene, started, runs, told);
}

/** A run alone that says all is well, on the branch as it is, must have it so. */
async function lookAfter(
  scene: Scene,
  started: readonly Started[],
  runs: readonly ActionRun[],
  told: Told,
): Promise<void> {
  const [run, ...others] = runs;
  const push = started[0]?.push;
  const isNewest = push === 'dispatch' || push?.after === scene.person.pushes.at(-1)?.after;
  if (run?.exitCode !== 0 || others.length > 0 || !isNewest) return;
  const problems = await problemsOf(scene.site, { ...scene.promised, reported: reportedBy(scene, told) });
  told.violations.push(...problems.map((problem) => `a run ended with 0 though ${problem}`));
}

/** From the so-and-so-manieth request on, the first that the fault can meet. */
function inTurn(from: number, { meets }: FaultKind): Parameters<typeof armFault>[2] {
  let count = 0;
  return (request) => {
    count += 1;
    return count >= from && meets(request);
  };
}

async function conclude(scene: Scene, told: Told): Promise<HistoryResult> {
  const { site, person, promised } = scene;
  const settings = fastRun(USUAL_SPEED);
  const last = await person.push([{ kind: 'note', text: 'The end' }]);
  let run = await scene.runFor(last, settings);
  told.story.push(`last run: ${String(run.exitCode ?? run.signal)}`);
  const doubles = run.exitCode === 0 ? 0 : removeDoubles(scene, run, told);
  if (doubles > 0) {
    run = await scene.runFor(last, settings);
    told.story.push(`after a person removed ${doubles} of two: ${String(run.exitCode ?? run.signal)}`);
  }
  const { violations } = told;
  if (run.exitCode !== 0) violations.push(`the last run ended with ${String(run.exitCode ?? run.signal)}\n${run.log}`);
  violations.push(...(await problemsOf(site, { ...promised, reported: reportedBy(scene, told) })));

  const sent = site.sekoia.requests.length;
  const tip = await site.repository.tip('main');
  const again = await scene.dispatch(settings);
  if (again.exitCode !== 0)
    violations.push(`a run with nothing to do ended with ${String(again.exitCode)}\n${again.log}`);
  const writes = site.sekoia.requests.slice(sent).filter(({ method }) => method !== 'GET');
  if (writes.length > 0)
    violations.push(`a run with nothing to do sent ${writes.map(({ method }) => method).join(', ')}`);
  if ((await site.repository.tip('main')) !== tip) violations.push('a run with nothing to do made a commit');
  return { violations, story: told.story, doubles };
}

/**
 * Rules that may be left over: those that a failed run told of; and, where something broke or overlapped, that of a
 * detection which was removed before its UUID had reached the branch, since nothing there knows of it any more.
 */
function reportedBy({ person, site }: Scene, { runs, hasBreak, hasOverlap }: Told): (uuid: string) => boolean {
  return (uuid) => {
    if (runs.some(({ exitCode, log }) => exitCode === 1 && log.includes(uuid))) return true;
    const name = site.sekoia.rules.get(uuid)?.name;
    return (hasBreak || hasOverlap) && person.removed.some((removed) => removed.uuid === null && removed.name === name);
  };
}

/** What a person does whom a run has told of two rules for one detection: removes all but one. */
function removeDoubles({ site, person }: Scene, run: ActionRun, { hasOverlap }: Told): number {
  if (!hasOverlap) return 0;
  let doubles = 0;
  for (const { name } of person.wanted.values()) {
    const [, ...others] = site.sekoia.customRules().filter((rule) => rule.name === name && run.log.includes(rule.uuid));
    for (const { uuid } of others) site.sekoia.rules.delete(uuid);
    doubles += others.length;
  }
  return doubles;
}

/** Lets all go on when so many have come. */
function barrier(parties: number): () => Promise<void> {
  let come = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come += 1;
    if (come >= parties) open();
    return opened;
  };
}
