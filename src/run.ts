import { advance } from './changes/advance.js';
import { findChanges } from './changes/find-changes.js';
import { readStanding, startFrom } from './changes/standing.js';

import type { Changes } from './changes/types.js';
import { deployTarget, hasWritten, isInPlace, NOTHING_DONE } from './deploy-target.js';
import { readDesired } from './desired-state.js';
import { commitSource } from './detections/commit-source.js';
import { readDetections } from './detections/read-detections.js';
import { workTreeSource } from './detections/work-tree-source.js';
import { readEvent, readPayload } from './event.js';
import type { RunEvent } from './event.js';
import { openRepository } from './git/repository.js';
import type { Repository } from './git/repository.js';
import { connectLazily } from './github/lazily.js';
import type { LazyGitHub } from './github/lazily.js';
import { InputError, readInputs } from './inputs.js';
import type { Settings } from './inputs.js';
import { exitCode, makeReport } from './report/make-report.js';
import type { ReportInput } from './report/types.js';
import { publish } from './report/publish.js';
import { scopeInWords } from './report/words.js';
import { USER_AGENT } from './version.js';
import type { World } from './world.js';

/**
 * One run of the action: event -> changes -> detections -> plan -> outcomes -> write-back -> report.
 *
 * @returns the exit code: 0 when everything asked for is in place.
 * @throws ActionError where the run cannot begin: settings, event, or repository.
 */
export async function run(world: World): Promise<0 | 1> {
  const { env, log } = world;
  const settings = readInputs(env);
  hideSecrets(settings, world);
  const event = readEvent({ env, payload: await readPayload(env), settings });
  log.info(`Mode ${event.mode}: ${event.modeReason}`);
  if (event.nothingToDo !== null) return publish(makeReport({ ...nothingFor(event), scope: event.nothingToDo }));
  const apiKey = event.mode === 'deploy' ? requireKey(settings) : null;
  const repository = await openRepository({
    workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    serverUrl: env['GITHUB_SERVER_URL'] ?? 'https://github.com',
    repository: event.repository,
    token: settings.githubToken,
    env,
    log,
  });
  return apiKey === null
    ? validate(world, settings, event, repository)
    : deploy({ world, settings, event, repository, apiKey, branch: branchOf(event) });
}

/** Checks the files of the work tree; no key, no request. */
async function validate({ log }: World, settings: Settings, event: RunEvent, repository: Repository): Promise<0 | 1> {
  const changes = await findChanges({ repository, event, log });
  const source = workTreeSource(repository.root);
  const read = await readDetections({ source, roots: settings.detections, changes });
  return publish(makeReport({ ...nothingFor(event), scope: scopeInWords(changes), read, notes: read.notes }));
}

interface DeployRun {
  readonly world: World;
  readonly settings: Settings;
  readonly event: RunEvent;
  readonly repository: Repository;
  readonly apiKey: string;
  readonly branch: string;
}

/** The only target of a run without `targets`. */
const TARGET = 'default';

/** Brings the platform to what the head commit says: what was reviewed is what is deployed. */
async function deploy(run: DeployRun): Promise<0 | 1> {
  const { world, settings, event, repository, branch } = run;
  const { log } = world;
  const github = connectLazily({
    apiUrl: world.env['GITHUB_API_URL'] ?? 'https://api.github.com',
    token: settings.githubToken,
    repository: event.repository,
    userAgent: USER_AGENT,
    env: world.env,
    log,
  });
  try {
    const compare = comparison(github);
    const standing = await readStanding({ repository, compare, event, branch, target: TARGET, log });
    if (standing.overtaken !== null) {
      const scope = `Nothing was deployed: ${standing.overtaken}.`;
      return await publish(makeReport({ ...nothingFor(event), scope }));
    }
    const start = startFrom(standing, event.start);
    const { deployed } = standing;
    const changes = await findChanges({ repository, event: { ...event, start }, deployed, log });
    noticeOtherSettings(changes, run);
    const source = commitSource(repository, event.head);
    const read = await readDetections({ source, roots: settings.detections, changes });
    const desired = await readDesired({
      ...run,
      source,
      standing,
      changes,
      read,
    });
    const target = { ...run, standing, changes, desired, github, compare };
    const done = await deployTarget(target);
    const told = {
      ...nothingFor(event),
      ...done,
      scope: scopeInWords(changes),
      read: { ...read, detections: desired.detections },
      notes: read.notes,
    };
    const report = makeReport(told);
    // A cancelled run has seconds left, and they are for the report.
    if (world.signal.aborted) return await publish(report);
    const { writeBack, ref, outcomes } = done;
    const disturbed = await advance(
      {
        ref: standing.ref,
        from: ref,
        to: writeBack?.parent === event.head && writeBack.commit !== null ? writeBack.commit : event.head,
        isComplete: exitCode(report) === 0,
        hasWritten: hasWritten(outcomes),
        isInPlace: () => isInPlace(target, outcomes),
      },
      { repository, compare, log },
    );
    return await publish(disturbed === null ? report : makeReport({ ...told, stopped: disturbed }));
  } finally {
    await github.close();
  }
}

function nothingFor({ mode, repository, branch, head }: RunEvent): ReportInput {
  const read = { detections: [], findings: [], notes: [] };
  return { mode, repository, branch, head, scope: '', read, notes: [], ...NOTHING_DONE };
}

/** Without a token there is no answer, and a commit counts as not behind. */
function comparison(github: LazyGitHub): ReturnType<LazyGitHub['open']>['compare'] {
  return async (base, head) => github.open().compare(base, head);
}

/** The diff cannot see another key, region or folder; the workflow's file may hold one. */
function noticeOtherSettings(changes: Changes, { world }: DeployRun): void {
  if (changes.scope !== 'changed') return;
  if (!changes.files.some(({ path }) => path.startsWith('.github/workflows/'))) return;
  world.log.notice(
    'Workflows changed. If the key, the region or the folders of this action did, run it once with `scope: all`.',
  );
}

function branchOf({ branch }: RunEvent): string {
  if (branch === null) throw new Error('a run that deploys stands on a branch');
  return branch;
}

function hideSecrets({ apiKey, githubToken }: Settings, { mask }: World): void {
  if (apiKey !== null) mask(apiKey);
  if (githubToken === '') return;
  mask(githubToken);
  // As it stands in the header that git sends.
  mask(Buffer.from(`x-access-token:${githubToken}`).toString('base64'));
}

function requireKey({ apiKey }: Settings): string {
  if (apiKey !== null) return apiKey;
  throw new InputError(
    'missing-key',
    'The input `api-key` is empty, and this run is to deploy.',
    'Set `api-key: ${{ secrets.SEKOIA_API_KEY }}` and add that secret to the repository or its organisation; runs of forks and of Dependabot get no secrets.',
  );
}
