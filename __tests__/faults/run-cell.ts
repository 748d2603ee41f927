import type { Push } from '../support/client-repository.js';
import type { ActionRun } from '../support/runner.js';
import type { Site, SiteRun } from '../support/site.js';
import type { Cell, NextRun } from './cells.js';
import { problemsOf } from './end-state.js';
import type { Promised } from './end-state.js';
import type { RequestName } from './requests.js';
import { fastRun, openScene, USUAL_SPEED } from './scene.js';
import type { Scene } from './scene.js';
import type { Scenario } from './scenarios.js';
import { LET_PASS, watchRequests } from './watch.js';
import type { Decide, Watch } from './watch.js';

/** The requests of the scenario's run when nothing goes wrong. Throws when that run itself does not do as promised. */
export async function record(scenario: Scenario): Promise<readonly RequestName[]> {
  const scene = await openScene(scenario);
  try {
    const pushed = await scene.person.push(scenario.edits, scenario.executable);
    const { run, watch } = await watchedRun(scene.site, pushed, LET_PASS, fastRun(USUAL_SPEED, scenario.inputs));
    const problems = await problemsOf(scene.site, { ...scene.promised, reported: () => false });
    if (run.exitCode === 0 && problems.length === 0) return watch.names;
    throw new Error(`${scenario.name}, without any fault: ${problems.join('; ')}\n${run.log}`);
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
export async function runCell(cell: Cell): Promise<CellResult> {
  const { scenario, fault } = cell;
  const scene = await openScene(scenario);
  const { site, promised } = scene;
  try {
    const pushed = await scene.person.push(scenario.edits, scenario.executable);
    const { run, hasStruck } = await faultyRun(scene, cell, pushed);
    const now = { ...promised, reported: (uuid: string) => hasReported(run, uuid) };
    const lies = fault.push === undefined ? await liesOf(run, site, now) : [];

    site.sekoia.switches.staleListMs = 0;
    const after = await nextRun(scene, cell, pushed);
    const violations = [
      ...(hasStruck ? [] : ['the request that the fault was to meet never came']),
      ...lies,
      ...(after.exitCode === 0 ? [] : [`the next run ended with ${String(after.exitCode ?? after.signal)}`]),
      ...(await problemsOf(site, now)),
    ];
    return { cell, violations, runs: [run, after] };
  } finally {
    await site.stop();
  }
}

async function faultyRun(
  { site, person }: Scene,
  { scenario, request: wanted, fault }: Cell,
  pushed: Push,
): Promise<{ readonly run: ActionRun; readonly hasStruck: boolean }> {
  const speed = fault.speed ?? USUAL_SPEED;
  const signals = { SIGKILL: signal(), SIGINT: signal() };
  let hasStruck = false;

  const isMet = ({ server, shape, nth }: RequestName): boolean => {
    if (hasStruck) return false;
    hasStruck = server === wanted.server && shape === wanted.shape && nth === wanted.nth;
    if (!hasStruck) return false;
    const { process, listLagMs, push } = fault;
    if (process !== undefined) fireLater(signals[process.signal].fire, process.afterMs);
    if (listLagMs !== undefined) site.sekoia.switches.staleListMs = listLagMs / speed;
    if (push !== undefined) {
      site.github.beforeCommit = async () => {
        site.github.beforeCommit = null;
        await person.push(push);
      };
    }
    return true;
  };
  const isDark = ({ server }: RequestName): boolean =>
    hasStruck && fault.andThen === 'dark' && server === wanted.server;
  const strike = <Action>(action: Action | 'pass', request: RequestName): Action | typeof CUT | null => {
    if (isMet(request)) return action === 'pass' ? null : action;
    return isDark(request) ? CUT : null;
  };

  const { run } = await watchedRun(
    site,
    pushed,
    { sekoia: (request) => strike(fault.sekoia, request), github: (request) => strike(fault.github, request) },
    {
      ...fastRun(speed, scenario.inputs),
      killWhen: signals.SIGKILL.sent,
      cancelAfter: signals.SIGINT.sent,
    },
  );
  return { run, hasStruck };
}

const CUT = { kind: 'reset' } as const;

/** A run whose requests are watched, those of its checkout excepted. */
async function watchedRun(
  site: Site,
  pushed: Push,
  decide: Decide,
  settings: SiteRun,
): Promise<{ readonly run: ActionRun; readonly watch: Watch }> {
  let watch: Watch | undefined;
  const beforeRun = (): Promise<void> => {
    watch = watchRequests(site, decide);
    return Promise.resolve();
  };
  const run = await site.runFor(pushed, { ...settings, beforeRun });
  if (watch === undefined) throw new Error('the run never began');
  watch.end();
  return { run, watch };
}

function nextRun({ site, person }: Scene, { scenario, next, fault }: Cell, pushed: Push): Promise<ActionRun> {
  const settings = fastRun(USUAL_SPEED, scenario.inputs);
  // What somebody pushed during the run has a run of its own.
  const meanwhile = fault.push === undefined ? undefined : person.pushes.at(-1);
  if (meanwhile !== undefined) return site.runFor(meanwhile, settings);
  return startAs(next, { site, person }, pushed, settings);
}

async function startAs(
  next: NextRun,
  { site, person }: Pick<Scene, 'site' | 'person'>,
  pushed: Push,
  settings: SiteRun,
): Promise<ActionRun> {
  switch (next) {
    case 'push':
      return site.runFor(await person.push([{ kind: 'note', text: 'Something else' }]), settings);
    case 'rerun':
      return site.runFor(pushed, settings);
    case 'dispatch':
      return site.dispatch(settings);
  }
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

function signal(): { readonly sent: Promise<void>; readonly fire: () => void } {
  let fire = (): void => undefined;
  const sent = new Promise<void>((resolve) => {
    fire = resolve;
  });
  return {
    sent,
    fire: () => {
      fire();
    },
  };
}

function fireLater(fire: () => void, afterMs: number | undefined): void {
  if (afterMs === undefined) fire();
  else setTimeout(fire, afterMs);
}
