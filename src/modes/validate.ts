import { findChanges } from '../changes/find-changes.js';
import { workTreeSource } from '../detections/work-tree-source.js';
import { makeReport } from '../report/make-report.js';
import { publish } from '../report/publish.js';
import { scopeInWords } from '../report/words.js';
import { nothingFor } from './nothing.js';
import { readAsked } from './read.js';
import type { ModeRun } from './types.js';

/** Checks the files of the work tree; no key, no request. */
export async function validate({ world, settings, event, repository }: ModeRun): Promise<0 | 1> {
  const changes = await findChanges({ repository, event, log: world.log });
  const source = workTreeSource(repository.root);
  const read = await readAsked(settings, { source, changes });
  return publish(makeReport({ ...nothingFor(event), scope: scopeInWords(changes), read, notes: read.notes }), world);
}
