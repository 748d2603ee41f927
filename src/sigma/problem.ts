/** The reading errors of sigma.md §9, first block. They cannot be switched off. */
export type ReadingCode =
  'yaml-syntax' | 'yaml-tab' | 'yaml-plain-value' | 'yaml-escape' | 'yaml-duplicate-key' | 'yaml-too-big' | 'encoding';

/** Something that keeps a text from being read. */
export interface Problem<Code extends string = ReadingCode> {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly help: string;
  /** UTF-16 units from the start of the text (less a byte order mark). */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** A problem before its line and column are known. */
export type Fault<Code extends string = ReadingCode> = Omit<Problem<Code>, 'line' | 'column' | 'severity'>;
