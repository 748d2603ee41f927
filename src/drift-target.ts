import { readPlace } from './changes/standing.js';
import type { Standing } from './changes/standing.js';
import { carryOut } from './deploy/carry-out.js';
import { leaveAll, showAll } from './deploy/not-sent.js';
import type { Outcome } from './deploy/types.js';
import { metadataFiles } from './detections/metadata-files.js';
import { editDrifted } from './drift-files.js';
import type { Drifted } from './drift-files.js';
import { ActionError } from './errors.js';
import type { PullRequest } from './github/types.js';
import type { TargetRun } from './modes/types.js';
import { pause } from './pause.js';
import { differences } from './plan/compare.js';
import type { DriftFound } from './plan/drift.js';
import { metadataPathOf } from './plan/types.js';
import type { Operation } from './plan/types.js';
import { driftBody } from './report/drift-text.js';
import { progressTo } from './report/progress.js';
import type { Stop } from './report/types.js';
import { handInWords } from './report/words.js';
import type { Sekoia } from './sekoia/client.js';
import { targetBefore } from './target.js';
import type { Target } from './target.js';

export interface DriftRun extends TargetRun {
  readonly branch: string;
  readonly standing: Standing;
  readonly sekoia: Sekoia;
}

export interface Answered {
  readonly outcomes: readonly Outcome[];
  readonly stopped?: Stop | null;
  readonly waiting?: PullRequest | null;
}

/** Does about the drift what the input says, and tells what came of each detection. */
export async function answerDrift(run: DriftRun, found: DriftFound): Promise<Answered> {
  switch (run.settings.drift) {
    case 'report':
      return { outcomes: showAll(found.plan).map((outcome) => noticed(outcome, found)) };
    case 'fail':
      return { outcomes: showAll(found.plan).map((outcome) => failed(outcome, found)) };
    case 'pull-request':
      return propose(run, found);
    case 'restore':
      return restore(run, found);
  }
}

/** Drift is news here and no failure: neither a changed rule nor a missing one. */
function noticed(outcome: Outcome, found: DriftFound): Outcome {
  const { operation } = outcome;
  const drift = found.drifts.get(metadataPathOf(operation));
  if (drift?.kind === 'changed') return { ...outcome, reason: whose(operation, found) };
  return drift?.kind === 'missing' ? { ...outcome, kind: 'planned' } : outcome;
}

function failed(outcome: Outcome, found: DriftFound): Outcome {
  if (found.drifts.get(metadataPathOf(outcome.operation))?.kind !== 'changed') return outcome;
  const help = 'Bring the values into the files (`drift: pull-request`), or write the files’ back (`drift: restore`).';
  return { ...outcome, kind: 'failed', reason: whose(outcome.operation, found), help };
}

/** Writes the files' values back: updates alone, by the parts that deploy. A missing rule is left to `on-missing`. */
async function restore(run: DriftRun, found: DriftFound): Promise<Answered> {
  const { operations } = found.plan;
  const updates = operations.filter(({ kind }) => kind === 'update');
  const others = leaveAll({ operations: operations.filter(({ kind }) => kind !== 'update') }, DEPLOYED_MEANWHILE);
  const inOrder = (outcomes: readonly Outcome[]): readonly Outcome[] => {
    const all = new Map([...others, ...outcomes].map((outcome) => [outcome.operation, outcome]));
    return operations.flatMap((operation) => all.get(operation) ?? []);
  };
  if (updates.length === 0) return { outcomes: inOrder([]) };
  if (await wasDeployed(run)) {
    return { outcomes: inOrder(leaveAll({ operations: updates }, DEPLOYED_MEANWHILE)), stopped: DEPLOYED_MEANWHILE };
  }
  const { sekoia, world } = run;
  const outcomes = await carryOut(
    { operations: updates },
    {
      sekoia,
      differences,
      isClaimed: () => true,
      signal: world.signal,
      sleep: (ms) => pause(ms, world.signal),
      onProgress: progressTo(world.log),
    },
  );
  const told = outcomes.map((outcome) =>
    outcome.kind === 'done'
      ? {
          ...outcome,
          reason: [whose(outcome.operation, found), outcome.reason].filter((part) => part !== '').join('; '),
        }
      : outcome,
  );
  if (world.signal.aborted || !(await wasDeployed(run))) return { outcomes: inOrder(told) };
  return { outcomes: inOrder(told), stopped: DEPLOYED_OVER };
}

/** Whether the branch or its deployment moved since this run looked: older values must not go over newer. */
async function wasDeployed(run: DriftRun): Promise<boolean> {
  const { repository, branch, standing, world, target } = run;
  const now = await readPlace({ repository, branch, target: target.name, after: targetBefore(target), log: world.log });
  return now.deployed !== standing.deployed || now.tip !== standing.tip;
}

const GROUP = 'Give this workflow and the one that deploys one `concurrency` group.';
const DEPLOYED_MEANWHILE: Stop = {
  message: 'the branch or its deployment moved while the platform was read, so nothing was written back',
  help: `Run the workflow again. ${GROUP}`,
};
const DEPLOYED_OVER: Stop = {
  message: 'the branch or its deployment moved while values were written back, so older values may lie over newer',
  help: `Run the deployment again with \`scope: all\`. ${GROUP}`,
};

/** Brings the platform's values into the files, in one pull request. */
async function propose(run: DriftRun, found: DriftFound): Promise<Answered> {
  const shown = showAll(found.plan);
  if (run.target.key !== null) return { outcomes: shown.map((outcome) => notShared(outcome, found, run.target)) };
  const drifted = found.plan.operations.flatMap((operation): readonly Drifted[] => {
    const drift = found.drifts.get(metadataPathOf(operation));
    if (operation.kind !== 'update' || drift?.kind !== 'changed') return [];
    return [{ detection: operation.detection, rule: operation.rule, changes: drift.changes }];
  });
  try {
    const { waiting, left } = await proposeFor(run, found, drifted);
    const where = waiting === null ? '' : `; in the pull request ${waiting.url}`;
    const outcomes = shown.map((outcome): Outcome => {
      const { operation } = outcome;
      if (found.drifts.get(metadataPathOf(operation))?.kind !== 'changed') return outcome;
      const why = left.get(metadataPathOf(operation));
      if (why === undefined) return { ...outcome, reason: `${whose(operation, found)}${where}` };
      const help = 'Edit the file by hand, or write its values back with `drift: restore`.';
      return { ...outcome, kind: 'failed', reason: `not all of it could be brought into the files: ${why}`, help };
    });
    return { outcomes, waiting };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const { message, help } = error as ActionError;
    const stopped = { message: `the pull request could not be made: ${message}`, help };
    return { outcomes: shown.map((outcome) => noticed(outcome, found)), stopped };
  }
}

/** The files are those of all targets: one customer's edit must not become everybody's. */
function notShared(outcome: Outcome, found: DriftFound, { name }: Target): Outcome {
  if (found.drifts.get(metadataPathOf(outcome.operation))?.kind !== 'changed') return outcome;
  const reason = `${whose(outcome.operation, found)}; it is not brought into the file, which other targets share`;
  const help = `Put the values below \`targets\`, \`${name}\` in the file by hand, or write the file’s back with \`drift: restore\`.`;
  return { ...outcome, kind: 'failed', reason, help };
}

async function proposeFor(
  { forge, repository, branch, event, world, sekoia }: DriftRun,
  found: DriftFound,
  drifted: readonly Drifted[],
): Promise<{ readonly waiting: PullRequest | null; readonly left: ReadonlyMap<string, string> }> {
  let left: ReadonlyMap<string, string> = new Map();
  const isNamed = drifted.some(({ detection }) => detection.alertType !== undefined);
  // Read before, to compare: this is the same answer.
  const alertTypes = isNamed ? await sekoia.alertTypes() : [];
  const body = (): string =>
    driftBody(
      branch,
      drifted.flatMap(({ detection: { path, name }, rule: { uuid } }) => {
        const drift = found.drifts.get(path);
        return drift?.kind === 'changed' ? [{ path, name, uuid, drift, left: left.get(path) ?? null }] : [];
      }),
    );
  const waiting = await forge.proposeDrift({
    metadata: metadataFiles,
    base: branch,
    defaultBranch: event.defaultBranch,
    title: 'Bring detections to what Sekoia holds',
    edit: async (commit) => {
      const edits = await editDrifted(repository, commit, drifted, alertTypes);
      left = edits.left;
      return edits.files;
    },
    body,
    random: Math.random,
    sleep: (ms) => pause(ms, world.signal),
  });
  return { waiting, left };
}

function whose(operation: Operation, { drifts }: DriftFound): string {
  const drift = drifts.get(metadataPathOf(operation));
  return drift?.kind === 'changed' ? `changed on the platform, last by ${handInWords(drift.hand)}` : '';
}
