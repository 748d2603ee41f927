import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/deploy/types.js';
import type { Operation } from '../../src/plan/types.js';
import { COMMENT_LIMIT, comment, commentMarker, isWorthAComment } from '../../src/report/comment.js';
import { groups, lastLine } from '../../src/report/lines.js';
import { outputs } from '../../src/report/outputs.js';
import { patternDiff } from '../../src/report/pattern-diff.js';
import { reportJson } from '../../src/report/report-json.js';
import { summary } from '../../src/report/summary.js';
import type { Report } from '../../src/report/types.js';
import { reportFaults } from '../support/schemas.js';
import {
  COMMIT,
  HOSTILE,
  UUID_A,
  UUID_B,
  blocked,
  detection,
  finding,
  none,
  report,
  rule,
  unchanged,
  write,
} from './samples.js';

const MARKER = commentMarker(['https://api.sekoia.example', 'detections']);

function planned(operation: Operation): Outcome {
  const uuid = 'rule' in operation ? operation.rule.uuid : null;
  return { operation, kind: 'planned', uuid, reason: '', help: '' };
}

const PATTERN = 'detection:\n  selection:\n    process.name: a.exe\n  condition: selection\n';

function created(stem: string, fields: Parameters<typeof write>[0] = {}): Outcome {
  const body = write({ name: `Rule ${stem}`, payload: PATTERN, ...fields });
  return planned({ kind: 'create', detection: detection(stem), body, replaces: null });
}

function updated(stem: string, from: string, to: string): Outcome {
  return planned({
    kind: 'update',
    detection: detection(stem, { uuid: UUID_B }),
    rule: rule(UUID_B),
    body: write({ payload: to, severity: 60 }),
    changes: [
      { field: 'severity', from: 40, to: 60 },
      { field: 'tags', from: ['a', 'b'], to: [] },
      { field: 'payload', from, to },
    ],
    replaces: null,
  });
}

function removed(kind: 'disable' | 'delete', stem: string): Outcome {
  const { path, name } = detection(stem);
  const leaving = { path, name, uuid: UUID_A, formerNames: [] };
  return planned({ kind, removed: leaving, rule: { ...rule(UUID_A), write: write({ payload: PATTERN }) } });
}

const errors = [finding('detections/f.json')];
const plan = report({
  mode: 'plan',
  branch: null,
  pullRequest: 7,
  outcomes: [
    created('a', { tags: ['x', 'y'], goal: 'Find it' }),
    updated('b', PATTERN, PATTERN.replace('a.exe', 'b.exe')),
    { ...unchanged('c'), kind: 'planned' },
    removed('disable', 'd'),
    removed('delete', 'e'),
    blocked('f', errors),
    none('g', 'draft: checked, not deployed'),
  ],
  attention: new Map([
    ['detections/b.json', [{ code: 'severity-changed', message: 'the severity changes from 40 to 60' }]],
    [
      'detections/d.json',
      [{ code: 'removal', message: 'the detection leaves the branch, and its rule stops detecting' }],
    ],
  ]),
  authors: new Map([
    ['detections/b_sigma.yml', { commit: COMMIT, author: 'Grâce Hopper', date: '2026-11-25T10:00:00+01:00' }],
    ['detections/b.json', { commit: 'f'.repeat(40) as typeof COMMIT, author: 'Older', date: '2027-01-01T00:00:00Z' }],
  ]),
  read: {
    detections: ['a', 'b'].map((stem) => ({ kind: 'sound', detection: detection(stem) })),
    findings: errors,
    notes: [],
  },
  notes: ['A plan cannot tell everything.'],
  spent: { requests: 7, elapsedMs: 3210 },
});

describe('one plan', () => {
  it('is told in the summary', () => {
    expect(summary(plan)).toMatchSnapshot();
  });

  it('is told in the comment, marker first and with a link to the run', () => {
    const text = comment(plan, MARKER);
    expect(text).toMatchSnapshot();
    expect(text.startsWith(`${MARKER}\n## `)).toBe(true);
  });

  it('is told in the log', () => {
    expect([...groups(plan), lastLine(plan)]).toMatchSnapshot();
  });

  it('is told in report.json, by its schema', () => {
    const json = reportJson(plan);
    expect(reportFaults(JSON.parse(JSON.stringify(json)))).toEqual([]);
    expect(json).toMatchSnapshot();
    expect(JSON.stringify(json)).not.toContain('@');
  });

  it('is told in the outputs as what is planned and skipped', () => {
    const { rules } = outputs(plan, { report: '/tmp/report.json', sarif: null });
    const told = JSON.parse(rules) as readonly { readonly operation: string; readonly outcome: string }[];
    expect(told.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
      'create skipped',
      'update skipped',
      'unchanged skipped',
      'disable skipped',
      'delete skipped',
      'blocked failed',
      'none skipped',
    ]);
  });
});

describe('a deployment', () => {
  it('does not show again in full what a plan showed', () => {
    expect(summary({ ...plan, mode: 'deploy' })).not.toMatch(/Changes in full|Look at these twice/u);
  });
});

describe('the diff of a pattern', () => {
  it('shows what changes with three lines around it', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const after = lines.with(10, 'other');
    expect(patternDiff(lines.join('\n'), after.join('\n'))).toEqual([
      '@@ -8,7 +8,7 @@',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+other',
      ' line 11',
      ' line 12',
      ' line 13',
    ]);
  });

  it.each([
    ['line ends', 'a\r\nb\r\n', 'a\nb\n'],
    ['the last line end', 'a\nb', 'a\nb\n\n'],
    ['a byte order mark', '\ufeffa', 'a'],
  ])('takes %s for no difference', (_, from, to) => {
    expect(patternDiff(from, to)).toEqual([]);
  });

  it('is bounded in lines and in the length of each', () => {
    const long = patternDiff('', Array.from({ length: 900 }, (_, index) => `${index}${'x'.repeat(200)}`).join('\n'));
    expect(long).toHaveLength(300);
    expect(long.at(-1)).toBe('… and 602 more lines');
    expect(patternDiff('', 'y'.repeat(5_000))[1]).toHaveLength(400);
  });

  it('falls back to numbers for texts that have too little in common, or are too long, in a short time', () => {
    const text = (word: string): string => Array.from({ length: 5_000 }, (_, index) => `${word}${index}`).join('\n');
    const start = performance.now();
    expect(patternDiff(text('a'), text('b'))).toEqual(['too much to show: 5000 lines before, 5000 lines after']);
    expect(patternDiff('', 'z\n'.repeat(500_000))).toEqual(['too much to show: 0 lines before, 500000 lines after']);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

/** A plan in which everything that can be foreign is. */
function hostile(text: string): Report {
  const body = write({ name: text, description: text, payload: `${text}\n\`\`\`\n~~~\n</details>`, tags: [text] });
  const outcomes: Outcome[] = [
    planned({
      kind: 'create',
      detection: detection('a', { name: text, path: `${text}/a.json` }),
      body,
      replaces: null,
    }),
    planned({
      kind: 'update',
      detection: detection('b', { name: text }),
      rule: rule(UUID_B),
      body,
      changes: [
        { field: 'name', from: text, to: `${text}2` },
        { field: 'payload', from: `x\n${text}`, to: `${text}\ny\n   \`\`\`` },
      ],
      replaces: null,
    }),
  ];
  const attention = new Map([['detections/b.json', [{ code: 'turned-on', message: text } as const]]]);
  return report({ mode: 'plan', pullRequest: 1, outcomes, attention, notes: [text], scope: text });
}

describe('hostile text in a plan', () => {
  it.each(HOSTILE)('stays text in summary and comment: %j', (text) => {
    const whole = comment(hostile(text), MARKER);
    const open = /^(`{3,})diff\n(?:[ +\-@…t].*\n)*?\1$/gmu;
    expect(whole.match(open)).toHaveLength(2);
    const markdown = whole.slice(MARKER.length).replace(open, '');
    expect(markdown).not.toMatch(/<(?!\/?(?:code|br|b|details|summary|span)>|!-- -->)/u);
    expect(markdown.match(/<details>/gu)).toHaveLength(2);
    expect(markdown.match(/<\/details>/gu)).toHaveLength(2);
    expect(markdown).not.toMatch(/@(?!<!-- -->)|(?<!&)#(?![# ]|<!-- -->)|www\./u);
    expect(markdown.replace(/\(https:\/\/github\.example\S+\)/u, '')).not.toMatch(/https?:\/\//u);
    expect(whole).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069\r]/u);
    // Every row of a table has the columns of its head.
    for (const table of markdown.match(/(?:^\|.*\n)+/gmu) ?? []) {
      expect(
        new Set(
          table
            .trim()
            .split('\n')
            .map((line) => line.split('|').length),
        ).size,
      ).toBe(1);
    }
  });
});

describe('a long plan', () => {
  const wide = Array.from({ length: 200 }, (_, index) => `    field.${index}: "✗✗✗✗✗✗✗✗✗✗"`).join('\n');
  const outcomes = Array.from({ length: 400 }, (_, index) =>
    created(String(index).padStart(3, '0'), { payload: wide }),
  );
  const long = report({ mode: 'plan', pullRequest: 7, outcomes });

  it('stays below the limit of a comment, says what was left out and links to the run', () => {
    const text = comment(long, MARKER);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('<details><summary>All 400 in a table</summary>');
    expect(text).toMatch(/_\d+ rows left out: the summary of the run has all\._/u);
    expect(text).toContain('](https://github.example/acme/detections/actions/runs/7/attempts/1)');
    expect(text.match(/<details>/gu)?.length ?? 0).toBe(text.match(/<\/details>/gu)?.length ?? 0);
    expect((text.match(/^```/gmu)?.length ?? 0) % 2).toBe(0);
  });

  it('is not hidden by one rule that is too long to show', () => {
    const huge = created('!', { payload: '<&'.repeat(4_000), description: '$'.repeat(1_000), goal: '|'.repeat(1_000) });
    const text = comment(report({ mode: 'plan', outcomes: [huge, created('small')] }), MARKER, 9_000);
    expect(text).toContain('_1 row left out: the summary of the run has all._');
    expect(text).toContain('<summary>create: <b>Rule small</b>');
  });
});

describe('a comment', () => {
  it('is found by its own marker: other communities and folders have others', () => {
    const markers = [
      ['https://a', 'detections'],
      ['https://b', 'detections'],
      ['https://a', 'rules'],
      ['https://a'],
    ].map(commentMarker);
    expect(new Set(markers).size).toBe(4);
    for (const marker of markers) expect(marker).toMatch(/^<!-- sekoia-detections-action plan [0-9a-f]{16} -->$/u);
  });

  it('is not worth it where there is nothing to tell', () => {
    expect(isWorthAComment(report({ mode: 'plan' }))).toBe(false);
    expect(isWorthAComment(plan)).toBe(true);
  });
});
