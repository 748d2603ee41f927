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
  const identities = async (commit: CommitSha): Promise<ReadonlyMap<string, ReturnType<MetadataFiles['identify']>>> => {
    const files = (await repository.findFiles(commit, changed)).filter(({ mode }) => isRegular(mode));
    const contents = await repository.readBlobs(files.map(({ object }) => object));
    return new Map(
      files.map(({ path, object }) => {
        const content = contents.get(object);
        return [path, content === undefined ? undefined : metadata.identify({ path, content }, null)];
      }),
    );
  };
  const [before, after] = [await identities(base), await identities(head)];
  const edits = changed.flatMap((path): readonly UuidEdit[] => {
    const uuid = after.get(path)?.uuid ?? null;
    const replaces = before.get(path)?.uuid ?? null;
    return uuid === null || uuid === replaces ? [] : [{ path, uuid, replaces, target: null }];
  });
  return { edits, from: base };
}
