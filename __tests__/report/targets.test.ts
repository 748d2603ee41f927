import { describe, expect, it } from '@jest/globals';
import { annotations } from '../../src/report/annotations.js';
import { comment, COMMENT_LIMIT } from '../../src/report/comment.js';
import { headline } from '../../src/report/headline.js';
import { joinReports } from '../../src/report/join-reports.js';
import { groups, lastLine } from '../../src/report/lines.js';
import { exitCode } from '../../src/report/make-report.js';
import { outputs } from '../../src/report/outputs.js';
import { reportJson } from '../../src/report/report-json.js';
import { summary, SUMMARY_LIMIT } from '../../src/report/summary.js';
import type { Report, ReportInput } from '../../src/report/types.js';
import { reportFaults } from '../support/schemas.js';
import { COMMIT, create, finding, HARMFUL, HOSTILE, report, unchanged, update, UUID_A } from './samples.js';

const STOPPED = {
  message: 'Nothing was sent to initech: its key belongs to the community X, and the target records Y.',
  help: 'Put the right secret into `api-key` of this target, or correct its `community`.',
};

function joined(inputs: Readonly<Record<string, Partial<ReportInput>>>, all: Partial<ReportInput> = {}): Report {
  return joinReports(
    Object.entries(inputs).map(([name, input]) => ({
      target: { name, ring: name === 'acme' ? 'canary' : null, community: null },
      report: report({ ...all, ...input }),
    })),
  );
}

const UP = [{ field: 'severity', from: 40, to: 60 }] as const;

const FEW = joined({
  acme: {
    outcomes: [create('a'), update('b', UP), unchanged('c')],
    writeBack: { commit: COMMIT, parent: COMMIT, results: [{ kind: 'written', edit: edit('a', 'acme') }] },
    spent: { requests: 4, elapsedMs: 1200 },
  },
  globex: {
    outcomes: [
      create('a', { kind: 'failed', uuid: null, reason: 'Sekoia refused it', help: 'Correct it.' }),
      update('b', UP),
      unchanged('c'),
    ],
    spent: { requests: 3, elapsedMs: 2100 },
  },
  initech: { stopped: STOPPED },
});

function edit(stem: string, name: string) {
  return { path: `detections/${stem}.json`, uuid: UUID_A, replaces: null, target: { name, takesUuid: false } };
}

describe('the report of several targets', () => {
  it('sums what was done, names each row’s target, and fails if one failed', () => {
    expect(FEW.counts).toMatchObject({ created: 1, updated: 2, unchanged: 2, failed: 1 });
    expect(FEW.rows.map(({ path, target }) => [path, target])).toEqual([
      ['detections/a.json', 'acme'],
      ['detections/a.json', 'globex'],
      ['detections/b.json', 'acme'],
      ['detections/b.json', 'globex'],
      ['detections/c.json', 'acme'],
      ['detections/c.json', 'globex'],
    ]);
    expect(exitCode(FEW)).toBe(1);
    expect(FEW.spent).toEqual({ requests: 7, elapsedMs: 2100 });
    expect(FEW.commit).toBe(COMMIT);
  });

  it('fails where a target was stopped and had nothing to look at', () => {
    expect(exitCode(joined({ acme: {}, initech: { stopped: STOPPED } }))).toBe(1);
    expect(exitCode(joined({ acme: {}, initech: {} }))).toBe(0);
  });

  it('is the report itself in a run without targets', () => {
    const alone = report({ outcomes: [create('a')] });
    expect(joinReports([{ target: null, report: alone }])).toBe(alone);
  });

  it('tells a finding once, and a note with whose it is', () => {
    const read = { detections: [], findings: [finding('detections/a.json')], notes: [] };
    const notes = { acme: { read, notes: ['Same.', 'Only here.'] }, globex: { read, notes: ['Same.'] } };
    const told = joined(notes);
    expect(told.findings).toHaveLength(1);
    expect(told.counts.findings).toBe(1);
    expect(told.notes).toEqual(['Same.', 'acme: Only here.']);
    expect(annotations(told)).toHaveLength(1);
  });

  it('shows targets, what failed, the matrix, and each target’s own', () => {
    expect(summary(FEW)).toMatchSnapshot();
  });

  it('is told to machines by the schema', () => {
    const json = JSON.parse(JSON.stringify(reportJson(FEW))) as { readonly targets: unknown };
    expect(reportFaults(json)).toEqual([]);
    expect(json.targets).toMatchObject([
      { name: 'acme', ring: 'canary', requests: 4, stopped: null },
      { name: 'globex', requests: 3, counts: { failed: 1 } },
      { name: 'initech', requests: 0, stopped: STOPPED },
    ]);
    const { rules } = outputs(FEW, { report: null, sarif: null });
    expect(JSON.parse(rules)).toMatchObject([{ target: 'acme' }, { target: 'globex' }, {}, {}, {}, {}]);
  });

  it('has a group of the log for each target, and says at the end which failed', () => {
    expect(groups(FEW).map(({ title }) => title)).toEqual([
      'acme: 1 created, 1 updated, 1 unchanged',
      'globex: 1 updated, 1 unchanged, 1 failed',
      'initech: stopped',
    ]);
    expect(lastLine(FEW)).toContain('2 of 3 targets failed (globex, initech)');
  });

  it('annotates a failure that targets have alike once, and a stopped target once', () => {
    const failed = { outcomes: [create('a', { kind: 'failed', reason: 'Sekoia refused it', uuid: null })] };
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const told = joined({
      ...Object.fromEntries(names.map((name) => [name, failed])),
      initech: { stopped: STOPPED, read: readOf(['x', 'y', 'z']) },
    });
    expect(annotations(told).map(({ title, message }) => [title, message])).toEqual([
      ['Target stopped', `initech: ${STOPPED.message} ${STOPPED.help}`],
      ['Failed', 'Rule a in a, b, c, d, e and 3 more: Sekoia refused it'],
    ]);
  });

  it.each([
    ['deploy', '✅', 'All 2 targets are in place'],
    ['plan', '📋', 'Plan: create 2 rules in 2 of 2 targets'],
  ] as const)('has one line for a sound %s', (mode, icon, text) => {
    const outcome = create('a', mode === 'plan' ? { kind: 'planned', uuid: null } : {});
    const results = (name: string) => [{ kind: 'written' as const, edit: edit('a', name) }];
    const of = (name: string) => ({
      outcomes: [outcome],
      writeBack: mode === 'plan' ? null : { commit: COMMIT, parent: COMMIT, results: results(name) },
    });
    expect(headline(joined({ acme: of('acme'), globex: of('globex') }, { mode }))).toEqual({ icon, text });
  });

  it('shows in a plan once what changes alike', () => {
    const outcome = update('b', UP, { kind: 'planned' });
    const plan = joined({ acme: { outcomes: [outcome] }, globex: { outcomes: [outcome] } }, { mode: 'plan' });
    expect(summary(plan).match(/On the platform/gu)).toHaveLength(1);
    expect(summary(plan)).toContain('in acme, globex</summary>');
  });
});

function readOf(stems: readonly string[]): ReportInput['read'] {
  const detections = stems.map((stem) => ({
    kind: 'sound' as const,
    detection: {
      path: `detections/${stem}.json`,
      patternPath: `detections/${stem}_sigma.yml`,
      name: `Rule ${stem}`,
      uuid: null,
      draft: false,
      fields: {},
      pattern: '',
    },
  }));
  return { detections, findings: [], notes: [] };
}

describe('fifty targets with a thousand detections', () => {
  const outcomes = Array.from({ length: 1000 }, (_, index) => {
    const stem = `rule-${String(index).padStart(4, '0')}`;
    return index % 2 === 0 ? update(stem, UP) : unchanged(stem);
  });
  const names = Array.from({ length: 50 }, (_, index) => `customer-${String(index).padStart(2, '0')}`);
  const big = joined(Object.fromEntries(names.map((name) => [name, { outcomes }])));

  it('fit into the summary, the matrix too, and what needed nothing is not listed', () => {
    const text = summary(big);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(SUMMARY_LIMIT);
    const matrix = text.slice(text.indexOf('### Detections by target'), text.indexOf('<details>'));
    expect(Buffer.byteLength(matrix)).toBeLessThan(SUMMARY_LIMIT / 4);
    expect(matrix).toContain('rule-0000');
    expect(matrix).not.toContain('rule-0001');
    expect(matrix).toContain('more detections, all in the file of the output `report`.');
    expect(text).toContain('Looked at');
  });

  it('fit into a comment, whose matrix leaves room for the rest', () => {
    const text = comment(big, '<!-- x -->');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(text).toContain('### Detections by target');
    expect(text).toContain('<b>customer-00</b>');
  });
});

it.each(HOSTILE)('names and reasons stay harmless: %j', (text) => {
  const told = joined({
    acme: { outcomes: [create('a', { kind: 'failed', reason: text, help: text, uuid: null })], notes: [text] },
    globex: { stopped: { message: text, help: text } },
  });
  for (const { title, lines } of groups(told)) for (const line of [title, ...lines]) expect(line).not.toMatch(HARMFUL);
  for (const { message } of annotations(told)) expect(message).not.toMatch(HARMFUL);
  expect(lastLine(told)).not.toMatch(HARMFUL);
  expect(summary(told)).not.toMatch(/<img|<h1>|^## heading|\n::/mu);
});
