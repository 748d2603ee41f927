import { describe, expect, it } from '@jest/globals';
import { isOurs, marked } from '../../src/writeback/our-commits.js';
import { pullRequestBranchName } from '../../src/writeback/pull-request-text.js';

describe('a commit on the branch of the pull request', () => {
  const message = marked('Add UUIDs');

  it.each([
    ['is ours as the action made it', message, 0, true],
    ['is a person’s without the mark', 'Add UUIDs', 0, false],
    ['is a person’s when it only speaks of the mark', `${message}\nsays the bot`, 0, false],
    ['is a person’s when it was amended or rebased', message, 3_600_000, false],
    ['is a person’s when GitHub does not tell its times', message, Number.NaN, false],
  ])('%s', (_, text, later, ours) => {
    expect(isOurs({ message: text, authoredAt: 1_000, committedAt: 1_000 + later })).toBe(ours);
  });
});

it('has one name for the default branch, and one for each other', () => {
  expect(pullRequestBranchName('main', 'main')).toBe('sekoia-detections/uuids');
  expect(pullRequestBranchName('staging', 'main')).toBe('sekoia-detections/uuids-staging');
  expect(pullRequestBranchName('release/1', null)).toBe('sekoia-detections/uuids-release/1');
});
