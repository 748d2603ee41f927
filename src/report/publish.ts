import type { Host } from '../hosts/types.js';
import { exitCode } from './make-report.js';
import type { Report } from './types.js';

/** Where the report goes. */
export interface Outlets {
  readonly host: Pick<Host, 'publish'>;
  /** Puts it on the pull request; what it throws must not reach the exit code. */
  readonly comment?: (report: Report) => Promise<void>;
}

/**
 * Hands the report to the host that the run came from.
 *
 * @returns the exit code of the run.
 */
export async function publish(report: Report, { host, comment }: Outlets): Promise<0 | 1> {
  await host.publish(report, comment ?? nowhere);
  return exitCode(report);
}

async function nowhere(): Promise<void> {
  // A run that is for no pull request.
}
