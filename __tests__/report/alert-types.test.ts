import { describe, expect, it } from '@jest/globals';
import { exitCode } from '../../src/report/make-report.js';
import { groups, lastLine } from '../../src/report/lines.js';
import { reportJson } from '../../src/report/report-json.js';
import { summary } from '../../src/report/summary.js';
import type { AlertTypeRow } from '../../src/report/types.js';
import { headline } from '../../src/report/headline.js';
import { HARMFUL, HOSTILE, report, UUID_A } from './samples.js';

function listed(alertTypes: readonly AlertTypeRow[]): ReturnType<typeof report> {
  return report({ mode: 'alert-types', alertTypes });
}

const BRUTE_FORCE: AlertTypeRow = {
  name: 'intrusion-attempts/brute-force',
  display: 'Intrusion attempts / Brute force',
  uuid: UUID_A,
  description: 'Guessing.',
};

describe('the report of alert types', () => {
  it('has them in the log, the summary and report.json, and is a success', () => {
    const told = listed([BRUTE_FORCE, { ...BRUTE_FORCE, name: 'other/x', uuid: null, description: '' }]);
    expect(exitCode(told)).toBe(0);
    expect(headline(told)).toEqual({ icon: '✅', text: '2 alert types' });
    expect(groups(told)).toEqual([
      {
        title: '2 alert types',
        lines: [
          `intrusion-attempts/brute-force  ${UUID_A}  Intrusion attempts / Brute force  Guessing.`,
          'other/x  no UUID  Intrusion attempts / Brute force',
        ],
      },
    ]);
    expect(lastLine(told)).toBe('2 alert types, listed above and in the summary. Nothing was written.');
    expect(summary(told)).toContain(`<code>intrusion-attempts/brute-force</code> | Intrusion attempts / Brute force |`);
    expect(reportJson(told)['alertTypes']).toHaveLength(2);
    expect(reportJson(report({}))['alertTypes']).toEqual([]);
  });

  it('is a failure when the run was stopped', () => {
    const told = report({ mode: 'alert-types', stopped: { message: 'no list', help: 'Try again.' } });
    expect(exitCode(told)).toBe(1);
    expect(lastLine(told)).toBe('The run was stopped: no list Try again.');
  });

  it.each(HOSTILE)('makes %j harmless', (text) => {
    const told = listed([{ name: text, display: text, uuid: UUID_A, description: text }]);
    for (const { lines } of groups(told)) for (const line of lines) expect(line).not.toMatch(HARMFUL);
    const row = summary(told)
      .split('\n')
      .filter((line) => line.includes(UUID_A));
    expect(row).toHaveLength(1);
    expect(row[0]).not.toMatch(/<img|<h1|<\/details|[^\\]\]\(https/u);
    expect(row[0]?.split(' | ')).toHaveLength(4);
  });
});
