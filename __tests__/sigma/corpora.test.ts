import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { isMap, isScalar } from 'yaml';
import type { Event } from '../../src/sigma/match/field-path.js';
import { readYaml } from '../../src/sigma/read-yaml.js';
import { describeShared } from './describe-shared.js';
import { evaluator, parse, problems } from './patterns.js';
import { SHARED, sharedJson, sharedTarball } from './shared.js';

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(SHARED, folder), { recursive: true, encoding: 'utf8' });
}

describeShared('corpora/sekoia')('patterns that the platform takes', () => {
  it.each([
    ['corpora/sekoia', /\.ya?ml$/],
    ['corpora/detections', /_sigma\.ya?ml$/],
    ['seed-example/detections', /_sigma\.ya?ml$/],
  ])('have no errors: %s', (folder, name) => {
    const files = filesBelow(folder).filter(
      (file) => name.test(file) && !file.endsWith('win_powershell_load_regkey.yml'),
    );
    expect(files.length).toBeGreaterThan(0);
    const faulty = files.filter((file) => parse(patternIn(path.join(SHARED, folder, file))).problems.length > 0);
    expect(faulty).toEqual([]);
  });
});

/** Rules of Sekoia's catalogue hold the documents of a correlation as one text. */
function patternIn(file: string): Uint8Array | string {
  const bytes = readFileSync(file);
  const [first] = readYaml(bytes, 'pattern').documents;
  const text = isMap(first?.contents) ? first.contents.get('correlation', true) : undefined;
  return isScalar(text) ? (text.source ?? '') : bytes;
}

describeShared('corpora/sigmahq-rules.tar.gz')("SigmaHQ's rules", () => {
  it('have no errors but modifiers that Sekoia lacks, and what its conditions never had', () => {
    const counts: Record<string, number> = {};
    for (const [file, bytes] of sharedTarball('corpora/sigmahq-rules.tar.gz')) {
      if (!file.endsWith('.yml')) continue;
      const area = file.startsWith('sigmahq/rules') ? 'rules' : 'elsewhere';
      for (const { code } of parse(bytes).problems) counts[`${area} ${code}`] = (counts[`${area} ${code}`] ?? 0) + 1;
    }
    expect(counts).toEqual({
      'rules modifier-unsupported': 151,
      'elsewhere modifier-unsupported': 8,
      'elsewhere condition-unsupported': 55,
      'elsewhere condition-syntax': 3,
      'elsewhere condition-missing': 5,
      'elsewhere document-kind': 4,
    });
  });
});

interface CaseEvent {
  readonly rule: string;
  readonly event: Event;
  readonly match: boolean;
}

describeShared('cases')('the cases drawn from reports', () => {
  it('have the wanted verdicts', () => {
    const lists = filesBelow('cases').filter((file) => path.basename(file) === 'events.json');
    expect(lists.length).toBeGreaterThan(3);
    for (const list of lists) {
      const folder = path.join('cases', path.dirname(list));
      for (const { rule, event, match } of sharedJson(path.join(folder, 'events.json')) as CaseEvent[]) {
        const { matches } = evaluator(readFileSync(path.join(SHARED, folder, rule)));
        expect([rule, event, matches(event)]).toEqual([rule, event, match]);
      }
    }
  });

  it('have their errors where they are, and no others', () => {
    const found = filesBelow('cases')
      .filter((file) => file.endsWith('_sigma.yml'))
      .flatMap((file) =>
        problems(readFileSync(path.join(SHARED, 'cases', file))).map((problem) => `${file} ${problem}`),
      )
      .sort();
    expect(found).toEqual([
      '01-tabs-from-the-official-docs/night_admin_sigma.yml yaml-tab 5:1',
      '08-windows-path-in-double-quotes/a_sigma.yml yaml-escape 3:28',
      '09-plain-scalar-starting-with-star-or-at/a_sigma.yml yaml-plain-value 3:27',
      '09-plain-scalar-starting-with-star-or-at/b_sigma.yml yaml-plain-value 3:26',
      '10-condition-one-level-too-high/lvl_sigma.yml condition-missing 4:1',
      '22-regex-with-lookahead/a_sigma.yml regex-syntax 3:22',
      '22-regex-with-lookahead/b_sigma.yml regex-syntax 3:22',
      '22-regex-with-lookahead/c_sigma.yml regex-syntax 3:22',
      ...['0', '10', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map(
        (number) => `27-timespans/bad${number}_sigma.yml timespan 10:11`,
      ),
    ]);
  });
});
