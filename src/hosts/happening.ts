import { EventError } from '../event.js';
import type { RunEvent, Start } from '../event.js';
import type { CommitSha } from '../git/types.js';
import type { Settings } from '../inputs.js';
import { shorten } from '../text.js';

/** What started a job, as its system tells; GitHub's events are richer and have a reader of their own (github-event.ts). */
export interface Happening {
  readonly kind: 'push' | 'merge-request' | 'tag' | 'schedule' | 'by-hand' | 'unknown';
  /** `owner/name`, with as many owners as the system has. */
  readonly repository: string;
  readonly head: CommitSha;
  /** Null for merge requests, tags, and where it is not known. */
  readonly branch: string | null;
  readonly defaultBranch: string | null;
  /** What a merge request is about; null for all else. */
  readonly mergeRequest: { readonly number: number | null; readonly into: string | null } | null;
  /** Where the comparison starts, as long as the input `scope` does not say otherwise. */
  readonly start: Start;
  readonly runUrl: string | null;
}

/**
 * The event of a run on a system other than GitHub (design.md "Contract", row `mode`).
 *
 * @throws EventError `deploy-not-allowed`, `drift-not-allowed`, `import-not-allowed` off a branch.
 */
export function eventOf(happening: Happening, settings: Pick<Settings, 'mode' | 'scope'>): RunEvent {
  const { kind, repository, head, branch, defaultBranch, mergeRequest, runUrl } = happening;
  return {
    name: kind,
    repository,
    ...modeOf(settings.mode, happening),
    head,
    branch,
    defaultBranch,
    into: mergeRequest === null ? (defaultBranch ?? branch) : mergeRequest.into,
    pullRequest: mergeRequest?.number ?? null,
    start: settings.scope === 'all' ? { kind: 'all', reason: 'scope is all' } : happening.start,
    runUrl,
    nothingToDo: null,
  };
}

/** A commit that the system names. */
export function startAt(commit: CommitSha, reason: string): Start {
  return { kind: 'commit', commit, forced: false, reason };
}

/** Where a commit is missed: the last deployed one takes its place, if there is one. */
export function startUnknown(reason: string): Start {
  return { kind: 'all', reason, fallback: true };
}

interface Mode {
  readonly mode: RunEvent['mode'];
  readonly modeReason: string;
}

function modeOf(asked: Settings['mode'], happening: Happening): Mode {
  switch (asked) {
    case 'validate':
    case 'plan':
    case 'alert-types':
      return { mode: asked, modeReason: 'it was asked for' };
    case 'deploy':
    case 'drift':
    case 'import':
      if (happening.branch === null) throw offBranch(asked, happening);
      return { mode: asked, modeReason: 'it was asked for' };
    case 'auto':
      return automaticMode(happening);
  }
}

function automaticMode(happening: Happening): Mode {
  const { kind, branch, defaultBranch } = happening;
  const plan = (modeReason: string): Mode => ({ mode: 'plan', modeReason });
  if (branch === null) return plan(`${placeOf(happening)} does not deploy`);
  if (defaultBranch === null) return plan(`it is not known which branch is the default, so ${branch} may not be`);
  if (branch !== defaultBranch) return plan(`this is branch ${branch}, and only ${defaultBranch} deploys`);
  const why = { push: 'a push to', schedule: 'a schedule on', 'by-hand': 'a run by hand on' }[kind as string];
  return { mode: 'deploy', modeReason: `${why ?? 'this is'} the default branch ${branch}` };
}

/** What is not merged, or stands on no branch, must not reach the platform: its UUIDs could not be written back. */
function offBranch(mode: 'deploy' | 'drift' | 'import', happening: Happening): EventError {
  const where = placeOf(happening);
  return new EventError(
    `${mode}-not-allowed`,
    {
      deploy: `A deployment does not go with ${where}: deployments come from branches.`,
      drift: `A look for drift does not go with ${where}: what is deployed comes from branches.`,
      import: `An import does not go with ${where}: its files are for a branch.`,
    }[mode],
    mode === 'deploy'
      ? 'Use `run` in its place, which plans here and deploys on the default branch.'
      : 'Run it on a schedule or by hand on the branch that deploys.',
  );
}

function placeOf({ kind, head }: Happening): string {
  switch (kind) {
    case 'merge-request':
      return 'a merge request';
    case 'tag':
      return 'a tag';
    default:
      return `the commit ${shorten(head, 12)}, which is checked out without a branch,`;
  }
}
