import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { git } from '../support/client-repository/git.js';
import type { CommitDetails, FileChanges } from '../support/client-repository/commit-stream.js';
import { metadata, pair, pattern } from '../support/detections.js';
import type { Site } from '../support/site.js';

export interface Change {
  readonly files: FileChanges;
  readonly renames?: CommitDetails['renames'];
}

/** A run that faults strike: what was there before, the push it is for, and a newer push that may overtake it. */
export interface Scenario {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What it starts from: a repository without detections, or three that are deployed. */
  readonly from: 'nothing' | 'three';
  /** Further pushes and their runs. */
  readonly prepare: (site: Site) => Promise<void>;
  /** The push under test. */
  readonly change: (site: Site) => Promise<Change>;
  /** What comes after that push, before its run begins. */
  readonly afterPush?: (site: Site) => Promise<void>;
  readonly newer: (site: Site) => Promise<Change>;
}

const A = 'detections/a';
const B = 'detections/b';
const C = 'detections/c';

const nothing = (): Promise<void> => Promise.resolve();
const files = (changes: FileChanges) => (): Promise<Change> => Promise.resolve({ files: changes });

/** The three. */
export async function deployThree(site: Site): Promise<void> {
  await site.push({ ...pair(A, 'First detection'), ...pair(B, 'Second detection'), ...pair(C, 'Third detection') });
}

/** The metadata file at the branch's tip with other values. */
export async function withValues(site: Site, stem: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const text = String(await site.repository.readAt('main', `${stem}.json`));
  return `${JSON.stringify({ ...(JSON.parse(text) as object), ...values }, null, 2)}\n`;
}

function without(stem: string): FileChanges {
  return { [`${stem}.json`]: null, [`${stem}_sigma.yml`]: null };
}

async function pushOnly(site: Site, changes: FileChanges): Promise<void> {
  await site.repository.pull();
  await site.repository.commit(changes);
  await site.repository.push();
}

/** A run that created rules and was taken away before their UUIDs got onto the branch. */
async function killBeforeWriteBack(site: Site, changes: FileChanges): Promise<void> {
  let kill = (): void => undefined;
  const killWhen = new Promise<void>((resolve) => {
    kill = resolve;
  });
  site.github.faults.push({
    when: ({ graphql }) => {
      if (graphql !== undefined) kill();
      return graphql !== undefined;
    },
    times: 1,
    do: { kind: 'hang' },
  });
  await site.push(changes, { killWhen });
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'first',
    from: 'nothing',
    prepare: nothing,
    change: files({ ...pair(A, 'First detection'), ...pair(B, 'Second, with a comma') }),
    newer: files({ [`${A}_sigma.yml`]: pattern('newer.exe') }),
  },
  {
    name: 'first by push',
    inputs: { 'write-back': 'push' },
    from: 'nothing',
    prepare: nothing,
    change: files({ ...pair(A, 'First detection'), ...pair(B, 'Second detection') }),
    newer: files({ [`${B}_sigma.yml`]: pattern('newer.exe') }),
  },
  {
    name: 'update',
    from: 'three',
    prepare: nothing,
    change: async (site) => ({
      renames: { [`${C}.json`]: 'detections/moved/d.json', [`${C}_sigma.yml`]: 'detections/moved/d_sigma.yml' },
      files: {
        [`${A}_sigma.yml`]: pattern('b.exe'),
        [`${B}.json`]: await withValues(site, B, { severity: 60 }),
        'detections/moved/d.json': await withValues(site, C, { name: 'Renamed detection' }),
      },
    }),
    newer: async (site) => ({
      files: {
        [`${A}_sigma.yml`]: pattern('newer.exe'),
        [`${B}.json`]: await withValues(site, B, { severity: 80 }),
        'detections/moved/d_sigma.yml': pattern('newer.exe'),
      },
    }),
  },
  {
    name: 'removal',
    from: 'three',
    prepare: nothing,
    change: files({ ...without(B), [`${A}_sigma.yml`]: pattern('b.exe') }),
    newer: (site) => {
      const uuid = site.sekoia.customRules().find(({ name }) => name === 'Second detection')?.uuid;
      return Promise.resolve({ files: pair(B, 'Second detection', { uuid }) });
    },
  },
  {
    name: 'delete',
    inputs: { 'on-removed': 'delete' },
    from: 'three',
    prepare: nothing,
    change: files({ ...without(B), ...without(C), [`${A}_sigma.yml`]: pattern('b.exe') }),
    newer: files({ [`${A}_sigma.yml`]: pattern('newer.exe') }),
  },
  {
    name: 'adoption',
    from: 'three',
    prepare: (site) => {
      const model = site.sekoia.customRules().find(({ name }) => name === 'First detection');
      // As a run of another repository's making left them: one is the same, one is not.
      for (const name of ['Fourth detection', 'Fifth, with a comma']) {
        const severity = name.startsWith('Fifth') ? 90 : model!.severity;
        site.sekoia.seedRule({ ...model!, uuid: randomUUID(), instance_uuid: randomUUID(), name, severity });
      }
      return Promise.resolve();
    },
    change: files({ ...pair('detections/d', 'Fourth detection'), ...pair('detections/e', 'Fifth, with a comma') }),
    newer: files({ 'detections/e_sigma.yml': pattern('newer.exe') }),
  },
  {
    name: 'recreation',
    inputs: { 'on-missing': 'recreate' },
    from: 'three',
    prepare: (site) => {
      const lost = site.sekoia.customRules().find(({ name }) => name === 'Second detection');
      site.sekoia.rules.delete(lost!.uuid);
      return Promise.resolve();
    },
    change: files({ [`${A}_sigma.yml`]: pattern('b.exe'), [`${B}_sigma.yml`]: pattern('b.exe') }),
    newer: files({ [`${B}_sigma.yml`]: pattern('newer.exe') }),
  },
  {
    name: 'newer tip',
    from: 'three',
    prepare: nothing,
    change: files({ ...pair('detections/d', 'Fourth detection'), [`${A}_sigma.yml`]: pattern('b.exe') }),
    // Another run got its UUID onto the branch and was taken away before it could say that all is in place.
    afterPush: async (site) => {
      const ref = 'refs/sekoia-detections/default/main';
      const deployed = (await site.repository.tip(ref))!;
      const [tip] = await site.repository.log('main');
      await site.runFor({ before: tip!.parents[0]!, after: tip!.sha, ref: 'refs/heads/main' });
      const { bare } = site.repository;
      await git({ folder: bare, home: join(dirname(bare), 'home') }, 'update-ref', ref, deployed);
    },
    newer: files({ 'detections/d_sigma.yml': pattern('newer.exe') }),
  },
  {
    name: 'catching up',
    from: 'three',
    prepare: async (site) => {
      // Pushes whose runs were dropped.
      await pushOnly(site, { ...without(C), ...pair('detections/d', 'Fourth detection') });
      await pushOnly(site, { [`${A}_sigma.yml`]: pattern('b.exe') });
    },
    change: files({ [`${B}_sigma.yml`]: pattern('b.exe') }),
    newer: files({ [`${A}_sigma.yml`]: pattern('newer.exe') }),
  },
  {
    name: 'after a kill',
    from: 'three',
    prepare: (site) =>
      killBeforeWriteBack(site, {
        ...pair('detections/d', 'Fourth detection'),
        ...pair('detections/e', 'Fifth detection'),
        // Files without UUID that are equal are taken for one that moved.
        'detections/e_sigma.yml': pattern('e.exe'),
      }),
    change: () =>
      Promise.resolve({
        renames: {
          'detections/d.json': 'detections/moved/d.json',
          'detections/d_sigma.yml': 'detections/moved/d_sigma.yml',
        },
        files: { 'detections/moved/d.json': metadata('Renamed detection'), 'detections/e_sigma.yml': pattern('b.exe') },
      }),
    newer: files({ 'detections/e_sigma.yml': pattern('newer.exe') }),
  },
];
