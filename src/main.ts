import * as core from '@actions/core';
import { runnerLog } from './log.js';
import { publishFailure } from './report/publish-failure.js';
import { run } from './run.js';

/** The bundle's entry: runs, hands cancellation down, and turns what came of it into the exit code. */
const cancelled = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    runnerLog.info(`Cancelled (${signal}): nothing more is sent; what was created is written back.`);
    cancelled.abort();
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
    signal: cancelled.signal,
    mask: (secret) => {
      core.setSecret(secret);
    },
  });
} catch (thrown) {
  process.exitCode = publishFailure(thrown);
}
