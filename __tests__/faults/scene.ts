import { fileURLToPath } from 'node:url';
import { git } from '../support/client-repository/git.js';
import { NO_COMMIT } from '../support/client-repository.js';
import type { ClientRepository, Push } from '../support/client-repository.js';
import { ALERT_TYPE, pattern } from '../support/detections.js';
import type { ActionRun } from '../support/runner.js';
import { ALERT_TYPES, uuidOf } from '../support/sekoia/reference-data.js';
import type { ServedRule } from '../support/sekoia/shapes.js';
import { startSite } from '../support/site.js';
import type { Site, SiteRun } from '../support/site.js';
import { rulesOfOthers } from './end-state.js';
import type { Promised } from './end-state.js';
import { createPerson, filesOf, NEW } from './person.js';
import type { Edit, Person, Wanted } from './person.js';
import { checkOut, copyTemplate, makeTemplate } from './template.js';

export interface SceneOptions {
  /** Detections that earlier runs have deployed, by stem. */
  readonly deployed: Readonly<Record<string, Pick<Wanted, 'name'> & Partial<Wanted>>>;
  /** Rules that an API key made and that no file knows yet. */
  readonly unclaimed?: readonly Partial<ServedRule>[];
  /** `never`: no run has ever ended here, so there is no deployed ref. */
  readonly ran: 'before' | 'never';
  readonly onRemoved?: 'disable' | 'delete';
  /** What is pushed before anything runs. */
  readonly edits?: readonly Edit[];
  /** Those of its files that are executable. */
  readonly executable?: readonly string[];
  /** How much history a checkout has: 0 is all. */
  readonly depth: 0 | 1;
}

/** What many scenes start from: a repository in which some detections are in place, and a push that no run has seen. */
export interface Stage {
  readonly options: SceneOptions;
  readonly repository: ClientRepository;
  readonly person: Person;
  readonly strike: () => Promise<void>;
}

/** A client's world of its own, with rules of others that nobody may touch. */
export interface Scene {
  readonly site: Site;
  readonly person: Person;
  readonly promised: Omit<Promised, 'reported'>;
  /** The run of a push, checked out afresh. */
  readonly runFor: (push: Push, settings: SiteRun) => Promise<ActionRun>;
  /** A run started by hand on the branch as it is. */
  readonly dispatch: (settings: SiteRun) => Promise<ActionRun>;
}

/** design.md, "Deployed ref". */
export const DEPLOYED_REF = 'refs/sekoia-detections/default/main';

export async function setStage(options: SceneOptions): Promise<Stage> {
  const wanted = wantedIn(options);
  const files: Record<string, string> = { 'notes.txt': 'Notes\n' };
  for (const [stem, what] of wanted) {
    for (const [end, text] of Object.entries(filesOf(what, uuidFor(what)))) files[stem + end] = text;
  }
  const repository = await makeTemplate(files);
  if (options.ran === 'before') {
    await git({ folder: repository.bare, home: repository.bare }, 'update-ref', DEPLOYED_REF, 'refs/heads/main');
  }
  const person = createPerson(repository, { wanted });
  if (options.edits !== undefined) await person.push(options.edits, options.executable);
  return { options, repository, person, strike: () => repository.cleanUp() };
}

export async function openScene({ options, repository: template, person: before }: Stage): Promise<Scene> {
  const { unclaimed = [], onRemoved = 'disable', depth } = options;
  const repository = await copyTemplate(template);
  const site = await startSite({ repository });
  const deployed = [...wantedIn(options).values()];
  for (const what of deployed) site.sekoia.seedRule(ruleOf(what));
  const ours = new Set(deployed.map(uuidFor));
  for (const fields of unclaimed) ours.add(site.sekoia.seedRule({ ...BY_KEY, ...fields }).uuid);
  site.sekoia.seedRule({ name: 'A rule that a person made', uuid: uuidOf('a rule that a person made') });
  site.sekoia.seedRule({ ...BY_KEY, name: 'A rule of another tool', uuid: uuidOf('a rule of another tool') });
  const person = createPerson(repository, before);
  const workspaceOf = (commit: string): Promise<string> => checkOut(site, template, commit, depth);
  return {
    site,
    person,
    promised: { person, onRemoved, others: rulesOfOthers(site, ours) },
    runFor: async (push, settings) => site.runFor(push, { ...settings, workspace: await workspaceOf(push.after) }),
    dispatch: async (settings) => {
      const tip = (await repository.tip('main')) ?? NO_COMMIT;
      return site.dispatch({ ...settings, workspace: await workspaceOf(tip) });
    },
  };
}

function wantedIn({ deployed }: SceneOptions): ReadonlyMap<string, Wanted> {
  return new Map(Object.entries(deployed).map(([stem, fields]) => [stem, { ...NEW, ...fields }]));
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
