import { commitSource } from '../detections/commit-source.js';
import { metadataFiles } from '../detections/metadata-files.js';
import type { FileSource } from '../detections/types.js';
import { workTreeSource } from '../detections/work-tree-source.js';
import { ActionError } from '../errors.js';
import { bringCommit } from '../git/bring-commit.js';
import type { CommitSha } from '../git/types.js';
import { makeImports, readCommunity, readFiles } from '../import-target.js';
import type { ImportFrom, Imported } from '../import-target.js';
import type { Community, Files } from '../import/choose-rules.js';
import type { NotImported, Pair } from '../import/types.js';
import { writePairs } from '../import/write-pairs.js';
import { pause } from '../pause.js';
import { importBody } from '../report/import-text.js';
import { publish } from '../report/publish.js';
import type { ReportInput, Spent, Stop } from '../report/types.js';
import { openTarget, requireCommunity } from '../target.js';
import { count } from '../text.js';
import type { EditedFile } from '../writeback/branch.js';
import { begin, next, oneByOne } from './steps.js';
import type { Going, Step } from './steps.js';
import { reportOf } from './target-parts.js';
import { targetRunsOf } from './target-runs.js';
import type { TalkingRun, TargetRun } from './types.js';

/** Brings the community's own rules that no file has into pairs of files; with targets, of one after the other. */
export async function importRules(run: TalkingRun): Promise<0 | 1> {
  const imported = await oneByOne(begin(targetRunsOf(run)), (step) => next(step, importFor));
  return publish(reportOf(imported), run.world);
}

async function importFor({ run, told }: Going<null>): Promise<Step<null>> {
  const { settings, target } = run;
  const begun = performance.now();
  const sekoia = openTarget(run);
  const ended = (more: Partial<ReportInput>): Step<null> => {
    const spent: Spent = { requests: sekoia.statistics.requests, elapsedMs: performance.now() - begun };
    return { kind: 'ended', run, told: { ...told, scope: SCOPE, ...more, spent } };
  };
  try {
    await requireCommunity(sekoia, target);
    const from = { sekoia, target: target.key, roots: settings.detections, checks: settings.checks };
    return ended(await bringIn(run, from));
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const { message, help } = error as ActionError;
    return ended({ stopped: { message, help } });
  } finally {
    await sekoia.close();
  }
}

type Brought = Pick<ReportInput, 'imports' | 'notImported' | 'waiting' | 'stopped' | 'notes'>;

async function bringIn(run: TargetRun, from: ImportFrom): Promise<Brought> {
  const isToWorkspace = run.settings.importTo === 'workspace';
  const waiting = await waitingClaims(run);
  const source = isToWorkspace ? workTreeSource(run.repository.root) : commitSource(run.repository, await tipOf(run));
  const community = await readCommunity(from, await readFiles(from, source, waiting));
  return isToWorkspace
    ? toWorkspace(run, from, community, { source, waiting })
    : toPullRequest(run, from, community, waiting);
}

/** The newest commit of the branch: what came to it since the checkout has its files already. */
async function tipOf({ repository, event: { branch, head } }: TargetRun): Promise<CommitSha> {
  return (branch === null ? null : await repository.fetchTip(branch)) ?? head;
}

/** The rules of UUIDs that wait in a pull request: their files are on the branch. */
async function waitingClaims(run: TargetRun): Promise<Files['claims']> {
  const { repository, settings, event } = run;
  const pending = event.branch === null ? null : await run.pendingUuids(event.branch);
  if (pending === null) return new Map();
  if (!(await bringCommit(repository, pending.commit))) return new Map();
  const source = commitSource(repository, pending.commit);
  return (await readFiles({ roots: settings.detections, target: run.target.key }, source, new Map())).claims;
}

async function toWorkspace(
  { repository }: TargetRun,
  from: ImportFrom,
  community: Community,
  on: { readonly source: FileSource; readonly waiting: Files['claims'] },
): Promise<Brought> {
  const { pairs, others } = await makeImports(from, community, on);
  const written = await writePairs(repository.root, pairs);
  return told(written.pairs, [...others, ...written.others], community, 'in the work tree');
}

async function toPullRequest(
  run: TargetRun,
  from: ImportFrom,
  community: Community,
  waiting: Files['claims'],
): Promise<Brought> {
  const { repository, forge, event, world } = run;
  const base = event.branch ?? '';
  let last: Imported | null = null;
  let first: Imported | null = null;
  const edit = async (commit: CommitSha): Promise<readonly EditedFile[]> => {
    last = await makeImports(from, community, { source: commitSource(repository, commit), waiting });
    first ??= last;
    return last.pairs.flatMap(filesOf);
  };
  const shown = (): { readonly pairs: readonly Pair[]; readonly others: readonly NotImported[] } => placed(first, last);
  try {
    const pullRequest = await forge.proposeImport({
      metadata: metadataFiles,
      base,
      defaultBranch: event.defaultBranch,
      target: from.target?.name ?? null,
      title: 'Import detection rules from Sekoia',
      edit,
      body: () => importBody(base, shown()),
      random: Math.random,
      sleep: (ms) => pause(ms, world.signal),
    });
    const { pairs, others } = shown();
    const where = pullRequest === null ? '' : `in the pull request ${pullRequest.url}`;
    return { ...told(pairs, others, community, where), waiting: pullRequest };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const { message, help } = error as ActionError;
    const stopped: Stop = { message: `the pull request could not be made: ${message}`, help };
    return { ...told([], shown().others, community, ''), stopped };
  }
}

function filesOf({ path, metadata, patternPath, pattern }: Pair): readonly EditedFile[] {
  return [
    { path, mode: '100644', content: metadata },
    { path: patternPath, mode: '100644', content: pattern },
  ];
}

/** What the base lacks, under the names that it has in the pull request where people have committed to it. */
function placed(
  first: Imported | null,
  last: Imported | null,
): { readonly pairs: readonly Pair[]; readonly others: readonly NotImported[] } {
  const now = new Map(last?.pairs.map((pair) => [pair.rule.uuid, pair]));
  const pairs = (first?.pairs ?? []).map((pair) => {
    const [path] = last?.claims.get(pair.rule.uuid) ?? [];
    return now.get(pair.rule.uuid) ?? (path === undefined ? pair : { ...pair, path });
  });
  return { pairs, others: first?.others ?? [] };
}

function told(
  pairs: readonly Pair[],
  others: readonly NotImported[],
  { unread }: Community,
  reason: string,
): Required<Pick<Brought, 'imports' | 'notImported' | 'stopped' | 'notes'>> {
  const imports = pairs.map(({ rule, path, patternPath, eased }) => ({
    path,
    patternPath,
    name: rule.write.name,
    uuid: rule.uuid,
    reason: eased.length === 0 ? reason : `${reason}; ${easedInWords(eased)}`,
  }));
  return { imports, notImported: [...others, ...unread], stopped: stopFor(unread), notes: notesOn(pairs) };
}

function easedInWords(codes: readonly string[]): string {
  return `the ${codes.length === 1 ? 'check' : 'checks'} ${codes.join(', ')} made a warning in the file`;
}

function notesOn(pairs: readonly Pair[]): readonly string[] {
  const eased = pairs.filter((pair) => pair.eased.length > 0).length;
  if (eased === 0) return [];
  return [
    `${count(eased, 'imported pattern has', 'imported patterns have')} errors by the checks: the member \`checks\` of the metadata makes them warnings there, so that they do not hold the rule back. Correct the pattern, and take the member out.`,
  ];
}

/** Rules that could not be read this time turn the run red; the others are imported all the same. */
function stopFor(unread: readonly NotImported[]): Stop | null {
  const [first] = unread;
  if (first === undefined) return null;
  return { message: `${count(unread.length, 'rule')} could not be read: ${first.reason}`, help: first.help };
}

const SCOPE = 'Compared the rules of the community’s own with the files of the branch.';
