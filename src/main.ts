import * as core from '@actions/core';
import { publishFailure } from './hosts/github-failure.js';
import { githubHost } from './hosts/github.js';
import { runnerLog } from './log.js';
import { run } from './run.js';

/** The bundle's entry: runs, hands cancellation down, and turns what came of it into the exit code. */
const cancelled = new AbortController();
/** The runner kills 7.5 s after SIGINT (actions/runner, ProcessInvoker.cs), and the report takes its time as well. */
const DEADLINE_MS = 3_500;
const deadline = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    runnerLog.info(`Cancelled (${signal}): nothing more is sent; what was created is written back.`);
    cancelled.abort();
    setTimeout(() => {
      deadline.abort(new Error('the run was cancelled'));
    }, DEADLINE_MS).unref();
  });
}
process.on('uncaughtException', (thrown) => {
  process.exitCode = publishFailure(thrown);
  process.exit();
});

try {
  process.exitCode = await run({
    env: process.env,
    log: runnerLog,
    host: githubHost(process.env),
    signal: cancelled.signal,
    deadline: deadline.signal,
    mask: (secret) => {
      core.setSecret(secret);
    },
  });
} catch (thrown) {
  process.exitCode = publishFailure(thrown);
}
// A command or connection that still hangs would keep a cancelled run alive until it is killed.
if (cancelled.signal.aborted) process.stdout.write('', () => process.exit());
