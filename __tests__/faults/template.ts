import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyClientRepository } from '../support/client-repository.js';
import type { ClientRepository, Push } from '../support/client-repository.js';
import { git } from '../support/client-repository/git.js';
import { DOOR } from '../support/command-door.js';
import type { Door } from '../support/command-door.js';
import type { ServedRule } from '../support/sekoia/shapes.js';
import { startSite } from '../support/site.js';
import type { Site } from '../support/site.js';
import { readPast } from './branch-content.js';
import type { Start } from './end-state.js';
import { deployThree } from './scenarios.js';
import type { Scenario } from './scenarios.js';

/** A world just before the run under test, to be copied for each cell: files are copied, nothing is made anew. */
export interface Template {
  readonly scenario: Scenario;
  readonly push: Push;
  readonly start: Start;
  /** A copy with servers of its own. */
  readonly open: () => Promise<OpenedTemplate>;
  readonly cleanUp: () => Promise<void>;
}

export interface OpenedTemplate {
  readonly site: Site;
  /** Another workspace of the push, as the checkout step would make it. */
  readonly workspace: () => Promise<string>;
}

/** Worlds to make templates from: what all scenarios have in common is done once. */
export interface Bases {
  readonly door: Door;
  readonly open: (from: Scenario['from']) => Promise<Site>;
  /** What the end of what starts here is measured by. */
  readonly start: (from: Scenario['from']) => Start;
  readonly cleanUp: () => Promise<void>;
}

export async function makeBases(door: Door = DOOR): Promise<Bases> {
  const made = new Map<Scenario['from'], Snapshot>();
  for (const from of ['nothing', 'three'] as const) {
    const site = await startSite({ door });
    seedOthers(site);
    if (from === 'three') await deployThree(site);
    made.set(from, { ...(await snapshot(site)), door });
  }
  return {
    door,
    open: (from) => openSnapshot(made.get(from)!),
    start: (from) => ({ others: othersOf(made.get(from)!.rules), gone: new Set(), onRemoved: 'disable' }),
    cleanUp: async () => {
      await Promise.all([...made.values()].map(({ repository }) => repository.cleanUp()));
    },
  };
}

/** A site that has been stopped, but for its files. */
interface Snapshot {
  readonly repository: ClientRepository;
  readonly rules: readonly ServedRule[];
  readonly door: Door;
}

async function snapshot({ repository, sekoia, github }: Site): Promise<Omit<Snapshot, 'door'>> {
  await Promise.all([github.stop(), sekoia.stop()]);
  await Promise.all([repository.bare, repository.clone].map(makeSmall));
  return { repository, rules: structuredClone([...sekoia.rules.values()]) };
}

/** Few files are quick to copy, and copies need not survive a loss of power. */
async function makeSmall(folder: string): Promise<void> {
  const call = { folder, home: folder };
  await git(call, 'repack', '-a', '-d', '--quiet');
  await git(call, 'config', 'core.fsync', 'none');
  await removeSamples(folder);
}

async function removeSamples(folder: string): Promise<void> {
  const hooks = join(folder, 'hooks');
  const names = (await readdir(hooks)).filter((name) => name.endsWith('.sample'));
  await Promise.all(names.map((name) => rm(join(hooks, name))));
}

async function openSnapshot({ repository, rules, door }: Snapshot): Promise<Site> {
  const site = await startSite({
    repository: await copyClientRepository(repository),
    sekoia: { verifiedRules: 0 },
    door,
  });
  for (const rule of structuredClone(rules)) site.sekoia.rules.set(rule.uuid, rule);
  return site;
}

export async function makeTemplate(scenario: Scenario, bases: Bases): Promise<Template> {
  const site = await bases.open(scenario.from);
  await scenario.prepare(site);
  const { files, renames } = await scenario.change(site);
  await site.repository.pull();
  await site.repository.commit(files, renames === undefined ? {} : { renames });
  const push = await site.repository.push();
  await scenario.afterPush?.(site);
  const { serverUrl } = site.github;
  const workspace = await site.checkout(push);
  await removeSamples(join(workspace, '.git'));
  const taken = await snapshot(site);
  const { rules } = taken;

  const { uuids } = await readPast(site.repository);
  const there = new Set(rules.map(({ uuid }) => uuid));
  const start: Start = {
    others: othersOf(rules),
    gone: new Set([...uuids].filter((uuid) => !there.has(uuid))),
    onRemoved: scenario.inputs?.['on-removed'] === 'delete' ? 'delete' : 'disable',
  };
  return {
    scenario,
    push,
    start,
    open: () => openCopy({ ...taken, door: bases.door, serverUrl, workspace }),
    cleanUp: () => site.repository.cleanUp(),
  };
}

/** Rules that are nobody's business here: one that a person made, one that another key made. */
function seedOthers(site: Site): void {
  site.sekoia.seedRule({ name: 'Other rule of a person', enabled: true });
  site.sekoia.seedRule({ name: 'Other rule of a key', enabled: true, created_by_type: 'apikey' });
}

/** Theirs and Sekoia's own. Rules that a run left behind, or that are there to be adopted, will have a file. */
function othersOf(rules: readonly ServedRule[]): Start['others'] {
  const others = rules.filter(({ name }) => name.startsWith('Other rule') || name.startsWith('Verified Rule'));
  return new Map(others.map((rule) => [rule.uuid, JSON.stringify(rule)]));
}

interface Made extends Snapshot {
  readonly serverUrl: string;
  readonly workspace: string;
}

async function openCopy(made: Made): Promise<OpenedTemplate> {
  const site = await openSnapshot(made);
  let copies = 0;
  return {
    site,
    async workspace() {
      copies += 1;
      const folder = join(dirname(site.repository.bare), `copy ${copies}`);
      const workspace = join(folder, 'detections');
      // The folder of the secret that the checkout's settings name stands beside the workspace's.
      const temp = join(dirname(dirname(made.workspace)), 'temp 1');
      const secrets = join(folder, 'temp');
      await Promise.all([cp(made.workspace, workspace, { recursive: true }), cp(temp, secrets, { recursive: true })]);
      const settings = [
        join(workspace, '.git', 'config'),
        ...(await readdir(secrets)).map((name) => join(secrets, name)),
      ];
      for (const file of settings) {
        const text = await readFile(file, 'utf8');
        const moved = text
          .replaceAll(made.serverUrl, site.github.serverUrl)
          .replaceAll(made.workspace, workspace)
          .replaceAll(temp, secrets);
        await writeFile(file, moved, { mode: 0o600 });
      }
      return workspace;
    },
  };
}
