import { fileURLToPath } from 'node:url';
import { git } from '../support/client-repository/git.js';
import { ALERT_TYPE, pattern } from '../support/detections.js';
import { ALERT_TYPES, uuidOf } from '../support/sekoia/reference-data.js';
import type { ServedRule } from '../support/sekoia/shapes.js';
import { startSite } from '../support/site.js';
import type { Site, SiteRun } from '../support/site.js';
import { rulesOfOthers } from './end-state.js';
import type { Promised } from './end-state.js';
import { createPerson, filesOf, NEW } from './person.js';
import type { Person, Wanted } from './person.js';

/** A client's world in which some detections are in place already, and rules of others that nobody may touch. */
export interface Scene {
  readonly site: Site;
  readonly person: Person;
  readonly promised: Omit<Promised, 'reported'>;
}

export interface SceneOptions {
  /** Detections that earlier runs have deployed, by stem. */
  readonly deployed: Readonly<Record<string, Pick<Wanted, 'name'> & Partial<Wanted>>>;
  /** Rules that an API key made and that no file knows yet. */
  readonly unclaimed?: readonly Partial<ServedRule>[];
  /** `never`: no run has ever ended here, so there is no deployed ref. */
  readonly ran: 'before' | 'never';
  readonly onRemoved?: 'disable' | 'delete';
}

/** design.md, "Deployed ref". */
export const DEPLOYED_REF = 'refs/sekoia-detections/default/main';

export async function openScene({
  deployed,
  unclaimed = [],
  ran,
  onRemoved = 'disable',
}: SceneOptions): Promise<Scene> {
  const wanted = new Map(Object.entries(deployed).map(([stem, fields]) => [stem, { ...NEW, ...fields }]));
  const files: Record<string, string> = { 'notes.txt': 'Notes\n' };
  for (const [stem, what] of wanted) {
    for (const [end, text] of Object.entries(filesOf(what, uuidFor(what)))) files[stem + end] = text;
  }
  const site = await startSite({ files });
  for (const what of wanted.values()) site.sekoia.seedRule(ruleOf(what));
  const ours = new Set([...wanted.values()].map(uuidFor));
  for (const fields of unclaimed) ours.add(site.sekoia.seedRule({ ...BY_KEY, ...fields }).uuid);
  site.sekoia.seedRule({ name: 'A rule that a person made', uuid: uuidOf('a rule that a person made') });
  site.sekoia.seedRule({ ...BY_KEY, name: 'A rule of another tool', uuid: uuidOf('a rule of another tool') });
  if (ran === 'before') {
    const { bare } = site.repository;
    await git({ folder: bare, home: bare }, 'update-ref', DEPLOYED_REF, 'refs/heads/main');
  }
  const person = createPerson(site, wanted);
  return { site, person, promised: { person, onRemoved, others: rulesOfOthers(site, ours) } };
}

const PRELOAD = fileURLToPath(new URL('../support/fast-time.mjs', import.meta.url));
/**
 * What the waits of a run are shortened by. Deadlines are as well: at 20 the stand-ins have a second and a half for an
 * answer that the platform has 30 seconds for, on a machine that is busy with other runs.
 */
export const USUAL_SPEED = 20;

/** The settings of a run in fast time. FAULT_SCRIPT names another bundle than `dist/index.js`. */
export function fastRun(speed: number, inputs: Readonly<Record<string, string>> = {}): SiteRun {
  const script = process.env['FAULT_SCRIPT'];
  return {
    preload: PRELOAD,
    env: { FAST_TIME: String(speed) },
    inputs,
    timeoutMs: 60_000,
    ...(script === undefined ? {} : { script }),
  };
}

/** The UUID of the rule of a detection that earlier runs have deployed. */
function uuidFor({ name }: Pick<Wanted, 'name'>): string {
  return uuidOf(`the rule of ${name}`);
}

const BY_KEY: Partial<ServedRule> = { created_by_type: 'apikey', updated_by_type: 'apikey' };

function ruleOf(what: Wanted): Partial<ServedRule> {
  const { name, severity, enabled } = what;
  const type = ALERT_TYPES.find(({ uuid }) => uuid === ALERT_TYPE);
  return {
    ...BY_KEY,
    uuid: uuidFor(what),
    name,
    severity,
    enabled,
    payload: pattern(what.process),
    ...(type === undefined ? {} : { alert_type: type }),
  };
}
