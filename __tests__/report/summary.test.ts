import { describe, expect, it } from '@jest/globals';
import { SUMMARY_LIMIT, summary } from '../../src/report/summary.js';
import type { ReportInput } from '../../src/report/types.js';
import {
  COMMIT,
  HOSTILE,
  UUID_A,
  blocked,
  create,
  detection,
  finding,
  none,
  report,
  unchanged,
  update,
  write,
} from './samples.js';

const errors = [finding('detections/d.json')];
const edit = { path: 'detections/a.json', uuid: UUID_A, replaces: null, target: null };
const many = (number: number): string[] => Array.from({ length: number }, (_, index) => String(index).padStart(6, '0'));

describe('the summary', () => {
  it('tells the analyst what failed first, then all that was looked at', () => {
    const text = summary(
      report({
        outcomes: [
          create('a'),
          update('b', [
            { field: 'severity', from: 40, to: 60 },
            { field: 'payload', from: 'a\nb\n', to: 'a\nc\nd\n' },
          ]),
          unchanged('c'),
          blocked('d', errors),
          update('e', [], { kind: 'failed', reason: 'Sekoia refused it: 400 VA301.', help: 'Shorten the name.' }),
          none('f', 'a draft: checked, never deployed'),
        ],
        read: { detections: [], findings: errors, notes: [] },
        writeBack: { commit: COMMIT, parent: null, results: [{ kind: 'written', edit }] },
        notes: ['No detection below `old/`.'],
        spent: { requests: 7, elapsedMs: 3210 },
      }),
    );
    expect(text).toBe(`## ❌ 2 of 6 detections failed

1 rule created, 1 updated, 1 unchanged, 1 detection not deployed, 2 detections failed, 1 error in the files

### What failed, and what to do

- **Rule d** (<code>detections/d.json</code>)
  - why: There is no field \\\`severty\\\`. (detections/d.json:3)
  - to do: Did you mean \\\`severity\\\`?

- **Rule e** (<code>detections/e.json</code>, rule <code>bbbbbbbb-0000-4000-8000-000000000002</code>)
  - why: Sekoia refused it: 400 VA301.
  - to do: Shorten the name.

### Detections

| Outcome | Rule | File | What changed, or why not |
| --- | --- | --- | --- |
| **held back** | Rule d | <code>detections/d.json</code> | There is no field \\\`severty\\\`. (detections/d.json:3) |
| **failed** | Rule e<br><code>bbbbbbbb-0000-4000-8000-000000000002</code> | <code>detections/e.json</code> | Sekoia refused it: 400 VA301. |
| created | Rule a<br><code>aaaaaaaa-0000-4000-8000-000000000001</code> | <code>detections/a.json</code> |  |
| updated | Rule b<br><code>bbbbbbbb-0000-4000-8000-000000000002</code> | <code>detections/b.json</code> | severity: 40 → 60<br>pattern: 2 lines added, 1 removed |
| not deployed | Rule f | <code>detections/f.json</code> | a draft: checked, never deployed |

### Nothing to do

| Outcome | Rule | File | What changed, or why not |
| --- | --- | --- | --- |
| unchanged | Rule c<br><code>bbbbbbbb-0000-4000-8000-000000000002</code> | <code>detections/c.json</code> |  |

### Findings

| Severity | Where | Code | What is wrong, and what to do |
| --- | --- | --- | --- |
| **error** | <code>detections/d.json:3:5</code> | <code>field-unknown</code> | There is no field \\\`severty\\\`.<br>Did you mean \\\`severity\\\`? |

### Notes

- No detection below \\\`old/\\\`.

New UUIDs are in commit <code>${COMMIT}</code>.<br>
Looked at <code>acme/detections</code> at <code>${COMMIT}</code> (branch <code>main</code>).<br>
Compared with 89abcde, the commit before this push.<br>
7 requests to Sekoia in 4 s.
`);
  });

  it.each<[Partial<ReportInput>, string]>([
    [{}, '## ✅ No detection to deploy'],
    [{ outcomes: [unchanged('a')] }, '## ✅ The detection is in place'],
    [{ outcomes: [unchanged('a'), unchanged('b')] }, '## ✅ All 2 detections are in place'],
    [{ outcomes: [none('a', 'a draft')] }, '## ✅ 1 detection not deployed on purpose'],
    [{ mode: 'validate' }, '## ✅ No detection to check'],
    [{ mode: 'validate', outcomes: [none('a', '')] }, '## ✅ 1 detection checked, no errors'],
    [{ mode: 'validate', outcomes: [none('a', ''), blocked('d', errors)] }, '## ❌ 1 of 2 detections has errors'],
    [{ read: { detections: [], findings: errors, notes: [] } }, '## ❌ 1 error in the files'],
    [{ stopped: { message: 'x', help: 'y' } }, '## ❌ The run was stopped'],
    [
      {
        outcomes: [create('a')],
        writeBack: { commit: null, parent: null, results: [{ kind: 'lost', edit, reason: 'x', help: 'y' }] },
      },
      '## ❌ 1 UUID could not be written to the branch',
    ],
  ])('%#: has the result in its headline', (input, headline) => {
    expect(summary(report(input)).split('\n')[0]).toBe(headline);
  });

  it('shows the UUIDs to copy when they are not on the branch', () => {
    const results = [{ kind: 'lost', edit, reason: 'x', help: 'y' }] as const;
    const text = summary(report({ outcomes: [create('a')], writeBack: { commit: null, parent: null, results } }));
    expect(text).toContain(`### UUIDs that are not on the branch`);
    expect(text).toContain(`\`\`\`text\ndetections/a.json → ${UUID_A}\n\`\`\``);
  });

  it('shows the UUIDs to copy when no write-back was asked for', () => {
    const text = summary(report({ outcomes: [create('a')], writeBack: null }));
    expect(text).toContain(`### UUIDs to add to the files`);
    expect(text).toContain(`detections/a.json → ${UUID_A}`);
  });

  it('shows an advice of several lines as lines to copy', () => {
    const stopped = { message: 'The token cannot write.', help: 'Add these lines:\npermissions:\n  contents: write' };
    expect(summary(report({ stopped }))).toContain(
      '**The run was stopped:** The token cannot write.\n\nAdd these lines:\n\n```text\npermissions:\n  contents: write\n```\n',
    );
  });

  it('folds many unchanged rules away, and leaves the others open', () => {
    const text = summary(report({ outcomes: [create('zz'), ...many(11).map(unchanged)] }));
    const fold = text.indexOf('<details><summary>11 detections unchanged</summary>\n\n| Outcome |');
    expect(fold).toBeGreaterThan(text.indexOf('Rule zz'));
    expect(text.indexOf('</details>')).toBeGreaterThan(text.indexOf('Rule 000010'));
  });

  it.each(HOSTILE)('keeps every row on its line and shows %j as text', (text) => {
    const name = { name: text, path: text };
    const made = report({
      repository: text,
      branch: text,
      scope: text,
      notes: [text],
      stopped: { message: text, help: text },
      read: { detections: [], findings: [finding(text, { code: text, message: text, help: text })], notes: [] },
      outcomes: [
        {
          operation: { kind: 'create', detection: detection('a', name), body: write(), replaces: null },
          kind: 'done',
          uuid: UUID_A,
          reason: text,
          help: '',
        },
        {
          operation: { kind: 'blocked', path: `${text}2`, name: text, uuid: null, findings: [], obstacle: null },
          kind: 'failed',
          uuid: null,
          reason: text,
          help: text,
        },
      ],
    });
    const markdown = summary(made).replace(/^(`{3,})text\n[\s\S]*?\n\1$/gmu, '');
    expect(markdown).not.toMatch(/<(?!\/?(?:code|br|details|summary|span)>|!-- -->)/u);
    expect(markdown).not.toMatch(/^\s*::|##\[/mu);
    expect(markdown.replaceAll('**', '').replace('`uuid`', '')).not.toMatch(/(?<!\\)[`*]/u);
    expect(markdown).not.toMatch(/@(?!<!-- -->)|https?:\/\/|www\./u);
    expect(markdown).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069\r]/u);
    const cells = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(cells).toHaveLength(2 + 2 + 2 + 1);
    expect(new Set(cells.map((line) => line.split('|').length))).toEqual(new Set([6]));
  });
});

describe('a summary that would be too long for the runner', () => {
  const reason = '✗'.repeat(100);
  const big = report({
    outcomes: [
      ...many(8_000).map(unchanged),
      ...many(500).map((stem) => create(`f${stem}`, { kind: 'failed', uuid: null, reason, help: 'Do this.' })),
      create('lost'),
    ],
    writeBack: { commit: null, parent: null, results: [] },
    notes: ['The last note.'],
  });

  it('stays below the limit with the failures whole and the rest cut', () => {
    const text = summary(big);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(SUMMARY_LIMIT);
    expect(Buffer.byteLength(text)).toBeGreaterThan(SUMMARY_LIMIT * 0.9);
    const rowsOf = (title: string): number =>
      text
        .split(title)[1]
        ?.split(/\n(?:#|<\/details>)/u)[0]
        ?.match(/^(?:- \*\*|\| (?!Outcome|---))/gmu)?.length ?? 0;
    expect(rowsOf('### What failed, and what to do')).toBe(500);
    const left = Number(/_(\d+) rows left out: the summary may not be longer\._/u.exec(text)?.[1]);
    expect(rowsOf('detections unchanged</summary>')).toBe(8_000 - left);
  });

  it.each([2_000, 5_000, 50_000, 300_000])('holds a limit of %i bytes and still says what counts', (limit) => {
    const text = summary(big, limit);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
    expect(text).toContain(`detections/lost.json → ${UUID_A}`);
    expect(text).toMatch(/^## ❌ 500 of 8501 detections failed/u);
    expect(text).toMatch(/\n<\/details>\n/u);
    expect(text).toContain('Looked at <code>acme/detections</code>');
    expect(text.match(/^```/gmu)).toHaveLength(2);
  });
});
