import type { Detection, ReadDetection } from './detections/types.js';
import { obstacleOf } from './plan/obstacles.js';
import type { Obstacle } from './plan/types.js';
import type { AlertType } from './sekoia/alert-types.js';
import type { Sekoia } from './sekoia/client.js';
import { SekoiaError } from './sekoia/errors.js';
import { findAlertType, nameOfType } from './sekoia/find-alert-type.js';
import { shorten } from './text.js';

export interface Resolved {
  /** Those that name their alert type have its UUID among their fields. */
  readonly detections: readonly ReadDetection[];
  /** Why the UUID of a detection's alert type is not known, by metadata path. */
  readonly held: ReadonlyMap<string, Obstacle>;
}

/**
 * Gives the detections that name their alert type its UUID. The platform is asked only where one does and is no draft;
 * when it does not answer, those are held back and no others.
 */
export async function resolveAlertTypes(
  sekoia: Pick<Sekoia, 'alertTypes'>,
  detections: readonly ReadDetection[],
): Promise<Resolved> {
  if (!detections.some((read) => read.kind === 'sound' && needsType(read.detection))) {
    return { detections, held: new Map() };
  }
  const types = await readTypes(sekoia);
  const held = new Map<string, Obstacle>();
  const resolved = detections.map((read): ReadDetection => {
    if (read.kind === 'faulty' || !needsType(read.detection)) return read;
    const { detection } = read;
    const found = uuidFor(detection.alertType ?? '', types);
    if (typeof found === 'string') {
      return { ...read, detection: { ...detection, fields: { ...detection.fields, alert_type_uuid: found } } };
    }
    held.set(detection.path, found);
    return read;
  });
  return { detections: resolved, held };
}

function needsType({ alertType, draft }: Detection): boolean {
  return alertType !== undefined && !draft;
}

async function readTypes(sekoia: Pick<Sekoia, 'alertTypes'>): Promise<readonly AlertType[] | SekoiaError> {
  try {
    return await sekoia.alertTypes();
  } catch (thrown) {
    if (thrown instanceof SekoiaError) return thrown;
    throw thrown;
  }
}

function uuidFor(written: string, types: readonly AlertType[] | SekoiaError): string | Obstacle {
  if (types instanceof SekoiaError) return obstacleOf(types);
  const found = findAlertType(types, written);
  switch (found.kind) {
    case 'found':
      return found.uuid;
    case 'unknown':
      return unknown(written, found.nearest);
    case 'ambiguous':
      return ambiguous(written, found.among);
  }
}

function unknown(written: string, nearest: readonly string[]): Obstacle {
  return {
    code: 'alert-type-unknown',
    message: `the platform has no alert type "${shorten(written, 80)}"`,
    help:
      nearest.length === 0
        ? 'Write the name of one that it has: `mode: alert-types` prints all of them.'
        : `Did you mean ${nearest.map((name) => `\`${shorten(name, 80)}\``).join(' or ')}? \`mode: alert-types\` prints all of them.`,
  };
}

/** More candidates than this help nobody. */
const SHOWN = 5;

function ambiguous(written: string, among: readonly AlertType[]): Obstacle {
  const shown = among.slice(0, SHOWN).map((type) => `${shorten(nameOfType(type), 80)} (${type.uuid ?? 'no UUID'})`);
  const more = among.length > SHOWN ? ` and ${among.length - SHOWN} more` : '';
  return {
    code: 'alert-type-ambiguous',
    message: `the alert type "${shorten(written, 80)}" is not one type of the platform alone, or has no UUID there: ${shown.join(', ')}${more}`,
    help: 'Write the category before it, such as intrusion-attempts/brute-force; where that is not enough, write `alert_type_uuid` with the UUID of the right one.',
  };
}
