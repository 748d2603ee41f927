import type { Changes } from '../changes/types.js';
import type { ReadDetections } from '../detections/types.js';
import { messageOf } from '../errors.js';
import type { RunEvent } from '../event.js';
import type { Repository } from '../git/repository.js';
import type { Authorship } from '../git/types.js';
import type { Log } from '../log.js';

/**
 * Who brought the files that a run looks at, for auditors. Asked for after all work is done: a run that is cancelled has
 * no time for it, and no run fails for it.
 */
export async function readAuthors(of: {
  readonly repository: Pick<Repository, 'authorsOf'>;
  readonly event: Pick<RunEvent, 'head'>;
  readonly changes: Changes;
  readonly read: Pick<ReadDetections, 'detections'>;
  readonly signal: AbortSignal;
  readonly log: Log;
}): Promise<ReadonlyMap<string, Authorship>> {
  const { repository, event, changes, read, signal, log } = of;
  if (signal.aborted) return new Map();
  const since = changes.scope === 'changed' ? changes : changes.since;
  const looked = read.detections.flatMap((each) =>
    each.kind === 'sound' ? [each.detection.path, each.detection.patternPath] : [each.path],
  );
  // Those that left the branch are among the files that changed.
  const paths =
    since === null ? looked : since.files.flatMap(({ path, from }) => [path, ...(from === undefined ? [] : [from])]);
  try {
    return await repository.authorsOf({ base: since?.base ?? null, head: event.head, paths });
  } catch (error) {
    log.debug(`Who brought the files is not known: ${messageOf(error)}`);
    return new Map();
  }
}
