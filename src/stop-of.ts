import { ActionError, messageOf } from './errors.js';
import type { Log } from './log.js';
import type { Stop } from './report/types.js';

/** What was thrown, for the reader of the report; of a fault of ours the log has the rest. */
export function stopOf(thrown: unknown, log: Log): Stop {
  if (thrown instanceof ActionError) return { message: thrown.message, help: thrown.help };
  for (const line of (thrown instanceof Error ? (thrown.stack ?? '') : '').split('\n')) log.info(line);
  return {
    message: `internal error: ${messageOf(thrown)}`,
    help: 'This is a fault of the action: please report it with the lines of the log.',
  };
}
