import { ActionError } from '../errors.js';

export type WriteBackErrorCode =
  | 'token-read-only'
  | 'branch-protected'
  | 'pull-request-refused'
  | 'pull-request-stuck'
  | 'branch-missing'
  | 'branch-busy'
  | 'cancelled';

/** Why UUIDs cannot get onto the branch. */
export class WriteBackError extends ActionError<WriteBackErrorCode> {}
