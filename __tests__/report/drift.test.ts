import { describe, expect, it } from '@jest/globals';
import type { Drift } from '../../src/plan/types.js';
import { driftBody } from '../../src/report/drift-text.js';
import { groups, lastLine } from '../../src/report/lines.js';
import { outputs } from '../../src/report/outputs.js';
import { summary } from '../../src/report/summary.js';
import type { ReportInput, Stranger } from '../../src/report/types.js';
import { headline } from '../../src/report/headline.js';

import type { RuleUuid } from '../../src/sekoia/types.js';
import { HARMFUL, HOSTILE, report, unchanged, update, UUID_A } from './samples.js';

const CHANGED: Drift & { readonly kind: 'changed' } = {
  kind: 'changed',
  changes: [{ field: 'severity', from: 40, to: 70 }],
  hand: { at: '2026-10-01', by: UUID_A, byType: 'avatar' },
};
const BACK = [{ field: 'severity', from: 70, to: 40 }] as const;

function drifted(input: Partial<ReportInput> = {}): ReturnType<typeof report> {
  return report({
    mode: 'drift',
    outcomes: [update('a', BACK, { kind: 'planned', reason: 'changed on the platform' }), unchanged('b')],
    drifts: new Map([['detections/a.json', CHANGED]]),
    ...input,
  });
}

function strangers(names: readonly string[]): readonly Stranger[] {
  return names.map((name, index) => ({
    uuid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` as RuleUuid,
    name,
    created: { at: null, by: null, byType: null },
  }));
}

describe('the report of drift', () => {
  it("shows the file's value and the platform's, whichever way the run would write", () => {
    expect(headline(drifted())).toEqual({ icon: '⚠️', text: '1 rule changed on the platform' });
    expect(summary(drifted())).toContain('| drifted |');
    expect(summary(drifted())).toContain('severity: 40 → 70');
    expect(summary(drifted())).not.toContain('70 → 40');
    expect(lastLine(drifted())).toBe('1 rule changed on the platform.');
  });

  it.each([
    ['failed', '❌', 'drifted'],
    ['done', '⚠️', 'restored'],
  ] as const)('shows what changed when it %s', (kind, icon, word) => {
    const told = drifted({ outcomes: [update('a', BACK, { kind, reason: 'why' })] });
    expect(headline(told).icon).toBe(icon);
    expect(summary(told)).toContain(word);
    expect(summary(told)).toContain('severity: 40 → 70');
  });

  it('says that there is none', () => {
    const told = drifted({ outcomes: [unchanged('b')], drifts: new Map(), strangers: [] });
    expect(headline(told)).toEqual({ icon: '✅', text: 'No drift' });
  });

  it('has a hundred strangers in the summary, and all in the output', () => {
    const told = drifted({ strangers: strangers(Array.from({ length: 150 }, (_, index) => `Stranger ${index}`)) });
    expect(summary(told)).toContain('Stranger 99<br>');
    expect(summary(told)).not.toContain('Stranger 100<br>');
    expect(summary(told)).toContain('And 50 more, all in the output `strangers`.');
    expect(JSON.parse(outputs(told, { report: null, sarif: null }).strangers)).toHaveLength(150);
    expect(lastLine(told)).toContain('150 rules on the platform that no file has');
  });

  it.each(HOSTILE)('shows a stranger named %j harmlessly', (name) => {
    const told = drifted({ strangers: strangers([name]) });
    for (const { lines } of groups(told)) for (const line of lines) expect(line).not.toMatch(HARMFUL);
    const shown = summary(told);
    for (const harm of ['<img', '</details><h1>', '](https://evil', '\n## heading']) expect(shown).not.toContain(harm);
  });
});

describe('the text of the pull request', () => {
  const row = { path: 'detections/a.json', name: 'A', uuid: UUID_A, drift: CHANGED, left: null };

  it('has rule, file, old and new value, by whom and when', () => {
    const body = driftBody('main', [row, { ...row, path: 'detections/b.json', left: '`name` (too long)' }]);
    expect(body).toContain(
      `| A<br><code>${UUID_A}</code> | <code>detections/a.json</code> | severity: 40 → 70 | a person (${UUID_A}) at 2026-10-01 |`,
    );
    expect(body).toContain('**Not in this pull request:**');
  });

  it('is never longer than GitHub takes', () => {
    const body = driftBody('main', new Array<typeof row>(2_000).fill(row));
    expect(body.length).toBeLessThan(65_536);
    expect(body).toMatch(/And \d+ more, all in the summary of the run\.$/);
  });

  it.each(HOSTILE)('shows a rule named %j harmlessly', (name) => {
    const body = driftBody('main', [{ ...row, name }]);
    for (const harm of ['<img', '</details><h1>', '](https://evil', '\n## heading']) expect(body).not.toContain(harm);
  });
});
