import type { Push } from '../support/client-repository.js';
import type { ActionRun } from '../support/runner.js';
import type { Site, SiteRun } from '../support/site.js';
import { armFault } from './arm.js';
import type { Cell } from './cells.js';
import { problemsOf } from './end-state.js';
import type { Promised } from './end-state.js';
import type { Person } from './person.js';
import type { RequestName } from './requests.js';
import { fastRun, openScene, USUAL_SPEED } from './scene.js';
import type { Scene, Stage } from './scene.js';
import type { Scenario } from './scenarios.js';
import { LET_PASS, watchRequests } from './watch.js';
import type { Decide, Watch } from './watch.js';

/** The requests of the scenario's run when nothing goes wrong. Throws when that run itself does not do as promised. */
export async function record(stage: Stage, { name, inputs }: Scenario): Promise<readonly RequestName[]> {
  const scene = await openScene(stage);
  try {
    const { run, watch } = await watchedRun(scene, LET_PASS, fastRun(USUAL_SPEED, inputs));
    const problems = await problemsOf(scene.site, { ...scene.promised, reported: () => false });
    if (run.exitCode === 0 && problems.length === 0) return watch.names;
    throw new Error(`${name}, without any fault: ${problems.join('; ')}\n${run.log}`);
  } finally {
    await scene.site.stop();
  }
}

export interface CellResult {
  readonly cell: Cell;
  /** What was not as promised; empty when all was. */
  readonly violations: readonly string[];
  readonly runs: readonly ActionRun[];
}

/** The run with the fault, then the next one without, and whether all is as promised then. */
export async function runCell(stage: Stage, cell: Cell): Promise<CellResult> {
  const first = await tryCell(stage, cell, cell.fault.speed ?? USUAL_SPEED);
  // On a busy machine fast time can be too fast: a deadline passes at an earlier request already. Then slower, once.
  const { violations, runs } = first.hasStruck ? first : await tryCell(stage, cell, SLOW);
  return { cell, violations, runs };
}

const SLOW = 4;

async function tryCell(
  stage: Stage,
  cell: Cell,
  speed: number,
): Promise<Omit<CellResult, 'cell'> & { readonly hasStruck: boolean }> {
  const { fault } = cell;
  const scene = await openScene(stage);
  const { site, promised } = scene;
  try {
    const { run, hasStruck } = await faultyRun(scene, cell, speed);
    const now = { ...promised, reported: (uuid: string) => hasReported(run, uuid) };
    const lies = fault.push === undefined ? await liesOf(run, site, now) : [];

    site.sekoia.switches.staleListMs = 0;
    const after = await nextRun(scene, cell);
    const violations = [
      ...(hasStruck ? [] : ['the request that the fault was to meet never came']),
      ...lies,
      ...(after.exitCode === 0 ? [] : [`the next run ended with ${String(after.exitCode ?? after.signal)}`]),
      ...(await problemsOf(site, now)),
    ];
    return { violations, runs: [run, after], hasStruck };
  } finally {
    await site.stop();
  }
}

async function faultyRun(
  scene: Scene,
  { scenario, request: wanted, fault }: Cell,
  speed: number,
): Promise<{ readonly run: ActionRun; readonly hasStruck: boolean }> {
  const armed = armFault(
    scene,
    { ...fault, speed },
    ({ server, shape, nth }) => server === wanted.server && shape === wanted.shape && nth === wanted.nth,
  );
  const { run } = await watchedRun(scene, armed.decide, {
    ...fastRun(speed, scenario.inputs),
    killWhen: armed.killed,
    cancelAfter: armed.cancelled,
  });
  return { run, hasStruck: armed.hasStruck() };
}

/** The run of the last push, its requests watched. */
async function watchedRun(
  { site, person, runFor }: Scene,
  decide: Decide,
  settings: SiteRun,
): Promise<{ readonly run: ActionRun; readonly watch: Watch }> {
  const watch = watchRequests(site, decide);
  const run = await runFor(lastPush(person), settings);
  watch.end();
  return { run, watch };
}

async function nextRun({ person, runFor, dispatch }: Scene, { scenario, next, fault }: Cell): Promise<ActionRun> {
  const settings = fastRun(USUAL_SPEED, scenario.inputs);
  // What somebody pushed during the run has a run of its own.
  if (fault.push !== undefined) return runFor(lastPush(person), settings);
  switch (next) {
    case 'push':
      return runFor(await person.push([{ kind: 'note', text: 'Something else' }]), settings);
    case 'rerun':
      return runFor(lastPush(person), settings);
    case 'dispatch':
      return dispatch(settings);
  }
}

function lastPush({ pushes }: Person): Push {
  const last = pushes.at(-1);
  if (last === undefined) throw new Error('nothing was pushed');
  return last;
}

/** A run that says all is well must have it so; one that was not killed and fails must say why. */
async function liesOf(run: ActionRun, site: Site, promised: Promised): Promise<readonly string[]> {
  if (run.isTimedOut) return ['the run did not end'];
  if (run.exitCode === 0) {
    const problems = await problemsOf(site, promised);
    return problems.map((problem) => `the run ended with 0 though ${problem}`);
  }
  if (run.signal === 'SIGKILL') return [];
  if (run.exitCode !== 1) return [`the run ended with ${String(run.exitCode ?? run.signal)}`];
  return run.annotations.some(({ level }) => level === 'error') ? [] : ['the run failed without an error'];
}

/** Whether a run that failed told of the rule, so that a person can see to it. */
function hasReported(run: ActionRun, uuid: string): boolean {
  return run.exitCode === 1 && run.log.includes(uuid);
}
