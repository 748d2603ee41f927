import type { Repository } from '../git/repository.js';
import type { CommitSha, TreeFile } from '../git/types.js';
import { messageOf } from '../errors.js';
import type { EditedFile } from './branch.js';
import { followFiles, isRegular, type Place } from './follow-files.js';
import { memberOf } from './types.js';
import type { MetadataFiles, UuidEdit } from './types.js';

/** What one edit comes to on one commit of the branch. */
export type Applied =
  | { readonly kind: 'edited' | 'already-there' }
  | { readonly kind: 'lost'; readonly reason: string; readonly help: string };

export interface AppliedEdits {
  readonly applied: ReadonlyMap<UuidEdit, Applied>;
  /** The files that the edits change, whole and with their mode. */
  readonly files: readonly EditedFile[];
}

/** Where the edits are made. */
export interface Ground {
  readonly repository: Pick<Repository, 'findFiles' | 'readBlobs' | 'changedFiles'>;
  readonly branch: string;
  readonly metadata: MetadataFiles;
}

/** Edits, and the commit that their paths are of. */
export interface EditsOf {
  readonly edits: readonly UuidEdit[];
  readonly from: CommitSha;
}

/**
 * The edits made afresh on the files as they are in the commit, and in no other files. A file that was renamed or moved
 * since is followed. One bad file stops no other.
 *
 * @param before what other edits made of files already; it is part of the result.
 */
export async function applyEdits(
  ground: Ground,
  commit: CommitSha,
  { edits, from }: EditsOf,
  before: readonly EditedFile[] = [],
): Promise<AppliedEdits> {
  const places = await followFiles(ground, { from, to: commit, edits });
  const paths = new Set(edits.map((edit) => pathOf(edit, places.get(edit))));
  const found = await ground.repository.findFiles(commit, [...paths]);
  const regular = found.filter(({ mode }) => isRegular(mode));
  const contents = await ground.repository.readBlobs(regular.map(({ object }) => object));

  const trees = new Map(found.map((file) => [file.path, file]));
  const files = new Map<string, EditedFile>(before.map((file) => [file.path, file]));
  const applied = new Map<UuidEdit, Applied>();
  for (const edit of edits) {
    const place = places.get(edit);
    const path = pathOf(edit, place);
    const file = trees.get(path);
    const content = files.get(path)?.content ?? contents.get(file?.object ?? '');
    const result =
      place?.kind === 'several'
        ? severalTwins(ground, edit, place.paths)
        : applyEdit(ground, { ...edit, path }, file, content);
    if (result.kind === 'edited') files.set(path, result.file);
    applied.set(edit, result);
  }
  return { applied, files: [...files.values()] };
}

function pathOf({ path }: UuidEdit, place: Place | undefined): string {
  return place?.kind === 'moved' ? place.path : path;
}

function severalTwins({ branch }: Ground, edit: UuidEdit, paths: readonly string[]): AppliedEdit {
  return {
    kind: 'lost',
    reason: `${edit.path} is not what it was on the branch "${branch}", and more than one file may be it by now: ${paths.join(', ')}`,
    help: `Put ${memberOf(edit)} into the one that is meant.`,
  };
}

type AppliedEdit =
  | { readonly kind: 'edited'; readonly file: EditedFile }
  | { readonly kind: 'already-there' }
  | { readonly kind: 'lost'; readonly reason: string; readonly help: string };

function applyEdit(
  { branch, metadata }: Ground,
  edit: UuidEdit,
  file: TreeFile | undefined,
  content: Buffer | undefined,
): AppliedEdit {
  const byHand = `Put ${memberOf(edit)} into the file by hand, or the next run does not know the rule.`;
  if (file === undefined || content === undefined || !isRegular(file.mode)) {
    const reason =
      file === undefined
        ? `${edit.path} is not on the branch "${branch}" any more`
        : `${edit.path} on the branch "${branch}" is ${kindOf(file.mode)}, no regular file`;
    const help = `If the detection was renamed, put ${memberOf(edit)} into its new file; else look whether the rule is still wanted in Sekoia.`;
    return { kind: 'lost', reason, help };
  }
  try {
    const edited = metadata.putUuid({ path: edit.path, content }, edit);
    switch (edited.kind) {
      case 'edited':
        return { kind: 'edited', file: { path: edit.path, mode: modeOf(file.mode), content: edited.content } };
      case 'already-there':
        return { kind: 'already-there' };
      case 'other-uuid':
        return {
          kind: 'lost',
          reason: `${edit.path} on the branch "${branch}" has another UUID by now: ${edited.uuid}`,
          help: `Two rules may stand for this detection: keep one UUID in the file and remove the other rule in Sekoia (this run’s is ${edit.uuid}).`,
        };
      case 'not-editable':
        return { kind: 'lost', reason: `${edit.path} cannot be edited: ${edited.reason}`, help: byHand };
    }
  } catch (error) {
    return { kind: 'lost', reason: `${edit.path} cannot be edited: ${messageOf(error)}`, help: byHand };
  }
}

function modeOf(mode: TreeFile['mode']): EditedFile['mode'] {
  return mode === '100755' ? '100755' : '100644';
}

function kindOf(mode: TreeFile['mode']): string {
  return mode === '160000' ? 'a submodule' : 'a symbolic link';
}
