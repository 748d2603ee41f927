import type { FaultAction } from '../support/github/faults.js';
import { HTML_AFTER, tooManyRequests, WAF_BLOCK } from '../support/sekoia/faults.js';
import type { Fault } from '../support/sekoia/faults.js';
import type { Edit } from './person.js';
import type { RequestName } from './requests.js';
import { USUAL_SPEED } from './scene.js';

/** Something that goes wrong at one request of a run. */
export interface FaultKind {
  readonly name: string;
  readonly meets: (request: RequestName) => boolean;
  /** What the server does with the request; `pass`: nothing out of the ordinary. */
  readonly sekoia: Fault | 'pass';
  readonly github: FaultAction | 'pass';
  /** What happens to the process when the request arrives, or so many milliseconds later. */
  readonly process?: { readonly signal: 'SIGKILL' | 'SIGINT'; readonly afterMs?: number };
  /** All later requests to the same server are cut as well, to the end of the run. */
  readonly andThen?: 'dark';
  /** The platform's list lags behind by so many milliseconds of the run's time. */
  readonly listLagMs?: number;
  /** What somebody pushes just before the branch is moved. */
  readonly push?: readonly Edit[];
  /** How much faster time runs, where the usual will not do. */
  readonly speed?: number;
}

const changes = ({ server, shape }: RequestName): boolean =>
  server === 'sekoia' ? !shape.startsWith('GET') : !shape.startsWith('GET') && !isGit(shape);
const isGit = (shape: string): boolean => /\/(?:info\/refs|git-upload-pack|git-receive-pack)$/u.test(shape);
const onSekoia = ({ server }: RequestName): boolean => server === 'sekoia';
const isWrite = (request: RequestName): boolean => changes(request) || request.shape.endsWith('git-receive-pack');
const isCreate = ({ server, shape }: RequestName): boolean => server === 'sekoia' && shape.startsWith('POST');
const movesBranch = ({ shape }: RequestName): boolean =>
  shape === 'GraphQL createCommitOnBranch' || shape === 'PATCH /git/refs/heads/main';
const any = (): boolean => true;

const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';
const HTML = { 'content-type': 'text/html' };
const DROP = { kind: 'drop' } as const;
const RESET = { kind: 'reset' } as const;
const HANG = { kind: 'hang' } as const;

/** Deadlines are what is waited for here: 30 s, three times for what may be sent again. */
const HANG_SPEED = 60;
/** A cancelled run has two seconds for what is in flight; that has to be more than the stand-ins need. */
const CANCEL_SPEED = 5;

export const FAULT_KINDS: readonly FaultKind[] = [
  { name: 'reset', meets: any, sekoia: RESET, github: RESET },
  { name: 'lost', meets: isWrite, sekoia: DROP, github: DROP },
  answered('502', any, 502, 'before'),
  answered('502-after', isWrite, 502, 'after'),
  answered('504-after', changes, 504, 'after'),
  answered('503', onSekoia, 503, 'before'),
  { name: 'html-after', meets: changes, sekoia: HTML_AFTER, github: htmlAfter() },
  { name: 'firewall', meets: onSekoia, sekoia: WAF_BLOCK, github: 'pass' },
  { name: 'truncated', meets: onSekoia, sekoia: { kind: 'truncated' }, github: 'pass' },
  { name: 'malformed', meets: onSekoia, sekoia: { kind: 'malformed-json' }, github: 'pass' },
  { name: 'throttled', meets: changesOrReads, sekoia: tooManyRequests(), github: secondaryLimit() },
  { name: 'throttled-1s', meets: onSekoia, sekoia: tooManyRequests('1'), github: 'pass' },
  { name: 'hang', meets: changesOrReads, sekoia: HANG, github: HANG, speed: HANG_SPEED },
  { name: 'timed-out', meets: onSekoia, sekoia: { kind: 'hang-after' }, github: 'pass', speed: HANG_SPEED },
  { name: 'dark', meets: any, sekoia: RESET, github: RESET, andThen: 'dark', speed: HANG_SPEED },
  { name: 'lost-then-dark', meets: isWrite, sekoia: DROP, github: DROP, andThen: 'dark', speed: HANG_SPEED },
  { name: 'lost-short-lag', meets: isCreate, sekoia: DROP, github: 'pass', listLagMs: 4_000 },
  { name: 'lost-long-lag', meets: isCreate, sekoia: DROP, github: 'pass', listLagMs: 600_000 },
  { name: 'kill-before', meets: any, sekoia: HANG, github: HANG, process: { signal: 'SIGKILL' } },
  { name: 'kill-after', meets: isWrite, sekoia: DROP, github: DROP, process: { signal: 'SIGKILL' } },
  { name: 'kill-answered', meets: isWrite, sekoia: 'pass', github: 'pass', process: { signal: 'SIGKILL', afterMs: 8 } },
  {
    name: 'cancel-hang',
    meets: changes,
    sekoia: HANG,
    github: HANG,
    process: { signal: 'SIGINT' },
    speed: CANCEL_SPEED,
  },
  {
    name: 'cancel-lost',
    meets: changes,
    sekoia: DROP,
    github: DROP,
    process: { signal: 'SIGINT' },
    speed: CANCEL_SPEED,
  },
  {
    name: 'cancel-answered',
    meets: changesOrReads,
    sekoia: { kind: 'delay', ms: 30 },
    github: { kind: 'delay', ms: 30 },
    process: { signal: 'SIGINT' },
    speed: CANCEL_SPEED,
  },
  somebodyPushes('note', [{ kind: 'note', text: 'Pushed meanwhile' }]),
  somebodyPushes('change', [{ kind: 'change', stem: 'detections/new-1', severity: 77 }]),
  somebodyPushes('move', [{ kind: 'move', stem: 'detections/new-1', to: 'detections/other/new-1' }]),
  somebodyPushes('rename', [
    { kind: 'move', stem: 'detections/new-1', to: 'detections/other/new-1' },
    { kind: 'change', stem: 'detections/other/new-1', name: 'Renamed meanwhile' },
  ]),
  somebodyPushes('remove', [{ kind: 'remove', stem: 'detections/new-1' }]),
];

function changesOrReads({ shape }: RequestName): boolean {
  return !isGit(shape);
}

function answered(name: string, meets: FaultKind['meets'], status: number, when: 'before' | 'after'): FaultKind {
  const answer = { status, body: BAD_GATEWAY, headers: HTML };
  return {
    name,
    meets,
    sekoia: { kind: when === 'after' ? 'answer-after' : 'answer', ...answer },
    github: { kind: 'answer', ...answer, when },
  };
}

function htmlAfter(): FaultAction {
  return { kind: 'answer', status: 200, body: BAD_GATEWAY, headers: HTML, when: 'after' };
}

/** action-engineering.md: GitHub's secondary limit says how long to wait. */
function secondaryLimit(): FaultAction {
  return {
    kind: 'answer',
    status: 403,
    body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
    headers: { 'retry-after': '1' },
  };
}

function somebodyPushes(what: string, push: readonly Edit[]): FaultKind {
  return { name: `push-${what}`, meets: movesBranch, sekoia: 'pass', github: 'pass', push, speed: USUAL_SPEED };
}
