import type { Repository } from '../git/repository.js';
import type { CommitSha } from '../git/types.js';
import type { CarriedEdits } from './branch.js';
import { isRegular } from './follow-files.js';
import type { MetadataFiles, UuidEdit } from './types.js';

/**
 * The UUIDs that a branch brought into metadata files since it left its base.
 *
 * @throws GitError when a commit cannot be read.
 */
export async function carriedEdits(
  {
    repository,
    metadata,
  }: {
    readonly repository: Pick<Repository, 'findFiles' | 'readBlobs' | 'changedFiles'>;
    readonly metadata: MetadataFiles;
  },
  { base, head }: { readonly base: CommitSha; readonly head: CommitSha },
): Promise<CarriedEdits> {
  const changed = (await repository.changedFiles(base, head))
    .filter(({ status }) => status === 'modified')
    .map(({ path }) => path);
  const contentsAt = async (commit: CommitSha): Promise<ReadonlyMap<string, Buffer>> => {
    const files = (await repository.findFiles(commit, changed)).filter(({ mode }) => isRegular(mode));
    const contents = await repository.readBlobs(files.map(({ object }) => object));
    return new Map(
      files.flatMap(({ path, object }) => {
        const content = contents.get(object);
        return content === undefined ? [] : [[path, content]];
      }),
    );
  };
  const [before, after] = [await contentsAt(base), await contentsAt(head)];
  const edits = changed.flatMap((path): readonly UuidEdit[] => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old === undefined || now === undefined) return [];
    return metadata.broughtUuids({ path, before: old, after: now }).map((each) => ({ path, ...each }));
  });
  return { edits, from: base };
}
