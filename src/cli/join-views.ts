import { pathOfRead } from '../detections/types.js';
import type { ReadDetection, ReadDetections } from '../detections/types.js';
import { distinctFindings } from '../report/join-reports.js';

/** What all targets see of the files, as one: at the desk a file is sound when it is sound for everybody. @param views at least one */
export function joinViews(views: readonly ReadDetections[]): ReadDetections {
  const [first, ...others] = views;
  if (first === undefined) throw new Error('a run has a target');
  if (others.length === 0) return first;
  const detections = new Map<string, ReadDetection>();
  for (const read of views.flatMap((view) => view.detections)) {
    const path = pathOfRead(read);
    if (detections.get(path)?.kind !== 'faulty') detections.set(path, read);
  }
  return {
    ...first,
    detections: [...detections.values()].sort((one, other) => (pathOfRead(one) < pathOfRead(other) ? -1 : 1)),
    findings: distinctFindings(views.flatMap(({ findings }) => findings)),
    notes: [...new Set(views.flatMap(({ notes }) => notes))],
    eventFiles: [...new Set(views.flatMap(({ eventFiles = [] }) => eventFiles))].sort(),
    ...(first.traces === undefined ? {} : { traces: new Map(views.flatMap(({ traces }) => [...(traces ?? [])])) }),
  };
}
