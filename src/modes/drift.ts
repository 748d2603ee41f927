import { findChanges } from '../changes/find-changes.js';
import { readPlace } from '../changes/standing.js';
import type { Standing } from '../changes/standing.js';
import { readClaims } from '../detections/claims.js';
import { pathOfRead } from '../detections/types.js';
import type { ReadDetections } from '../detections/types.js';
import { answerDrift } from '../drift-target.js';
import { ActionError } from '../errors.js';
import { bringCommit } from '../git/bring-commit.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import { findDrift, rulesToSurvey } from '../plan/drift.js';
import { publish } from '../report/publish.js';
import type { ReportInput, Spent } from '../report/types.js';
import { resolveAlertTypes } from '../resolve-alert-types.js';
import type { Rule, RuleUuid } from '../sekoia/types.js';
import { openTarget, requireCommunity, targetBefore } from '../target.js';
import { nothingFor } from './nothing.js';
import { readAsked } from './read.js';
import { refsReader } from './standings.js';
import { begin, next, oneByOne, sideBySide } from './steps.js';
import type { Going, Step } from './steps.js';
import { reportOf } from './target-parts.js';
import { targetRunsOf } from './target-runs.js';
import type { TalkingRun, TargetRun } from './types.js';

/** Compares what is deployed from the branch with the platform, and does about it what the input `drift` says. */
export async function drift(run: TalkingRun): Promise<0 | 1> {
  const runs = targetRunsOf(run);
  const branch = run.event.branch ?? '';
  const refs = refsReader(runs, branch);
  const read = await oneByOne(begin(runs), (step) => next(step, ({ run }) => readFor(run, branch, refs)));
  const compared = await sideBySide(read, (step) => next(step, compare));
  return publish(reportOf(compared), run.world);
}

/** A target of which all is read that git has. */
interface ReadTarget {
  readonly branch: string;
  readonly standing: Standing;
  readonly read: ReadDetections;
  readonly notDeployed: (path: string) => boolean;
  /** When it began. */
  readonly start: number;
}

async function readFor(run: TargetRun, branch: string, refs: Pick<Repository, 'readRefs'>): Promise<Step<ReadTarget>> {
  const { world, event, target } = run;
  const start = performance.now();
  const place = { repository: refs, branch, target: target.name, after: targetBefore(target), log: world.log };
  const standing = await readPlace(place);
  if (!standing.isReadable) return { kind: 'ended', run, told: { ...nothingFor(event), stopped: REF_UNREADABLE } };
  const notDeployed = await readNotDeployed(run, standing);
  const source = run.sourceAt(event.head);
  const read = await readAsked(run, { source, changes: EVERYTHING });
  const told: ReportInput = { ...nothingFor(event), scope: SCOPE, read };
  return { kind: 'going', run, told, work: { branch, standing, read, notDeployed, start } };
}

async function compare({ run, told, work }: Going<ReadTarget>): Promise<Step<null>> {
  const { branch, standing, read, notDeployed, start } = work;
  const sekoia = openTarget(run);
  const spent = (): Spent => ({ requests: sekoia.statistics.requests, elapsedMs: performance.now() - start });
  try {
    await requireCommunity(sekoia, run.target);
    const survey = await sekoia.survey(rulesToSurvey(read.detections));
    const claims = await allClaims(run, branch, standing, read);
    const { detections, held } = await resolveAlertTypes(sekoia, read.detections);
    const found = findDrift({ detections, claims, held }, survey, notDeployed);
    const answered = await answerDrift({ ...run, branch, standing, sekoia }, found);
    const notes = [
      ...read.notes,
      ...(standing.deployed === null ? [NOTHING_DEPLOYED] : []),
      ...(found.knowsStrangers ? [] : [STRANGERS_UNKNOWN]),
    ];
    const { drifts, strangers } = found;
    const all = { ...told, ...answered, drifts, strangers: strangers.map(strangerOf), notes, spent: spent() };
    return { kind: 'going', run, told: all, work: null };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const { message, help } = error as ActionError;
    return { kind: 'ended', run, told: { ...told, stopped: { message, help }, spent: spent() } };
  } finally {
    await sekoia.close();
  }
}

/** Whether a detection differs between what is deployed and the head, or the branch's tip where that is newer. */
async function readNotDeployed(run: TargetRun, { deployed, tip }: Standing): Promise<(path: string) => boolean> {
  const { repository, event, world } = run;
  const { head } = event;
  // Nothing tells otherwise: the head counts as deployed.
  if (deployed === null) return () => false;
  const start = { kind: 'commit', commit: deployed, forced: false, reason: 'it is what is deployed' } as const;
  const changes = await findChanges({ repository, event: { ...event, start }, deployed, log: world.log });
  if (changes.scope === 'all') return () => true;
  const newer =
    tip !== null && tip !== head && (await bringCommit(repository, tip))
      ? await repository.changedFiles(head, tip)
      : [];
  const files = [...changes.files, ...newer];
  if (files.length === 0) return () => false;
  const source = run.sourceAt(head);
  const { detections } = await readAsked(run, { source, changes: { ...changes, files } });
  const paths = new Set(detections.map(pathOfRead));
  return (path) => paths.has(path);
}

/** Those of the head, of a newer tip, and of the pull request that UUIDs wait in: none of their rules is a stranger. */
async function allClaims(
  run: TargetRun,
  branch: string,
  { tip }: Standing,
  read: ReadDetections,
): Promise<ReadDetections['claims']> {
  const { event, settings } = run;
  const waiting = await run.pendingUuids(branch);
  const commits = new Set(
    [tip, waiting?.commit ?? null].filter((commit) => commit !== null && commit !== event.head),
  ) as ReadonlySet<CommitSha>;
  const all = new Map<RuleUuid, readonly string[]>(read.claims);
  for (const commit of commits) {
    if (!(await bringCommit(run.repository, commit))) continue;
    const claims = await readClaims({
      source: run.sourceAt(commit),
      roots: settings.detections,
      target: run.target.key,
    });
    for (const [uuid, paths] of claims.byUuid) if (!all.has(uuid)) all.set(uuid, paths);
  }
  return all;
}

function strangerOf({ uuid, write, createdAt, createdBy, createdByType }: Rule): Required<ReportInput>['strangers'][0] {
  return { uuid, name: write.name, created: { at: createdAt, by: createdBy ?? null, byType: createdByType } };
}

const EVERYTHING = { scope: 'all', reason: 'mode is drift', since: null } as const;
const SCOPE = 'Compared every detection that is deployed with its rule on the platform.';
const REF_UNREADABLE = {
  message: 'which commit is deployed could not be read, so drift cannot be told from changes that are not deployed yet',
  help: 'The token needs `contents: read` on this repository; run the workflow again.',
};
const NOTHING_DEPLOYED =
  'There is no deployed ref, so the head of the branch counts as deployed: a change that is not deployed yet shows as drift.';
const STRANGERS_UNKNOWN = 'Which rules of the platform no file has could not be told.';
