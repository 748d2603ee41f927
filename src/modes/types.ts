import type { RunEvent } from '../event.js';
import type { Repository } from '../git/repository.js';
import type { LazyGitHub } from '../github/lazily.js';
import type { GitHub } from '../github/types.js';
import type { Settings } from '../inputs.js';
import type { World } from '../world.js';

/** What every mode starts from. */
export interface ModeRun {
  readonly world: World;
  readonly settings: Settings;
  readonly event: RunEvent;
  readonly repository: Repository;
}

/** One that talks to the platform and to GitHub. */
export interface TalkingRun extends ModeRun {
  readonly apiKey: string;
  readonly github: LazyGitHub;
  /** GitHub's compare API. Without a token there is no answer, and a commit counts as not behind. */
  readonly compare: GitHub['compare'];
}
