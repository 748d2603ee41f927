import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/log.js';
import { chooseWay } from '../../src/writeback/preflight.js';
import type { StandInRule } from '../support/github/protection.js';
import type { Way } from '../../src/writeback/types.js';
import { metadata, openScene, type Scene } from './scene.js';

let scene: Scene | undefined;

afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

async function check(
  writeBack: Way,
  rules: readonly StandInRule[],
  {
    contents = 'write',
    pullRequests = 'none',
    pullRequestsAllowed = true,
    ourRules = [],
  }: {
    readonly contents?: 'read' | 'write';
    readonly pullRequests?: 'none' | 'read' | 'write';
    readonly pullRequestsAllowed?: boolean;
    readonly ourRules?: readonly StandInRule[];
  } = {},
): Promise<Way> {
  scene = await openScene(
    { 'detections/a.json': metadata('A') },
    { permissions: { contents, pullRequests }, pullRequestsAllowed },
  );
  await scene.server.setRules('main', rules);
  await scene.server.setRules('sekoia-detections/uuids', ourRules);
  return chooseWay({ github: scene.github, writeBack, branch: 'main', defaultBranch: 'main', log: silentLog });
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
    await expect(check('commit', [], { contents: 'read' })).rejects.toMatchObject({
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
      await expect(check('push', [rule(type)])).resolves.toBe('push');
    },
  );

  it('minds required signatures for a push only', async () => {
    await expect(check('commit', [rule('required_signatures')])).resolves.toBe('commit');
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
    const preflight = chooseWay({ github, writeBack: 'commit', branch: 'main', defaultBranch: 'main', log: silentLog });
    await expect(preflight).resolves.toBe('commit');
  });

  it('stops when GitHub does not answer', async () => {
    scene = await openScene({ 'detections/a.json': metadata('A') });
    scene.server.faults.push({ when: () => true, times: Infinity, do: { kind: 'answer', status: 503, body: 'down' } });
    const { github } = scene;
    const preflight = chooseWay({ github, writeBack: 'commit', branch: 'main', defaultBranch: 'main', log: silentLog });
    await expect(preflight).rejects.toMatchObject({ code: 'unavailable', status: 503 });
  });
});

describe('a pull request as the way', () => {
  const LINES = 'permissions:\n  contents: write\n  pull-requests: write';

  it.each([
    ['commit', 'pull_request'],
    ['push', 'required_signatures'],
  ] as const)('is open where %s is not, for the rule %s, and leaves no pull request behind', async (way, type) => {
    await expect(check(way, [rule(type)], { pullRequests: 'write' })).resolves.toBe('pull-request');
    expect(scene?.server.pulls).toEqual([]);
    expect(scene?.server.requests.at(-2)).toMatchObject({ method: 'POST', path: '/repos/acme/detections/pulls' });
  });

  it('is not asked about where the commit is possible', async () => {
    await check('commit', [rule('pull_request', { bypass: 'always' })], { pullRequests: 'write' });
    expect(scene?.server.requests.some(({ path }) => path.endsWith('/pulls'))).toBe(false);
  });

  it('is taken at once when it was asked for, whatever the branch allows', async () => {
    await expect(check('pull-request', [], { pullRequests: 'write' })).resolves.toBe('pull-request');
    expect(scene?.server.requests.some(({ path }) => path.endsWith('/rules/branches/main'))).toBe(false);
  });

  it.each(['none', 'read'] as const)('needs its permission, not %s: the lines are named', async (pullRequests) => {
    await expect(check('pull-request', [], { pullRequests })).rejects.toMatchObject({
      code: 'pull-request-refused',
      message: expect.stringContaining('Resource not accessible by integration'),
      help: expect.stringContaining(LINES),
    });
  });

  it('names both ways that are shut, the ruleset and the lines to add', async () => {
    await expect(check('commit', [rule('pull_request')])).rejects.toMatchObject({
      code: 'branch-protected',
      message: expect.stringMatching(/pull_request \(ruleset 7 of acme\).*Resource not accessible by integration/),
      help: expect.stringMatching(/permissions:\n {2}contents: write\n {2}pull-requests: write$/),
    });
  });

  it.each(['commit', 'pull-request'] as const)('names the setting that lets no workflow make one (%s)', async (way) => {
    const settings = { pullRequests: 'write', pullRequestsAllowed: false } as const;
    await expect(check(way, [rule('pull_request')], settings)).rejects.toMatchObject({
      message: expect.stringContaining('not permitted to create or approve pull requests'),
      help: expect.stringContaining('“Allow GitHub Actions to create and approve pull requests”'),
    });
  });

  it.each(['creation', 'update'])('names the rule %s that its own branch cannot meet', async (type) => {
    const settings = { pullRequests: 'write', ourRules: [rule(type, { rulesetId: 9 })] } as const;
    await expect(check('pull-request', [], settings)).rejects.toMatchObject({
      code: 'pull-request-refused',
      message: expect.stringContaining(`${type} (ruleset 9 of acme)`),
    });
  });

  it('names both lines for a token that may write nothing', async () => {
    await expect(check('pull-request', [], { contents: 'read' })).rejects.toMatchObject({
      code: 'token-read-only',
      help: expect.stringContaining(LINES),
    });
  });
});
