import { commitSource } from '../detections/commit-source.js';
import { rememberSource } from '../detections/remember-source.js';
import { NO_CACHE, openReadCache } from '../detections/read-cache.js';
import type { ReadCache } from '../detections/read-cache.js';
import type { FileSource } from '../detections/types.js';
import type { CommitSha } from '../git/types.js';
import type { Log } from '../log.js';
import type { Settings, TargetSettings } from '../inputs.js';
import { DEFAULT_TARGET } from '../target.js';
import type { Target } from '../target.js';
import { pendingUuidsOnce } from './pending.js';
import { sharedReads } from './shared-reads.js';
import type { TalkingRun, TargetRun } from './types.js';

/** A target, and the settings with what is its own. */
export interface OneTarget {
  readonly target: Target;
  readonly settings: Settings;
  /** The same for all targets of a run: most files say the same to all of them. */
  readonly cache: ReadCache;
}

/** The targets of the run's share, in the order of the input; a run without targets has one. */
export function targetsOf(settings: Settings): readonly OneTarget[] {
  const { share, apiKey } = settings;
  if (share === null) {
    const target = { name: DEFAULT_TARGET, key: null, apiKey: apiKey ?? '', ring: null, community: null };
    return [{ target, settings, cache: NO_CACHE }];
  }
  const cache = openReadCache();
  return share.map((each) => {
    const { apiUrl, detections } = each;
    return { target: targetOf(each), settings: { ...settings, apiUrl, detections }, cache };
  });
}

/** The run once for each of them. */
export function targetRunsOf(run: TalkingRun): readonly TargetRun[] {
  const isPlain = run.settings.share === null;
  const shared = isPlain ? run : { ...run, ...sharedReads(run) };
  const pendingUuids = pendingUuidsOnce(shared);
  const sourceAt = isPlain ? sourcesOf(shared) : onceEach(sourcesOf(shared));
  const noticed = new Set<string>();
  return targetsOf(run.settings).map((one) => {
    const log = isPlain ? run.world.log : logOf(run.world.log, one.target.name, noticed);
    return { ...shared, ...one, world: { ...run.world, log }, pendingUuids, sourceAt };
  });
}

function sourcesOf({ repository }: Pick<TalkingRun, 'repository'>): TargetRun['sourceAt'] {
  return (commit) => commitSource(repository, commit);
}

/** What many targets want of one commit is read once. */
function onceEach(sourceAt: TargetRun['sourceAt']): TargetRun['sourceAt'] {
  const open = new Map<CommitSha, FileSource>();
  return (commit) => {
    const source = open.get(commit) ?? rememberSource(sourceAt(commit));
    open.set(commit, source);
    return source;
  };
}

function targetOf({ name, takesUuid, apiKey, ring, community }: TargetSettings): Target {
  return { name, key: { name, takesUuid }, apiKey: apiKey ?? '', ring, community };
}

/** Targets work side by side, so each line says whose it is. What all have to notice is an annotation once. */
function logOf(log: Log, name: string, noticed: Set<string>): Log {
  const own = (line: string): string => `${name}: ${line}`;
  const isFirst = (message: string): boolean => {
    const isKnown = noticed.has(message);
    noticed.add(message);
    return !isKnown;
  };
  return {
    info: (line) => {
      log.info(own(line));
    },
    debug: (line) => {
      log.debug(own(line));
    },
    notice: (message) => {
      if (isFirst(message)) log.notice(own(message));
      else log.info(own(message));
    },
    warning: (message) => {
      if (isFirst(message)) log.warning(own(message));
      else log.info(own(message));
    },
    group: (title, body) => log.group(own(title), body),
  };
}
