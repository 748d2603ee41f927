import { describe, expect, it } from '@jest/globals';
import { changeInWords, scopeInWords } from '../../src/report/words.js';
import type { FieldChange } from '../../src/plan/types.js';
import { COMMIT } from './samples.js';

describe('a change in words', () => {
  it.each<[FieldChange, string]>([
    [{ field: 'severity', from: 40, to: 60 }, 'severity: 40 → 60'],
    [{ field: 'enabled', from: true, to: false }, 'enabled: true → false'],
    [{ field: 'description', from: '', to: 'What it finds' }, 'description: empty → What it finds'],
    [{ field: 'goal', from: 'x'.repeat(100), to: null }, `goal: ${'x'.repeat(79)}… → empty`],
    [{ field: 'tags', from: ['a', 'b'], to: ['b', 'c'] }, 'tags: added c; removed a'],
    [{ field: 'tags', from: ['a', 'b'], to: ['b', 'a'] }, 'tags: in another order'],
    [{ field: 'tags', from: [], to: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }, 'tags: added a, b, c, d, e and 2 more'],
    [
      { field: 'event_fields', from: [], to: [{ field: 'a', description: 'b' }] },
      'event_fields: none → [{"field":"a","description":"b"}]',
    ],
    [{ field: 'payload', from: 'a\nb\n', to: 'a\nc\nd\ne\n' }, 'pattern: 3 lines added, 1 removed'],
    [{ field: 'payload', from: 'a\n', to: 'a\nb\n' }, 'pattern: 1 line added'],
    [{ field: 'payload', from: 'a\na\n', to: 'a\n' }, 'pattern: 1 line removed'],
    [{ field: 'payload', from: 'a\nb\n', to: 'b\na\n' }, 'pattern: lines in another order'],
  ])('%j', (change, expected) => {
    expect(changeInWords(change)).toBe(expected);
  });
});

describe('the scope in words', () => {
  it.each([
    [{ scope: 'all', reason: 'scope is all', since: null }, 'Looked at every detection: scope is all.'],
    [
      { scope: 'changed', base: COMMIT, reason: 'it was the tip before this push', files: [] },
      `Looked at what differs from ${COMMIT}: it was the tip before this push.`,
    ],
  ] as const)('%#: is a sentence', (changes, expected) => {
    expect(scopeInWords(changes)).toBe(expected);
  });
});
