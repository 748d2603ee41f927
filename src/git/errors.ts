import { ActionError } from '../errors.js';
import { shorten } from '../text.js';

export type GitErrorCode =
  | 'git-missing'
  | 'not-a-repository'
  | 'dubious-ownership'
  | 'not-at-root'
  | 'commit-missing'
  | 'object-missing'
  | 'fetch-failed'
  | 'push-refused'
  | 'push-failed'
  | 'command-failed'
  | 'cancelled';

/** Something about the repository or its server that keeps the run from going on. */
export class GitError extends ActionError<GitErrorCode> {}

/** What git's text says, as far as it matters here. */
export type Symptom =
  | 'dubious-ownership'
  | 'not-a-repository'
  /** The server has no such commit, or does not hand it out. */
  | 'unknown-commit'
  /** Someone else pushed in between. */
  | 'branch-moved'
  | 'unsigned-commit'
  | 'protected-branch'
  | 'not-authenticated'
  | 'not-permitted'
  | 'no-such-repository'
  | 'other';

/**
 * The only place that matches on git's texts; all commands run under LC_ALL=C. The order matters where a text holds two:
 * a refusal by a rule comes with the 403 or the rejection that it causes.
 */
const SYMPTOMS: readonly (readonly [Exclude<Symptom, 'other'>, RegExp])[] = [
  // git 2.35.2 said "unsafe repository".
  ['dubious-ownership', /dubious ownership|unsafe repository/],
  ['not-a-repository', /not a git repository|must be run in a work tree/i],
  [
    'unknown-commit',
    /not our ref|couldn't find remote ref|no such remote ref|does not allow request for unadvertised object/i,
  ],
  ['unsigned-commit', /must have (?:a )?(?:verified|valid) signatures?/i],
  [
    'protected-branch',
    /GH006|GH013|protected branch|rule violations|hook declined|changes must be made through a pull request/i,
  ],
  // action-engineering.md §2.3
  [
    'branch-moved',
    /fetch first|non-fast-forward|cannot lock ref|failed to update ref|stale info|incorrect old value|reference already exists/,
  ],
  [
    'not-permitted',
    /returned error: 403|permission to \S+ denied|write access to repository not granted|archived so it is read-only/i,
  ],
  [
    'not-authenticated',
    /authentication failed|could not read (?:username|password)|returned error: 40[01]|permission denied \(publickey|host key verification failed/i,
  ],
  ['no-such-repository', /repository (?:\S+ )?not found|returned error: 404|does not appear to be a git repository/i],
];

export function symptomOf(text: string): Symptom {
  return SYMPTOMS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}

/** The server's own words (`remote: ...`) where it said any, else git's, on one line. */
export function wordsOf(stderr: string): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('hint:'));
  const remote = lines.filter((line) => line.startsWith('remote:')).map((line) => line.slice(7).trim());
  const words = (remote.some((line) => line !== '') ? remote : lines).filter((line) => line !== '').join(' ');
  return words === '' ? 'git said nothing' : shorten(words, 1500);
}

/** What to do about a server that does not let us in, for fetch and push alike. */
export function accessHelp(symptom: Symptom): string {
  switch (symptom) {
    case 'not-authenticated':
      return 'Check the input github-token (an expired or revoked token looks like this); for an SSH remote, check the key of the checkout step.';
    case 'not-permitted':
      return 'Give the job `permissions: contents: write`, or a github-token that may write to this repository.';
    case 'no-such-repository':
      return 'Check that github-token can see this repository, and that the remote "origin" of the checkout names it.';
    default:
      return 'Run the job again; if it stays so, look at the network and proxy settings of the runner.';
  }
}
