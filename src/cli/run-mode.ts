import { workTreeSource } from '../detections/work-tree-source.js';
import { chooseHost } from '../hosts/choose-host.js';
import type { HostName } from '../hosts/choose-host.js';
import { openCiHost } from '../hosts/ci.js';
import { githubHost } from '../hosts/github.js';
import type { Host } from '../hosts/types.js';
import { inputVariable } from '../input-table.js';
import { run } from '../run.js';
import { maskedTerminal } from '../terminal/masked.js';
import { terminalLog } from '../terminal/terminal-log.js';
import { inputsOf } from './desk.js';
import type { Desk } from './desk.js';
import type { RunInvocation } from './invocation.js';
import { deskLog, planningDesk } from './plan.js';
import { reportFilesOf } from './report-files.js';
import { UsageError } from './usage-error.js';

export interface RunningDesk extends Desk {
  /** Aborted some seconds after the signal: what still hangs is cut. */
  readonly deadline: AbortSignal;
}

/** Does what the action does: in a job of any CI system, by git alone, or for a person who asks for a plan. */
export async function runMode(desk: RunningDesk, invocation: RunInvocation): Promise<0 | 1> {
  const { terminal, mask } = maskedTerminal(desk.terminal);
  const given = { ...invocation.inputs, mode: MODES[invocation.command], 'github-token': desk.env['SEKOIA_GIT_TOKEN'] };
  const env = inputsOf(desk.env, given);
  // Before anything can tell of them.
  for (const name of ['api-key', 'github-token']) mask((env[inputVariable(name)] ?? '').trim());
  const name = chooseHost(desk.env, invocation.host);
  return run({
    env,
    log: name === 'desk' ? deskLog(terminal, invocation.quiet) : terminalLog(terminal, invocation),
    host: await hostOf(name, { ...desk, terminal }, invocation),
    signal: desk.signal,
    deadline: desk.deadline,
    mask,
  });
}

const MODES = { run: 'auto', plan: 'plan', deploy: 'deploy', drift: 'drift' } as const;

async function hostOf(name: HostName, desk: RunningDesk, invocation: RunInvocation): Promise<Host> {
  const { env, terminal, place, signal } = desk;
  const { command, json, quiet, reports } = invocation;
  if (name === 'github') return { ...githubHost(env), workspace: place.root };
  if (name === 'desk') {
    if (command === 'plan') return planningDesk(desk, invocation);
    throw noCi(command);
  }
  const source = workTreeSource(place.root);
  const files = reportFilesOf(place, reports);
  const { root, show } = place;
  return openCiHost(name, { root, env, terminal, show, source, signal, mode: 'validate', json, quiet, files });
}

function noCi(command: string): UsageError {
  return new UsageError(
    'no-ci',
    `\`${command}\` is for jobs of CI systems, and nothing tells that this is one.`,
    'To run it from this clone all the same, add `--host git`.',
  );
}
