import type { ReadCache } from '../detections/read-cache.js';
import type { FileSource } from '../detections/types.js';
import type { RunEvent } from '../event.js';
import type { CommitSha } from '../git/types.js';
import type { Forge } from '../forge/types.js';
import type { Repository } from '../git/repository.js';
import type { Settings } from '../inputs.js';
import type { Pacers } from '../sekoia/pace.js';
import type { Target } from '../target.js';
import type { World } from '../world.js';
import type { PendingUuids } from '../writeback/pending-uuids.js';

/** What every mode starts from. */
export interface ModeRun {
  readonly world: World;
  readonly settings: Settings;
  readonly event: RunEvent;
  readonly repository: Repository;
}

/** One that talks to the platform, and to the server of the repository. */
export interface TalkingRun extends ModeRun {
  readonly forge: Forge;
  /** That of the forge. Without an answer a commit counts as not behind. */
  readonly compare: Forge['compare'];
  readonly pacers: Pacers;
}

/** One target's share of it: `settings` and the log are the target's own. */
export interface TargetRun extends TalkingRun {
  readonly target: Target;
  readonly cache: ReadCache;
  /** The files of a commit. */
  readonly sourceAt: (commit: CommitSha) => FileSource;
  /** The UUIDs that wait in a pull request of the branch. */
  readonly pendingUuids: (branch: string) => Promise<PendingUuids | null>;
}
