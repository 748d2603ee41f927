import { describe, expect, it } from '@jest/globals';
import { groups, lastLine } from '../../src/report/lines.js';
import type { ReportInput } from '../../src/report/types.js';
import {
  COMMIT,
  HARMFUL,
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
const written = { commit: COMMIT, parent: null, results: [{ kind: 'written', edit }] } as const;

describe('the log', () => {
  it('has one line a detection and one a finding', () => {
    const made = report({
      outcomes: [
        create('a'),
        update('b', [{ field: 'severity', from: 40, to: 60 }]),
        unchanged('c'),
        blocked('d', errors),
        update('e', [], { kind: 'failed', reason: '400 VA301', help: 'Shorten it.' }),
        none('f', 'a draft'),
      ],
      read: { detections: [], findings: errors, notes: [] },
      writeBack: written,
      notes: ['No detection below `old/`.'],
    });
    expect(groups(made)).toEqual([
      {
        title: '6 detections',
        lines: [
          'created       Rule a  aaaaaaaa-0000-4000-8000-000000000001  detections/a.json',
          'updated       Rule b  bbbbbbbb-0000-4000-8000-000000000002  detections/b.json  severity: 40 → 60',
          'unchanged     Rule c  bbbbbbbb-0000-4000-8000-000000000002  detections/c.json',
          'held back     Rule d  detections/d.json  There is no field `severty`. (detections/d.json:3); Did you mean `severity`?',
          'failed        Rule e  bbbbbbbb-0000-4000-8000-000000000002  detections/e.json  400 VA301; Shorten it.',
          'not deployed  Rule f  detections/f.json  a draft',
        ],
      },
      {
        title: '1 finding',
        lines: ['error  detections/d.json:3:5  field-unknown: There is no field `severty`. Did you mean `severity`?'],
      },
      { title: '1 note', lines: ['No detection below `old/`.'] },
    ]);
  });

  it.each(HOSTILE)('never starts a command for %j', (text) => {
    const made = report({
      scope: text,
      outcomes: [
        {
          operation: {
            kind: 'create',
            detection: detection('a', { name: text, path: text }),
            body: write(),
            replaces: null,
          },
          kind: 'done',
          uuid: UUID_A,
          reason: text,
          help: text,
        },
      ],
      read: { detections: [], findings: [finding(text, { code: text, message: text, help: text })], notes: [] },
      notes: [text],
    });
    const stopped = lastLine(report({ stopped: { message: text, help: text } }));
    const lines = [...groups(made).flatMap((group) => [group.title, ...group.lines]), lastLine(made), stopped];
    for (const line of lines) expect(line).not.toMatch(HARMFUL);
  });
});

describe('the last line', () => {
  it.each<[Partial<ReportInput>, string]>([
    [{}, 'Nothing to do. Compared with 89abcde, the commit before this push.'],
    [{ outcomes: [unchanged('c')] }, 'The detection is in place.'],
    [
      { outcomes: [create('a'), unchanged('c')], writeBack: written },
      `All 2 detections are in place. The new UUIDs are on the branch (commit ${COMMIT}).`,
    ],
    [{ outcomes: [unchanged('c'), none('d', 'a draft')] }, '1 detection is in place, 1 not deployed on purpose.'],
    [
      { outcomes: [create('a'), unchanged('c'), blocked('d', errors)], writeBack: written },
      `1 of 3 detections failed: fix the findings above and push again; the other 2 are in place. The new UUIDs are on the branch (commit ${COMMIT}).`,
    ],
    [
      { outcomes: [update('a', [], { kind: 'failed' }), none('f', 'a draft')] },
      '1 of 2 detections failed: see the reasons above, then run the workflow again; the other one needs nothing.',
    ],
    [
      { outcomes: [update('a', [], { kind: 'failed' }), blocked('d', errors)] },
      '2 of 2 detections failed: fix the findings above, see the reasons of the others, and push again.',
    ],
    [
      {
        outcomes: [create('a')],
        writeBack: {
          commit: null,
          parent: null,
          results: [{ kind: 'lost', edit, reason: 'refused', help: 'Allow it.' }],
        },
      },
      'The detection is in place. 1 new UUID is not on the branch: add what is listed above to the files and push, or the next run does not know the rule.',
    ],
    [{ outcomes: [create('a')] }, 'The detection is in place. Add the 1 new UUID listed above to the files.'],
    [
      { mode: 'validate', outcomes: [none('a', ''), blocked('d', errors)] },
      '1 of 2 detections has errors: fix the findings above and push again; the other one is sound.',
    ],
    [{ mode: 'validate', outcomes: [none('a', '')] }, '1 detection checked, no errors. Nothing was sent.'],
    [
      { stopped: { message: 'The key is wrong.', help: 'Renew it.' } },
      'The run was stopped: The key is wrong. Renew it.',
    ],
    [
      { stopped: { message: 'The token cannot write.', help: 'Add:\npermissions:\n  contents: write' } },
      'The run was stopped: The token cannot write. Add: permissions: contents: write',
    ],
  ])('%#: says what to do', (input, expected) => {
    expect(lastLine(report(input))).toBe(expected);
  });
});
