import { pair, pattern } from '../support/detections.js';
import type { Push } from '../support/client-repository.js';
import type { ActionRun } from '../support/runner.js';
import type { Site } from '../support/site.js';
import { arm } from './arm.js';
import { readBranch } from './branch-content.js';
import type { BranchDetection } from './branch-content.js';
import { endState } from './end-state.js';
import type { Start } from './end-state.js';
import { faultsOf, nameOf } from './history.js';
import type { Edit, Run, Step } from './history.js';
import { faster, namesDoubles, transcript } from './run-cell.js';

/** Why the end is a violation; null when platform and branch are the same after runs without faults. */
export async function runHistory(
  steps: readonly Step[],
  site: Site,
  start: Start,
  detail: 'short' | 'long',
): Promise<string | null> {
  const runs: ActionRun[] = [];
  const told = (what: string, problems: readonly string[]): string =>
    [what, ...problems, ...(detail === 'long' ? runs.map(transcript) : [])].join('\n    ');
  const person = newPerson(site);
  let slow: Promise<ActionRun>[] = [];
  let previous: Push | null = null;
  for (const { edits, run } of steps) {
    const push = await person.push(edits);
    const goingOn = slow;
    slow = [];
    switch (run.kind) {
      case 'dropped':
        slow = goingOn;
        break;
      case 'slow':
        slow = [...goingOn, startRun(site, push)];
        break;
      case 'clean':
        runs.push(await startRun(site, push));
        break;
      case 'with the previous':
        runs.push(
          ...(await Promise.all([push, ...(previous === null ? [] : [previous])].map((each) => startRun(site, each)))),
        );
        break;
      case 'faulty':
        runs.push(await faultyRun(site, push, run));
        break;
    }
    if (slow.length === 0) runs.push(...(await Promise.all(goingOn)));
    previous = push;
  }
  runs.push(...(await Promise.all(slow)));

  let problems: readonly string[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const run = await site.push({ 'notes.txt': `${round}` });
    runs.push(run);
    problems = await endState(site, start, runs);
    if (run.exitCode === 0) return problems.length === 0 ? null : told('green in the end, and yet:', problems);
  }
  return problems.length === 0 && namesDoubles(site, runs) ? null : told('never green again:', problems);
}

async function startRun(site: Site, push: Push): Promise<ActionRun> {
  return site.runFor(push, { workspace: await site.checkout(push) });
}

async function faultyRun(site: Site, push: Push, run: Run & { kind: 'faulty' }): Promise<ActionRun> {
  const kind = faultsOf(run.service).find((each) => nameOf(each) === run.fault);
  if (kind === undefined) throw new Error(`there is no fault "${run.fault}" of ${run.service}`);
  // The checkout is no part of the run.
  const workspace = await site.checkout(push);
  const armed = arm(site, { ...run, kind: null }, kind, () => Promise.resolve());
  try {
    return await site.runFor(push, { workspace, killWhen: armed.killed, ...faster(kind.fasterBy) });
  } finally {
    armed.disarm();
  }
}

/** Somebody who edits the branch as it is on the server. */
function newPerson(site: Site): { readonly push: (edits: readonly Edit[]) => Promise<Push> } {
  const removed: BranchDetection[] = [];
  let count = 0;

  const changeOf = (
    edits: readonly Edit[],
    there: readonly BranchDetection[],
  ): Readonly<Record<string, string | null>> => {
    const files: Record<string, string | null> = {};
    const left = [...there];
    const put = ({ stem, metadata, pattern: text }: Pick<BranchDetection, 'stem' | 'metadata' | 'pattern'>): void => {
      files[`${stem}.json`] = `${JSON.stringify(metadata, null, 2)}\n`;
      files[`${stem}_sigma.yml`] = text;
    };
    const take = (stem: string): void => {
      files[`${stem}.json`] = null;
      files[`${stem}_sigma.yml`] = null;
    };
    for (const edit of edits) {
      count += 1;
      if (edit.kind === 'add') {
        Object.assign(files, pair(`detections/new-${count}`, `New detection ${count}`));
        if (!edit.twin) files[`detections/new-${count}_sigma.yml`] = pattern(`new-${count}.exe`);
        continue;
      }
      if (edit.kind === 'restore') {
        const back = removed.pop();
        if (back !== undefined) put(back);
        continue;
      }
      const [detection] = left.splice(left.length === 0 ? 0 : edit.which % left.length, 1);
      if (detection === undefined) continue;
      const { stem, metadata } = detection;
      switch (edit.kind) {
        case 'pattern':
          put({ ...detection, pattern: pattern(`edited-${count}.exe`) });
          break;
        case 'severity':
          put({ ...detection, metadata: { ...metadata, severity: count } });
          break;
        case 'retitle':
          put({ ...detection, metadata: { ...metadata, name: `Retitled detection ${count}` } });
          break;
        case 'move':
          take(stem);
          put({ ...detection, stem: `detections/moved/${count}` });
          break;
        case 'move and retitle':
          take(stem);
          put({
            stem: `detections/moved/${count}`,
            metadata: { ...metadata, name: `Moved ${count}` },
            pattern: detection.pattern,
          });
          break;
        case 'remove':
          take(stem);
          removed.push(detection);
          break;
      }
    }
    return files;
  };

  return {
    async push(edits) {
      for (let tries = 1; ; tries += 1) {
        const [before, gone] = [count, [...removed]];
        await site.repository.pull();
        await site.repository.commit({
          ...changeOf(edits, await readBranch(site.repository)),
          'pushes.txt': `${count}`,
        });
        try {
          return await site.repository.push();
        } catch (error) {
          // A run that goes on has pushed meanwhile: the same once more, from what is there now.
          if (tries === 5) throw error;
          count = before;
          removed.splice(0, removed.length, ...gone);
        }
      }
    },
  };
}
