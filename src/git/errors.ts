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
export class GitError extends ActionError<GitErrorCode> {
  /** What git's text gave as the reason; `other` where it gave none that is known. */
  readonly reason: Symptom;

  constructor(
    code: GitErrorCode,
    message: string,
    help: string,
    options: ErrorOptions & { readonly reason?: Symptom } = {},
  ) {
    super(code, message, help, options);
    this.reason = options.reason ?? 'other';
  }
}

/** What git's text says, as far as it matters here. */
export type Symptom =
  | 'dubious-ownership'
  | 'not-a-repository'
  /** The server has no such commit, or does not hand it out. */
  | 'unknown-commit'
  /** No commit lies between what was left out and what was asked for. */
  | 'nothing-between'
  /** Someone else pushed in between. */
  | 'branch-moved'
  /** `refs/a` stands in the way of `refs/a/b`, or the other way round. */
  | 'name-taken'
  /** Another process holds the ref's lock. */
  | 'locked'
  | 'unsigned-commit'
  | 'protected-branch'
  | 'hook-declined'
  | 'not-authenticated'
  | 'not-permitted'
  | 'no-such-repository'
  | 'no-space'
  /** The server was not reached, failed, or the connection broke off: it may be better a moment later. */
  | 'network'
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
  ['nothing-between', /error processing shallow info|no commits selected for shallow/i],
  ['no-space', /no space left on device|disk quota exceeded|not enough (?:disk )?space/i],
  ['unsigned-commit', /must have (?:a )?(?:verified|valid) signatures?/i],
  ['protected-branch', /GH006|GH013|protected branch|rule violations|changes must be made through a pull request/i],
  ['hook-declined', /hook declined/i],
  // The second is GitHub's, the third that of git 2.51 and newer.
  ['name-taken', /exists; cannot create|directory[ /]file conflict|refname conflict/i],
  ['locked', /\.lock': File exists|another git process seems to be running/i],
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
  // What curl, its TLS libraries, ssh and git itself say; `expected ...` is an answer that broke off.
  [
    'network',
    new RegExp(
      [
        /could(?:n't| not) (?:resolve|connect)|name or service not known|failed to connect/,
        /connection (?:refused|reset|closed|aborted|timed out|was )|network is unreachable|no route to host|broken pipe/,
        /tim(?:ed|e) ?out|operation too slow|(?:recv|send) failure|empty reply|rpc failed|\bcurl \d+|http\/2 (?:stream|framing)/,
        /returned error: (?:5\d\d|408|429)|\b(?:ssl|tls|gnutls|openssl|schannel)\b|gnutls_|ssl_|certificate/,
        /hung up unexpectedly|early eof|unexpected disconnect|fatal: expected |unable to access '[a-z+]+:\/\//,
        /bad line length|invalid index-pack output|could not read from remote repository/,
      ]
        .map(({ source }) => source)
        .join('|'),
      'i',
    ),
  ],
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

/**
 * Whether the same question may be answered a moment later. So may one with a token that was made a moment ago, which
 * GitHub does not know everywhere at once.
 */
export function mayPass(symptom: Symptom): boolean {
  return symptom === 'network' || symptom === 'not-authenticated';
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
    case 'no-space':
      return 'Make room on the disk of the runner (or of the server, where its words say so).';
    default:
      return 'Run the job again; if it stays so, look at the network and proxy settings of the runner.';
  }
}
