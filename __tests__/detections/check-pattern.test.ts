import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readDetections } from '../../src/detections/read-detections.js';
import type { ReadDetections } from '../../src/detections/types.js';
import { workTreeSource } from '../../src/detections/work-tree-source.js';
import type { CheckRule } from '../../src/sigma/lint/severities.js';
import { ALERT_TYPE, metadata } from '../support/detections.js';

/** An unused selection on line 5, and a modifier that is not supported on line 3. */
const PATTERN = `detection:
  selection:
    process.name|cased: a.exe
    event.code: 1
  unused:
    user.name: b
  condition: selection
`;

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'detections-'));
  await mkdir(path.join(root, 'detections'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function read(own: unknown, checks?: readonly CheckRule[], pattern = PATTERN): Promise<ReadDetections> {
  await writeFile(
    path.join(root, 'detections/a.json'),
    metadata('A good name', own === undefined ? {} : { checks: own }),
  );
  await writeFile(path.join(root, 'detections/a_sigma.yml'), pattern);
  const asked = { source: workTreeSource(root), roots: ['detections'] };
  const changes = { scope: 'all', reason: 'test', since: null } as const;
  return readDetections({
    ...asked,
    changes,
    target: null,
    targets: null,
    ...(checks === undefined ? {} : { checks }),
  });
}

function told({ findings, detections: [detection] }: ReadDetections): string[] {
  const lines = findings.map(
    ({ path: file, line, column, severity, code }) => `${path.basename(file)} ${line}:${column} ${severity} ${code}`,
  );
  return [detection?.kind ?? 'none', ...lines];
}

const MODIFIER = 'a_sigma.yml 3:18 error modifier-unsupported';
const UNUSED = 'a_sigma.yml 5:3 warning selection-unused';
const reason = 'For a test.';

describe('the checks of a pattern', () => {
  it('hold a detection back by their errors only', async () => {
    expect(told(await read(undefined))).toEqual(['faulty', MODIFIER, UNUSED]);
    const sound = await read(undefined, [], PATTERN.replace('|cased', ''));
    expect(told(sound)).toEqual(['sound', UNUSED]);
  });

  it('are what the input wants, of which later lines win', async () => {
    const rules: CheckRule[] = [
      { code: 'selection-unused', severity: 'error' },
      { code: '*', severity: 'off' },
      { code: 'modifier-unsupported', severity: 'warning' },
    ];
    expect(told(await read(undefined, rules))).toEqual(['sound', MODIFIER.replace('error', 'warning')]);
  });

  it('are, over the input, what the metadata file wants', async () => {
    const own = [
      { code: 'modifier-unsupported', severity: 'off', reason },
      { code: 'selection-unused', severity: 'error', reason },
    ];
    const result = await read(own, [{ code: 'selection-unused', severity: 'off' }]);
    expect(told(result)).toEqual(['faulty', UNUSED.replace('warning', 'error')]);
  });

  it('that the metadata file has for nothing are told on their entry', async () => {
    const own = [
      { code: 'modifier-unsupported', severity: 'off', reason },
      { code: 'timespan', severity: 'off', reason },
      { code: 'selection-unused', severity: 'warning', reason },
    ];
    const result = await read(own);
    expect(told(result).filter((line) => line.includes('check-unused'))).toHaveLength(2);
    expect(result.findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('`timespan: off` changes nothing'),
      expect.stringContaining('`selection-unused: warning` changes nothing'),
      expect.stringContaining('selection `unused`'),
    ]);
  });

  it('are not called needless while an error keeps other checks from looking', async () => {
    const own = [{ code: 'selection-unused', severity: 'off', reason }];
    const broken = PATTERN.replace('|cased', '').replace('condition: selection', 'condition: selection and 1 of x_*');
    expect(told(await read(own, [], broken))).toEqual(['faulty', 'a_sigma.yml 7:33 error condition-empty-pattern']);
  });

  it('do not change errors of reading', async () => {
    const rules: CheckRule[] = [{ code: '*', severity: 'off' }];
    const broken = await read(undefined, rules, 'a: @x\n');
    expect(told(broken)).toEqual(['faulty', 'a_sigma.yml 1:4 error yaml-plain-value']);
  });

  it('are never sent', async () => {
    const { detections } = await read([{ code: 'modifier-unsupported', severity: 'off', reason }]);
    expect(detections).toMatchObject([
      {
        kind: 'sound',
        detection: { fields: { name: 'A good name', severity: 40, effort: 2, alert_type_uuid: ALERT_TYPE } },
      },
    ]);
    expect(JSON.stringify(detections)).not.toContain('checks');
  });

  it.each<[what: string, own: unknown, code: string, words: RegExp]>([
    [
      'no reason',
      [{ code: 'timespan', severity: 'off' }],
      'metadata-missing-key',
      /`reason` is missing in `checks\[0\]`/,
    ],
    ['an empty reason', [{ code: 'timespan', severity: 'off', reason: ' ' }], 'metadata-value', /is empty/],
    ['an unknown code', [{ code: 'timespam', severity: 'off', reason }], 'metadata-value', /Did you mean `timespan`/],
    ['a code of reading', [{ code: 'yaml-tab', severity: 'off', reason }], 'metadata-value', /no check of patterns/],
    ['all codes at once', [{ code: '*', severity: 'off', reason }], 'metadata-value', /no check of patterns/],
    ['an unknown severity', [{ code: 'timespan', severity: 'info', reason }], 'metadata-value', /error, warning, off/],
    ['an unknown key', [{ code: 'timespan', severity: 'off', reason, line: 3 }], 'metadata-unknown-key', /`line`/],
    ['a map', { timespan: 'off' }, 'metadata-type', /list/],
  ])('cannot be set with %s', async (_what, own, code, words) => {
    const { findings } = await read(own, [{ code: '*', severity: 'off' }]);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([{ code, message: expect.stringMatching(words) }]);
  });
});
