import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/log.js';
import { checkWriteBack } from '../../src/writeback/preflight.js';
import type { StandInRule } from '../support/github/protection.js';
import { metadata, openScene, type Scene, type Way } from './scene.js';

let scene: Scene | undefined;

afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

async function check(
  writeBack: Way,
  rules: readonly StandInRule[],
  contents: 'read' | 'write' = 'write',
): Promise<void> {
  scene = await openScene({ 'detections/a.json': metadata('A') }, { permissions: { contents } });
  await scene.server.setRules('main', rules);
  await checkWriteBack({ github: scene.github, writeBack, branch: 'main', log: silentLog });
}

function rule(type: string, more: Partial<StandInRule> = {}): StandInRule {
  return { type, rulesetId: 7, source: 'acme', ...more };
}

describe('the preflight of the write-back', () => {
  it('is content with a token that writes and a branch without rules, and leaves no trace on the branch', async () => {
    await check('commit', []);
    expect(await scene?.client.log('main')).toHaveLength(1);
    expect(scene?.server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /repos/acme/detections/git/blobs',
      'GET /repos/acme/detections/rules/branches/main',
    ]);
  });

  it('names the lines to add when the token is read-only', async () => {
    await expect(check('commit', [], 'read')).rejects.toMatchObject({
      code: 'token-read-only',
      message: expect.stringContaining('Resource not accessible by integration'),
      help: expect.stringContaining('permissions:\n  contents: write'),
    });
  });

  it.each([
    'pull_request',
    'required_status_checks',
    'update',
    'merge_queue',
    'required_deployments',
    'workflows',
    'code_scanning',
  ])('names the rule %s and its ruleset', async (type) => {
    await expect(check('commit', [rule(type)])).rejects.toMatchObject({
      code: 'branch-protected',
      message: expect.stringContaining(`${type} (ruleset 7 of acme)`),
      help: expect.stringMatching(/built-in token can never.*write-back: none/s),
    });
  });

  it.each(['deletion', 'non_fast_forward', 'required_linear_history', 'creation'])(
    'does not mind the rule %s',
    async (type) => {
      await expect(check('push', [rule(type)])).resolves.toBeUndefined();
    },
  );

  it('minds required signatures for a push only', async () => {
    await expect(check('commit', [rule('required_signatures')])).resolves.toBeUndefined();
    await scene?.close();
    await expect(check('push', [rule('required_signatures')])).rejects.toMatchObject({
      code: 'branch-protected',
      help: expect.stringContaining('write-back: commit'),
    });
  });

  it.each([
    ['always', true],
    ['exempt', true],
    ['pull_requests_only', false],
    ['never', false],
  ] as const)('counts a ruleset that the token may bypass (%s) as out of the way: %s', async (bypass, passes) => {
    const outcome = await check('commit', [rule('pull_request', { bypass })]).then(
      () => true,
      () => false,
    );
    expect(outcome).toBe(passes);
  });

  it('names only the rulesets that stand in the way', async () => {
    const rules = [
      rule('pull_request', { bypass: 'always' }),
      rule('update', { rulesetId: 8, source: 'acme/detections' }),
    ];
    await expect(check('commit', rules)).rejects.toMatchObject({
      message: expect.not.stringContaining('pull_request'),
    });
  });

  it('goes on where the server has no rulesets', async () => {
    scene = await openScene({ 'detections/a.json': metadata('A') });
    const body = { message: 'Upgrade to GitHub Pro or make this repository public to enable this feature.' };
    const answer = { kind: 'answer', status: 403, body } as const;
    scene.server.faults.push({ when: ({ path }) => path.includes('/rules/'), times: 1, do: answer });
    const { github } = scene;
    const preflight = checkWriteBack({ github, writeBack: 'commit', branch: 'main', log: silentLog });
    await expect(preflight).resolves.toBeUndefined();
  });

  it('stops when GitHub does not answer', async () => {
    scene = await openScene({ 'detections/a.json': metadata('A') });
    scene.server.faults.push({ when: () => true, times: Infinity, do: { kind: 'answer', status: 503, body: 'down' } });
    const { github } = scene;
    const preflight = checkWriteBack({ github, writeBack: 'commit', branch: 'main', log: silentLog });
    await expect(preflight).rejects.toMatchObject({ code: 'unavailable', status: 503 });
  });
});
