import { afterEach, expect, it } from '@jest/globals';
import { pair } from '../support/detections.js';
import type { Site } from '../support/site.js';
import { rulesOf } from '../support/site.js';
import { refOf, startTargets, targetRun, uuidsAt } from '../support/targets.js';

const sites: Site[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

const NAMES = Array.from({ length: 16 }, (_, index) => `customer-${String(index).padStart(2, '0')}`);
const JOBS = Array.from({ length: 8 }, (_, job) => NAMES.filter((_, index) => index % 8 === job));

it('spreads the targets over eight jobs at once, whose UUIDs all get onto the one branch', async () => {
  const site = await startTargets(NAMES);
  sites.push(site);
  const files = { ...pair('detections/a', 'First detection'), ...pair('detections/b', 'Second detection') };
  await site.repository.pull();
  await site.repository.commit(files);
  const push = await site.repository.push();
  const entries = Object.fromEntries(NAMES.map((name, index) => [name, index % 2 === 0 ? {} : { ring: 'late' }]));
  const runs = await Promise.all(
    JOBS.map((names) => site.runFor(push, targetRun(entries, { 'only-targets': names.join(', ') }))),
  );
  expect(runs.map(({ exitCode }) => exitCode)).toEqual(runs.map(() => 0));
  for (const [index, run] of runs.entries()) {
    const targets = rulesOf(run).map((row) => (row as unknown as { readonly target: string }).target);
    expect(new Set(targets)).toEqual(new Set(JOBS[index]));
  }
  for (const path of ['detections/a.json', 'detections/b.json']) {
    const name = path.includes('/a.') ? 'First detection' : 'Second detection';
    const expected = NAMES.map((each) => [
      each,
      site.sekoia
        .communityNamed(each)
        .customRules()
        .find((rule) => rule.name === name)!.uuid,
    ]);
    expect(await uuidsAt(site, path)).toEqual(Object.fromEntries(expected));
  }
  for (const name of NAMES) expect(await refOf(site, name)).not.toBeNull();
  expect(NAMES.map((name) => site.sekoia.communityNamed(name).customRules().length)).toEqual(NAMES.map(() => 2));

  const again = await site.dispatch(targetRun(entries));
  expect(again.outputs).toMatchObject({ created: '0', unchanged: '32', failed: '0', commit: '' });
}, 240_000);
