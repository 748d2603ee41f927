import { fileURLToPath } from 'node:url';
import type { ActionRun } from '../support/runner.js';
import type { Site, SiteRun } from '../support/site.js';
import { arm } from './arm.js';
import type { Cell } from './cells.js';
import { endState } from './end-state.js';
import { placesSince, seenBy } from './requests.js';
import type { RequestPlace } from './requests.js';
import type { Template } from './template.js';

const PRELOAD = fileURLToPath(new URL('../support/fast-time.mjs', import.meta.url));

/** The settings of a run whose time goes faster. */
export function faster(factor: number): Pick<SiteRun, 'preload' | 'env'> {
  return factor === 1 ? {} : { preload: PRELOAD, env: { FAST_TIME: String(factor) } };
}

/** The requests of the scenario's run when nothing goes wrong. Throws when even that run does not end well. */
export async function recordRequests(template: Template): Promise<readonly RequestPlace[]> {
  const { site, workspace } = await template.open();
  try {
    const since = seenBy(site);
    const { inputs = {} } = template.scenario;
    const run = await site.runFor(template.push, { inputs, workspace: await workspace() });
    const places = placesSince(site, since);
    const problems = await endState(site, template.start, [run]);
    if (run.exitCode === 0 && problems.length === 0) return places;
    throw new Error(
      `${template.scenario.name} without faults: exit ${run.exitCode}, ${problems.join('; ')}\n${run.log}`,
    );
  } finally {
    await site.stop();
  }
}

/** Why the cell is a violation; null when it ended as it has to. */
export async function runCell(cell: Cell, template: Template): Promise<string | null> {
  const { site, workspace } = await template.open();
  const { scenario, push, start } = template;
  const inputs = scenario.inputs ?? {};
  const runs: ActionRun[] = [];
  const told = (what: string, problems: readonly string[]): string =>
    [what, ...problems, ...(process.env['FAULT_CELL'] === undefined ? [] : runs.map(transcript))].join('\n    ');
  try {
    const armed = arm(site, cell.place, cell.kind, async () => {
      if (cell.kind.effect.kind === 'newer-push') {
        await site.repository.pull();
        await site.repository.commit({ 'notes.txt': 'of somebody else' });
        await site.repository.push();
        return;
      }
      const { files, renames } = await scenario.newer(site);
      runs.push(await site.push(files, { inputs }, renames === undefined ? {} : { renames }));
    });
    const faulted = await site.runFor(push, {
      inputs,
      workspace: await workspace(),
      killWhen: armed.killed,
      ...faster(cell.kind.fasterBy),
    });
    armed.disarm();
    runs.push(faulted);
    if (!armed.hasStruck()) return told('the fault never struck', []);
    if (faulted.isTimedOut) return told('the run did not end', []);
    if (runs.every(({ exitCode }) => exitCode === 0)) {
      const problems = await endState(site, start, runs);
      if (problems.length > 0) return told('green at once, and yet:', problems);
    }

    let problems: readonly string[] = [];
    // Before the first run of a branch has written the deployed ref, only a re-run can know that there was one.
    const leftTrace = (await site.repository.tip('refs/sekoia-detections/default/main')) !== null;
    for (const again of [isRerun(cell) || !leftTrace ? 'the same' : 'a new push', 'a new push'] as const) {
      const run = await (again === 'the same'
        ? site.runFor(push, { inputs, workspace: await workspace() })
        : site.push({ 'notes.txt': `${runs.length}` }, { inputs }));
      runs.push(run);
      problems = await endState(site, start, runs);
      // A run that fails may leave things for the next one, or for a person it has told of two rules.
      if (run.exitCode === 0) return problems.length === 0 ? null : told(`green after ${again}, and yet:`, problems);
    }
    return problems.length === 0 && namesDoubles(site, runs) ? null : told('never green again:', problems);
  } finally {
    await site.stop();
  }
}

/** The one end that stays red: two rules of a name, which a person has to choose from. */
export function namesDoubles(site: Site, runs: readonly ActionRun[]): boolean {
  const last = runs.at(-1)?.log ?? '';
  return site.sekoia.customRules().filter(({ uuid }) => last.includes(uuid)).length > 1;
}

/** Half of the cells go on with a re-run, half with the next push; which one stays the same. */
function isRerun({ name }: Cell): boolean {
  return name.length % 2 === 0;
}

export function transcript({ exitCode, signal, log }: ActionRun, index: number): string {
  return `--- run ${index + 1}: exit code ${exitCode ?? signal ?? ''}\n${log}`;
}
