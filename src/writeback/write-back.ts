import { ActionError, messageOf } from '../errors.js';
import { GitError } from '../git/errors.js';
import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import { GitHubError } from '../github/errors.js';
import type { Log } from '../log.js';
import { count } from '../text.js';
import { applyEdits, type AppliedEdits } from './apply-edits.js';
import type { Attempt, CarriedEdits, WritableBranch } from './branch.js';
import { WriteBackError } from './errors.js';
import { TRIES, waitBefore } from './rounds.js';
import type { EditResult, MetadataFiles, UuidEdit, WriteBack } from './types.js';

export interface WriteBackRequest {
  /** `apiBranch`, `pushBranch` or `pullRequestBranch`. */
  readonly branch: WritableBranch;
  /** Reads the files of the branch's tip. */
  readonly repository: Pick<Repository, 'findFiles' | 'readBlobs' | 'changedFiles'>;
  readonly metadata: MetadataFiles;
  readonly edits: readonly UuidEdit[];
  /** The commit that the paths of the edits are of. */
  readonly head: CommitSha;
  readonly message: string;
  /** Between 0 and 1, for the waits between two tries. */
  readonly random: () => number;
  /** Ends early when the signal is aborted, and throws nothing. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Aborted: the round under way is the last one; a wait ends, and one more round is made. */
  readonly signal?: AbortSignal;
  /** Aborted: whatever is under way, the edits count as not written. A cancelled run has seconds. */
  readonly deadline?: AbortSignal;
  readonly log: Log;
}

/**
 * Puts the UUIDs into their files on the branch, in one commit. Each round starts from the branch's tip as it is then:
 * the files are read there, the edits made there, and the commit lands only if the tip is still the same. So there is
 * nothing to merge, a change that somebody makes meanwhile stays, and nothing is written twice.
 *
 * Nothing is thrown: what could not be put on the branch is `lost`, with its UUID, the reason and what to do.
 */
export async function writeBack(request: WriteBackRequest): Promise<WriteBack> {
  if (request.edits.length === 0) return { commit: null, parent: null, results: [] };
  const progress: Progress = {
    last: { applied: new Map(request.edits.map((edit) => [edit, { kind: 'edited' }])), files: [] },
  };
  const ended = new AbortController();
  try {
    return await Promise.race([rounds(request, progress), timeUp(request.deadline, ended.signal)]);
  } catch (error) {
    return gaveUp(request, progress.last, error);
  } finally {
    ended.abort();
  }
}

/** What is known so far; a run that is cut tells it. */
interface Progress {
  last: AppliedEdits;
}

/** Fails at the deadline, else never ends. */
function timeUp(deadline: AbortSignal | undefined, ended: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => {
      reject(cancelled());
    };
    if (deadline?.aborted === true) fail();
    else deadline?.addEventListener('abort', fail, { once: true, signal: ended });
  });
}

async function rounds(request: WriteBackRequest, progress: Progress): Promise<WriteBack> {
  const { branch, log } = request;
  // An earlier try may be on the branch although its answer was lost, or although git said that the branch had moved:
  // libcurl repeats a push whose connection broke off, and the repeat is the one that is refused.
  let tried = false;
  for (let round = 1; ; round++) {
    if (request.deadline?.aborted === true) throw cancelled();
    const tip = await branch.tip();
    let answer: Exclude<Attempt, { readonly kind: 'committed' }>;
    if (tip.kind === 'no-answer') {
      answer = tip;
    } else {
      if (tip.commit === null) return gaveUp(request, progress.last, noBranch(branch.name));
      const last = await applyAll(request, tip.commit, tip.carried);
      progress.last = last;
      if (last.files.length === 0) return settled(last, tried ? 'already-there' : null, tip.commit, null);
      if (round > TRIES) return gaveUp(request, last, tooBusy(branch.name, null));
      tried = true;
      const attempt = await commitOrRefusal(request, tip.commit, last);
      if (attempt.kind === 'refused') return gaveUp(request, last, attempt.error);
      if (attempt.kind === 'committed') {
        log.info(`Committed ${count(editedIn(last), 'UUID')} to "${branch.name}": ${attempt.commit}`);
        return settled(last, 'edited', attempt.commit, tip.commit);
      }
      answer = attempt;
    }
    const error = answer.kind === 'no-answer' ? answer.error : null;
    if (round > TRIES) return gaveUp(request, progress.last, tooBusy(branch.name, error));
    if (request.signal?.aborted === true) return gaveUp(request, progress.last, cancelled());
    const why = error?.message ?? `Somebody pushed to "${branch.name}" meanwhile.`;
    log.info(`${why} Reading the branch again (${round} of ${TRIES}).`);
    const asked = answer.kind === 'no-answer' ? answer.waitMs : 0;
    await request.sleep(waitBefore(round, asked, request.random()), request.signal);
  }
}

function editedIn({ applied }: AppliedEdits): number {
  return [...applied.values()].filter(({ kind }) => kind === 'edited').length;
}

/** Edits of earlier runs come first, so that this run's have the last word. Those that find no place are only told of. */
async function applyAll(
  request: WriteBackRequest,
  commit: CommitSha,
  carried: CarriedEdits | undefined,
): Promise<AppliedEdits> {
  const ground = { ...request, branch: request.branch.name };
  const own = { edits: request.edits, from: request.head };
  if (carried === undefined) return applyEdits(ground, commit, own);
  const earlier = await applyEdits(ground, commit, carried);
  for (const [{ uuid }, result] of earlier.applied) {
    if (result.kind === 'lost')
      request.log.notice(`The UUID ${uuid} of an earlier run has no place any more: ${result.reason}`);
  }
  return applyEdits(ground, commit, own, earlier.files);
}

/** A refusal is an answer like others here: what was found on the tip is kept for the report. */
async function commitOrRefusal(
  { branch, message }: WriteBackRequest,
  parent: CommitSha,
  { files }: AppliedEdits,
): Promise<Attempt | { readonly kind: 'refused'; readonly error: unknown }> {
  try {
    return await branch.commit(parent, files, message);
  } catch (error) {
    return { kind: 'refused', error };
  }
}

/**
 * @param ours the edits that this run brought onto the branch: those of the commit just made, or those that were found
 *   there after an earlier try; null for neither.
 * @param commit the commit that holds them.
 * @param parent what that commit sits on; null when it is not known.
 */
function settled(
  { applied }: AppliedEdits,
  ours: 'edited' | 'already-there' | null,
  commit: CommitSha,
  parent: CommitSha | null,
): WriteBack {
  const results = Array.from(applied, ([edit, result]): EditResult => {
    if (result.kind === 'lost') return { ...result, edit };
    return { kind: result.kind === ours ? 'written' : 'already-there', edit };
  });
  const isWritten = results.some(({ kind }) => kind === 'written');
  return { commit: isWritten ? commit : null, parent: isWritten ? parent : null, results };
}

function gaveUp({ branch, log }: WriteBackRequest, { applied }: AppliedEdits, error: unknown): WriteBack {
  const reason = messageOf(error);
  const help = error instanceof ActionError ? error.help : 'Run the workflow again, and tell us about this message.';
  log.info(`The UUIDs are not on "${branch.name}": ${reason}`);
  const results = Array.from(applied, ([edit, result]): EditResult => {
    switch (result.kind) {
      case 'edited':
        return { kind: 'lost', edit, reason, help };
      case 'lost':
        return { ...result, edit };
      case 'already-there':
        return { kind: 'already-there', edit };
    }
  });
  if (!isRefusal(error)) return { commit: null, parent: null, results };
  const edits = results.flatMap(({ edit }) => (applied.get(edit)?.kind === 'edited' ? [edit] : []));
  return { commit: null, parent: null, results, ...(edits.length === 0 ? {} : { refused: { edits, error } }) };
}

/** Rules or permissions: another way may be open where this one is not. */
function isRefusal(error: unknown): error is GitHubError | GitError {
  if (error instanceof GitHubError) return error.code === 'rule-violation' || error.code === 'not-permitted';
  return error instanceof GitError && error.code === 'push-refused';
}

function noBranch(branch: string): WriteBackError {
  return new WriteBackError(
    'branch-missing',
    `there is no branch "${branch}" (any more), or the token cannot see it`,
    'Put the UUIDs into the metadata files by hand, on the branch that took its place.',
  );
}

function cancelled(): WriteBackError {
  return new WriteBackError(
    'cancelled',
    'the run was cancelled before the commit was known to be on the branch',
    'Run the workflow again: it finds the rules by their names and adopts them.',
  );
}

function tooBusy(branch: string, error: Error | null): WriteBackError {
  return new WriteBackError(
    'branch-busy',
    `the commit did not get onto the branch "${branch}" in ${TRIES} tries: ${error?.message ?? 'it moved each time'}`,
    'Run the workflow again when the branch is quieter, or put the UUIDs into the metadata files by hand.',
    { cause: error },
  );
}
