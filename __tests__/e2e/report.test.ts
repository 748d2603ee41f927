import { afterEach, describe, expect } from '@jest/globals';
import { metadata, pair, pattern } from '../support/detections.js';
import type { ActionRun } from '../support/runner.js';
import { reportFaults, sarifFaults } from '../support/schemas.js';
import { rulesOf, startSite } from '../support/site.js';
import type { Site, SiteOptions } from '../support/site.js';
import { itOnGitHub } from '../support/on-github.js';

const sites: Site[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

async function start(options: SiteOptions = {}): Promise<Site> {
  const site = await startSite(options);
  sites.push(site);
  return site;
}

interface Told {
  readonly mode: string;
  readonly exitCode: number;
  readonly commit: string | null;
  readonly detections: readonly {
    readonly path: string;
    readonly operation: string;
    readonly outcome: string;
    readonly reason: string;
    readonly brought: { readonly commit: string; readonly author: string; readonly date: string } | null;
  }[];
}

/** The run's report.json, which keeps to its schema, as its SARIF file keeps to the standard's. */
function reportOf(run: ActionRun): Told {
  const report: unknown = JSON.parse(run.files['report'] ?? 'null');
  expect(reportFaults(report)).toEqual([]);
  expect(sarifFaults(JSON.parse(run.files['sarif'] ?? 'null'))).toEqual([]);
  return report as Told;
}

function authors(run: ActionRun): Record<string, string | null> {
  return Object.fromEntries(reportOf(run).detections.map(({ path, brought }) => [path, brought?.author ?? null]));
}

const faulty = {
  'detections/bad.json': metadata('Bad detection', { severity: 101 }),
  'detections/bad_sigma.yml': pattern(),
};

describe('report.json and the SARIF file', () => {
  itOnGitHub(
    'of a deployment tell what was done, with the commit and author of each detection and no mail',
    async () => {
      const site = await start();
      await site.push(pair('detections/first', 'First detection'));
      await site.repository.pull();
      await site.repository.commit(
        { 'detections/first_sigma.yml': pattern('b.exe') },
        { author: 'Bob <bob@example.org>' },
      );
      const wanted = await site.repository.commit(pair('detections/second', 'Second detection'), {
        author: 'Zoë <zoe@example.org>',
      });
      await site.repository.commit(faulty, { author: 'Eve <eve@example.org>' });
      const run = await site.runFor(await site.repository.push());
      const told = reportOf(run);
      expect(told).toMatchObject({ mode: 'deploy', exitCode: 1, commit: run.outputs['commit'] });
      expect(told.detections.map(({ path, operation, outcome }) => [path, operation, outcome])).toEqual([
        ['detections/bad.json', 'blocked', 'failed'],
        ['detections/first.json', 'update', 'done'],
        ['detections/second.json', 'create', 'done'],
      ]);
      expect(authors(run)).toEqual({
        'detections/bad.json': 'Eve',
        'detections/first.json': 'Bob',
        'detections/second.json': 'Zoë',
      });
      expect(told.detections[2]?.brought?.commit).toBe(wanted);
      expect(run.files['report']).not.toContain('@example.org');
      expect(run.files['sarif']).toContain('"uri": "detections/bad.json"');
    },
  );

  itOnGitHub('of a plan tell the authors of the topic branch, not the merge commit that it runs on', async () => {
    const site = await start();
    await site.push(pair('detections/first', 'First detection'));
    const run = await site.pullRequest(pair('detections/second', 'Second detection'));
    expect(reportOf(run)).toMatchObject({ mode: 'plan', exitCode: 0, pullRequest: 1 });
    expect(authors(run)).toEqual({ 'detections/second.json': 'Ada Analyst' });
  });

  itOnGitHub('of a run that checks the files are there too', async () => {
    const site = await start();
    const run = await site.pullRequest(
      { ...faulty, ...pair('detections/a', 'First detection') },
      { inputs: { mode: 'validate' } },
    );
    expect(reportOf(run).detections.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
      'none skipped',
      'blocked failed',
    ]);
  });

  itOnGitHub('are not written, and their outputs empty, where the run ends before it has a report', async () => {
    const site = await start();
    const run = await site.push(pair('detections/a', 'First detection'), { inputs: { 'api-key': '' } });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ report: '', sarif: '', rules: '[]' });
  });
});

describe('a run that matched files and deployed none', () => {
  itOnGitHub('says why for each', async () => {
    const site = await start();
    await site.push(pair('detections/same', 'Same detection'));
    const { uuid } = site.sekoia.customRules()[0]!;
    site.sekoia.seedRule({ name: 'Made by a person', created_by_type: 'avatar', enabled: true });
    const run = await site.push({
      ...faulty,
      'detections/draft.json': metadata('Draft detection', { draft: true }),
      'detections/draft_sigma.yml': pattern(),
      ...pair('detections/theirs', 'Made by a person'),
      'detections/same.json': `${metadata('Same detection', { uuid })}\n`,
    });
    const rules = rulesOf(run);
    expect(rules.map(({ path, operation }) => [path, operation])).toEqual([
      ['detections/bad.json', 'blocked'],
      ['detections/draft.json', 'none'],
      ['detections/same.json', 'unchanged'],
      ['detections/theirs.json', 'blocked'],
    ]);
    for (const { operation, reason } of rules) if (operation !== 'unchanged') expect(reason).toMatch(/\w{4}/u);
    expect(run.log).toMatch(/^unchanged +Same detection/mu);
    expect(run.log).toMatch(/^not deployed +Draft detection .*draft: checked, not deployed$/mu);
    expect(run.log).toMatch(/^held back +Bad detection .*severity/mu);
  });

  itOnGitHub('says what it compared where no file of a detection changed', async () => {
    const site = await start();
    await site.push(pair('detections/a', 'First detection'));
    const run = await site.push({ 'notes.md': 'x' });
    expect(run.log).toMatch(/^Nothing to do\. Looked at what differs from [0-9a-f]{40}: /mu);
    expect(reportOf(run).detections).toEqual([]);
  });
});
