import type { HostName } from '../hosts/choose-host.js';
import type { InputName } from '../input-table.js';
import type { AskedReports } from './report-files.js';

/** What a command prints. */
export interface OutputWishes {
  /** Only the report for machines, on standard output. */
  readonly json: boolean;
  /** Only errors. */
  readonly quiet: boolean;
}

export interface WithReports {
  readonly reports: AskedReports;
}

/** The inputs that were given as options, as the input itself would be written. */
export type GivenInputs = Readonly<Partial<Record<InputName, string>>>;

export interface CheckInvocation extends OutputWishes, WithReports {
  readonly command: 'check';
  /** As typed; empty: not limited to any. */
  readonly paths: readonly string[];
  /** Only what differs from the upstream branch, or is not committed. */
  readonly changed: boolean;
  readonly watch: boolean;
  readonly inputs: GivenInputs;
}

export interface TestInvocation extends OutputWishes, WithReports {
  readonly command: 'test';
  readonly paths: readonly string[];
  readonly trace: boolean;
  readonly inputs: GivenInputs;
}

/** What the action does, in a job of any CI system, or at the desk. */
export interface RunInvocation extends OutputWishes, WithReports {
  /** `run`: whatever the event asks for. */
  readonly command: 'run' | 'plan' | 'deploy' | 'drift' | 'import' | 'alert-types';
  /** Whether a deployment at the desk goes ahead without a question. */
  readonly yes: boolean;
  /** Undefined: as the environment tells. */
  readonly host: HostName | undefined;
  readonly inputs: GivenInputs;
}

export interface ExplainInvocation extends OutputWishes {
  readonly command: 'explain';
  /** Undefined: list them all. */
  readonly code: string | undefined;
}

/** What was asked for on the command line. */
export type Invocation = CheckInvocation | TestInvocation | RunInvocation | ExplainInvocation;
