import { ActionError } from '../errors.js';

export type UsageErrorCode =
  | 'no-repository'
  | 'no-ci'
  | 'no-answer'
  | 'not-committed'
  | 'not-pushed'
  | 'path-outside'
  | 'path-missing'
  | 'unknown-code'
  | 'watch-unfit'
  | 'missing-key';

/** The command was asked for something that it cannot do: exit code 2. */
export class UsageError extends ActionError<UsageErrorCode> {}
