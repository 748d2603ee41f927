import { ActionError } from '../errors.js';

export type InputErrorCode =
  | 'missing-key'
  | 'unknown-value'
  | 'bad-url'
  | 'bad-secret'
  | 'bad-number'
  | 'bad-text'
  | 'bad-author'
  | 'bad-targets'
  | 'unknown-target';

/** An input of the step that cannot be used as it stands. */
export class InputError extends ActionError<InputErrorCode> {}
