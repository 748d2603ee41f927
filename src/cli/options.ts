import type { InputName } from '../input-table.js';

/** How an input is given on the command line. */
export interface InputOption {
  readonly name: InputName;
  /** What stands behind `--name`; null for a switch, which has a `--no-name` too. */
  readonly argument: string | null;
  /** Whether it may be given several times, one value each. */
  readonly repeated: boolean;
  readonly help: string;
}

const VALUE = { repeated: false } as const;

/** What decides which files are looked at, and how strictly. */
export const FILE_OPTIONS: readonly InputOption[] = [
  {
    name: 'detections',
    argument: '<folder>',
    repeated: true,
    help: 'folder or glob that holds the detections; `!` at its start excludes; may be repeated',
  },
  {
    name: 'checks',
    argument: '<code:severity>',
    repeated: true,
    help: 'what a check of patterns is: error, warning or off; `*` stands for all; may be repeated',
  },
  { name: 'require-tests', argument: null, ...VALUE, help: 'a detection without tests has an error' },
];

/** Where the platform is, and how it is asked. */
export const PLATFORM_OPTIONS: readonly InputOption[] = [
  { name: 'region', argument: '<region>', ...VALUE, help: 'fra1, fra2, mco1, uae1, usa1 or sgp1' },
  { name: 'api-url', argument: '<url>', ...VALUE, help: "base URL instead of the region's" },
  { name: 'requests-per-second', argument: '<number>', ...VALUE, help: 'most requests a second; 0 lifts the pace' },
];

export const PLAN_OPTIONS: readonly InputOption[] = [
  ...FILE_OPTIONS,
  ...PLATFORM_OPTIONS,
  { name: 'scope', argument: '<scope>', ...VALUE, help: 'changed, or all: every detection' },
  { name: 'adopt', argument: '<how>', ...VALUE, help: 'safe or never: rules of the same name' },
  {
    name: 'on-missing',
    argument: '<how>',
    ...VALUE,
    help: 'fail or recreate: rules that were deleted on the platform',
  },
  { name: 'on-removed', argument: '<how>', ...VALUE, help: 'keep, disable or delete: rules whose files are gone' },
  { name: 'max-removals', argument: '<number>', ...VALUE, help: 'most detections that may go at once' },
];

export const DEPLOY_OPTIONS: readonly InputOption[] = [
  ...PLAN_OPTIONS,
  { name: 'write-back', argument: '<way>', ...VALUE, help: 'how UUIDs reach the branch: push, pull-request or none' },
  { name: 'commit-message', argument: '<text>', ...VALUE, help: 'message of the commit of the UUIDs' },
  { name: 'commit-author', argument: '<author>', ...VALUE, help: 'its author, `Name <mail>`; left out: that of git' },
];

export const DRIFT_OPTIONS: readonly InputOption[] = [
  ...FILE_OPTIONS,
  ...PLATFORM_OPTIONS,
  { name: 'drift', argument: '<what>', ...VALUE, help: 'about drift: report, fail, pull-request or restore' },
];

export const IMPORT_OPTIONS: readonly InputOption[] = [
  ...FILE_OPTIONS,
  ...PLATFORM_OPTIONS,
  { name: 'import-to', argument: '<where>', ...VALUE, help: 'where the files go: pull-request, or workspace (here)' },
];

/** Inputs that are no option of any command, and why. */
export const NO_OPTIONS = {
  'api-key': 'other users of the machine can see the arguments of a command: SEKOIA_API_KEY has it',
  mode: 'it is the command itself',
  'github-token': 'SEKOIA_GIT_TOKEN has it, where git cannot push by itself',
  comment: 'GitHub alone takes one',
  targets: 'its keys are secrets: SEKOIA_TARGETS has it, and the settings file may have the rest of it',
  'only-targets': 'it is for jobs that share the targets of a workflow',
} as const satisfies Partial<Record<InputName, string>>;
