import { afterEach, describe, expect } from '@jest/globals';
import { rulesOf, startSite } from '../support/site.js';
import type { Site } from '../support/site.js';
import { pair } from '../support/detections.js';
import { itOnGitHub } from '../support/on-github.js';

let site: Site | null = null;
afterEach(async () => {
  await site?.stop();
  site = null;
});

const PASSING = 'tests:\n  - name: the program\n    expect: alert\n    events: samples/a.json\n';
const FAILING = 'tests:\n  - name: another program\n    expect: alert\n    events: [{process.name: b.exe}]\n';
const SAMPLE = { 'detections/samples/a.json': '{"process.name": "a.exe"}' };

describe('rule tests', () => {
  itOnGitHub('hold back the detection whose test fails, before anything of it is sent, and no other', async () => {
    site = await startSite();
    const run = await site.push({
      ...pair('detections/a', 'Rule whose tests pass'),
      ...pair('detections/b', 'Rule whose tests fail'),
      'detections/a_tests.yml': PASSING,
      'detections/b_tests.yml': FAILING,
      ...SAMPLE,
    });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ created: '1', failed: '1', findings: '1' });
    expect(site.sekoia.customRules().map(({ name }) => name)).toEqual(['Rule whose tests pass']);
    expect(rulesOf(run)).toMatchObject([
      { path: 'detections/a.json', operation: 'create', outcome: 'done', tests: { passed: 1, failed: 0 } },
      { path: 'detections/b.json', operation: 'blocked', outcome: 'failed', tests: { passed: 0, failed: 1 } },
    ]);
    expect(run.stdout).toMatch(/::error [^\n]*file=detections\/b_tests\.yml,line=3,[^\n]*expected an alert, got none/u);

    const mended = await site.push({ 'detections/b_tests.yml': PASSING });
    expect(mended.exitCode).toBe(0);
    expect(mended.outputs).toMatchObject({ created: '1', failed: '0' });

    // The events are those of both, and neither pattern matches them any more.
    const changed = await site.push({ 'detections/samples/a.json': '{"process.name": "c.exe"}' });
    expect(rulesOf(changed)).toMatchObject([{ operation: 'blocked' }, { operation: 'blocked' }]);
    expect(site.sekoia.customRules()).toHaveLength(2);
  });
});
