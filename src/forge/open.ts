import type { Repository } from '../git/repository.js';
import type { ForgeKind } from '../hosts/types.js';
import { USER_AGENT } from '../version.js';
import type { World } from '../world.js';
import { gitForge } from './git.js';
import { githubForge } from './github.js';
import type { Forge } from './types.js';

/** What the host's server offers, ready to be asked. */
export function openForge(
  kind: ForgeKind,
  of: {
    readonly world: World;
    readonly repository: Repository;
    /** `owner/name`. */
    readonly name: string;
    readonly token: string;
  },
): Forge {
  const { world, repository, name, token } = of;
  const { log } = world;
  switch (kind.kind) {
    case 'github':
      return githubForge({
        apiUrl: kind.apiUrl,
        token,
        repository: name,
        userAgent: USER_AGENT,
        env: world.env,
        signal: world.signal,
        deadline: world.deadline,
        git: repository,
        log,
      });
    case 'git':
      return gitForge({ repository, mergeRequests: kind.mergeRequests, pushHelp: kind.pushHelp, log });
  }
}
