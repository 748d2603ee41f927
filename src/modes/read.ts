import type { Changes } from '../changes/types.js';
import { readDetections } from '../detections/read-detections.js';
import type { FileSource, ReadDetections } from '../detections/types.js';
import type { Settings } from '../inputs.js';

/**
 * The detections in the scope, read and checked as the inputs ask.
 *
 * @throws DetectionsError when the roots name nothing that can be looked at.
 */
export function readAsked(
  { detections, checks, requireTests }: Settings,
  { source, changes }: { readonly source: FileSource; readonly changes: Changes },
): Promise<ReadDetections> {
  return readDetections({ source, changes, roots: detections, checks, requireTests, target: null, targets: null });
}
