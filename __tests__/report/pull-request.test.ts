import { describe, expect, it } from '@jest/globals';
import { lastLine } from '../../src/report/lines.js';
import { exitCode } from '../../src/report/make-report.js';
import { link } from '../../src/report/markdown.js';
import { outputs } from '../../src/report/outputs.js';
import { summary } from '../../src/report/summary.js';
import { COMMIT, create, report, unchanged, UUID_A } from './samples.js';

const NO_FILES = { report: null, sarif: null };
const pullRequest = { number: 12, url: 'https://github.com/acme/detections/pull/12' };
const edit = { path: 'detections/a.json', uuid: UUID_A, replaces: null, target: null };

describe('UUIDs that wait in a pull request', () => {
  const written = report({
    outcomes: [create('a')],
    writeBack: { commit: COMMIT, parent: null, pullRequest, results: [{ kind: 'written', edit }] },
  });

  it('are no failure: summary, last line and output name the pull request', () => {
    expect(exitCode(written)).toBe(0);
    expect(outputs(written, NO_FILES)).toMatchObject({ commit: COMMIT, 'pull-request': pullRequest.url });
    expect(summary(written)).toContain(`](${pullRequest.url})`);
    expect(lastLine(written)).toContain(`UUIDs wait in the pull request ${pullRequest.url}: merge it.`);
  });

  it('of earlier runs are told as well', () => {
    const later = report({ outcomes: [unchanged('a')], waiting: pullRequest });
    expect(outputs(later, NO_FILES)).toMatchObject({ commit: '', 'pull-request': pullRequest.url });
    expect(lastLine(later)).toContain('merge it');
  });
});

it('makes a link of an address of the web only', () => {
  expect(link('#12', pullRequest.url)).toMatch(/^\[#.*12\]\(https:/);
  expect(link('#12', 'javascript:alert(1)')).not.toContain('](');
  // Escaped brackets make no link.
  expect(link('#12', 'https://x/)[a](https://evil.example')).not.toMatch(/(?<!\\)\]\(/);
});
