import type { Changes } from '../changes/types.js';
import type { ReadCache } from '../detections/read-cache.js';
import { readDetections } from '../detections/read-detections.js';
import type { FileSource, ReadDetections } from '../detections/types.js';
import type { Settings } from '../inputs.js';
import type { Target } from '../target.js';

/**
 * The detections in the scope, read and checked as the inputs ask, as the target sees them.
 *
 * @throws DetectionsError when the roots name nothing that can be looked at.
 */
export function readAsked(
  of: { readonly settings: Settings; readonly target: Target; readonly cache: ReadCache },
  { source, changes }: { readonly source: FileSource; readonly changes: Changes },
): Promise<ReadDetections> {
  const { detections, checks, requireTests, targets } = of.settings;
  return readDetections({
    source,
    changes,
    roots: detections,
    checks,
    requireTests,
    target: of.target.key,
    targets: targets?.map(({ name, takesUuid }) => ({ name, takesUuid })) ?? null,
    cache: of.cache,
  });
}
