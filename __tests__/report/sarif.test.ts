import { describe, expect, it } from '@jest/globals';
import { sarif } from '../../src/report/sarif.js';
import type { Finding } from '../../src/detections/types.js';
import { sarifFaults } from '../support/schemas.js';
import { HOSTILE, finding, report } from './samples.js';

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly message: { readonly text: string };
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly locations: readonly [
          { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
        ];
      }[];
    },
  ];
}

function log(findings: readonly Finding[]): Log {
  const made: unknown = JSON.parse(JSON.stringify(sarif(report({ read: { detections: [], findings, notes: [] } }))));
  expect(sarifFaults(made)).toEqual([]);
  return made as Log;
}

describe('the SARIF log', () => {
  it('holds findings with their rules and the help of the guide, as the standard wants it', () => {
    const findings = [
      finding('detections/a.json', { code: 'uuid-invalid', line: 3, column: 7 }),
      finding('detections/b_sigma.yml', { code: 'yaml-tab' }),
      finding('detections/b_sigma.yml', { code: 'yaml-tab', line: 9 }),
      finding('detections/c.json', { code: 'name-twice', severity: 'warning' }),
    ];
    expect(log(findings)).toMatchSnapshot();
  });

  it('is there without findings, so that old alerts end', () => {
    expect(log([]).runs[0].results).toEqual([]);
  });

  it('points every result to its rule', () => {
    const [{ tool, results }] = log(['b-code', 'a-code', 'b-code'].map((code) => finding('x.json', { code }))).runs;
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(tool.driver.rules).toHaveLength(2);
  });

  it.each([
    ['detections/été & co/50%.json', 'detections/%C3%A9t%C3%A9%20%26%20co/50%25.json'],
    ['a:b/#1?.json', 'a%3Ab/%231%3F.json'],
    ['x\n"<y>\\z.json', 'x%0A%22%3Cy%3E%5Cz.json'],
    ['\ud800.json', '%EF%BF%BD.json'],
  ])('has paths as relative URIs: %j', (path, uri) => {
    expect(log([finding(path)]).runs[0].results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });

  it('knows a finding that moved, and tells two of the same apart', () => {
    const prints = (findings: readonly Finding[]): readonly (string | undefined)[] =>
      log(findings).runs[0].results.map(({ partialFingerprints }) => partialFingerprints['sekoiaDetections/v1']);
    const [first, second] = prints([finding('a.json', { line: 1 }), finding('a.json', { line: 2 })]);
    expect(first).not.toBe(second);
    expect(prints([finding('a.json', { line: 8 })])).toEqual([first]);
  });

  it.each([...HOSTILE, 'see [x](https://evil.example) and {0}'])('keeps messages plain text: %j', (text) => {
    const [result] = log([finding('a.json', { message: text, help: text })]).runs[0].results;
    expect(result?.message.text).not.toMatch(/(?<!\\)[[\]]|(?<!\{)\{\d+\}|[\p{Cc}\u202e\u2028]/u);
  });

  it('holds as many results as GitHub shows, and says how many there are besides', () => {
    const made = log(Array.from({ length: 5_003 }, (_, index) => finding(`${index}.json`)));
    expect(made.runs[0].results).toHaveLength(5_000);
    expect(JSON.stringify(made)).toContain('3 more findings are in report.json.');
  });
});
