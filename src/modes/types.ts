import type { RunEvent } from '../event.js';
import type { Forge } from '../forge/types.js';
import type { Repository } from '../git/repository.js';
import type { Settings } from '../inputs.js';
import type { World } from '../world.js';

/** What every mode starts from. */
export interface ModeRun {
  readonly world: World;
  readonly settings: Settings;
  readonly event: RunEvent;
  readonly repository: Repository;
}

/** One that talks to the platform, and to the server of the repository. */
export interface TalkingRun extends ModeRun {
  readonly apiKey: string;
  readonly forge: Forge;
  /** That of the forge. Without an answer a commit counts as not behind. */
  readonly compare: Forge['compare'];
}
