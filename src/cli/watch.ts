import { setTimeout as sleep } from 'node:timers/promises';
import { parseRoots } from '../detections/roots.js';
import type { Finding, ReadDetections } from '../detections/types.js';
import type { FileChange } from '../git/types.js';
import { publish } from '../report/publish.js';
import { SETTINGS_FILE } from '../settings-file.js';
import { count, printable } from '../text.js';
import { hostOf, readScope, reportOf } from './check.js';
import { openDesk } from './desk.js';
import type { Desk, OpenDesk } from './desk.js';
import type { CheckInvocation } from './invocation.js';
import { scopeOf } from './scope.js';
import type { Scope } from './scope.js';
import { changesBetween, takeSnapshot } from './snapshot.js';
import type { Snapshot } from './snapshot.js';
import { tellFailure } from './tell-failure.js';
import { UsageError } from './usage-error.js';

/** Looking for saved files takes a tenth of one core at most, and this long at least lies between two looks. */
const SHORTEST_PAUSE_MS = 300;
const SHARE = 9;
/** Saving many files, or a checkout, takes a moment. */
const SETTLING_MS = 100;
const MOST_SETTLING = 20;

/**
 * Checks, then checks again what each saved file touches, until Ctrl-C. Files are looked at from time to time rather
 * than watched: that works on every file system, and costs no descriptor.
 *
 * @throws UsageError
 */
export async function watch(desk: Desk, invocation: CheckInvocation): Promise<0> {
  refuseUnfit(invocation);
  const { signal, terminal } = desk;
  let at = await begin(desk, invocation);
  terminal.note(terminal.paint.dim('Waiting for files to be saved; Ctrl-C ends it.'));
  while (!signal.aborted) {
    const begun = performance.now();
    const now = await look(at);
    const files = changesBetween(at.seen, now);
    if (files.length > 0) {
      const settled = await settle(at, now);
      at = await checkAgain(at, { ...settled, files: changesBetween(at.seen, settled.now) }, invocation);
    }
    await pause(Math.max(SHORTEST_PAUSE_MS, SHARE * (performance.now() - begun)), signal);
  }
  return 0;
}

function refuseUnfit({ json, paths }: CheckInvocation): void {
  if (json) throw new UsageError('watch-unfit', '--watch has no end, and --json is one report.', 'Leave one out.');
  if (paths.length === 0) return;
  const help = 'Leave the paths out, or use `--detections FOLDER`.';
  throw new UsageError('watch-unfit', '--watch looks at what is saved, not at paths that are named.', help);
}

/** What is known between two looks. */
interface Watching {
  readonly desk: OpenDesk;
  readonly seen: Snapshot;
  /** Of events, below the folders or not. */
  readonly eventFiles: readonly string[];
  /** The errors that are left, by the file that they stand in. */
  readonly errors: ReadonlyMap<string, number>;
}

async function begin(from: Desk, invocation: CheckInvocation): Promise<Watching> {
  const desk = await openDesk(from, invocation.inputs);
  const scope = await scopeOf(desk, invocation);
  const before = { desk, seen: new Map(), eventFiles: [], errors: new Map() };
  // Before the check: what is saved during it is checked again.
  const seen = await look(before);
  const read = await tell(desk, scope, invocation);
  const at = { desk, seen, eventFiles: read.eventFiles ?? [], errors: countErrors(read.findings) };
  return { ...at, seen: new Map([...(await look(at)), ...seen]) };
}

async function tell(desk: OpenDesk, scope: Scope, invocation: CheckInvocation): Promise<ReadDetections> {
  const begun = performance.now();
  const read = await readScope(desk, scope, invocation);
  const host = hostOf(desk, invocation);
  await publish(await reportOf(host, { scope, read, spent: performance.now() - begun }), { host });
  return read;
}

function look({
  desk: { place, source, settings },
  eventFiles,
}: Pick<Watching, 'desk' | 'eventFiles'>): Promise<Snapshot> {
  const { folders } = parseRoots(settings.detections);
  return takeSnapshot({ root: place.root, source, folders, files: [...eventFiles, SETTINGS_FILE] });
}

async function settle(at: Watching, first: Snapshot): Promise<{ readonly now: Snapshot }> {
  let now = first;
  for (let tries = 0; tries < MOST_SETTLING && !at.desk.signal.aborted; tries += 1) {
    await pause(SETTLING_MS, at.desk.signal);
    const next = await look(at);
    if (changesBetween(now, next).length === 0) break;
    now = next;
  }
  return { now };
}

/** What goes wrong is told, and the next save gets its chance. */
async function checkAgain(
  at: Watching,
  { now, files }: { readonly now: Snapshot; readonly files: readonly FileChange[] },
  invocation: CheckInvocation,
): Promise<Watching> {
  const { terminal, place } = at.desk;
  const [first] = files;
  if (first === undefined || at.desk.signal.aborted) return { ...at, seen: now };
  const others = files.length > 1 ? ` and ${count(files.length - 1, 'other file')}` : '';
  const title = `${new Date().toLocaleTimeString('en-GB')} ${place.show(first.path)}${others}`;
  terminal.note(terminal.paint.dim(printable(title)));
  try {
    if (files.some(({ path }) => path === SETTINGS_FILE)) return await begin(at.desk, invocation);
    const scope: Scope = { changes: { scope: 'changed', files }, words: 'Looked at what was saved.', notes: [] };
    const read = await tell(at.desk, scope, invocation);
    const errors = remaining(at.errors, read, files);
    tellRest(errors, read, at.desk);
    return { ...at, seen: now, eventFiles: [...new Set([...at.eventFiles, ...(read.eventFiles ?? [])])], errors };
  } catch (thrown) {
    tellFailure(thrown, terminal);
    return { ...at, seen: now };
  }
}

/** Of what was looked at now the new errors count, of the rest those of before. */
function remaining(
  before: ReadonlyMap<string, number>,
  read: ReadDetections,
  files: readonly FileChange[],
): ReadonlyMap<string, number> {
  const looked = new Set(
    [
      ...files.map(({ path }) => path),
      ...read.detections.map((each) => (each.kind === 'sound' ? each.detection : each).path),
    ].map(stemIn),
  );
  const kept = [...before].filter(([path]) => !looked.has(stemIn(path)));
  return new Map([...kept, ...countErrors(read.findings)]);
}

/** Folder and NAME of any file of a detection. */
function stemIn(path: string): string {
  return path.replace(/(?:_sigma|_tests)?\.[a-z]+$/i, '');
}

function countErrors(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const errors = new Map<string, number>();
  for (const { path, severity } of findings) if (severity === 'error') errors.set(path, (errors.get(path) ?? 0) + 1);
  return errors;
}

function tellRest(errors: ReadonlyMap<string, number>, { findings }: ReadDetections, { terminal }: OpenDesk): void {
  const all = [...errors.values()].reduce((sum, number) => sum + number, 0);
  const rest = all - findings.filter(({ severity }) => severity === 'error').length;
  if (rest > 0) terminal.note(terminal.paint.dim(`${count(rest, 'error')} in other files.`));
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
