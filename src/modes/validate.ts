import { findChanges } from '../changes/find-changes.js';
import { readDetections } from '../detections/read-detections.js';
import { workTreeSource } from '../detections/work-tree-source.js';
import { makeReport } from '../report/make-report.js';
import { publish } from '../report/publish.js';
import { scopeInWords } from '../report/words.js';
import { nothingFor } from './nothing.js';
import type { ModeRun } from './types.js';

/** Checks the files of the work tree; no key, no request. */
export async function validate({ world, settings, event, repository }: ModeRun): Promise<0 | 1> {
  const changes = await findChanges({ repository, event, log: world.log });
  const source = workTreeSource(repository.root);
  const read = await readDetections({ source, roots: settings.detections, changes, checks: settings.checks });
  return publish(makeReport({ ...nothingFor(event), scope: scopeInWords(changes), read, notes: read.notes }), world);
}
