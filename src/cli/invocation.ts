import type { InputName } from '../input-table.js';

/** What a command prints. */
export interface OutputWishes {
  /** Only the report for machines, on standard output. */
  readonly json: boolean;
  /** Only errors. */
  readonly quiet: boolean;
}

/** The inputs that were given as options, as the input itself would be written. */
export type GivenInputs = Readonly<Partial<Record<InputName, string>>>;

export interface CheckInvocation extends OutputWishes {
  readonly command: 'check';
  /** As typed; empty: not limited to any. */
  readonly paths: readonly string[];
  /** Only what differs from the upstream branch, or is not committed. */
  readonly changed: boolean;
  readonly watch: boolean;
  readonly inputs: GivenInputs;
}

export interface TestInvocation extends OutputWishes {
  readonly command: 'test';
  readonly paths: readonly string[];
  readonly trace: boolean;
  readonly inputs: GivenInputs;
}

export interface ExplainInvocation extends OutputWishes {
  readonly command: 'explain';
  /** Undefined: list them all. */
  readonly code: string | undefined;
}

/** A mode of the action that reads the platform and writes nothing there. */
export interface PlatformInvocation extends OutputWishes {
  readonly command: 'plan';
  readonly inputs: GivenInputs;
}

/** What was asked for on the command line. */
export type Invocation = CheckInvocation | TestInvocation | ExplainInvocation | PlatformInvocation;
