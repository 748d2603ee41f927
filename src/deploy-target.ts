import { setTimeout as sleep } from 'node:timers/promises';
import { carryOut, leaveAll } from './deploy/carry-out.js';
import type { Outcome } from './deploy/types.js';
import { putUuid } from './detections/edit-uuid.js';
import type { ReadDetection } from './detections/types.js';
import { ActionError } from './errors.js';
import type { RunEvent } from './event.js';
import type { Repository } from './git/repository.js';
import { connectGitHub } from './github/connect.js';
import type { GitHub } from './github/types.js';
import type { Settings } from './inputs.js';
import { differences } from './plan/compare.js';
import { makePlan, wantedFor } from './plan/make-plan.js';
import type { Plan } from './plan/types.js';
import { progressTo } from './report/progress.js';
import type { Spent, Stop } from './report/types.js';
import { openSekoia } from './sekoia/client.js';
import { USER_AGENT } from './version.js';
import type { World } from './world.js';
import { apiBranch } from './writeback/api-branch.js';
import { checkWriteBack } from './writeback/preflight.js';
import { pushBranch } from './writeback/push-branch.js';
import type { UuidEdit, WriteBack } from './writeback/types.js';
import { writeBack } from './writeback/write-back.js';

export interface TargetRun {
  readonly world: World;
  readonly settings: Settings;
  readonly apiKey: string;
  readonly event: RunEvent;
  readonly repository: Repository;
  readonly detections: readonly ReadDetection[];
}

/** What a run did to a target and to the branch. */
export interface Done {
  readonly outcomes: readonly Outcome[];
  readonly writeBack: WriteBack | null;
  readonly stopped: Stop | null;
  readonly spent: Spent | null;
}

export const NOTHING_DONE: Done = { outcomes: [], writeBack: null, stopped: null, spent: null };

/**
 * One target's share of the run: catalogue -> plan -> preflight -> outcomes -> write-back. Failures of single rules are
 * outcomes; where nothing may be sent at all, every write is left and `stopped` says why.
 */
export async function deployTarget(run: TargetRun): Promise<Done> {
  const { world, settings, detections } = run;
  const start = performance.now();
  const sekoia = openSekoia({
    apiUrl: settings.apiUrl,
    apiKey: run.apiKey,
    requestsPerSecond: settings.requestsPerSecond,
    userAgent: USER_AGENT,
    env: world.env,
    signal: world.signal,
    log: world.log,
  });
  const github = githubFor(run);
  try {
    const plan = makePlan(detections, await sekoia.readCatalogue(wantedFor(detections)));
    const stopped = await preflight(run, plan, github);
    const outcomes =
      stopped === null
        ? await carryOut(plan, { sekoia, differences, sleep: (ms) => sleep(ms), onProgress: progressTo(world.log) })
        : leaveAll(plan, stopped);
    const spent = { requests: sekoia.statistics.requests, elapsedMs: performance.now() - start };
    return { outcomes, writeBack: await writeUuids(run, outcomes, github), stopped, spent };
  } finally {
    await Promise.all([sekoia.close(), github.close()]);
  }
}

/** Whether the UUIDs of what is about to be created will get onto the branch; if not, nothing may be created. */
async function preflight(run: TargetRun, plan: Plan, github: LazyGitHub): Promise<Stop | null> {
  const { writeBack: how } = run.settings;
  const brings = plan.operations.some(({ kind }) => kind === 'create' || kind === 'adopt');
  if (!brings || how === 'none') return null;
  try {
    await checkWriteBack({ github: github.open(), writeBack: how, branch: branchOf(run), log: run.world.log });
    return null;
  } catch (error) {
    if (error instanceof ActionError) return { message: error.message, help: error.help };
    throw error;
  }
}

/** Puts the UUIDs of all that got one on the branch, those of rules that failed afterwards included. */
async function writeUuids(run: TargetRun, outcomes: readonly Outcome[], github: LazyGitHub): Promise<WriteBack | null> {
  const { settings, repository, world } = run;
  const edits = outcomes.flatMap(({ operation, uuid }): readonly UuidEdit[] =>
    (operation.kind === 'create' || operation.kind === 'adopt') && uuid !== null
      ? [{ path: operation.detection.path, uuid }]
      : [],
  );
  if (edits.length === 0 || settings.writeBack === 'none') return null;
  const branch = branchOf(run);
  return writeBack({
    branch:
      settings.writeBack === 'commit'
        ? apiBranch({ github: github.open(), repository, branch })
        : pushBranch({ repository, branch, author: settings.commitAuthor }),
    repository,
    putUuid,
    edits,
    message: settings.commitMessage,
    random: Math.random,
    sleep: (ms) => sleep(ms),
    log: world.log,
  });
}

interface LazyGitHub {
  readonly open: () => GitHub;
  readonly close: () => Promise<void>;
}

/** Most runs create nothing and never talk to GitHub's API. */
function githubFor({ world, settings, event }: TargetRun): LazyGitHub {
  let github: GitHub | null = null;
  return {
    open: () =>
      (github ??= connectGitHub({
        apiUrl: world.env['GITHUB_API_URL'] ?? 'https://api.github.com',
        token: settings.githubToken,
        repository: event.repository,
        userAgent: USER_AGENT,
        env: world.env,
        log: world.log,
      })),
    close: async () => github?.close(),
  };
}

function branchOf({ event }: TargetRun): string {
  if (event.branch === null) throw new Error('a run that deploys stands on a branch');
  return event.branch;
}
