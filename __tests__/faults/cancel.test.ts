import { expect } from '@jest/globals';
import { arm } from './arm.js';
import { endState } from './end-state.js';
import { inParallel } from '../../src/in-parallel.js';
import type { RequestPlace } from './requests.js';
import { SCENARIOS } from './scenarios.js';
import { makeBases, makeTemplate } from './template.js';
import type { Template } from './template.js';
import { itOnGitHub } from '../support/on-github.js';

/** The runner's SIGINT is followed by SIGTERM after 7.5 s and by SIGKILL 2.5 s later; a busy machine needs some of it. */
const ENDS_WITHIN_MS = 6_000;

const STEPS: readonly (readonly [scenario: string, service: RequestPlace['service'], kind: string, nth: number])[] = [
  ['first', 'git', 'look fetch', 1],
  ['first', 'git', 'fetch', 2],
  ['first', 'sekoia', 'GET rules', 1],
  ['first', 'github', 'POST git/blobs', 1],
  ['first', 'git', 'look push', 1],
  ['first', 'git', 'push', 1],
  ['first', 'sekoia', 'POST rules', 1],
  ['first', 'github', 'GET git/ref/heads%2Fmain', 1],
  ['first', 'github', 'createCommitOnBranch', 1],
  ['first', 'git', 'push', 2],
  ['first by push', 'git', 'look push', 2],
  ['first by push', 'git', 'push', 2],
  ['update', 'sekoia', 'GET rules/X', 1],
  ['update', 'sekoia', 'PUT rules/X', 1],
];
const HANGS = ['hang', 'hang-after'] as const;

itOnGitHub(
  'a run that is cancelled while anything hangs ends by itself in time, and the next one makes up for it',
  async () => {
    const bases = await makeBases();
    const wanted = SCENARIOS.filter(({ name }) => STEPS.some(([scenario]) => scenario === name));
    const templates = await inParallel(wanted, 2, (scenario) => makeTemplate(scenario, bases));
    await bases.cleanUp();
    const cells = STEPS.flatMap(([scenario, service, kind, nth]) =>
      HANGS.map((hang) => ({
        name: `${scenario} / ${service} ${kind} #${nth} / ${hang}`,
        template: templates.find((template) => template.scenario.name === scenario)!,
        place: { service, kind, nth },
        hang,
      })),
    );
    // They wait more than they work.
    const found = await inParallel(cells, 6, async ({ name, template, place, hang }) => {
      const violation = await cancelAt(template, place, hang);
      return violation === null ? [] : [`${name}: ${violation}`];
    });
    const violations = found.flat();
    await Promise.all(templates.map((template) => template.cleanUp()));
    process.stdout.write(`cancelled: ${cells.length} steps, ${violations.length} violations\n`);
    expect(violations).toEqual([]);
  },
  600_000,
);

/** Cancels the scenario's run when it comes to that request, which is never answered. */
async function cancelAt(template: Template, place: RequestPlace, hang: 'hang' | 'hang-after'): Promise<string | null> {
  const { site, workspace } = await template.open();
  const inputs = template.scenario.inputs ?? {};
  try {
    const kind = place.service === 'sekoia' ? 'sekoia' : 'github';
    const armed = arm(site, place, { effect: { kind, fault: { kind: hang } } }, () => Promise.resolve());
    let cancelledAt = 0;
    const cancelAfter = armed.struck.then(() => {
      cancelledAt = performance.now();
    });
    const run = await site.runFor(template.push, { inputs, workspace: await workspace(), cancelAfter });
    const tookMs = performance.now() - cancelledAt;
    armed.disarm();
    if (cancelledAt === 0) return 'the request never came';
    if (run.signal !== null) return `ended by ${run.signal} after ${tookMs.toFixed(0)} ms`;
    if (tookMs > ENDS_WITHIN_MS) return `took ${tookMs.toFixed(0)} ms`;
    const again = await site.runFor(template.push, { inputs, workspace: await workspace() });
    const problems = await endState(site, template.start, [run, again]);
    return again.exitCode === 0 && problems.length === 0
      ? null
      : `then exit code ${again.exitCode}: ${problems.join('; ')}`;
  } finally {
    await site.stop();
  }
}
