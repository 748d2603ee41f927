import { findChanges } from '../changes/find-changes.js';
import { workTreeSource } from '../detections/work-tree-source.js';
import { publish } from '../report/publish.js';
import type { ReportInput } from '../report/types.js';
import { scopeInWords } from '../report/words.js';
import { stopOf } from '../stop-of.js';
import { nothingFor } from './nothing.js';
import { readAsked } from './read.js';
import { reportOf } from './target-parts.js';
import { targetsOf } from './target-runs.js';
import type { OneTarget } from './target-runs.js';
import type { ModeRun } from './types.js';

/** Checks the files of the work tree as every target sees them; no key, no request. */
export async function validate(run: ModeRun): Promise<0 | 1> {
  const { world, settings, event, repository } = run;
  const changes = await findChanges({ repository, event, log: world.log });
  const source = workTreeSource(repository.root);
  const parts = [];
  for (const one of targetsOf(settings)) {
    const told = { ...nothingFor(event), scope: scopeInWords(changes) };
    const read = await readOne(run, one, told, () => readAsked(one, { source, changes }));
    parts.push({ run: one, told: read });
  }
  return publish(reportOf(parts), world);
}

/** Folders that one target names and that are not there are no other target's fault. */
async function readOne(
  { world }: ModeRun,
  { target }: OneTarget,
  told: ReportInput,
  read: () => ReturnType<typeof readAsked>,
): Promise<ReportInput> {
  try {
    const found = await read();
    return { ...told, read: found, notes: found.notes };
  } catch (thrown) {
    if (target.key === null) throw thrown;
    return { ...told, stopped: stopOf(thrown, world.log) };
  }
}
