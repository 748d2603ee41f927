import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { FileSource, Finding } from '../detections/types.js';
import type { RunEvent } from '../event.js';
import type { CommitSha } from '../git/types.js';
import { openWorkTree } from '../git/work-tree.js';
import type { Settings } from '../inputs.js';
import { silentLog } from '../log.js';
import { lastLineAtDesk } from '../report/desk-lines.js';
import { groups } from '../report/lines.js';
import { reportJson } from '../report/report-json.js';
import { saveFiles } from '../report/save-files.js';
import type { ReportFile } from '../report/save-files.js';
import type { Mode, Report } from '../report/types.js';
import { findingText } from '../terminal/finding-text.js';
import type { Terminal } from '../terminal/terminal.js';
import { printable } from '../text.js';
import { repositoryIn } from './remote-url.js';
import type { Host } from './types.js';

export interface DeskOptions {
  /** Absolute path of the repository's root. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** How the path of a file is written from where the person is. */
  readonly show: (path: string) => string;
  /** Where the lines of findings are read. */
  readonly source: FileSource;
  readonly signal: AbortSignal;
  /** What the command does. */
  readonly mode: Mode;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Files that the report goes to besides; left out: none. */
  readonly files?: readonly ReportFile[];
}

/** A person's clone. */
export interface DeskHost extends Host {
  whereabouts(): Promise<Whereabouts>;
  /** Findings as a terminal shows them, with an empty line behind each. */
  tellFindings(findings: readonly Finding[]): Promise<void>;
}

export interface Whereabouts {
  /** `owner/name` as `origin` has it, else the name of the folder. */
  readonly repository: string;
  readonly branch: string | null;
  /** All zeros before the first commit. */
  readonly head: CommitSha;
}

/** The terminal of a person who works on the repository. */
export function deskHost(options: DeskOptions): DeskHost {
  let known: Promise<Whereabouts> | undefined;
  const whereabouts = (): Promise<Whereabouts> => (known ??= askGit(options));
  return {
    name: 'desk',
    workspace: options.root,
    serverUrl: '',
    tokenUser: '',
    forge: {
      kind: 'git',
      mergeRequests: null,
      pushHelp: 'Push a commit of your own by hand: what git says then helps.',
    },
    whereabouts,
    readEvent: async (settings) => eventOf(await whereabouts(), { settings, ...options }),
    publish: async (report) => {
      await publishAtDesk(report, options);
      await saveFiles(report, options.root, options.files ?? []);
    },
    tellFindings: (findings) => tellFindings(findings, options),
  };
}

const NO_COMMIT = '0'.repeat(40) as CommitSha;

async function askGit({ root, env, signal }: DeskOptions): Promise<Whereabouts> {
  const tree = await openWorkTree({ root, env, signal, log: silentLog });
  const [head, branch, url] = await Promise.all([tree.head(), tree.branch(), tree.originUrl()]);
  return { repository: repositoryIn(url) ?? path.basename(root), branch, head: head ?? NO_COMMIT };
}

/**
 * What a person asks for on a branch: there, against what is deployed from it; on another than the default branch,
 * against where it left that one.
 */
async function eventOf(
  { repository, branch, head }: Whereabouts,
  asked: DeskOptions & { readonly settings: Pick<Settings, 'scope'> },
): Promise<RunEvent> {
  const { root, env, signal, mode, settings } = asked;
  const tree = await openWorkTree({ root, env, signal, log: silentLog });
  const main = await tree.defaultBranch();
  return {
    name: 'desk',
    repository,
    mode,
    modeReason: 'the command says so',
    head,
    branch,
    defaultBranch: main?.name ?? branch,
    // What is looked at is this branch as it stands: GitHub is not asked how it would be merged.
    into: branch,
    pullRequest: null,
    start: startOf(branch, main, settings),
    runUrl: null,
    nothingToDo: null,
  };
}

function startOf(
  branch: string | null,
  main: { readonly name: string; readonly commit: CommitSha } | null,
  { scope }: Pick<Settings, 'scope'>,
): RunEvent['start'] {
  if (scope === 'all') return { kind: 'all', reason: 'scope is all' };
  if (main === null || main.name === branch) {
    return { kind: 'all', reason: 'nothing is known to be deployed from here', fallback: true };
  }
  return { kind: 'commit', commit: main.commit, forced: false, reason: `it is where this branch left ${main.name}` };
}

async function publishAtDesk(report: Report, options: DeskOptions): Promise<void> {
  const { terminal, json, quiet } = options;
  if (json) {
    terminal.out(JSON.stringify(reportJson(report), null, 2));
    return;
  }
  if (quiet) {
    await tellFindings(
      report.findings.filter(({ severity }) => severity === 'error'),
      options,
    );
    if (report.stopped !== null) terminal.note(lastLineAtDesk(report));
    return;
  }
  await tellFindings(report.findings, options);
  for (const { title, lines } of groups(untold(report))) {
    terminal.out(terminal.paint.bold(printable(title)));
    for (const line of lines) terminal.out(`  ${line}`);
    terminal.out('');
  }
  terminal.out(lastLineAtDesk(report));
}

/** Findings were told already, each with its line; what was only checked has nothing more to say. */
function untold(report: Report): Report {
  return { ...report, findings: [], rows: report.mode === 'validate' ? [] : report.rows };
}

async function tellFindings(findings: readonly Finding[], options: DeskOptions): Promise<void> {
  const { terminal, show } = options;
  const { paint, width } = terminal;
  const texts = await textsOf(findings, options);
  for (const finding of findings) {
    for (const line of findingText(finding, { paint, width, show, text: texts.get(finding.path) })) terminal.out(line);
    terminal.out('');
  }
}

/** Files with findings, as text; a byte order mark counts as no column. Too many of them go without their lines. */
const MOST_FILES = 2_000;

async function textsOf(findings: readonly Finding[], { source }: DeskOptions): Promise<ReadonlyMap<string, string>> {
  const paths = [...new Set(findings.map((finding) => finding.path))].slice(0, MOST_FILES);
  const files = (await source.find(paths)).filter(({ kind, size }) => kind === 'file' && size <= 1 << 20);
  const contents = await source.read(files);
  return new Map([...contents].map(([file, content]) => [file, textOf(content)]));
}

function textOf(content: Buffer): string {
  return Buffer.from(content)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}
