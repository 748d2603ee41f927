import { ActionError, messageOf } from '../errors.js';
import type { CommitSha } from '../git/types.js';
import type { Repository } from '../git/repository.js';
import type { Log } from '../log.js';
import { count } from '../text.js';
import { applyEdits, type AppliedEdits } from './apply-edits.js';
import type { Attempt, WritableBranch } from './branch.js';
import { WriteBackError } from './errors.js';
import type { EditResult, PutUuid, UuidEdit, WriteBack } from './types.js';

export interface WriteBackRequest {
  /** `apiBranch` or `pushBranch`. */
  readonly branch: WritableBranch;
  /** Reads the files of the branch's tip. */
  readonly repository: Pick<Repository, 'findFiles' | 'readBlobs'>;
  readonly putUuid: PutUuid;
  readonly edits: readonly UuidEdit[];
  readonly message: string;
  /** Between 0 and 1, for the waits between two tries. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Aborted: the round under way is the last one. A cancelled run has seconds. */
  readonly signal?: AbortSignal;
  readonly log: Log;
}

/** Commits that are tried before giving up (action-engineering.md §2.3). */
const TRIES = 8;

/**
 * Puts the UUIDs into their files on the branch, in one commit. Each round starts from the branch's tip as it is then:
 * the files are read there, the edits made there, and the commit lands only if the tip is still the same. So there is
 * nothing to merge, a change that somebody makes meanwhile stays, and nothing is written twice.
 *
 * Nothing is thrown: what could not be put on the branch is `lost`, with its UUID, the reason and what to do.
 */
export async function writeBack(request: WriteBackRequest): Promise<WriteBack> {
  if (request.edits.length === 0) return { commit: null, parent: null, results: [] };
  try {
    return await rounds(request);
  } catch (error) {
    const edits = new Map(request.edits.map((edit) => [edit, { kind: 'edited' }] as const));
    return gaveUp(request, { applied: edits, files: [] }, error);
  }
}

async function rounds(request: WriteBackRequest): Promise<WriteBack> {
  const { branch, edits, log } = request;
  let last: AppliedEdits = { applied: new Map(edits.map((edit) => [edit, { kind: 'edited' }])), files: [] };
  // An earlier try may be on the branch although its answer was lost, or although git said that the branch had moved:
  // libcurl repeats a push whose connection broke off, and the repeat is the one that is refused.
  let tried = false;
  for (let round = 1; ; round++) {
    const tip = await branch.tip();
    let answer: Exclude<Attempt, { readonly kind: 'committed' }>;
    if (tip.kind === 'no-answer') {
      answer = tip;
    } else {
      if (tip.commit === null) return gaveUp(request, last, noBranch(branch.name));
      last = await applyEdits({ ...request, branch: branch.name }, tip.commit, edits);
      if (last.files.length === 0) return settled(last, tried ? 'already-there' : null, tip.commit, null);
      if (round > TRIES) return gaveUp(request, last, tooBusy(branch.name, null));
      tried = true;
      const attempt = await commitOrRefusal(request, tip.commit, last);
      if (attempt.kind === 'refused') return gaveUp(request, last, attempt.error);
      if (attempt.kind === 'committed') {
        log.info(`Committed ${count(last.files.length, 'UUID')} to "${branch.name}": ${attempt.commit}`);
        return settled(last, 'edited', attempt.commit, tip.commit);
      }
      answer = attempt;
    }
    const error = answer.kind === 'no-answer' ? answer.error : null;
    if (round > TRIES) return gaveUp(request, last, tooBusy(branch.name, error));
    if (request.signal?.aborted === true) return gaveUp(request, last, cancelled());
    const why = error?.message ?? `Somebody pushed to "${branch.name}" meanwhile.`;
    log.info(`${why} Reading the branch again (${round} of ${TRIES}).`);
    const asked = answer.kind === 'no-answer' ? answer.waitMs : 0;
    await request.sleep(waitBefore(round, asked, request.random()));
  }
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

const LONGEST_WAIT_MS = 60_000;

/**
 * Milliseconds before the next round: up to half a second, doubled each time up to 8 s, and as long as GitHub asked for.
 * Jitter over the whole span keeps writers that met once from meeting again.
 */
function waitBefore(round: number, askedMs: number, chance: number): number {
  const span = Math.min(8000, 500 * 2 ** (round - 1));
  return Math.min(LONGEST_WAIT_MS, askedMs) + Math.round(span * (0.1 + 0.9 * chance));
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
  return { commit: null, parent: null, results };
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
    'the run was cancelled before the commit got onto the branch',
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
