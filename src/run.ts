import type { RunEvent } from './event.js';
import { openForge } from './forge/open.js';
import type { Forge } from './forge/types.js';
import { openRepository } from './git/repository.js';
import { InputError, readInputs } from './inputs.js';
import type { Settings } from './inputs.js';
import { alertTypes } from './modes/alert-types.js';
import { deploy } from './modes/deploy.js';
import { drift } from './modes/drift.js';
import { importRules } from './modes/import.js';
import { nothingFor } from './modes/nothing.js';
import { plan } from './modes/plan.js';
import type { ModeRun } from './modes/types.js';
import { validate } from './modes/validate.js';
import { makeReport } from './report/make-report.js';
import { publish } from './report/publish.js';
import { createPacers, systemClock } from './sekoia/pace.js';
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
  if (settings.share !== null) log.info(`Targets: ${settings.share.map(({ name }) => name).join(', ')}`);
  if (event.nothingToDo !== null) return publish(makeReport({ ...nothingFor(event), scope: event.nothingToDo }), world);
  const { mode } = event;
  if (mode !== 'validate') requireKey(settings);
  const pacers = createPacers({ clock: systemClock, requestsPerSecond: settings.requestsPerSecond });
  // They are the platform's alone: no file is looked at, so no checkout is needed.
  if (mode === 'alert-types') return alertTypes({ world, settings, event, pacers });
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
  return mode === 'validate'
    ? validate(start)
    : withForge(start, (forge) => {
        const talking = { ...start, forge, compare: forge.compare, pacers };
        return { plan, drift, deploy, import: importRules }[mode](talking);
      });
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
function withoutKey(event: RunEvent, settings: Settings): RunEvent {
  const { share } = settings;
  const hasKey = share === null ? settings.apiKey !== null : share.some(({ apiKey }) => apiKey !== null);
  if (event.mode !== 'plan' || hasKey) return event;
  return {
    ...event,
    mode: 'validate',
    modeReason: `a plan needs api-key, which is empty here (forks and Dependabot get no secrets), so the files alone are checked (${event.modeReason})`,
  };
}

function hideSecrets({ apiKey, githubToken, targets }: Settings, { mask, host }: World): void {
  for (const key of [apiKey, ...(targets ?? []).map((target) => target.apiKey)]) if (key !== null) mask(key);
  if (githubToken === '') return;
  mask(githubToken);
  // As it stands in the header that git sends.
  mask(Buffer.from(`${host.tokenUser}:${githubToken}`).toString('base64'));
}

/** With targets an empty key ends the work on its own target, and on no other. */
function requireKey({ apiKey, share }: Settings): void {
  if (apiKey !== null || share !== null) return;
  throw new InputError(
    'missing-key',
    'The input `api-key` is empty, and this run is to talk to Sekoia.',
    'Set `api-key: ${{ secrets.SEKOIA_API_KEY }}` and add that secret to the repository or its organisation; runs of forks and of Dependabot get no secrets.',
  );
}
