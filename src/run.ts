import type { RunEvent } from './event.js';
import { openForge } from './forge/open.js';
import type { Forge } from './forge/types.js';
import { openRepository } from './git/repository.js';
import { InputError, readInputs } from './inputs.js';
import type { Settings } from './inputs.js';
import { deploy } from './modes/deploy.js';
import { drift } from './modes/drift.js';
import { nothingFor } from './modes/nothing.js';
import { plan } from './modes/plan.js';
import type { ModeRun } from './modes/types.js';
import { validate } from './modes/validate.js';
import { makeReport } from './report/make-report.js';
import { publish } from './report/publish.js';
import { withSettingsFile } from './settings-file.js';
import type { World } from './world.js';

/**
 * One run of the action: event -> changes -> detections -> plan -> outcomes -> write-back -> report. How far along that
 * line it goes is its mode, and each mode is a file that reads like the line.
 *
 * @returns the exit code: 0 when everything asked for is in place.
 * @throws ActionError where the run cannot begin: settings, event, or repository.
 */
export async function run(world: World): Promise<0 | 1> {
  const { env, log, host } = world;
  const settings = readInputs(await withSettingsFile(env, host.workspace));
  hideSecrets(settings, world);
  const event = withoutKey(await host.readEvent(settings), settings);
  log.info(`Mode ${event.mode}: ${event.modeReason}`);
  if (event.nothingToDo !== null) return publish(makeReport({ ...nothingFor(event), scope: event.nothingToDo }), world);
  const { mode } = event;
  const apiKey = mode === 'validate' ? null : requireKey(settings);
  const repository = await openRepository({
    workspace: host.workspace,
    serverUrl: host.serverUrl,
    repository: event.repository,
    token: settings.githubToken,
    user: host.tokenUser,
    env,
    signal: world.deadline,
    log,
  });
  const start: ModeRun = { world, settings, event, repository };
  return mode === 'validate' || apiKey === null
    ? validate(start)
    : withForge(start, (forge) => ({ plan, drift, deploy })[mode]({ ...start, apiKey, forge, compare: forge.compare }));
}

async function withForge(
  { world, settings, event, repository }: ModeRun,
  work: (forge: Forge) => Promise<0 | 1>,
): Promise<0 | 1> {
  const { forge: kind } = world.host;
  const forge = openForge(kind, { world, repository, name: event.repository, token: settings.githubToken });
  try {
    return await work(forge);
  } finally {
    await forge.close();
  }
}

/** Forks and Dependabot get no secrets: their pull requests are checked all the same. */
function withoutKey(event: RunEvent, { apiKey }: Settings): RunEvent {
  if (event.mode !== 'plan' || apiKey !== null) return event;
  return {
    ...event,
    mode: 'validate',
    modeReason: `a plan needs api-key, which is empty here (forks and Dependabot get no secrets), so the files alone are checked (${event.modeReason})`,
  };
}

function hideSecrets({ apiKey, githubToken }: Settings, { mask, host }: World): void {
  if (apiKey !== null) mask(apiKey);
  if (githubToken === '') return;
  mask(githubToken);
  // As it stands in the header that git sends.
  mask(Buffer.from(`${host.tokenUser}:${githubToken}`).toString('base64'));
}

function requireKey({ apiKey }: Settings): string {
  if (apiKey !== null) return apiKey;
  throw new InputError(
    'missing-key',
    'The input `api-key` is empty, and this run is to talk to Sekoia.',
    'Set `api-key: ${{ secrets.SEKOIA_API_KEY }}` and add that secret to the repository or its organisation; runs of forks and of Dependabot get no secrets.',
  );
}
