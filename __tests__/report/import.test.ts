import { describe, expect, it } from '@jest/globals';
import type { NotImported } from '../../src/import/types.js';
import { importBody } from '../../src/report/import-text.js';
import { groups, lastLine } from '../../src/report/lines.js';
import { exitCode } from '../../src/report/make-report.js';
import { outputs } from '../../src/report/outputs.js';
import { reportJson } from '../../src/report/report-json.js';
import { summary } from '../../src/report/summary.js';
import type { ImportedRule, ReportInput } from '../../src/report/types.js';
import { headline } from '../../src/report/headline.js';
import type { Rule, RuleUuid } from '../../src/sekoia/types.js';
import { ruleOf } from '../import/rules.js';
import { reportFaults } from '../support/schemas.js';
import { HARMFUL, HOSTILE, report, UUID_A, UUID_B } from './samples.js';

const DONE: ImportedRule = {
  path: 'detections/a.json',
  patternPath: 'detections/a_sigma.yml',
  name: 'Rule A',
  uuid: UUID_A,
  reason: 'in the work tree',
};
const LEFT: NotImported = { uuid: UUID_B, name: 'Rule B', type: 'cti', reason: 'it is of type "cti"', help: '' };
const HARM = ['<img', '</details><h1>', '](https://evil', '\n## heading'];

function imported(input: Partial<ReportInput> = {}): ReturnType<typeof report> {
  return report({ mode: 'import', imports: [DONE], notImported: [LEFT], ...input });
}

describe('the report of an import', () => {
  it('tells what was imported and what was not, and neither fails the run', () => {
    const told = imported();
    expect(exitCode(told)).toBe(0);
    expect(headline(told)).toEqual({ icon: '⚠️', text: '1 rule imported, 1 not' });
    expect(lastLine(told)).toBe('1 rule imported, 1 not.');
    expect(summary(told)).toContain('| imported |');
    expect(summary(told)).toContain('### Rules that were not imported');
    expect(JSON.parse(outputs(told, { report: null, sarif: null }).rules)).toEqual([
      { path: DONE.path, name: 'Rule A', uuid: UUID_A, operation: 'import', outcome: 'done', reason: DONE.reason },
    ]);
    const json = reportJson(told);
    expect(reportFaults(json)).toEqual([]);
    expect(json).toMatchObject({ mode: 'import', notImported: [LEFT] });
  });

  it('says that there is nothing to do', () => {
    const text = 'Nothing to import: every rule of the community’s own has its files';
    expect(headline(imported({ imports: [], notImported: [] }))).toEqual({ icon: '✅', text });
    expect(headline(imported({ imports: [] })).text).toBe('Nothing to import, but for 1 rule that cannot be');
  });

  it('names the pull request', () => {
    const told = imported({ waiting: { number: 7, url: 'https://github.example/acme/x/pull/7' } });
    expect(lastLine(told)).toContain(
      'The files are in the pull request https://github.example/acme/x/pull/7: merge it.',
    );
    expect(summary(told)).toContain('](https://github.example/acme/x/pull/7) brings the files.');
  });

  it('is red when the run was stopped', () => {
    const told = imported({ stopped: { message: '1 rule could not be read', help: 'Run again.' } });
    expect(exitCode(told)).toBe(1);
    expect(headline(told)).toEqual({ icon: '❌', text: 'The run was stopped' });
  });

  it.each(HOSTILE)('shows rules named %j harmlessly', (name) => {
    const told = imported({ imports: [{ ...DONE, name }], notImported: [{ ...LEFT, name, type: name, reason: name }] });
    for (const { lines } of groups(told)) for (const line of lines) expect(line).not.toMatch(HARMFUL);
    for (const harm of HARM) expect(summary(told)).not.toContain(harm);
  });
});

describe('the text of the pull request', () => {
  const pairOf = (rule: Rule): Parameters<typeof importBody>[1]['pairs'][number] => ({
    rule,
    path: 'detections/a.json',
    metadata: Buffer.from(''),
    patternPath: 'detections/a_sigma.yml',
    pattern: Buffer.from(''),
    eased: ['modifier-unknown'],
  });

  it('has rule, UUID, file and eased checks, and the number of those left out', () => {
    const text = importBody('main', { pairs: [pairOf(ruleOf({ uuid: UUID_A, name: 'Rule A' }))], others: [LEFT] });
    for (const part of ['Rule A', UUID_A, 'detections/a.json', 'modifier-unknown', '1 rule could not']) {
      expect(text).toContain(part);
    }
  });

  it.each(HOSTILE)('shows a rule named %j harmlessly', (name) => {
    const text = importBody(name, { pairs: [pairOf(ruleOf({ name }))], others: [] });
    for (const harm of HARM) expect(text).not.toContain(harm);
  });

  it('keeps below what GitHub takes', () => {
    const pairs = Array.from({ length: 3_000 }, (_, index) =>
      pairOf(ruleOf({ uuid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` as RuleUuid })),
    );
    const text = importBody('main', { pairs, others: [] });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/And \d+ more, all in the summary of the run\.$/);
  });
});
