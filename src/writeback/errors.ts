import { ActionError } from '../errors.js';

export type WriteBackErrorCode =
  'token-read-only' | 'branch-protected' | 'branch-missing' | 'branch-busy' | 'cancelled';

/** Why UUIDs cannot get onto the branch. */
export class WriteBackError extends ActionError<WriteBackErrorCode> {}
