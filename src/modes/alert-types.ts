import { makeReport } from '../report/make-report.js';
import { publish } from '../report/publish.js';
import type { AlertTypeRow, ReportInput } from '../report/types.js';
import { ActionError } from '../errors.js';
import type { AlertType } from '../sekoia/alert-types.js';
import { nameOfType } from '../sekoia/find-alert-type.js';
import { openTarget, requireCommunity } from '../target.js';
import { nothingFor } from './nothing.js';
import { targetsOf } from './target-runs.js';
import type { ModeRun, TalkingRun } from './types.js';

/**
 * Lists the types that alerts can have, with the names and UUIDs that metadata files take. Reads only. With targets the
 * first of the share is asked.
 */
export async function alertTypes(run: Omit<ModeRun, 'repository'> & Pick<TalkingRun, 'pacers'>): Promise<0 | 1> {
  const { world, event } = run;
  const start = performance.now();
  const [first] = targetsOf(run.settings);
  if (first === undefined) throw new Error('a run has a target');
  const sekoia = openTarget({ ...run, ...first });
  const tell = (more: Partial<ReportInput>): Promise<0 | 1> => {
    const spent = { requests: sekoia.statistics.requests, elapsedMs: performance.now() - start };
    return publish(makeReport({ ...nothingFor(event), scope: SCOPE, ...more, spent }), world);
  };
  try {
    await requireCommunity(sekoia, first.target);
    return await tell({ alertTypes: inOrder((await sekoia.alertTypes()).map(rowOf)) });
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const { message, help } = error as ActionError;
    return await tell({ stopped: { message, help } });
  } finally {
    await sekoia.close();
  }
}

const SCOPE = 'Looked at no detection: the alert types of the platform were asked for.';

function rowOf(type: AlertType): AlertTypeRow {
  const { uuid, category, value, detail, description } = type;
  const shown = detail === '' ? value : detail;
  return { name: nameOfType(type), display: category === null ? shown : `${category} / ${shown}`, uuid, description };
}

function inOrder(rows: readonly AlertTypeRow[]): readonly AlertTypeRow[] {
  const key = ({ name, uuid }: AlertTypeRow): string => `${name} ${uuid ?? ''}`;
  return [...rows].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
