import { workTreeSource } from '../detections/work-tree-source.js';
import { openWorkTree } from '../git/work-tree.js';
import type { WorkTree } from '../git/work-tree.js';
import { chooseHost } from '../hosts/choose-host.js';
import type { HostName } from '../hosts/choose-host.js';
import { openCiHost } from '../hosts/ci.js';
import { githubHost } from '../hosts/github.js';
import type { Host } from '../hosts/types.js';
import { inputVariable } from '../input-table.js';
import { silentLog } from '../log.js';
import { run } from '../run.js';
import type { Ask } from '../terminal/ask.js';
import { maskedTerminal } from '../terminal/masked.js';
import type { Terminal } from '../terminal/terminal.js';
import { terminalLog } from '../terminal/terminal-log.js';
import { count, printable } from '../text.js';
import { inputsOf } from './desk.js';
import type { Desk } from './desk.js';
import type { RunInvocation } from './invocation.js';
import { askingDesk, deskLog } from './asking-desk.js';
import { reportFilesOf } from './report-files.js';
import { UsageError } from './usage-error.js';

export interface RunningDesk extends Desk {
  /** Aborted some seconds after the signal: what still hangs is cut. */
  readonly deadline: AbortSignal;
  readonly ask: Ask;
}

/** Does what the action does: in a job of any CI system, by git alone, or for a person at the desk. */
export async function runMode(desk: RunningDesk, invocation: RunInvocation): Promise<0 | 1> {
  const isAtDesk = chooseHost(desk.env, invocation.host) === 'desk';
  return isAtDesk && invocation.command === 'deploy' ? deployAtDesk(desk, invocation) : runOn(desk, invocation);
}

/** Shows the plan, asks, and deploys as from any clone. */
async function deployAtDesk(desk: RunningDesk, invocation: RunInvocation): Promise<0 | 1> {
  await requireCommitted(desk);
  const { yes, json, quiet } = invocation;
  if (!yes && json) throw noAnswer();
  const planned = await runOn(json ? { ...desk, terminal: silentOut(desk.terminal) } : desk, {
    ...invocation,
    command: 'plan',
    json: false,
    reports: {},
  });
  if (planned !== 0) {
    desk.terminal.note('Nothing was deployed: the plan above has failures.');
    return planned;
  }
  if (!yes) {
    const answer = await desk.ask('Deploy this to Sekoia? [y/N] ');
    if (answer === null) throw noAnswer();
    if (!/^\s*y(?:es)?\s*$/i.test(answer)) {
      if (!quiet) desk.terminal.note('Nothing was deployed.');
      return 1;
    }
  }
  return runOn(desk, { ...invocation, host: 'git' });
}

async function requireCommitted({ place, env, signal }: RunningDesk): Promise<void> {
  const tree = await openWorkTree({ root: place.root, env, signal, log: silentLog });
  const [first, ...others] = await tree.uncommitted();
  if (first === undefined) return requirePushed(tree);
  const more = others.length === 0 ? '' : ` and ${count(others.length, 'other file')}`;
  throw new UsageError(
    'not-committed',
    `${printable(place.show(first))}${more} ${others.length === 0 ? 'is' : 'are'} not committed, and a deployment is of a commit.`,
    'Commit it, put it away with `git stash`, or let git ignore it.',
  );
}

/** The UUIDs of new rules go onto the branch of the server, on top of what is there. */
async function requirePushed(tree: WorkTree): Promise<void> {
  const [head, fork] = await Promise.all([tree.head(), tree.fork()]);
  if (head !== null && fork?.commit === head) return;
  throw new UsageError(
    'not-pushed',
    'The commit that is checked out is not on the branch of the server yet, and what is there is what is deployed.',
    'Push it first; a branch that has no upstream gets one with `git push --set-upstream origin BRANCH`.',
  );
}

function noAnswer(): UsageError {
  return new UsageError(
    'no-answer',
    '`deploy` asks before it deploys, and nobody is there to answer.',
    'Add `--yes`, or `--host git` in a job.',
  );
}

/** With --json there is one thing on standard output: the report of the deployment. */
function silentOut(terminal: Terminal): Terminal {
  return { ...terminal, out: terminal.note };
}

async function runOn(desk: RunningDesk, invocation: RunInvocation): Promise<0 | 1> {
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

const MODES = {
  run: 'auto',
  plan: 'plan',
  deploy: 'deploy',
  drift: 'drift',
  import: 'import',
  'alert-types': 'alert-types',
} as const;

async function hostOf(name: HostName, desk: RunningDesk, invocation: RunInvocation): Promise<Host> {
  const { env, terminal, place, signal } = desk;
  const { command, json, quiet, reports } = invocation;
  if (name === 'github') return { ...githubHost(env), workspace: place.root };
  if (name === 'desk') {
    if (command !== 'run' && command !== 'deploy') return askingDesk(desk, invocation, MODES[command]);
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
