import { findChanges } from './changes/find-changes.js';
import { deployTarget, NOTHING_DONE } from './deploy-target.js';
import { commitSource } from './detections/commit-source.js';
import { readDetections } from './detections/read-detections.js';
import { workTreeSource } from './detections/work-tree-source.js';
import { readEvent, readPayload } from './event.js';
import { openRepository } from './git/repository.js';
import { InputError, readInputs } from './inputs.js';
import type { Settings } from './inputs.js';
import { makeReport } from './report/make-report.js';
import { publish } from './report/publish.js';
import { scopeInWords } from './report/words.js';
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
  const about = { mode: event.mode, repository: event.repository, branch: event.branch, head: event.head };
  if (event.nothingToDo !== null) {
    return publish(makeReport({ ...about, ...NOTHING_DONE, scope: event.nothingToDo, read: NOTHING_READ, notes: [] }));
  }
  const apiKey = event.mode === 'deploy' ? requireKey(settings) : null;

  const repository = await openRepository({
    workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    serverUrl: env['GITHUB_SERVER_URL'] ?? 'https://github.com',
    repository: event.repository,
    token: settings.githubToken,
    env,
    log,
  });
  const changes = await findChanges({ repository, event, log });
  // What was reviewed is what is deployed; only a run that deploys nothing looks at the work tree.
  const source = event.mode === 'deploy' ? commitSource(repository, event.head) : workTreeSource(repository.root);
  const read = await readDetections({ source, roots: settings.detections, changes });
  const done =
    apiKey === null
      ? NOTHING_DONE
      : await deployTarget({ world, settings, apiKey, event, repository, detections: read.detections });
  return publish(makeReport({ ...about, ...done, scope: scopeInWords(changes), read, notes: read.notes }));
}

const NOTHING_READ = { detections: [], findings: [], notes: [] };

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
