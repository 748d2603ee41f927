import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pair, pattern } from '../support/detections.js';
import { NO_COMMIT } from '../support/client-repository.js';
import type { Push } from '../support/client-repository.js';
import type { PipelineName } from '../support/ci/pipelines.js';
import { API_KEY, PUSHER, startCiSite } from '../support/ci/site.js';
import type { CiSite } from '../support/ci/site.js';

const sites: CiSite[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

interface System {
  readonly name: PipelineName;
  /** Who may push, as `user:password`. */
  readonly pusher: string;
  /** The variables of a push, and of a merge request of a branch that left main at `base`. */
  readonly push: (push: Push, url: string) => Readonly<Record<string, string>>;
  readonly mergeRequest: (of: { head: string; base: string }, url: string) => Readonly<Record<string, string>>;
}

const GITLAB = { GITLAB_CI: 'true', CI_PROJECT_PATH: 'acme/detections', CI_DEFAULT_BRANCH: 'main' };
const BITBUCKET = { BITBUCKET_BUILD_NUMBER: '12', BITBUCKET_REPO_FULL_NAME: 'acme/detections' };
const AZURE = { TF_BUILD: 'True', BUILD_REPOSITORY_NAME: 'detections', BUILD_BUILDID: '12' };
const JENKINS = { JENKINS_URL: 'http://jenkins.example.org/', BUILD_URL: 'http://jenkins.example.org/job/12/' };

const SYSTEMS: readonly System[] = [
  {
    name: 'gitlab',
    pusher: `oauth2:${PUSHER}`,
    push: ({ before, after }) => ({
      ...GITLAB,
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BRANCH: 'main',
      CI_COMMIT_SHA: after,
      CI_COMMIT_BEFORE_SHA: before,
    }),
    mergeRequest: ({ head, base }) => ({
      ...GITLAB,
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_COMMIT_SHA: head,
      CI_COMMIT_BEFORE_SHA: NO_COMMIT,
      CI_MERGE_REQUEST_IID: '3',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    }),
  },
  {
    name: 'bitbucket',
    pusher: 'step:step',
    push: ({ after }) => ({ ...BITBUCKET, BITBUCKET_BRANCH: 'main', BITBUCKET_COMMIT: after }),
    mergeRequest: ({ head, base }) => ({
      ...BITBUCKET,
      BITBUCKET_BRANCH: 'topic',
      BITBUCKET_COMMIT: head,
      BITBUCKET_PR_ID: '3',
      BITBUCKET_PR_DESTINATION_BRANCH: 'main',
      BITBUCKET_PR_DESTINATION_COMMIT: base.slice(0, 12),
    }),
  },
  {
    name: 'azure',
    pusher: 'build:job',
    push: ({ after }) => ({
      ...AZURE,
      BUILD_REASON: 'IndividualCI',
      BUILD_SOURCEBRANCH: 'refs/heads/main',
      BUILD_SOURCEVERSION: after,
      SYSTEM_PULLREQUEST_PULLREQUESTID: '$(System.PullRequest.PullRequestId)',
    }),
    mergeRequest: ({ head }) => ({
      ...AZURE,
      BUILD_REASON: 'PullRequest',
      BUILD_SOURCEBRANCH: 'refs/pull/3/merge',
      BUILD_SOURCEVERSION: head,
      SYSTEM_PULLREQUEST_PULLREQUESTID: '3',
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
    }),
  },
  {
    name: 'jenkins',
    pusher: 'jenkins:secret',
    push: ({ before }) => ({
      ...JENKINS,
      BRANCH_NAME: 'main',
      BRANCH_IS_PRIMARY: 'true',
      ...(before === NO_COMMIT ? {} : { GIT_PREVIOUS_SUCCESSFUL_COMMIT: before }),
    }),
    mergeRequest: () => ({ ...JENKINS, BRANCH_NAME: 'MR-3', CHANGE_ID: '3', CHANGE_TARGET: 'main' }),
  },
];

async function start({ name, pusher }: Pick<System, 'name' | 'pusher'>): Promise<CiSite> {
  const site = await startCiSite({ mergeRequests: name === 'gitlab' });
  sites.push(site);
  site.server.accounts.set(pusher, 'write');
  if (name === 'gitlab') site.server.accounts.set('gitlab-ci-token:job', 'read');
  return site;
}

function writesOf(site: CiSite): readonly string[] {
  return site.sekoia.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
}

/** The shell blocks of a page, in order. */
async function commandsOf(page: string): Promise<readonly string[]> {
  const text = await readFile(page, 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gmu)].map(([, block]) => block ?? '');
}

it.each([
  ['docs/ci-gitlab.md', 'examples/gitlab/.gitlab-ci.yml'],
  ['docs/ci-bitbucket.md', 'examples/bitbucket/bitbucket-pipelines.yml'],
  ['docs/ci-azure.md', 'examples/azure/azure-pipelines.yml'],
  ['docs/ci-jenkins.md', 'examples/jenkins/Jenkinsfile'],
  ['docs/ci-git.md', 'examples/plain-git/post-receive'],
])('%s shows %s as it is', async (page, example) => {
  const [text, file] = await Promise.all([readFile(page, 'utf8'), readFile(example, 'utf8')]);
  expect(text).toContain(`\n${file.trimEnd()}\n\`\`\`\n`);
});

const TESTS = 'tests:\n  - name: sees a.exe\n    expect: alert\n    events:\n      - process.name: a.exe\n';

describe.each(SYSTEMS)('the pipeline of $name', (system) => {
  it('creates and writes back, then finds nothing to do, and plans a merge request', async () => {
    const site = await start(system);
    const { url } = site.server;
    const first = await site.push({ ...pair('detections/a', 'First detection'), 'detections/a_tests.yml': TESTS });
    const person = path.join(site.folder, 'person');
    await site.shell(`git clone -q '${site.repository.bare}' '${person}'`, site.folder, {});
    const [tryIt = '', after = '', ...others] = await commandsOf(`docs/ci-${system.name}.md`);
    expect(others).toEqual([]);
    expect((await site.shell(tryIt, person, {})).stdout).toContain('1 detection and 1 test checked: nothing found');
    const created = await site.job(system.name, { commit: first.after, variables: system.push(first, url) });
    expect([created.stderr, created.stdout, created.exitCode]).toEqual([
      expect.stringContaining('Mode deploy: a push to the default branch main'),
      expect.stringMatching(/^ *created  +First detection/mu),
      0,
    ]);
    const [rule] = site.sekoia.customRules();
    const written = String(await site.repository.readAt('main', 'detections/a.json'));
    expect(JSON.parse(written)).toMatchObject({ name: 'First detection', uuid: rule?.uuid });
    const tip = await site.repository.tip('main');
    expect(await site.repository.tip('refs/sekoia-detections/default/main')).toBe(tip);
    expect(`${created.stdout}${created.stderr}`).not.toContain(API_KEY);
    const looked = await site.shell(after, person, {});
    expect(looked.stdout).toBe(`${tip}\trefs/sekoia-detections/default/main\n`);
    expect(await readFile(path.join(person, 'detections/a.json'), 'utf8')).toBe(written);

    // The pipeline that the write-back starts.
    const again = { before: first.after, after: tip ?? '', ref: 'refs/heads/main' };
    const writes = writesOf(site);
    const second = await site.job(system.name, { commit: again.after, variables: system.push(again, url) });
    expect([second.stdout, second.exitCode]).toEqual([expect.stringContaining('othing'), 0]);
    expect(writesOf(site)).toEqual(writes);
    expect(await site.repository.tip('main')).toBe(tip);

    // What main gets meanwhile is no part of the merge request.
    await site.repository.pull();
    await site.repository.reset(again.after, 'topic');
    const topic = await site.push(
      { ...pair('detections/b', 'Second detection'), 'detections/a_sigma.yml': pattern('b.exe') },
      'topic',
    );
    await site.push(pair('detections/c', 'Third detection'));
    const planned = await site.job(system.name, {
      commit: topic.after,
      depth: 1,
      variables: system.mergeRequest({ head: topic.after, base: again.after }, url),
    });
    expect(planned.stderr).toContain('Mode plan: a merge request does not deploy');
    expect(planned.stdout).toMatch(/^ *held back +First detection/mu);
    expect(planned.stdout).toMatch(/^ *create +Second detection/mu);
    expect(planned.stdout).not.toContain('Third detection');
    expect(planned.exitCode).toBe(1);
    const junit =
      (await planned.file(system.name === 'bitbucket' ? 'test-results/detections.xml' : 'reports/tests.xml')) ?? '';
    expect(junit).toContain(
      '<testcase name="sees a.exe" classname="detections/a_tests.yml" file="detections/a_tests.yml" line="3"',
    );
    expect(junit).toContain('<failure message="Test ');
    if (system.name === 'gitlab') {
      expect(JSON.parse((await planned.file('reports/code-quality.json')) ?? '')).toEqual([
        expect.objectContaining({ check_name: 'test-failed', severity: 'critical' }),
      ]);
    }
    expect(writesOf(site)).toEqual(writes);
  });
});

describe('on GitLab', () => {
  const gitlab = SYSTEMS[0]!;

  it('opens one merge request where the branch takes no push, and adds to it', async () => {
    const site = await start(gitlab);
    await site.server.protect('main');
    const first = await site.repository.commit(pair('detections/a', 'First detection'));
    await site.server.protect('nothing');
    const push = await site.repository.push();
    await site.server.protect('main');
    const job = await site.job('gitlab', { commit: first, variables: gitlab.push(push, site.server.url) });
    expect([job.exitCode, job.stderr]).toEqual([0, expect.stringContaining('the UUIDs go into a merge request')]);
    expect(job.stdout).toContain('/acme/detections/-/merge_requests/7');
    const opened = await site.server.mergeRequests();
    expect(opened).toEqual([
      [
        'merge_request.create',
        'merge_request.target=main',
        'merge_request.title=Add UUIDs of newly deployed detection rules',
        expect.stringMatching(/^merge_request\.description=These rules are in Sekoia already\./u),
        'merge_request.remove_source_branch',
      ],
    ]);
    const [rule] = site.sekoia.customRules();
    const waiting = String(await site.repository.readAt('sekoia-detections/uuids', 'detections/a.json'));
    expect(JSON.parse(waiting)).toMatchObject({ uuid: rule?.uuid });
    expect(await site.repository.tip('main')).toBe(push.after);

    // While its branch is there, its UUIDs count, and new ones come to it.
    await site.server.protect('nothing');
    const more = await site.push({
      ...pair('detections/b', 'Second detection'),
      'detections/a_sigma.yml': pattern('b.exe'),
    });
    await site.server.protect('main');
    const next = await site.job('gitlab', { commit: more.after, variables: gitlab.push(more, site.server.url) });
    expect([next.exitCode, next.stdout]).toEqual([0, expect.stringMatching(/^ *updated +First detection/mu)]);
    expect(site.sekoia.customRules()).toHaveLength(2);
    for (const name of ['a', 'b']) {
      const file = String(await site.repository.readAt('sekoia-detections/uuids', `detections/${name}.json`));
      expect(JSON.parse(file)).toHaveProperty('uuid');
    }
    expect(await site.server.mergeRequests()).toHaveLength(2);
    expect(await site.repository.log(`${more.after}..sekoia-detections/uuids`)).toHaveLength(1);
  });

  it('creates nothing where the job may not push, and says what to do', async () => {
    const site = await start(gitlab);
    const push = await site.push(pair('detections/a', 'First detection'));
    const secrets = { SEKOIA_API_KEY: API_KEY };
    const job = await site.job('gitlab', {
      commit: push.after,
      secrets,
      variables: gitlab.push(push, site.server.url),
    });
    expect(job.exitCode).toBe(1);
    expect(job.stdout).toContain('This run cannot push, so the UUIDs of new rules could not be saved.');
    expect(job.stdout).toContain('SEKOIA_GIT_TOKEN');
    expect(site.sekoia.customRules()).toEqual([]);
  });

  it('checks the files alone where a merge request has no key', async () => {
    const site = await start(gitlab);
    const before = await site.repository.pull();
    await site.repository.reset(before, 'topic');
    const topic = await site.push(pair('detections/a', 'First detection'), 'topic');
    const variables = gitlab.mergeRequest({ head: topic.after, base: before }, site.server.url);
    const job = await site.job('gitlab', { commit: topic.after, secrets: {}, variables });
    expect([job.exitCode, job.stderr]).toEqual([0, expect.stringContaining('Mode validate: a plan needs')]);
    expect(site.sekoia.requests).toEqual([]);
  });
});

describe('on a bare repository that is served by git alone', () => {
  it('deploys from a hook, and the push of the UUIDs starts nothing more', async () => {
    const site = await startCiSite();
    sites.push(site);
    const key = path.join(site.folder, 'key');
    await writeFile(key, `${API_KEY}\n`);
    const { bare } = site.repository;
    await mkdir(path.join(bare, 'hooks'), { recursive: true });
    await copyFile('examples/plain-git/post-receive', path.join(bare, 'hooks/post-receive'));
    const person = path.join(site.folder, 'person');
    const variables = { KEY_FILE: key, TOOL: site.tool, SEKOIA_API_URL: site.sekoia.url };
    const identity = 'git config user.name Ann && git config user.email ann@example.org';
    const cloned = await site.shell(
      `git clone -q '${bare}' '${person}' && cd '${person}' && ${identity}`,
      site.folder,
      {},
    );
    expect(cloned).toMatchObject({ exitCode: 0 });
    for (const [name, content] of Object.entries(pair('detections/a', 'First detection'))) {
      await mkdir(path.join(person, 'detections'), { recursive: true });
      await writeFile(path.join(person, name), content);
    }
    const pushed = await site.shell('git add . && git commit -qm "Add a" && git push -q', person, variables);
    expect([pushed.exitCode, pushed.stderr]).toEqual([0, expect.stringMatching(/created +First detection/u)]);
    const [rule] = site.sekoia.customRules();
    const written = String(await site.repository.readAt('main', 'detections/a.json'));
    expect(JSON.parse(written)).toMatchObject({ uuid: rule?.uuid });
    expect(await site.repository.log('main')).toHaveLength(3);

    const [tryIt = '', after = ''] = await commandsOf('docs/ci-git.md');
    expect((await site.shell(tryIt, person, {})).stdout).toContain('1 detection checked: nothing found');
    const looked = await site.shell(after, person, {});
    expect(looked.stdout).toBe(`${await site.repository.tip('main')}\trefs/sekoia-detections/default/main\n`);

    const requests = site.sekoia.requests.length;
    const again = await site.shell('git commit -qm "Nothing" --allow-empty && git push -q', person, variables);
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('othing')]);
    expect(site.sekoia.requests).toHaveLength(requests);

    await site.shell('git checkout -qb topic && git push -q origin topic', person, variables);
    expect(site.sekoia.requests).toHaveLength(requests);
  });
});
