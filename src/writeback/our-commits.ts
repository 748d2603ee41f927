import type { AheadCommit } from '../github/types.js';

/** The last line of the messages of commits on the branch of a pull request. */
const MARK = 'Written-by: sekoia-detections-action';

/** A commit made through GitHub has one time; an amended or rebased one keeps its author's. */
const SAME_MOMENT_MS = 10_000;

export function marked(message: string): string {
  return `${message.trimEnd()}\n\n${MARK}`;
}

/** Whether a commit is as the action made it. A person's, and one of ours that a person made over, is not. */
export function isOurs({ message, authoredAt, committedAt }: AheadCommit): boolean {
  return message.trimEnd().endsWith(`\n${MARK}`) && Math.abs(committedAt - authoredAt) <= SAME_MOMENT_MS;
}
